"""Compared: what differs between two versions of a plan, part by part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]

PASSED = ("part_key", "plan_key", "withdrawn", "entered_by", "entered_at")


class Kind(StrEnum):
    """What happened to a part."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Difference:
    """One part that is not the same in both: as it was, as it is, and the columns that differ."""

    kind: Kind
    before: Row | None
    after: Row | None
    columns: tuple[str, ...] = ()

    @property
    def part(self) -> Row:
        """The part, as it is or as it was."""
        found = self.after or self.before
        assert found is not None
        return found


def differences(before: Sequence[Row], after: Sequence[Row]) -> list[Difference]:
    """The parts that are new, changed or gone, in the order of the later version; those gone stand last."""
    old = {row["part_key"]: row for row in before}
    new = {row["part_key"] for row in after}
    found = []
    for row in after:
        was = old.get(row["part_key"])
        if was is None:
            found.append(Difference(Kind.NEW, None, row))
        elif changed := tuple(_changed(was, row)):
            found.append(Difference(Kind.CHANGED, was, row, changed))
    return [*found, *(Difference(Kind.GONE, row, None) for row in before if row["part_key"] not in new)]


def _changed(was: Row, row: Row) -> Iterable[str]:
    return (name for name in row if name not in PASSED and row[name] != was[name])
