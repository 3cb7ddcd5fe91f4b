"""What may we do? Questions from people, answers in their language, and rules of a day."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.countries import load
from bygd.parameters.sentences import in_language
from bygd.reports.translate import N_, Translator
from bygd.sources.errors import InputError
from bygd.tools import procurement
from bygd.tools.procurement import Answer, Kind, Question, Statement, guidelines
from bygd.tools.procurement.answer import OURS, Basis
from bygd.workbench.project import FILE

PACKAGE = "bygd.tools.procurement"
NOT_VERIFIED = N_("not verified")
CHECKED = N_("read {day}")
SINCE = N_("holds from {day}")
AREAS = N_("Areas named: {areas}.")
ADVICE = N_("Advice, not a legal opinion. Ask a lawyer where much hangs on it.")
HEADINGS = {
    "evidence": N_("Evidence needed"),
    "ask_first": N_("Answer first"),
    "instead": N_("Allowed instead"),
}


def ask(country: str, question: Question, folder: Path | None = None) -> Answer:
    """What the rules of a country and, where `folder` is a project, its own guidelines say. Raises InputError."""
    if not procurement.rulebook(country).parameters:
        raise InputError(
            "No procurement rules are known for {name}. Add {country}/rules/procurement.yaml.",
            name=load(country).name,
            country=country,
        )
    own = guidelines.load(folder) if folder and (folder / FILE).exists() else ()
    return procurement.ask(question, procurement.rulebook(country), own)


TWO_WAYS = r"[1-9]\d{0,2}[.,]\d{3}"
"""An amount that is thousands in one country and one and a part in another."""


def amount(text: str, name: str) -> Decimal:
    """An amount as somebody typed it. Raises InputError."""
    if re.fullmatch(TWO_WAYS, text.strip()):
        raise InputError(
            "'{text}' may be read in two ways. Write {plain} without a mark.", text=text, plain=re.sub("[.,]", "", text)
        )
    try:
        found = Decimal(text.replace(" ", "").replace("_", ""))
    except ArithmeticError:
        raise InputError(
            "'{text}' is no {name}. Write digits, and a point before decimals.", text=text, name=name
        ) from None
    return found


def day(text: str) -> date:
    """A day as somebody typed it. Raises InputError for days that are not in the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("'{text}' is no day. Write year, month and day, such as 2026-03-01.", text=text) from None


def part_of(country: str, text: str) -> str:
    """The part of a country as its rules name it, from a name in any case; as given where they know no such part."""
    return next((name for name in procurement.rulebook(country).parts if name.casefold() == text.casefold()), text)


def sentence(statement: Statement, currency: str, translate: Translator) -> str:
    """A statement in the language of the translator, its amounts and kinds filled in."""
    values = {name: _shown(value, currency, translate) for name, value in statement.values.items()}
    said = statement.texts.get(translate.language) or translate(statement.message)
    return said.format(**values)


def row(statement: Statement, currency: str, translate: Translator) -> dict[str, Any]:
    """A statement as plain values: what a page, an interface or a file shows of it."""
    return {
        "id": statement.id,
        "part": statement.part.value,
        "standing": statement.standing.value,
        "standing_label": translate.word(statement.standing),
        "text": sentence(statement, currency, translate),
        "verified": statement.verified,
        "values": {name: str(value) for name, value in statement.values.items()},
        **{name: [one[translate.language] for one in listed] for name, listed in statement.lists.items()},
        "sources": [rests(one, translate.language) for one in statement.basis],
    }


def rests(basis: Basis, language: str) -> dict[str, Any]:
    """What a statement rests on as plain values; `language` is that of the title where it is not the reader's."""
    return {
        "title": basis.source.said(language),
        "language": basis.source.foreign(language),
        "href": basis.source.href,
        "since": basis.since,
        "checked": basis.checked,
        "verified": basis.verified,
        "from_pack": basis.from_pack,
        "note": in_language(basis.note, language),
    }


def as_row(answer: Answer, translate: Translator) -> dict[str, Any]:
    """An answer as plain values, with the question it answers."""
    return {
        "question": {**asdict(answer.question), "currency": answer.currency},
        "regime": answer.regime.value,
        "direct_award": answer.direct_award.value,
        "statements": [row(one, answer.currency, translate) for one in answer.statements],
        "advice": translate(ADVICE),
    }


def lines(answer: Answer, translate: Translator) -> Iterator[str]:
    """An answer to be read at the terminal: part by part, with what each statement rests on."""
    before = None
    for one in answer.statements:
        if one.part is not before:
            yield from ([""] if before else [])
            yield translate.word(one.part).upper()
            before = one.part
        yield f"  [{translate.word(one.standing)}] {sentence(one, answer.currency, translate)}"
        if areas := one.values.get("areas"):
            yield f"      {translate(AREAS, areas=areas)}"
        for name, listed in one.lists.items():
            yield f"      {translate(HEADINGS[name])}:"
            yield from (f"        - {item[translate.language]}" for item in listed)
        yield from (f"      {source(basis, translate)}" for basis in one.basis if basis is not OURS)
    yield ""
    yield translate(ADVICE)


def source(basis: Basis, translate: Translator) -> str:
    """What a statement rests on, in one line: title, since when, when it was read, where."""
    said = [basis.source.said(translate.language)]
    if basis.since:
        said.append(translate(SINCE, day=basis.since))
    said.append(translate(CHECKED, day=basis.checked) if basis.checked and basis.verified else "")
    said.append("" if basis.verified else translate(NOT_VERIFIED).upper())
    return " · ".join(part for part in (*said, in_language(basis.note, translate.language), basis.source.href) if part)


def _shown(value: Decimal | str, currency: str, translate: Translator) -> str:
    if isinstance(value, Decimal):
        return translate.money(value, currency, 0 if value == value.to_integral_value() else 2)
    return translate.word(Kind(value)).lower() if value in list(Kind) else value
