"""Tables drawn in text: rows for tests that can be read at a glance."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from bygd.vocabulary.columns import Column, Table

EMPTY = "-"
FALSE = {"no", "false", "0"}

# What an unnamed column holds, so that a test draws only what it is about.
DEFAULTS: dict[str, Any] = {
    "country": "xx",
    "currency": "EUR",
    "is_masked": False,
    "is_contested": False,
    "status": "active",
    "size_band": "unknown",
    "state": "linked",
    "stage": "number",
    "payments": 1,
    "paid_on": date(2020, 6, 1),
    "file_key": "f",
}


def cells(text: str) -> list[dict[str, str]]:
    """The cells of a table drawn with bars, header first; lines of dashes are skipped."""
    lines = [line.strip().strip("|") for line in text.strip().splitlines()]
    rules = [line for line in lines if "---" in line and not set(line) - set("-|+ ")]
    grid = [[cell.strip() for cell in line.split("|")] for line in lines if line and line not in rules]
    header, *rows = grid
    return [dict(zip(header, row, strict=True)) for row in rows]


def typed(column: Column, text: str) -> Any:
    """A cell as the column's type; a dash is empty, two quotes are the empty text."""
    if text in (EMPTY, ""):
        return None
    if text == "''":
        return ""
    if column.type is bool:
        return text.lower() not in FALSE
    if column.type in (date, datetime):
        return column.type.fromisoformat(text)
    if column.type is Decimal:
        return Decimal(text.replace(" ", ""))
    return column.type(text)


def draw(table: type[Table], text: str, **given: Any) -> list[dict[str, Any]]:
    """Rows of a declared table from a drawing; what is not drawn is given, defaulted or empty.

    An undrawn key column is numbered, other undrawn text that may not be empty is the column's name.
    """
    return [fill(table, row, number, given) for number, row in enumerate(cells(text), 1)]


def fill(
    table: type[Table], row: Mapping[str, str], number: int = 1, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """One full row of a declared table from some drawn cells."""
    columns = table.columns()
    unknown = row.keys() - columns.keys()
    assert not unknown, f"{table.__name__} has no columns {sorted(unknown)}"
    full: dict[str, Any] = {}
    for name, column in columns.items():
        if name in row:
            full[name] = typed(column, row[name])
        elif given and name in given:
            full[name] = given[name]
        elif column.optional:
            full[name] = None
        elif name in DEFAULTS:
            full[name] = DEFAULTS[name]
        elif column.type is int:
            full[name] = number
        elif column.type is Decimal:
            full[name] = Decimal(0)
        elif column.type is float:
            full[name] = 0.0
        elif column.one_of is not None:
            full[name] = "unknown" if "unknown" in list(column.one_of) else next(iter(column.one_of)).value
        elif name in table.one_row_per and name.endswith("_key"):
            full[name] = f"{name}{number}"
        else:
            full[name] = "{}" if name == "evidence" else ""
    return full


def plain(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows with words as text, for comparison."""
    return [{k: v.value if isinstance(v, Enum) else v for k, v in row.items()} for row in rows]
