"""A table as CSV that opens in the reader's own spreadsheet: their decimal mark, and no cell that is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from bygd.reports.documents.harmless import harmless
from bygd.reports.grid import Cell, Grid, Head, Withheld
from bygd.reports.translate import Translator

MARK = "\ufeff"
"""What tells spreadsheets that a text is UTF-8."""


def sheet(grid: Grid, unit: str, translate: Translator) -> str:
    """The table with its total. Money and shares are numbers, shares as fractions of one."""
    return "".join(lines(grid.heads, grid.all_rows(), unit, translate))


def lines(
    heads: Sequence[Head], rows: Iterable[Sequence[Cell | Withheld]], unit: str, translate: Translator
) -> Iterator[str]:
    """The same, line by line, for long tables."""
    comma = translate.number_locale()["decimal"] == ","
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow([head.titled(unit) for head in heads])
    yield MARK + _taken(held)
    for row in rows:
        writer.writerow([_plain(cell, translate, comma=comma) for cell in row])
        yield _taken(held)


def _taken(held: io.StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text


def _plain(cell: Cell | Withheld, translate: Translator, *, comma: bool) -> str:
    """A cell as CSV has it; a text that a spreadsheet would take for a formula stands behind an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, Withheld):
        return translate("withheld")
    if isinstance(cell, bool):
        return translate("yes") if cell else translate("no")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float | Decimal):
        text = format(cell, "f") if isinstance(cell, Decimal) else repr(cell)
        return text.replace(".", ",") if comma else text
    return harmless(cell)
