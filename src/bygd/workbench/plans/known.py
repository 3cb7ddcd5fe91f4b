"""Known: plans of a project as their entries say, now or as they stood at an earlier moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.tools.boards import Tradition, default, traditions
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.planning import PlanPart, PlanState
from bygd.workbench import entered
from bygd.workbench.project import Project

Row = dict[str, Any]

KINDS = {word.value: number for number, word in enumerate(PlanPart)}
LAST = 1 << 30


@dataclass(frozen=True)
class Plan:
    """One plan with all that belongs to it; parts stand in their order, kind by kind."""

    row: Row
    parts: Sequence[Row]
    follow_ups: Sequence[Row]
    versions: Sequence[Row]
    tradition: Tradition

    @property
    def key(self) -> str:
        """Its key."""
        return str(self.row["plan_key"])

    @property
    def template(self) -> "tool.Template | None":
        """The template it was made from, if any that is still known."""
        return tool.templates().get(self.row["template"] or "")

    @property
    def is_decided(self) -> bool:
        """Whether it was decided and runs."""
        return bool(self.row["state"] == PlanState.DECIDED)

    def of(self, kind: str, parent: str | None = None) -> list[Row]:
        """The parts of a kind, those of one goal alone where it is named."""
        return [row for row in self.parts if row["kind"] == kind and parent in (None, row["parent_key"])]

    def under(self, heading: str) -> list[Row]:
        """The goals under a heading of the tradition."""
        return [row for row in self.of(PlanPart.GOAL) if row["heading"] == heading]

    def loose(self, kind: str) -> list[Row]:
        """Activities or indicators of no goal that is there."""
        goals = {row["part_key"] for row in self.of(PlanPart.GOAL)}
        return [row for row in self.of(kind) if row["parent_key"] not in goals]


def plans(project: Project) -> list[Row]:
    """The plans of a place, those that run first, then the latest. Raises InputError where a file is spoilt."""
    order = [PlanState.DECIDED, PlanState.CONSULTATION, PlanState.DRAFT, PlanState.ENDED]
    found = entered.current(project, tables.plan_entries, "plan_key")
    return sorted(found, key=lambda row: (order.index(row["state"]), -row["starts_on"].toordinal(), row["title"]))


def find(project: Project, plan_key: str, at: datetime | None = None) -> Plan | None:
    """A plan as it stands, or as it stood at a moment; None where there is none."""
    rows = _standing(project, tables.plan_entries, "plan_key", plan_key, at)
    if not rows:
        return None
    template = tool.templates().get(rows[0]["template"] or "")
    parts = _standing(project, tables.plan_parts, "part_key", plan_key, at)
    follow_ups = _standing(project, tables.plan_follow_ups, "follow_key", plan_key, at)
    return Plan(
        rows[0],
        sorted(parts, key=_place),
        sorted(follow_ups, key=lambda row: (row["followed_on"], row["part_key"] or "")),
        versions_of(project, plan_key),
        traditions()[template.tradition] if template else default(project.country),
    )


def read(project: Project, plan_key: str, at: datetime | None = None) -> Plan:
    """As `find`. Raises InputError where there is no such plan, listing those there are."""
    found = find(project, plan_key, at)
    if found is None:
        known = [f"{row['plan_key']} ({row['title']})" for row in plans(project)]
        raise InputError("There is no plan '{key}'. Known: {known}.", key=plan_key, known=known)
    return found


def versions_of(project: Project, plan_key: str) -> list[Row]:
    """The versions of a plan, the first one first."""
    rows = _standing(project, tables.plan_versions, "version_key", plan_key)
    return sorted(rows, key=lambda row: row["number"])


def _standing(project: Project, table: type[Table], key: str, plan_key: str, at: datetime | None = None) -> list[Row]:
    rows = entered.entries(project, table, plan_key=plan_key)
    latest = {row[key]: row for row in rows if at is None or row["entered_at"] <= at}
    return [row for row in latest.values() if not row["withdrawn"]]


def _place(row: Row) -> tuple[Any, ...]:
    position = LAST if row["position"] is None else row["position"]
    starts = row["starts_on"].toordinal() if row["starts_on"] else LAST
    return KINDS[row["kind"]], position, starts, row["title"].casefold(), row["part_key"]
