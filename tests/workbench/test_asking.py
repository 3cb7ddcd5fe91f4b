"""Amounts as people write them: none is taken at a guess."""

from decimal import Decimal

import pytest

from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.workbench import asking


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("450000", "450000"),
        ("450 000", "450000"),
        ("450\u00a0000", "450000"),
        ("1.250.000,50", "1250000.50"),
        ("1,250,000.50", "1250000.50"),
        ("1.234.567", "1234567"),
        ("700,5", "700.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("12 500,50", "12500.50"),
        ("0", "0"),
        ("1250.00", "1250.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    assert asking.amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["1.250", "100.000", "12,500", "999,999"])
def test_what_may_be_read_in_two_ways_is_asked_again_in_the_readers_language(text: str) -> None:
    with pytest.raises(InputError, match="two ways") as raised:
        asking.amount(text)
    assert "två sätt" in Translator("sv").said(raised.value) and text in Translator("nl").said(raised.value)


@pytest.mark.parametrize("text", ["", "-5", "1e9", "NaN", "ett", "1,2,3.4.5", ",", "5 %", "٣", "1.2.3,4,5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no amount"):
        asking.amount(text)
