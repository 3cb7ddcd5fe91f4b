"""Cells of contracts: days, amounts, codes and yes or no, as documents and people write them."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bygd.sources import amounts
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError

FIRST_YEAR, LAST_YEAR = 1950, 2150
"""Contracts outside these years are slips of the pen."""
MOST = Decimal(10) ** 13
YES = frozenset({"yes", "y", "ja", "j", "true", "sant", "waar", "x", "1"})
NO = frozenset({"no", "n", "nej", "nee", "false", "falskt", "onwaar", "0", "-", ""})
CPV = re.compile(r"(?<!\d)(\d{8})(?:-\d)?(?!\d)")
LOST_ZERO = re.compile(r"(?:3[1-4]|9[1-3])\d{5}(?:-\d|[.]0+)?")
"""A code of the groups 031 to 034 or 091 to 093 that a spreadsheet took for a number: no others begin with a nought."""

SEVEN = re.compile(r"(\d{7})(?:-\d|[.]0+)?")


class NotRead(InputError):
    """A cell or document that cannot be read; `said` tells why."""


def day(text: Any) -> date | None:
    """The day of an ISO date or time, as written, whatever its zone. Raises NotRead."""
    if text in (None, ""):
        return None
    try:
        found = date.fromisoformat(str(text).strip()[:10])
    except ValueError:
        raise NotRead("'{text}' is no day of the calendar", text=str(text)[:40]) from None
    return within(found)


def within(found: date) -> date:
    """The same day, where contracts may have it. Raises NotRead."""
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotRead(
            "the year of {day} is not between {first} and {last}",
            day=str(found), first=str(FIRST_YEAR), last=str(LAST_YEAR),
        )  # fmt: skip
    return found


def money(value: Any) -> Decimal | None:
    """An amount of a document, two decimals. Raises NotRead for what is none, is negative or beyond measure."""
    if value in (None, ""):
        return None
    try:
        amount = Decimal(str(value))
        is_sound = not isinstance(value, bool) and amount.is_finite() and abs(amount) < MOST
    except InvalidOperation:
        is_sound = False
    if not is_sound:
        raise NotRead("'{text}' is no amount", text=str(value)[:40])
    if amount < 0:
        raise NotRead("the value {text} is negative", text=str(value)[:40])
    return round(amount, 2)


def cpv(text: str | None, *, lost_noughts: bool = False) -> str | None:
    """The eight digits of the first CPV code in a text. Raises NotRead where there is a text and no code.

    `lost_noughts`: it is of a column that a spreadsheet may have taken for numbers, and the nought is put back at the
    front. Elsewhere a digit that is missing may be any: `9200000` is 09200000, mineral oil, or 92000000, recreation.
    """
    text = (text or "").strip()
    if not text:
        return None
    lost = LOST_ZERO.fullmatch(text)
    found = CPV.search(f"0{text}" if lost and lost_noughts else text)
    if found:
        return found.group(1)
    if seven := SEVEN.fullmatch(text):
        meant = [f"0{seven[1]}"] if lost else []
        raise NotRead(
            "'{text}' has seven digits, and a CPV code has eight. Which is missing? It may be {codes}",
            text=text,
            codes=[*meant, f"{seven[1]}0"],
        )
    raise NotRead("'{text}' is no CPV code of eight digits", text=text[:40])


def loses_noughts(codes: Sequence[str]) -> bool:
    """Whether a column of CPV codes may have been taken for numbers: none of them begins with a nought.

    One code alone tells nothing of its column: whoever typed it may have left out any digit.
    """
    if len({code.strip() for code in codes} - {""}) < 2:
        return False
    return not any(found[1].startswith("0") for found in map(CPV.search, codes) if found)


def truth(text: str | None) -> bool | None:
    """Yes or no, in the three languages; None for anything else."""
    said = (text or "").strip().casefold()
    return True if said in YES else False if said in NO else None


def decimal_mark(cells: Sequence[str], conventions: Conventions) -> str:
    """The mark before decimals that most cells of a column speak for; the country's where none does."""
    own = amounts.signs(conventions, conventions.currency)
    bare = [amounts.bare(cell, own)[0] for cell in cells]
    comma, point = (sum(bool(re.search(amounts.TELLING[name], cell)) for cell in bare) for name in ("comma", "point"))
    return conventions.decimal_mark if comma == point else "," if comma > point else "."


def typed(text: str, mark: str, conventions: Conventions, currency: str) -> Decimal:
    """An amount as people write it, with that mark before its decimals. Raises NotRead."""
    number, negative = amounts.bare(text, amounts.signs(conventions, currency))
    if not re.fullmatch(amounts.grammar(mark), number):
        raise NotRead("'{text}' is no amount", text=text[:40])
    plain = number.replace("." if mark == "," else ",", "").replace(" ", "").replace(mark, ".")
    found = money(f"-{plain}" if negative else plain)
    assert found is not None
    return found


def clean(text: Any, most: int = 2000) -> str | None:
    """A text without blanks around and control characters, cut at its limit; None for an empty one."""
    if not isinstance(text, str):
        return None if text is None or isinstance(text, dict | list) else str(text)[:most]
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain[:most] or None


def country_code(name: str | None) -> str | None:
    """A country's code where it is written in two letters."""
    return name.upper() if name and re.fullmatch(r"[A-Za-z]{2}", name) else None
