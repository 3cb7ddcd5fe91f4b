"""Asking what may be done from a form: plain texts made into a question, and how the answer changed since its day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.countries import load
from bygd.reports.translate import Translator
from bygd.sources.amounts import SPACES, TELLING, grammar, signs
from bygd.sources.errors import InputError
from bygd.tools import procurement
from bygd.tools.procurement import Buyer, Kind, Question, cpv_names
from bygd.tools.procurement.cpv_names import Named
from bygd.workbench import lawful

AMOUNTS = ("value", "spent", "lot", "small_lots")
WORLD = "world"
"""The pack whose signs of currencies all others have."""
DIGITS = re.compile(r"[\d .-]*")


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is not what it was: as rows of `lawful.row`; None where there was or is none."""

    before: Mapping[str, Any] | None
    now: Mapping[str, Any] | None


def question(country: str, given: Mapping[str, str], areas: tuple[str, ...] = (), groups: str = "") -> Question:
    """The question that plain texts ask: names as in `Question`, empty where nothing is said; `groups` as in `amount`.

    Raises InputError for what is no amount, no day, no word that is known.
    """
    text = {name: value.strip() for name, value in given.items()}
    text |= {name: unsigned(text[name], country) for name in AMOUNTS if name in text}
    return Question(
        on=lawful.day(text["on"]) if text.get("on") else date.today(),
        buyer=Buyer(text.get("buyer") or Buyer.MUNICIPALITY),
        value=amount(text.get("value", ""), groups),
        kind=Kind(text["kind"]) if text.get("kind") else None,
        spent=amount(text.get("spent") or "0", groups),
        cpv=text.get("cpv", ""),
        vat=text.get("vat", ""),
        vat_rate=amount(text["vat_rate"]) / 100 if text.get("vat_rate") else None,
        part=lawful.part_of(country, text.get("part", "")),
        areas=areas,
        urgent=bool(text.get("urgent")),
        only_one=bool(text.get("only_one")),
        lot=amount(text["lot"], groups) if text.get("lot") else None,
        small_lots=amount(text["small_lots"], groups) if text.get("small_lots") else None,
    )


def groups(language: str, country: str) -> str:
    """The mark between thousands, `.` or `,`, where the reader's language and the country agree on it; else empty."""
    said = str(Translator(language).number_locale()["decimal"])
    return {",": ".", ".": ","}[said] if said == load(country).conventions().decimal_mark else ""


def amount(text: str, groups: str = "") -> Decimal:
    """An amount as people write it: `1 250 000`, `1.250.000,50`, `700,5`. Raises InputError where it may be two.

    `1.250` is a thousand in one country and one and a quarter in another, so nobody is taken at a guess: it is a
    thousand only with the mark of `groups` (see there).
    """
    number = re.sub(SPACES, " ", text.strip())
    if re.fullmatch(r"0[.,]\d+", number, re.ASCII):  # nothing but a part of one
        return Decimal(number.replace(",", "."))
    if re.fullmatch(TELLING["either"], number, re.ASCII):
        plain = re.sub("[.,]", "", number)
        if groups and groups in number:
            return Decimal(plain)
        raise InputError("'{text}' may be read in two ways. Write {plain} without a mark.", text=text, plain=plain)
    for mark, other in ((".", ","), (",", ".")):
        if re.fullmatch(grammar(mark), number, re.ASCII) and "e" not in number.lower():
            return Decimal(number.replace(" ", "").replace(other, "").replace(mark, "."))
    raise InputError("'{text}' is no amount. Write it in digits, such as 450 000.", text=text or " ")


def money(text: str, country: str, currency: str = "", groups: str = "") -> Decimal:
    """An amount of money as people write it: `€ 450.000,50`, `450.000,-`, `450 000:-`, `450 000 kr`; see `amount`.

    The sign of another currency than the one asked for is refused.
    """
    return amount(unsigned(text, country, currency), groups)


def unsigned(text: str, country: str, currency: str = "") -> str:
    """A text without the sign or code of a currency before or after its digits; the country's where none is said.

    A dash instead of decimals is noughts; the mark before it is that of decimals, a colon stands for none.
    """
    conventions = load(country).conventions()
    own = signs(conventions, currency or conventions.currency)
    bare = re.sub(rf"^(?:{own})\s*|\s*(?:{own})$", "", text.strip())
    return re.sub(
        r"(?<=\d)(?:([.,])|:)(?:--?|[\u2013\u2014\u2212])$", lambda found: found[1] + "00" if found[1] else "", bare
    )


def codes(words: str, country: str) -> list[Named]:
    """The CPV codes that words may mean, best first; see `cpv_names.search`."""
    return cpv_names.search(words, country)


def is_code(text: str) -> bool:
    """Whether somebody wrote digits, not words."""
    return bool(DIGITS.fullmatch(text))


def code_name(code: str, country: str, language: str) -> str:
    """What a CPV code is called, by the narrowest name known; empty where none is."""
    found = cpv_names.named(code, country)
    return found.name[language] if found else ""


def changes(
    country: str, asked: Question, day: date, translate: Translator, folder: Path | None = None
) -> list[Change]:
    """What the rules say otherwise on another day of the same question: changed, then new, then no longer said.

    Raises InputError as `lawful.ask`.
    """
    rows = []
    for on in (asked.on, day):
        answer = lawful.ask(country, replace(asked, on=on), folder)
        rows.append({one.id: lawful.row(one, answer.currency, translate) for one in answer.statements})
    before, now = rows
    return [
        *(Change(one, now[id]) for id, one in before.items() if id in now and _said(one) != _said(now[id])),
        *(Change(None, one) for id, one in now.items() if id not in before),
        *(Change(one, None) for id, one in before.items() if id not in now),
    ]


def parts(country: str) -> tuple[str, ...]:
    """The parts of a country whose law differs."""
    return procurement.rulebook(country).parts


def asks_areas(country: str) -> bool:
    """Whether a rule of the country hangs on the areas to which a purchase would be kept."""
    return any("areas" in one.applies for one in procurement.rulebook(country).parameters)


def knows_small_lots(country: str) -> bool:
    """Whether the country lets small lots of a large purchase be bought by lighter rules."""
    return any(one.role == "small_lot" for one in procurement.rulebook(country).parameters)


def _said(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("standing", "text", "evidence", "ask_first", "instead"))
