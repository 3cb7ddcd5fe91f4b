"""Rounding: one rule for every sum, wherever it is read, worked out or shown."""

from decimal import Decimal

import pytest

from bygd.reports.translate import Translator
from bygd.vocabulary.money import rounded


@pytest.mark.parametrize(
    ("amount", "digits", "told"),
    [
        ("0.005", 2, "0.01"), ("0.015", 2, "0.02"), ("-0.005", 2, "-0.01"), ("2.675", 2, "2.68"), ("0.5", 0, "1"),
        ("1.5", 0, "2"), ("-2.5", 0, "-3"), ("1.0049", 2, "1.00"), ("1250", -2, "1.3E+3"),
    ],
)  # fmt: skip
def test_halves_go_away_from_nought(amount: str, digits: int, told: str) -> None:
    assert str(rounded(Decimal(amount), digits)) == told


def test_what_is_shown_is_rounded_so_too() -> None:
    _ = Translator()
    assert (_.number(Decimal("2.5")), _.number(Decimal("0.125"), 2)) == ("3", "0.13")
    assert _.money(Decimal("1234.5"), "EUR") == "€1,235" and _.round_money(Decimal("0.5"), "EUR") == "€1"
    assert _.round_money(Decimal(1_235_000), "EUR") == "€1.24\xa0million" and _.round_money(-2.5, "EUR") == "−€3"
