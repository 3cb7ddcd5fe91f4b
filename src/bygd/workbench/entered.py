"""Entered: rows of a table of entries, and what its latest entries say of each key."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.workbench import decisions
from bygd.workbench.project import Project

Row = dict[str, Any]
A_SECOND = timedelta(seconds=1)


def entries(project: Project, table: type[Table], **where: str) -> list[Row]:
    """Every entry, or those with these values, in the order they count. Raises InputError where the file is spoilt."""
    rows = _read(decisions.file(project, table), table.__name__, *_stamp(project, table))
    return [dict(row) for row in rows if all(row[name] == value for name, value in where.items())]


def current(project: Project, table: type[Table], key: str) -> list[Row]:
    """The latest entry of each key that is not withdrawn, in the order in which keys were first entered."""
    latest: dict[str, Row] = {}
    for row in entries(project, table):
        latest[row[key]] = row
    return [row for row in latest.values() if not row["withdrawn"]]


def stamped(project: Project, table: type[Table], row: Mapping[str, Any], key: str, by: str) -> Row:
    """The row as an entry of this moment: later than every entry of its key, so that it counts."""
    said = [one["entered_at"] + A_SECOND for one in entries(project, table, **{key: str(row[key])})]
    return {**row, "entered_by": by, "entered_at": max([decisions.now(), *said])}


def add(project: Project, table: type[Table], rows: Iterable[Mapping[str, Any]], key: str, by: str) -> int:
    """Add entries of this moment to the project's file; gives how many."""
    return decisions.add(project, table, [stamped(project, table, row, key, by) for row in rows])


def _stamp(project: Project, table: type[Table]) -> tuple[int, int]:
    try:
        about = decisions.file(project, table).stat()
    except FileNotFoundError:
        return 0, 0
    return about.st_size, about.st_mtime_ns


@lru_cache(maxsize=32)
def _read(path: Path, name: str, size: int, changed_at: int) -> tuple[Row, ...]:
    rows = decisions.parse(path, getattr(tables, name)) if size else []
    return tuple(sorted(rows, key=lambda row: row["entered_at"]))
