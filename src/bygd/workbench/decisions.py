"""Decisions of people, as CSV files in the project: read strictly, added to, never edited."""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from bygd.sources.errors import InputError, together
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Column, Table
from bygd.workbench import seated, store
from bygd.workbench.project import Project

DECIDED: tuple[type[Table], ...] = (
    tables.link_decisions,
    tables.class_decisions,
    tables.seat_decisions,
    tables.audit_judgements,
)
"""What builds read: a row more, and the figures are to be built anew."""
ENTERED: tuple[type[Table], ...] = (
    tables.influence_decisions,
    tables.contract_entries,
    tables.promise_entries,
    tables.delivery_entries,
    tables.remedy_entries,
    tables.card_entries,
    tables.plan_entries,
    tables.plan_parts,
    tables.plan_follow_ups,
    tables.plan_versions,
    tables.asset_entries,
    tables.relation_entries,
    tables.case_entries,
    tables.case_events,
)
"""What no build reads: it is joined to a snapshot when somebody looks, and holds at once."""
MOST = Decimal(10) ** 13
"""Beyond it neither databases nor tables hold an amount to the cent."""
WHOLE: dict[type[Table], Callable[[Mapping[str, Any]], None]] = {
    tables.seat_decisions: seated.check,
    tables.class_decisions: seated.check_kind,
}
"""What looks at whole rows, where single cells do not tell whether they are right."""
SLACK = timedelta(days=1)
"""Clocks and time zones may differ by so much; what is later is no time of a decision."""


def file(project: Project, table: type[Table]) -> Path:
    """Where the decisions of that table stand."""
    return project.decisions / f"{table.__name__}.csv"


def read(project: Project, table: type[Table]) -> list[dict[str, Any]]:
    """The decisions of that table, in the order they were added; none where there is no file."""
    path = file(project, table)
    return parse(path, table) if path.exists() else []


def fingerprint(project: Project, table: type[Table]) -> str:
    """What the decisions of that table come to for the store: the hash of their file; empty where there is none."""
    path = file(project, table)
    return store.hash_file(path) if path.exists() else ""


def parse(path: Path, table: type[Table]) -> list[dict[str, Any]]:
    """The rows of a decision file. Raises InputError naming file, line and column of what is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            return checked(reader.fieldnames or [], enumerate(reader, start=2), table, path.name)
    except UnicodeDecodeError:
        raise InputError("{file} is not written in UTF-8. Save it anew as CSV UTF-8.", file=path.name) from None
    except csv.Error as error:
        raise InputError("{file} is no CSV file: {why}.", file=path.name, why=error) from None


def checked(
    found: Iterable[str], rows: Iterable[tuple[int, Mapping[str, str | None]]], table: type[Table], name: str
) -> list[dict[str, Any]]:
    """Numbered rows of texts as rows of the table. Raises InputError naming line and column of all that is wrong."""
    read, faults = sifted(found, rows, table, name)
    if faults:
        raise together([fault for _, fault in faults])
    return [row for _, row in read]


def sifted(
    found: Iterable[str], rows: Iterable[tuple[int, Mapping[str, str | None]]], table: type[Table], name: str
) -> tuple[list[tuple[int, dict[str, Any]]], list[tuple[int, InputError]]]:
    """Numbered rows of texts as rows of the table, and what is wrong with the others, by line.

    Raises InputError where the columns themselves are wrong.
    """
    columns, found = table.columns(), list(found)
    missing = [column for column in columns if column not in found and not columns[column].optional]
    unknown = [column for column in found if column not in columns]
    if missing or unknown:
        if missing:
            raise InputError(
                "{file} lacks {missing}. Its columns are: {known}.", file=name, missing=missing, known=columns
            )
        raise InputError(
            "{file} has columns that are not known: {unknown}. Its columns are: {known}.",
            file=name,
            unknown=unknown,
            known=columns,
        )
    cells = {title: _reader(column, title) for title, column in columns.items()}
    read: list[tuple[int, dict[str, Any]]] = []
    faults: list[tuple[int, InputError]] = []
    for number, row in rows:
        if None in row:
            long = InputError(
                "Line {line} of {file} has more cells than the header. Quote texts with commas.", line=number, file=name
            )
            faults.append((number, long))
            continue
        one: dict[str, Any] = {}
        wrong: list[InputError] = []
        for title, cell in cells.items():
            try:
                one[title] = cell(row.get(title) or "")
            except InputError as error:
                wrong.append(error)
        if not wrong and table in WHOLE:
            try:
                WHOLE[table](one)
            except InputError as error:
                wrong.append(error)
        if not wrong:
            read.append((number, one))
        faults += [
            (number, InputError("Line {line} of {file} {why}", line=number, file=name, why=error)) for error in wrong
        ]
    return read, faults


def add(project: Project, table: type[Table], rows: Iterable[Mapping[str, Any]]) -> int:
    """Append rows to the decisions of that table; gives how many. What stood there stays.

    One process and thread at a time, so that a terminal and the web never write into each other's lines.
    """
    with alone(project):
        return append(file(project, table), table, rows)


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """While it lasts nobody else adds to the project's decisions; the same thread may ask again."""
    project.state.mkdir(parents=True, exist_ok=True)
    with FileLock(project.state / "decisions.lock", is_singleton=True):
        yield


