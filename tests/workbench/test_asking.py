"""Amounts as people write them: none is taken at a guess."""

from decimal import Decimal

import pytest

from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.workbench import asking, lawful


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


@pytest.mark.parametrize(
    ("country", "language", "text", "amount"),
    [
        ("nl", "nl", "450.000", "450000"),
        ("se", "sv", "1.250", "1250"),
        ("nl", "sv", "450.000", "450000"),
        ("gb", "en", "450,000", "450000"),
        ("gb", "en", "450.000", None),
        ("nl", "nl", "12,500", None),
        ("nl", "en", "450.000", None),
        ("gb", "nl", "450.000", None),
        ("nl", "nl", "0.125", "0.125"),
        ("nl", "nl", "45.00", "45.00"),
        ("nl", "nl", "1.250.000", "1250000"),
    ],
)
def test_the_mark_between_thousands_counts_where_country_and_language_agree_on_it(
    country: str, language: str, text: str, amount: str | None
) -> None:
    groups = asking.groups(language, country)
    if amount:
        assert asking.amount(text, groups) == Decimal(amount)
    else:
        with pytest.raises(InputError, match="two ways"):
            asking.amount(text, groups)


@pytest.mark.parametrize("text", ["450.000", "1,250"])
def test_at_the_command_line_nobody_is_taken_at_a_guess(text: str) -> None:
    with pytest.raises(InputError, match="two ways"):
        lawful.amount(text, "value")
    assert lawful.amount("0.125", "share") == Decimal("0.125")


@pytest.mark.parametrize(
    ("text", "currency", "bare"),
    [
        ("£450,000", "", "450,000"),
        ("450,000 GBP", "", "450,000"),
        ("£ 450,000", "GBP", "450,000"),
        ("450 000 kr", "SEK", "450 000"),
        ("€450,000", "", "€450,000"),
        ("£450,000", "EUR", "£450,000"),
    ],
)
def test_the_sign_of_the_currency_that_is_asked_in_may_stand_beside(text: str, currency: str, bare: str) -> None:
    assert asking.unsigned(text, "gb", currency) == bare


@pytest.mark.parametrize(
    ("language", "country", "text", "read"),
    [
        ("nl", "nl", "€ 450.000", "450000"),
        ("nl", "nl", "€450.000,50", "450000.50"),
        ("nl", "nl", "EUR 450.000", "450000"),
        ("nl", "nl", "450.000,-", "450000"),
        ("en", "nl", "€ 450.000,–", "450000"),  # the comma before the dash is that of decimals, whoever reads
        ("nl", "nl", "450,-", "450"),
        ("sv", "se", "450 000:-", "450000"),
        ("sv", "se", "450 000 kr", "450000"),
        ("sv", "se", "SEK 1.250.000:–", "1250000"),
        ("sv", "se", "450.000:-", "450000"),
        ("en", "gb", "£450,000.--", "450000"),
    ],
)
def test_money_is_read_as_people_write_it(language: str, country: str, text: str, read: str) -> None:
    assert asking.money(text, country, groups=asking.groups(language, country)) == Decimal(read)


@pytest.mark.parametrize(
    ("language", "country", "text", "why"),
    [
        ("en", "nl", "€ 450.000", "two ways"),
        ("nl", "nl", "€ 450,000", "two ways"),
        ("en", "se", "450.000:-", "two ways"),
        ("nl", "nl", "£ 450.000", "no amount"),
        ("nl", "nl", "450.0000,-", "no amount"),
        ("nl", "nl", "€ ,-", "no amount"),
        ("sv", "se", "-450:-", "no amount"),
    ],
)
def test_money_that_may_be_two_amounts_or_is_another_currency_is_refused(
    language: str, country: str, text: str, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        asking.money(text, country, groups=asking.groups(language, country))


def test_a_question_takes_amounts_as_the_answer_writes_them() -> None:
    given = {"value": "£450,000", "spent": "10,000 GBP", "kind": "services", "on": "2026-03-01"}
    asked = asking.question("gb", given, groups=asking.groups("en", "gb"))
    assert (asked.value, asked.spent) == (450000, 10000)


@pytest.mark.parametrize("text", ["", "-5", "1e9", "NaN", "ett", "1,2,3.4.5", ",", "5 %", "٣", "1.2.3,4,5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no amount"):
        asking.amount(text)
