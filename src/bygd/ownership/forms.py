"""What the country pack says about legal forms and about what an organisation number shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bygd.countries import Country
from bygd.sources.errors import InputError
from bygd.vocabulary.words import OwnershipKind

FORMS = "legal_forms.csv"
NUMBERS = "number_kinds.csv"
KINDS = {word.value: word for word in OwnershipKind}


@dataclass(frozen=True)
class NumberKind:
    """What an organisation number's digits show where nothing better is known."""

    pattern: str
    kind: OwnershipKind
    is_verified: bool
    source: str


def legal_forms(country: Country) -> list[dict[str, Any]]:
    """The pack's `legal_forms.csv` as rows of LEGAL_FORMS, for `engine.register`.

    Forms are compared without regard to case, so two that differ only in case are refused.
    Raises InputError naming the line.
    """
    seen: set[str] = set()
    rows: list[dict[str, Any]] = []
    for where, row in _lines(country, FORMS):
        form = row["legal_form"].strip()
        if not form or form.lower() in seen:
            raise InputError("{where}: the legal form '{form}' is empty or stands there twice.", where=where, form=form)
        seen.add(form.lower())
        rows.append({"legal_form": form, "label": row["label"], **_judged(where, row)})
    return rows


def number_kinds(country: Country) -> tuple[NumberKind, ...]:
    """The pack's `number_kinds.csv`: patterns over the digits of a number, the first that fits counts."""
    found = []
    for where, row in _lines(country, NUMBERS):
        if not re.fullmatch(r"[\^$()|?:\[\]{},0-9-]+", row["pattern"]):
            raise InputError(
                "{where}: the pattern '{pattern}' may hold digits and ^ $ ( ) | ? [ ] {{ }} only.",
                where=where,
                pattern=row["pattern"],
            )
        found.append(NumberKind(row["pattern"], **_judged(where, row)))
    return tuple(found)


def _lines(country: Country, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    for number, row in enumerate(country.table(name), start=2):
        where = f"{country.file(name)}, line {number}"
        if None in row or any(value is None for value in row.values()):
            raise InputError("{where}: the number of cells is not that of the header.", where=where)
        yield where, row


def _judged(where: str, row: dict[str, str]) -> dict[str, Any]:
    if row["kind"] not in KINDS:
        raise InputError(
            "{where}: '{kind}' is no kind of ownership. Known: {known}.",
            where=where,
            kind=row["kind"],
            known=KINDS,
        )
    if row["is_verified"] not in ("true", "false"):
        raise InputError(
            "{where}: is_verified must be true or false, not '{text}'.",
            where=where,
            text=row["is_verified"],
        )
    if not row["source"].strip():
        raise InputError("{where}: the source is missing.", where=where)
    return {"kind": KINDS[row["kind"]], "is_verified": row["is_verified"] == "true", "source": row["source"]}
