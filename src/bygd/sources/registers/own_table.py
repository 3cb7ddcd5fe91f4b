"""A table of one's own: cells of any file gathered by a mapping of fields to the names in its header."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.sources.files.headings import distinct, plain
from bygd.sources.registers.register import text

DATES = {
    "dmy": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"),
    "ymd": ("%Y%m%d", "%Y/%m/%d", "%Y.%m.%d"),
    "mdy": ("%m/%d/%Y", "%m-%d-%Y"),
}
SOUGHT = 30
"""Rows from the top in which the header is looked for."""


def gather(
    engine: DuckEngine,
    into: str,
    paths: Sequence[Path],
    fields: Sequence[str],
    mapping: Mapping[str, Any],
    headers: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    settings: Sequence[str] = (),
) -> None:
    """The relation `into` with file, row_number and one column of text per field; empty cells are null.

    Reads CSV, XLSX, XLS and ODS, packed or not: every sheet whose header has the columns of the
    mapping or, without one, names from `headers` for all `needed` fields. `sheet` in the mapping
    names the only one to read; `settings` are further keys it may have. Raises InputError where
    there is none.
    """
    unknown = sorted(set(mapping) - {*fields, *settings, "sheet"})
    if unknown:
        raise InputError(
            "Unknown fields: {unknown}. Known: {known}.",
            unknown=unknown,
            known=(*fields, *settings, "sheet"),
        )
    named = {field: str(name) for field, name in mapping.items() if field in fields}
    missing = [field for field in needed if named and field not in named]
    if missing:
        raise InputError(
            "The columns do not say which is the {missing}. Add it: --map {first}=…",
            missing=missing,
            first=missing[0],
        )
    found = False
    for path in paths:
        with opening.opened(path) as parts:
            for part in parts:
                for sheet in tabular.sheets(part, path.name):
                    if mapping.get("sheet") not in (None, sheet.name):
                        continue
                    header = _header(sheet, named, headers, needed)
                    if header is not None:
                        label = f"{path.name}/{sheet.name}" if sheet.name else path.name
                        _add(engine, into, label, sheet, *header, fields, is_first=not found)
                        found = True
    if not found:
        raise _not_found(paths, list(named.values()), needed)


def find_columns(
    names: Sequence[str], headers: Mapping[str, Sequence[str]], fields: Sequence[str] | None = None
) -> dict[str, int]:
    """The fields that a header's names are, by lists of names they usually have; the first name wins."""
    comparable = [plain(name) for name in names]
    found: dict[str, int] = {}
    for field in fields or headers:
        for known in headers.get(field, ()):
            place = next((at for at, name in enumerate(comparable) if name == plain(known)), None)
            if place is not None and place not in found.values():
                found[field] = place
                break
    return found


def day(column: str, conventions: Conventions) -> str:
    """A day written as ISO 8601 says, or in the country's order, in SQL; else null."""
    formats = ", ".join(text(form) for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", *DATES[conventions.date_order]))
    return f"CAST(TRY_STRPTIME({column}, [{formats}]) AS DATE)"


def _header(
    sheet: tabular.Sheet, named: Mapping[str, str], headers: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[int, dict[str, int]] | None:
    """The row of the header, counted from one, and the column of each field; None where no row fits."""
    for at, row in enumerate(sheet.head[:SOUGHT], start=1):
        names = distinct(row)
        if named:
            columns = {field: names.index(name) for field, name in named.items() if name in names}
            if len(columns) == len(named):
                return at, columns
        else:
            columns = find_columns(names, headers)
            if set(needed) <= set(columns):
                return at, columns
    return None


def _add(
    engine: DuckEngine,
    into: str,
    label: str,
    sheet: tabular.Sheet,
    header_row: int,
    columns: Mapping[str, int],
    fields: Sequence[str],
    is_first: bool,
) -> None:
    cells = sheet.cells(header_row)
    engine.put("own_sheet", cells)
    taken = ", ".join(
        f"NULLIF(TRIM(c{columns[field]}), '') AS {field}"
        if field in columns and f"c{columns[field]}" in cells.column_names
        else f"CAST(NULL AS VARCHAR) AS {field}"
        for field in fields
    )
    given = " OR ".join(f"{field} IS NOT NULL" for field in columns)
    select = f"SELECT * FROM (SELECT {text(label)} AS file, row_number, {taken} FROM own_sheet) WHERE {given}"
    engine.execute(f'CREATE OR REPLACE TABLE "{into}" AS {select}' if is_first else f'INSERT INTO "{into}" {select}')
    engine.forget("own_sheet")


def _not_found(paths: Sequence[Path], named: Sequence[str], needed: Sequence[str]) -> InputError:
    files = [path.name for path in paths]
    if named:
        return InputError(
            "{files} has no sheet with all of the columns {columns}. Write them as the header does.",
            files=files,
            columns=named,
        )
    return InputError(
        "{files}: no columns for {fields} were recognised. Say which they are: {example}",
        files=files,
        fields=needed,
        example=" ".join(f"--map {field}=COLUMN" for field in needed),
    )