def append(path: Path, table: type[Table], rows: Iterable[Mapping[str, Any]]) -> int:
    """Append rows to a CSV file with the columns of that table, made where there is none; gives how many."""
    listed = list(rows)
    if not listed:
        return 0
    path.parent.mkdir(exist_ok=True)
    is_new = not path.exists() or not path.stat().st_size
    is_open = not is_new and not _ends_in_a_line(path)
    with path.open("a", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(table.columns()))
        if is_new:
            writer.writeheader()
        if is_open:
            opened.write("\r\n")  # somebody's editor left the last line without an end
        for row in listed:
            writer.writerow({name: _text(row.get(name)) for name in table.columns()})
        opened.flush()
        os.fsync(opened.fileno())
    return len(listed)


def _ends_in_a_line(path: Path) -> bool:
    with path.open("rb") as opened:
        opened.seek(-1, os.SEEK_END)
        return opened.read(1) == b"\n"


def now() -> datetime:
    """This moment in UTC, without the zone, as decisions store it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _reader(column: Column, title: str) -> Callable[[str], Any]:
    """What reads the cells of a column; texts that come again and again are read once."""
    words = {word.value for word in column.one_of or ()}
    read = READ.get(column.type, str)
    latest = now() + SLACK

    def cell(text: str) -> Any:
        text = text.strip()
        if not text:
            if column.optional:
                return None
            raise InputError("has nothing under '{title}'. Fill it in or take the line out.", title=title)
        if words and text not in words:
            raise InputError(
                "says '{text}' under '{title}'. It must be one of: {known}.",
                text=text,
                title=title,
                known=column.one_of or (),
            )
        try:
            value = read(text)
        except ValueError:
            raise InputError(
                "has '{text}' under '{title}', which is no {type}.",
                text=text,
                title=title,
                type=column.type.__name__,
            ) from None
        if isinstance(value, datetime) and value > latest:
            raise InputError(
                "has '{text}' under '{title}', which is yet to come. Correct it: it would always win.",
                text=text,
                title=title,
            )
        return value

    return cell if column.type is str and not words else cache(cell)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not amount.is_finite() or abs(amount) >= MOST or amount != round(amount, 2):
        raise ValueError(text)
    return round(amount, 2)


def _truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)
    return text.lower() == "true"


READ: dict[type, Callable[[str], Any]] = {
    datetime: _moment,
    date: date.fromisoformat,
    Decimal: _amount,
    bool: _truth,
    float: float,
    int: int,
}
