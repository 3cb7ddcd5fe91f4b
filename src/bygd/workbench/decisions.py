"""Decisions of people, as CSV files in the project: read strictly, added to, never edited."""

import csv
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Column, Table
from bygd.workbench.project import Project

DECIDED: tuple[type[Table], ...] = (tables.link_decisions, tables.class_decisions)


def file(project: Project, table: type[Table]) -> Path:
    """Where the decisions of that table stand."""
    return project.decisions / f"{table.__name__}.csv"


def read(project: Project, table: type[Table]) -> list[dict[str, Any]]:
    """The decisions of that table, in the order they were added; none where there is no file."""
    path = file(project, table)
    return parse(path, table) if path.exists() else []


def parse(path: Path, table: type[Table]) -> list[dict[str, Any]]:
    """The rows of a decision file. Raises InputError naming file, line and column of what is wrong."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        return checked(reader.fieldnames or [], enumerate(reader, start=2), table, path.name)


def checked(
    found: Iterable[str], rows: Iterable[tuple[int, Mapping[str, str | None]]], table: type[Table], name: str
) -> list[dict[str, Any]]:
    """Numbered rows of texts as rows of the table. Raises InputError naming file, line and column of what is wrong."""
    columns, found = table.columns(), list(found)
    missing = [column for column in columns if column not in found and not columns[column].optional]
    unknown = [column for column in found if column not in columns]
    if missing or unknown:
        wrong = f"lacks {missing}" if missing else f"has columns that are not known: {unknown}"
        raise InputError(f"{name} {wrong}. Its columns are: {', '.join(columns)}.")
    return [
        {title: _cell(row.get(title), column, title, f"Line {number} of {name}") for title, column in columns.items()}
        for number, row in rows
    ]


def add(project: Project, table: type[Table], rows: Iterable[Mapping[str, Any]]) -> int:
    """Append rows to the decisions of that table; gives how many. What stood there stays."""
    path = file(project, table)
    path.parent.mkdir(exist_ok=True)
    is_new = not path.exists()
    listed = list(rows)
    with path.open("a", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(table.columns()))
        if is_new:
            writer.writeheader()
        for row in listed:
            writer.writerow({name: _text(row.get(name)) for name in table.columns()})
        opened.flush()
        os.fsync(opened.fileno())
    return len(listed)


def now() -> datetime:
    """This moment in UTC, without the zone, as decisions store it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)


def _cell(text: str | None, column: Column, name: str, where: str) -> Any:
    text = (text or "").strip()
    if not text:
        if column.optional:
            return None
        raise InputError(f"{where} has nothing under '{name}'. Fill it in or take the line out.")
    if column.one_of is not None and text not in {word.value for word in column.one_of}:
        words = ", ".join(word.value for word in column.one_of)
        raise InputError(f"{where} says '{text}' under '{name}'. It must be one of: {words}.")
    try:
        if column.type is datetime:
            moment = datetime.fromisoformat(text)
            return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
        return float(text) if column.type is float else text
    except ValueError:
        raise InputError(f"{where} has '{text}' under '{name}', which is no {column.type.__name__}.") from None
