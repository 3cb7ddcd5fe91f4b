"""Own columns: which columns of a table of one's own are read as which field, as somebody said or by their names."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.countries.catalogue import OWN, source
from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.sources.files.headings import distinct
from bygd.sources.registers.own_table import SOUGHT, find_columns

TOLD_BY = {"successor_number": "world/own_successions", "parent_number": "world/own_parents"}
"""A field that only one kind of list has, where it has no names of organisations."""
SETTINGS = ("scheme", "sheet")
"""What a mapping may say besides columns."""


def own_source(section: str, said: Mapping[str, Any]) -> str:
    """Who reads a table that no reader knows by itself, told by the fields that somebody named columns for."""
    listed = (name for field, name in TOLD_BY.items() if field in said and "name" not in said)
    return next(listed, OWN[section]) if section == "register" else OWN[section]


def own_columns(name: str, paths: Sequence[Path], said: Mapping[str, Any]) -> dict[str, Any]:
    """Field → column with which that source reads those files: what was said, and what the other columns are called.

    A column is taken by its name only where every file has it, so that none is passed over for the lack of it.
    What was said alone where nothing was, or where the source reads no table of one's own. Raises InputError where a
    field is not known, or a file has no row with all columns that were said.
    """
    known: Mapping[str, Sequence[str]] = getattr(source(name).module, "HEADERS", {})
    if not said or not known:
        return dict(said)
    unknown = sorted(set(said) - {*known, *SETTINGS})
    if unknown:
        raise InputError("Unknown fields: {unknown}. Known: {known}.", unknown=unknown, known=(*known, *SETTINGS))
    named = {field: str(column) for field, column in said.items() if field in known}
    others = {field: names for field, names in known.items() if field not in named}
    guesses: list[dict[str, str]] = []
    for path in paths:
        rows = [row for row in _tops(path, said.get("sheet")) if set(named.values()) <= set(row)]
        if not rows:
            raise InputError(
                "{files} has no sheet with all of the columns {columns}. Write them as the header does.",
                files=[path.name],
                columns=list(named.values()),
            )
        guesses.append(max((_by_name(row, named, others) for row in rows), key=len))
    shared = {field: column for field, column in guesses[0].items() if all(one.get(field) == column for one in guesses)}
    return {**shared, **said}


def looked(name: str, paths: Sequence[Path], said: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Field → column as that source will read the first of those files, and the columns that it leaves out.

    Both empty where the source reads no table of one's own. `said` are the columns that are kept of it, if any.
    """
    known: Mapping[str, Sequence[str]] = getattr(source(name).module, "HEADERS", {})
    if not known:
        return {}, []
    named = {field: str(column) for field, column in said.items() if field in known}
    fit = [row for row in _tops(paths[0], said.get("sheet")) if set(named.values()) <= set(row)]
    row = max(fit, key=lambda one: len(_by_name(one, {}, known)), default=())
    taken = named or _by_name(row, {}, known)
    return taken, [column for column in row if column and column not in taken.values()]


def _by_name(row: Sequence[str], named: Mapping[str, str], others: Mapping[str, Sequence[str]]) -> dict[str, str]:
    free = ["" if column in named.values() else column for column in row]
    return {field: row[place] for field, place in find_columns(free, others).items()}


def _tops(path: Path, sheet: str | None) -> list[tuple[str, ...]]:
    """The rows of a file in which its reader looks for the header."""
    with opening.opened(path) as parts:
        tables = (table for part in parts for table in tabular.sheets(part, path.name))
        return [distinct(row) for table in tables if sheet in (None, table.name) for row in table.head[:SOUGHT]]
