"""Told: contracts, endings and purchases as plain values, for files and programs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.reports import Translator
from bygd.reports.documents import workbook
from bygd.reports.documents.harmless import harmless
from bygd.reports.grid import Grid, Head, Kind
from bygd.tools.contracts import Ending, Money, Sums
from bygd.tools.contracts.endings import last_day
from bygd.vocabulary import tables
from bygd.workbench.contracts.bring import Look

ENDING = (
    "ends_on", "longest_until", "begin_by", "standing", "is_late", "can_prolong", "is_open", "anchor", "number",
    "title", "supplier_name", "cpv", "value", "currency", "contract_key",
)  # fmt: skip
MONEY = ("anchor", "name", "category", "year", "part", "why", "amount", "payments")
CONTRACTS = tuple(tables.contracts.columns())


def ending_row(one: Ending) -> dict[str, Any]:
    """An ending with its contract, as texts and numbers."""
    own = {name: getattr(one, name) for name in ENDING if hasattr(one, name)}
    return plain(
        {**{name: one.contract[name] for name in ENDING if name in one.contract}, **own, "next": last_day(one)}
    )


def money_row(one: Money) -> dict[str, Any]:
    """Purchases of one supplier; of those masked there is the label only."""
    return plain({name: getattr(one, name) for name in MONEY})


def sums_row(sums: Sums) -> dict[str, Any]:
    """The three parts and their total."""
    parts = {name: getattr(sums, name) for name in ("within", "outside", "doubt", "total")}
    return plain(parts)


def look_row(looked: Look) -> dict[str, Any]:
    """What a file would do, counted and row by row."""
    return {
        "source": looked.source,
        "rows": looked.rows,
        "counts": dict(looked.counts),
        "unused": list(looked.unused),
        "columns": dict(looked.columns),
        "set_aside": [{"file": one.file, "row": one.row, "reason": str(one.reason)} for one in looked.set_aside],
        "changes": [
            {
                "kind": one.kind.value,
                "differs": list(one.differs),
                "file": one.file,
                "row": one.number,
                **plain(one.row),
            }
            for one in looked.changes
        ],
    }


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON has them: days and sums as text, so that no cent is lost."""
    return {
        name: value if value is None or isinstance(value, bool | int) else str(value) for name, value in row.items()
    }


def write_workbook(rows: Sequence[Mapping[str, Any]], target: Path, currency: str) -> None:
    """The contracts as a spreadsheet with the columns of the CSV: amounts as numbers, days as days, codes as text."""
    kinds = {Decimal: Kind.NUMBER, int: Kind.NUMBER, date: Kind.DAY}
    heads = tuple(
        Head(name, kinds.get(column.type, Kind.TEXT), is_row_head=name == "title")
        for name, column in tables.contracts.columns().items()
    )
    grid = Grid("contracts", heads, [tuple(_cell(row[name]) for name in CONTRACTS) for row in rows])
    workbook.tables([("contracts", grid)], target, Translator("en"), currency, "contracts")


def _cell(value: Any) -> Any:
    """A value as a cell has it; a moment as text."""
    if isinstance(value, datetime) or not isinstance(value, bool | int | Decimal | date | None):
        return str(value)
    return value


def as_csv(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> str:
    """Rows as CSV with commas and decimal points; a cell that a spreadsheet would run is told to be text."""
    target = io.StringIO()
    writer = csv.DictWriter(target, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: harmless(value) for name, value in plain(row).items()})
    return target.getvalue()
