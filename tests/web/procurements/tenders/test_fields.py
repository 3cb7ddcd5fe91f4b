"""Amounts in forms of tenders: as people write money, in the tender's currency; a number of things has no sign."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from bygd.reports import Translator
from bygd.web.procurements.tenders.fields import Amount, Cpv


@pytest.mark.parametrize(
    ("language", "marks", "currency", "text", "amount"),
    [
        ("nl", ".", "EUR", "€ 450.000", "450000"),
        ("nl", ".", "EUR", "450.000,-", "450000"),
        ("sv", ".", "SEK", "450 000:-", "450000"),
        ("en", ",", "GBP", "£450,000.50", "450000.50"),
        ("nl", ".", "", "1.250", "1250"),
    ],
)
def test_an_amount_is_read_as_it_is_written(language: str, marks: str, currency: str, text: str, amount: str) -> None:
    assert Amount(Translator(language), marks, currency).clean(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("currency", "text"), [("SEK", "€ 450.000"), ("", "€ 450"), ("EUR", "€ 1,250"), ("EUR", "-5,-")]
)
def test_the_sign_of_another_currency_and_what_may_be_two_amounts_are_refused(currency: str, text: str) -> None:
    with pytest.raises(ValidationError):
        Amount(Translator("nl"), ".", currency).clean(text)


@pytest.mark.parametrize(("text", "code"), [("", ""), (" 85312000 ", "85312000"), ("85312000-9", "85312000")])
def test_a_cpv_code_is_taken_without_the_digit_that_checks_it(text: str, code: str) -> None:
    assert Cpv(Translator("sv"), "se").clean(text) == code


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("9200000", "92000000 Fritid"),
        ("9200000", "09200000"),
        ("skolmat", "55523100 Skolmåltider"),
        ("99000000", "huvudgrupp"),
        ("85321000-99", "85312000"),
    ],
)
def test_for_a_wrong_cpv_code_those_are_named_that_may_be_meant(text: str, named: str) -> None:
    with pytest.raises(ValidationError) as error:
        Cpv(Translator("sv"), "se").clean(text)
    assert named in error.value.message
