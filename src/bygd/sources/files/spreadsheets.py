"""Spreadsheets read as text: every sheet of an XLSX, XLS or ODS workbook, cell by cell."""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from bygd.sources.errors import InputError
from bygd.sources.files.opening import CHUNK, ODS, XLSX

MAX_CELLS = 60_000_000
"""Most cells, empty ones counted, from a sheet's first to its last filled cell; a full grid of 57 columns."""
REPEATED = re.compile(rb"(<table:table-row\b[^>]*>)|(<table:table-cell\b[^>]*>)")
REPEATS = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')
FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>(?=<[vif])')


def cell_text(cell: object) -> str:
    """A cell of any type as text, such that no digit is lost."""
    if isinstance(cell, str):
        return cell.replace("_x000D_", "")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def grids(
    path: Path, kind: str, shown: str, text: Callable[[object], str] = cell_text
) -> Iterator[tuple[str, tuple[list[str], ...]]]:
    """Sheets by name with their rows from the first one on, each cell as `text` says; empty sheets have no rows.

    Whole numbers lose `.0`, dates become ISO dates, times of day are kept. Raises InputError for a workbook
    that is damaged, locked, or whose cells lie so far apart that they would fill the memory.
    """
    try:
        if kind == XLSX:
            _check_extent(path, shown)
        elif kind == ODS:
            _check_repeats(path, shown)
        with CalamineWorkbook.from_path(str(path)) as workbook:
            for name in workbook.sheet_names:
                grid = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                rows = tuple([text(cell) for cell in row] for row in grid)
                yield name, rows if any(any(row) for row in rows) else ()
    except PasswordError as error:
        raise InputError(
            "{file} is locked by a password. Save it without the password and add it again.", file=shown
        ) from error
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            "{file} is a damaged workbook ({why}). Save it anew or export it as CSV.", file=shown, why=error
        ) from error


def _check_extent(path: Path, shown: str) -> None:
    """Two filled cells in far corners make a grid of 17 milliard cells; such a sheet is refused."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
                continue
            column, row, before = 0, 0, b""
            with archive.open(name) as opened:
                while chunk := opened.read(CHUNK):
                    for letters, number in FILLED.findall(before + chunk):
                        column, row = max(column, _column(letters)), max(row, int(number))
                    before = chunk[-200:]
            if column * row > MAX_CELLS:
                raise InputError(
                    "{file}: the sheet in {member} reaches to row {row} and column {column}, which is too "
                    "far for a ledger. Delete what stands far off, or export the ledger as CSV.",
                    file=shown,
                    member=name,
                    row=row,
                    column=column,
                )


def _check_repeats(path: Path, shown: str) -> None:
    """OpenDocument repeats rows and cells by number, so that a few bytes can stand for milliards of cells."""
    cells, rows, before = 0, 1, b""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as opened:
        while chunk := opened.read(CHUNK):
            text = before + chunk
            end = text.rfind(b">") + 1
            for row, cell in REPEATED.findall(text[:end]):
                repeats = REPEATS.search(row or cell)
                times = int(repeats[1]) if repeats else 1
                if row:
                    rows = times
                elif b"value-type" in cell:
                    cells += rows * times
            before = text[end:]
            if cells > MAX_CELLS:
                raise InputError(
                    "{file} repeats cells until there are more than {most}, which is too many for a "
                    "ledger. Export the ledger as CSV.",
                    file=shown,
                    most=MAX_CELLS,
                )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
