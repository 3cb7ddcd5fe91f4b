"""Known: the contracts of a project as its entries say, and on an engine to be joined."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.vocabulary import tables
from bygd.vocabulary.ids import make_key
from bygd.workbench import decisions
from bygd.workbench.project import Project

Row = dict[str, Any]


def key(anchor: str, number: str | None, title: str, lot: str | None = None, supplier: str | None = None) -> str:
    """The key of a contract: its anchor's number, or its title where it has none, with lot and supplier.

    Case and blanks do not matter, so that the same contract written anew is the same.
    """
    named = (anchor, f"number:{number}" if number else f"title:{title}", lot, supplier)
    return make_key("contract", *(" ".join((part or "").casefold().split()) for part in named))


def entries(project: Project, contract_key: str | None = None) -> list[Row]:
    """Every entry, or those of one contract, in the order they count: the last one holds. Raises InputError."""
    rows = _read(decisions.file(project, tables.contract_entries), *_stamp(project))
    return [dict(row) for row in rows if contract_key in (None, row["contract_key"])]


def current(project: Project, anchors: Collection[str] | None = None) -> list[Row]:
    """One row of `contracts` for each contract that is not withdrawn, by anchor and key; those of some anchors alone.

    Raises InputError naming file, line and column where somebody edited the file so that it cannot be read.
    """
    rows = _standing(decisions.file(project, tables.contract_entries), *_stamp(project))
    return [dict(row) for row in rows if anchors is None or row["anchor"] in anchors]


def in_engine(engine: DuckEngine, project: Project, anchors: Collection[str] | None = None) -> None:
    """Register `contracts` on an engine, so that it can be joined to a snapshot's tables."""
    engine.register(tables.contracts, current(project, anchors))


@contextmanager
def laid(engine: DuckEngine, rows: Iterable[Mapping[str, Any]]) -> Iterator[DuckEngine]:
    """The engine while those contracts stand beside the snapshot's tables; afterwards it is as it was."""
    engine.register(tables.contracts, rows)
    try:
        yield engine
    finally:
        engine.forget(tables.contracts.__name__)


def standing(listed: Iterable[Mapping[str, Any]]) -> list[Row]:
    """What holds of each contract, from entries in any order; of two at the same moment the later in the list."""
    latest = {row["contract_key"]: row for row in sorted(listed, key=lambda row: row["entered_at"])}
    names = tables.contracts.columns()
    rows = [{name: row[name] for name in names} for row in latest.values() if not row["withdrawn"]]
    return sorted(rows, key=lambda row: (row["anchor"], row["contract_key"]))


def _stamp(project: Project) -> tuple[int, int]:
    try:
        about = decisions.file(project, tables.contract_entries).stat()
    except FileNotFoundError:
        return 0, 0
    return about.st_size, about.st_mtime_ns


@lru_cache(maxsize=8)
def _read(path: Path, size: int, changed_at: int) -> tuple[Row, ...]:
    rows = decisions.parse(path, tables.contract_entries) if size else []
    return tuple(sorted(rows, key=lambda row: row["entered_at"]))


@lru_cache(maxsize=8)
def _standing(path: Path, size: int, changed_at: int) -> tuple[Row, ...]:
    return tuple(standing(_read(path, size, changed_at)))
