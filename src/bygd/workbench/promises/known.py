"""Known: the promises of a project with their contracts, reports and remedies, as the entries say now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools import promises as tool
from bygd.tools.promises import Account, Delivery, Promise, Redress
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.workbench import contracts, decisions
from bygd.workbench.project import Project

Row = dict[str, Any]
ENTRIES: tuple[type[Table], ...] = (
    tables.contract_entries,
    tables.promise_entries,
    tables.delivery_entries,
    tables.remedy_entries,
)
"""What a book is made of."""


@dataclass(frozen=True)
class Book:
    """All that is known of a project's promises on a day. `anchors` leaves other institutions' contracts out."""

    project: Project
    day: date
    contracts: Mapping[str, Row]
    """The contracts of the register by key."""
    promises: Mapping[str, Promise]
    """Of contracts that are in the register; those of contracts that were taken out are not shown."""
    reports: Mapping[str, Row]
    """The latest entry of every report by key, withdrawn ones too."""
    deliveries: Mapping[str, list[Delivery]]
    remedies: Mapping[str, list[Redress]]
    remedy_rows: Mapping[str, Row]

    @cached_property
    def accounts(self) -> list[Account]:
        """The account of every promise on the day."""
        return tool.accounts(self.promises, self.deliveries, self.remedies, self.day)

    def of(self, contract_key: str) -> list[Account]:
        """The accounts of one contract's promises."""
        return [one for one in self.accounts if one.promise.contract_key == contract_key]

    def reports_on(self, promise_key: str) -> list[Row]:
        """The reports on a promise as they stand now, the latest period first; withdrawn ones are left out."""
        keys = [one.key for one in reversed(self.deliveries.get(promise_key, ()))]
        return [self.reports[key] for key in keys]

    def remedies_of(self, promise_key: str) -> list[Row]:
        """What was agreed about a promise, the first first."""
        return [self.remedy_rows[one.key] for one in self.remedies.get(promise_key, ())]

    def contract(self, named: str) -> Row:
        """A contract by key, by its own number, or by its title. Raises InputError where none or several are meant."""
        if named in self.contracts:
            return self.contracts[named]
        wanted = named.casefold().strip()
        found = [
            one
            for one in self.contracts.values()
            if wanted in ((one["number"] or "").casefold(), one["title"].casefold())
        ]
        if len(found) != 1:
            raise InputError(
                "{number} contracts are called '{name}'. Give the key of one; bygd contracts list has them.",
                number=len(found),
                name=named,
            )
        return found[0]


def book(project: Project, day: date | None = None, anchors: Collection[str] | None = None) -> Book:
    """The promises of a project on a day, today where none is said. Raises InputError where a file cannot be read."""
    known = {row["contract_key"]: row for row in contracts.current(project, anchors)}
    promises = _promises(*_file(project, tables.promise_entries))
    reports, deliveries = _deliveries(*_file(project, tables.delivery_entries))
    remedy_rows, remedies = _remedies(*_file(project, tables.remedy_entries))
    kept = {key: one for key, one in promises.items() if one.contract_key in known}
    return Book(project, day or date.today(), known, kept, reports, deliveries, remedies, remedy_rows)


def history(project: Project, table: type[Table], key: str, value: str) -> list[Row]:
    """Every entry of a key, the first first."""
    rows = _rows(*_file(project, table), table.__name__)
    return sorted((dict(row) for row in rows if row[key] == value), key=lambda row: row["entered_at"])


def _file(project: Project, table: type[Table]) -> tuple[Path, int, int]:
    path = decisions.file(project, table)
    try:
        about = path.stat()
    except FileNotFoundError:
        return path, 0, 0
    return path, about.st_size, about.st_mtime_ns


@lru_cache(maxsize=24)
def _rows(path: Path, size: int, changed_at: int, table: str) -> tuple[Row, ...]:
    return tuple(decisions.parse(path, getattr(tables, table))) if size else ()


@lru_cache(maxsize=8)
def _promises(path: Path, size: int, changed_at: int) -> dict[str, Promise]:
    return tool.promises(_rows(path, size, changed_at, "promise_entries"))


@lru_cache(maxsize=8)
def _deliveries(path: Path, size: int, changed_at: int) -> tuple[Mapping[str, Any], dict[str, list[Delivery]]]:
    rows = _rows(path, size, changed_at, "delivery_entries")
    return tool.latest(rows, "delivery_key"), tool.deliveries(rows)


@lru_cache(maxsize=8)
def _remedies(path: Path, size: int, changed_at: int) -> tuple[Mapping[str, Any], dict[str, list[Redress]]]:
    rows = _rows(path, size, changed_at, "remedy_entries")
    return tool.latest(rows, "remedy_key"), tool.remedies(rows)
