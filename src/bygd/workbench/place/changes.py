"""Changes between two passes: what is new, what a source revised, what it took back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bygd.vocabulary.tables import statistics
from bygd.vocabulary.words import Word

KEY = statistics.one_row_per
SERIES = ("area_id", "vintage", "indicator", "source")
"""What is asked for by itself: of two divisions, one may come and the other fail."""
SAME = 1e-9


class ChangeKind(Word):
    """What happened to a value since the last pass."""

    NEW = "new", "New"
    REVISED = "revised", "Revised by the source"
    WITHDRAWN = "withdrawn", "Taken back by the source"
    MOVED = "moved", "In another unit or table than before"


@dataclass(frozen=True)
class Change:
    """One value that changed. `old` and `new` are empty where there was or is none."""

    kind: ChangeKind
    area_id: str
    indicator: str
    period: str
    breakdown: str
    old: float | None
    new: float | None
    source: str


def compared(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], fetched: Collection[tuple[str, str]]
) -> tuple[list[Mapping[str, Any]], list[Change]]:
    """The rows to keep, and what changed. `fetched` are pairs of indicator and source that were asked in this pass.

    Rows of what was not asked stay. So do those of periods before the first that a source now gives: tables are
    asked for their newest periods alone. A row that a source gives no more is left out and told as taken back.
    """
    before = {_key(row): row for row in old}
    kept = {_key(row): row for row in new}
    first: dict[tuple[str, ...], str] = {}
    for row in new:
        key = tuple(row[name] for name in SERIES)
        first[key] = min(first.get(key, row["period"]), row["period"])
    changes = [change for row in new if (change := _change(before.get(_key(row)), row))]
    for key, row in before.items():
        if key in kept:
            continue
        series = tuple(row[name] for name in SERIES)
        asked = (row["indicator"], row["source"]) in fetched
        if asked and series in first and row["period"] >= first[series]:
            if row["value"] is not None:
                changes.append(_told(ChangeKind.WITHDRAWN, row, row["value"], None))
        else:
            kept[key] = row
    return list(kept.values()), changes


def counted(changes: Iterable[Change]) -> dict[ChangeKind, int]:
    """How many of each kind."""
    found = dict.fromkeys(ChangeKind, 0)
    for change in changes:
        found[change.kind] += 1
    return found


def _change(before: Mapping[str, Any] | None, row: Mapping[str, Any]) -> Change | None:
    if before is None or (before["value"] is None and row["value"] is not None):
        return _told(ChangeKind.NEW, row, None, row["value"]) if row["value"] is not None else None
    old, new = before["value"], row["value"]
    if old is None:
        return None
    if new is None:
        return _told(ChangeKind.WITHDRAWN, row, old, None)
    if before["unit"] != row["unit"] or before["source_table"] != row["source_table"]:
        return _told(ChangeKind.MOVED, row, old, new)
    return _told(ChangeKind.REVISED, row, old, new) if abs(old - new) > SAME * max(1.0, abs(old)) else None


def _told(kind: ChangeKind, row: Mapping[str, Any], old: float | None, new: float | None) -> Change:
    return Change(kind, row["area_id"], row["indicator"], row["period"], row["breakdown"], old, new, row["source"])


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)
