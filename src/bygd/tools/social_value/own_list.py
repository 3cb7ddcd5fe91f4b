"""A list of one's own: measures and values from a spreadsheet, made into a policy file that stays with its owner."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.sources.amounts import PLAIN, TELLING, bare, grammar
from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.sources.files.headings import distinct
from bygd.tools.social_value.catalogue import written
from bygd.tools.social_value.policy import Kind, Per
from bygd.vocabulary.said import Said

FIELDS = ("code", "text", "theme", "unit", "kind", "value")
NEEDED = ("code", "text")
SOUGHT = 30
"""Rows from the top in which the header is looked for."""
TOLD = 5
"""Most faulty rows that are named at once."""
OWN_WORK = "none"
"""What is given as licence where the values are the user's own work."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that was read: the policy file it makes, how many measures it has and what their values add up to."""

    text: str
    measures: int
    valued: int
    total: Decimal


def read_list(
    path: Path,
    mapping: Mapping[str, str],
    *,
    title: str,
    language: str,
    licence: str,
    currency: str = "",
    since: date,
    decimal: str = "",
) -> Listed:
    """The policy file that a table of measures makes; `mapping` says which column is which of `FIELDS`.

    Reads CSV, XLSX, XLS and ODS. Whoever brings values says under which `licence` they stand
    (`none`: the user's own work); with one, neither texts nor values are ever published. `decimal`
    is the mark before decimals. Raises InputError naming rows: a code that is missing or stands
    twice, no text, a value that is no number or may be read in two ways.
    """
    if unknown := sorted(set(mapping) - set(FIELDS)):
        raise InputError("Unknown fields: {unknown}. Known: {known}.", unknown=unknown, known=FIELDS)
    if missing := [field for field in NEEDED if field not in mapping]:
        raise InputError(
            "The columns do not say which is the {missing}. Add it: {first}=…",
            missing=missing,
            first=missing[0],
        )
    if not licence.strip():
        raise InputError(
            "Say under which licence the list stands, or '{word}' where it is your own work.", word=OWN_WORK
        )
    if "value" in mapping and not currency:
        raise InputError("The list has values: say in which currency.")
    if decimal not in ("", ".", ","):
        raise InputError("'{decimal}' is no mark before decimals. Give . or ,", decimal=decimal)
    sheet, rows = _rows(path, mapping)
    themes: dict[str, list[dict[str, Any]]] = {}
    faults: list[Said] = []
    seen: dict[str, int] = {}
    values: list[Decimal] = []
    for number, row in rows:
        try:
            measure = _measure(row, language, decimal)
        except InputError as error:
            faults.append(Said("row {row}: {why}", row=number, why=error))
            continue
        code = measure["code"]
        if code in seen:
            twice = Said("the code '{code}' stands in row {row} too", code=code, row=seen[code])
            faults.append(Said("row {row}: {why}", row=number, why=twice))
        seen.setdefault(code, number)
        themes.setdefault(row.get("theme") or "", []).append(measure)
        values += [measure["worth"]["amount"]] if "worth" in measure else []
    if faults:
        rest = len(faults) - TOLD
        more = [Said("and {number} more", number=rest)] if rest > 0 else []
        raise InputError(
            "{file}: {faults}. Mend them and import the list again.",
            file=path.name,
            faults=[*faults[:TOLD], *more],
        )
    if not seen:
        raise InputError("{file} has a header but no measures below it.", file=path.name)
    edition: dict[str, Any] = {
        "name": since.isoformat(),
        "title": {language: title},
        "language": language,
        "since": since,
        "verified": False,
        "source": {"title": f"{path.name}{f', {sheet}' if sheet else ''}, imported by its user"},
        "themes": [
            {"code": f"theme {place}", "text": {language: name or title}, "measures": measures}
            for place, (name, measures) in enumerate(themes.items(), 1)
        ],
    }
    if currency:
        edition["currency"] = currency
    if licence.strip() != OWN_WORK:
        edition["licence"] = licence.strip()
    return Listed(written({"editions": [edition]}), len(seen), len(values), sum(values, Decimal(0)))


def _measure(row: Mapping[str, str], language: str, decimal: str) -> dict[str, Any]:
    code, text = row.get("code", ""), row.get("text", "")
    if not code or not text:
        raise InputError("the text is missing") if code else InputError("the code is missing")
    kind = row.get("kind") or (Kind.QUANTITY if row.get("value") or row.get("unit") else Kind.LEVEL).value
    if kind not in list(Kind):
        raise InputError("'{kind}' is no kind of measure, choose from {known}", kind=kind, known=Kind)
    measure: dict[str, Any] = {"code": code, "kind": str(kind), "text": {language: text}}
    if row.get("unit"):
        measure["unit"] = row["unit"]
    if row.get("value"):
        measure["worth"] = {"amount": _value(row["value"], decimal), "per": Per.UNIT.value}
    return measure


def _value(cell: str, decimal: str) -> Decimal:
    number, negative = bare(cell, r"(?!)")
    if negative:
        raise InputError("the value '{cell}' is below nought", cell=cell)
    if not decimal:
        if re.fullmatch(TELLING["either"].rstrip("$"), number) or not re.fullmatch(PLAIN, number):
            raise InputError(
                "the value '{cell}' may be read in two ways or none: say which mark is before decimals", cell=cell
            )
    elif not re.fullmatch(grammar(decimal), number):
        raise InputError("the value '{cell}' is no number with '{decimal}' before decimals", cell=cell, decimal=decimal)
    other = "." if decimal == "," else ","
    return Decimal(number.replace(" ", "").replace(other, "").replace(decimal or ".", "."))


def _rows(path: Path, mapping: Mapping[str, str]) -> tuple[str, list[tuple[int, dict[str, str]]]]:
    """The sheet whose header has every column of the mapping, and its rows that are not empty, by their number."""
    with opening.opened(path) as parts:
        for part in parts:
            for sheet in tabular.sheets(part, path.name):
                for at, names in enumerate(sheet.head[:SOUGHT], start=1):
                    columns = distinct(names)
                    if all(name in columns for name in mapping.values()):
                        places = {field: columns.index(name) for field, name in mapping.items()}
                        return sheet.name, list(_filled(sheet, at, places))
    raise InputError("{file} has no sheet with all of the columns {columns}.", file=path.name, columns=mapping.values())


def _filled(sheet: tabular.Sheet, header: int, places: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for cells in sheet.cells(header).to_pylist():
        row = {field: " ".join((cells.get(f"c{place}") or "").split()) for field, place in places.items()}
        if any(row.values()):
            yield int(cells["row_number"]), row
