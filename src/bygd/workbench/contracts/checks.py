"""Checks: what is wrong with a contract, whoever enters it and however."""

from collections.abc import Iterator, Mapping
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools.procurement import cpv
from bygd.vocabulary.said import N_, Said
from bygd.workbench.decisions import MOST

NO_TITLE = N_("It is not said what is bought. Give the contract a title.")
NO_ANCHOR = N_("It is not said whose contract it is. Name the institution.")
NEGATIVE = N_("The value {value} is negative. A contract's value is nought or more.")
TOO_MUCH = N_("The value {value} is beyond measure. Is it in another unit?")
NO_CURRENCY = N_("The currency '{text}' is no code of three letters, such as EUR.")
NO_CURRENCY_AT_ALL = N_("A value needs a currency, such as EUR.")
BACKWARDS = N_("It ends on {ends}, before it starts on {starts}. One of the days is wrong.")
SHORTER = N_("With every option used it ends on {longest}, before its first end on {ends}. One of the days is wrong.")
SIGNED_LATE = N_("It was signed on {signed}, after it ended on {ends}. One of the days is wrong.")


def problems(row: Mapping[str, Any], country: str) -> Iterator[tuple[str, Said]]:
    """What is wrong with the values of a contract: the column, and what to do about it."""
    if not row.get("title"):
        yield "title", Said(NO_TITLE)
    if not row.get("anchor"):
        yield "anchor", Said(NO_ANCHOR)
    value, currency = row.get("value"), row.get("currency")
    if value is not None and value < 0:
        yield "value", Said(NEGATIVE, value=value)
    if value is not None and value >= MOST:
        yield "value", Said(TOO_MUCH, value=value)
    if value is not None and not currency:
        yield "currency", Said(NO_CURRENCY_AT_ALL)
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        yield "currency", Said(NO_CURRENCY, text=currency)
    if row.get("cpv"):
        try:
            cpv.code(row["cpv"], country)
        except InputError as error:
            yield "cpv", error.said
    starts, ends, longest = row.get("starts_on"), row.get("ends_on"), row.get("longest_until")
    if starts and ends and ends < starts:
        yield "ends_on", Said(BACKWARDS, ends=str(ends), starts=str(starts))
    if longest and (ends or starts) and longest < (ends or starts):
        yield "longest_until", Said(SHORTER, longest=str(longest), ends=str(ends or starts))
    if row.get("signed_on") and ends and row["signed_on"] > (longest or ends):
        yield "signed_on", Said(SIGNED_LATE, signed=str(row["signed_on"]), ends=str(longest or ends))
