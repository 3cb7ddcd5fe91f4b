"""Written: a filled spreadsheet as CSV or XLSX, without a cell that a spreadsheet takes for a formula."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bygd.reports.documents.harmless import harmless
from bygd.reports.documents.workbook import LONGEST, MOST_ROWS
from bygd.sources.errors import InputError
from bygd.workbench.reconciliation.filled import Cell, Filled

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}


def writable(path: Path) -> None:
    """Raises InputError where a file of that name cannot be written."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise InputError("'{file}' ends in neither .csv nor .xlsx. Choose one of them with --out.", file=path.name)
    if not path.parent.is_dir():
        raise InputError("There is no folder {folder}. Make it, or choose another with --out.", folder=path.parent)


def write(filled: Filled, path: Path, sheet: str = "", delimiter: str = ",") -> None:
    """Write the table by the name's ending, .csv or .xlsx, whole or not at all: it is named so when it stands.

    Raises InputError where it has too many rows or cannot be written.
    """
    is_text = path.suffix.lower() == ".csv"
    if not is_text and len(filled.rows) > MOST_ROWS:
        raise InputError(
            "{number} rows are more than XLSX holds. Write CSV: --out {stem}.csv",
            number=len(filled.rows),
            stem=path.stem,
        )
    beside = path.with_name(f"{path.name}.part")
    try:
        if is_text:
            _csv(filled, beside, delimiter)
        else:
            _xlsx(filled, beside, sheet)
        beside.replace(path)
    except (OSError, FileCreateError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError("{file} cannot be written: {why}. Choose another path.", file=path, why=why) from None
    finally:
        beside.unlink(missing_ok=True)


def _csv(filled: Filled, path: Path, delimiter: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened, delimiter=delimiter)
        writer.writerow(map(harmless, filled.header))
        writer.writerows(map(harmless, row) for row in filled.rows)


def _xlsx(filled: Filled, path: Path, name: str) -> None:
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        sheet = book.add_worksheet(_named(name))
        plain = book.add_format({"num_format": "@"})
        quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(filled.header):
            sheet.set_column(column, column, min(40, max(12, len(head))))
            sheet.write_string(0, column, head[:LONGEST], bold)
        for number, row in enumerate(filled.rows, start=1):
            for column, cell in enumerate(row):
                _put(sheet, number, column, cell, quoted if harmless(cell) is not cell else plain)
        if filled.rows:
            sheet.autofilter(0, 0, len(filled.rows), len(filled.header) - 1)
        if filled.method:
            _method(book, filled.method, sheet.get_name())


def _method(book: Any, told: Sequence[str], taken: str) -> None:
    """A second sheet: the first is read again as the table."""
    heading, *sentences = told
    name = _named(heading)
    sheet = book.add_worksheet(None if name and name.casefold() == taken.casefold() else name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, heading, book.add_format({"bold": True}))
    for row, sentence in enumerate(sentences, start=1):
        sheet.write_string(row, 0, sentence, wrapped)


def _named(name: str) -> str | None:
    """A sheet's name as workbooks allow it."""
    return re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:31] or None


def _put(sheet: Any, row: int, column: int, cell: Cell, form: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST], form)
    elif cell is not None:
        sheet.write_number(row, column, cell)
