"""Spending in a terminal: years are called as people call them."""

import pytest

from bygd.reports import Translator, breakdown

ROW = {"year": 2024, "total": 10, "local": 4, "share": 0.4, "low": 0.4, "high": 0.4, "suppliers": 3}


@pytest.mark.parametrize("language", ["en", "sv", "nl"])
@pytest.mark.parametrize(("starts", "name"), [(1, "2024"), (4, "2024/25")])
def test_a_year_in_a_terminal_is_named_by_when_it_begins(language: str, starts: int, name: str) -> None:
    assert breakdown.cells(ROW, ["year"], Translator(language), starts)[0] == name
