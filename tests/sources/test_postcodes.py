"""Postcodes are shown as people write them."""

import pytest

from bygd.countries import pack
from bygd.sources.postcodes import written


@pytest.mark.parametrize(
    ("country", "kept", "shown"),
    [("se", "27231", "272 31"), ("se", "272 31", "272 31"), ("se", "2723", "2723"), ("se", "DK-2100", "DK-2100"),
     ("gb", "SW1A1AA", "SW1A 1AA"), ("gb", "M11AE", "M1 1AE"), ("nl", "1011AB", "1011 AB"),
     ("nl", "1011 AB", "1011 AB"), ("se", "", ""), ("se", None, None)],
)  # fmt: skip
def test_a_postcode_has_the_blank_of_its_country(country: str, kept: str | None, shown: str | None) -> None:
    assert written(kept, pack.load(country).conventions()) == shown
