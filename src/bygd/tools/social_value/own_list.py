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
        raise InputError(f"Unknown fields: {', '.join(unknown)}. Known: {', '.join(FIELDS)}.")
    if missing := [field for field in NEEDED if field not in mapping]:
        raise InputError(f"The columns do not say which is the {' and the '.join(missing)}. Add it: {missing[0]}=…")
    if not licence.strip():
        raise InputError(f"Say under which licence the list stands, or '{OWN_WORK}' where it is your own work.")
    if "value" in mapping and not currency:
        raise InputError("The list has values: say in which currency.")
    if decimal not in ("", ".", ","):
        raise InputError(f"'{decimal}' is no mark before decimals. Give . or ,")
    sheet, rows = _rows(path, mapping)
    themes: dict[str, list[dict[str, Any]]] = {}
    faults: list[str] = []
    seen: dict[str, int] = {}
    values: list[Decimal] = []
    for number, row in rows:
        try:
            measure = _measure(row, language, decimal)
        except InputError as error:
            faults.append(f"row {number}: {error}")
            continue
        code = measure["code"]
        if code in seen:
            faults.append(f"row {number}: the code '{code}' stands in row {seen[code]} too")
        seen.setdefault(code, number)
        themes.setdefault(row.get("theme") or "", []).append(measure)
        values += [measure["worth"]["amount"]] if "worth" in measure else []
    if faults:
        more = f" And {len(faults) - TOLD} more." if len(faults) > TOLD else ""
        raise InputError(f"{path.name}: {'; '.join(faults[:TOLD])}.{more} Mend them and import the list again.")
    if not seen:
        raise InputError(f"{path.name} has a header but no measures below it.")
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
        raise InputError(f"the {'text' if code else 'code'} is missing")
    kind = row.get("kind") or (Kind.QUANTITY if row.get("value") or row.get("unit") else Kind.LEVEL).value
    if kind not in list(Kind):
        raise InputError(f"'{kind}' is no kind of measure, choose from {', '.join(Kind)}")
    measure: dict[str, Any] = {"code": code, "kind": str(kind), "text": {language: text}}
    if row.get("unit"):
        measure["unit"] = row["unit"]
    if row.get("value"):
        measure["worth"] = {"amount": _value(row["value"], decimal), "per": Per.UNIT.value}
    return measure


def _value(cell: str, decimal: str) -> Decimal:
    number, negative = bare(cell, r"(?!)")
    if negative:
        raise InputError(f"the value '{cell}' is below nought")
    if not decimal:
        if re.fullmatch(TELLING["either"].rstrip("$"), number) or not re.fullmatch(PLAIN, number):
            raise InputError(f"the value '{cell}' may be read in two ways or none: say which mark is before decimals")
    elif not re.fullmatch(grammar(decimal), number):
        raise InputError(f"the value '{cell}' is no number with '{decimal}' before decimals")
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
    raise InputError(f"{path.name} has no sheet with all of the columns {', '.join(mapping.values())}.")


def _filled(sheet: tabular.Sheet, header: int, places: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for cells in sheet.cells(header).to_pylist():
        row = {field: " ".join((cells.get(f"c{place}") or "").split()) for field, place in places.items()}
        if any(row.values()):
            yield int(cells["row_number"]), row
