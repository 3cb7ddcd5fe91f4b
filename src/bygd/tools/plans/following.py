"""Following: how activities and indicators stand on a day, and when the plan is to be followed up next."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bygd.vocabulary.planning import ActivityStanding, CardState, PlanPart, PlanState

Row = Mapping[str, Any]

HALF_A_YEAR = timedelta(days=183)
"""A plan is followed up twice a year."""
AHEAD = timedelta(days=14)
"""So long before its day is somebody reminded of what is due."""


@dataclass(frozen=True)
class Account:
    """One activity on a day: how it stands, the latest word on it, and how far in per cent of its time the day is."""

    part: Row
    standing: ActivityStanding
    latest: Row | None


@dataclass(frozen=True)
class Reached:
    """One indicator on a day: its latest value, and which share of the way from baseline to target it has gone."""

    part: Row
    value: Decimal | None
    value_on: date | None
    share: float | None


@dataclass(frozen=True)
class Bar:
    """One activity in time, as fractions of the plan's length, for a picture."""

    part: Row
    standing: ActivityStanding
    start: float
    end: float


@dataclass(frozen=True)
class Due:
    """Something of a plan that is to be done by a day: an activity, or without a part the follow-up of the plan."""

    part: Row | None
    due_on: date
    is_past: bool


def account(parts: Iterable[Row], follow_ups: Sequence[Row], on: date) -> list[Account]:
    """Every activity in the order of the plan as it stands on a day, by its days and the latest word on it.

    Without a word an activity whose first day has passed should have begun, and one whose last day has passed is
    overdue; one that is under way is overdue after its last day.
    """
    found = []
    for part in parts:
        if part["kind"] != PlanPart.ACTIVITY:
            continue
        latest = _latest(follow_ups, part["part_key"], on, "state")
        found.append(Account(part, _standing(part, latest["state"] if latest else None, on), latest))
    return found


def reached(parts: Iterable[Row], follow_ups: Sequence[Row], on: date) -> list[Reached]:
    """Every indicator in the order of the plan with its latest value; nothing is between a baseline and its like.

    Before the first follow-up nobody has said how it is now: where it began is no answer to that.
    """
    found = []
    for part in parts:
        if part["kind"] != PlanPart.INDICATOR:
            continue
        latest = _latest(follow_ups, part["part_key"], on, "value")
        value, value_on = (latest["value"], latest["followed_on"]) if latest else (None, None)
        found.append(Reached(part, value, value_on, _share(part["baseline"], part["target"], value)))
    return found


def bars(accounts: Sequence[Account], starts_on: date, ends_on: date) -> list[Bar]:
    """Activities as parts of the plan's time; those without days reach over all of it, those beyond it are cut."""
    whole = max(1, (ends_on - starts_on).days + 1)

    def at(day: date) -> float:
        return min(1.0, max(0.0, (day - starts_on).days / whole))

    found = []
    for one in accounts:
        start = at(one.part["starts_on"] or starts_on)
        end = at((one.part["ends_on"] or ends_on) + timedelta(days=1))
        found.append(Bar(one.part, one.standing, start, max(start, end)))
    return found


def next_follow_up(plan: Row, follow_ups: Iterable[Row]) -> date:
    """The day by which a decided plan is to be followed up: half a year after the last time, or after its first day."""
    done = [row["followed_on"] for row in follow_ups]
    return max([plan["decided_on"] or plan["starts_on"], plan["starts_on"], *done]) + HALF_A_YEAR  # type: ignore[no-any-return]


def due(plan: Row, parts: Iterable[Row], follow_ups: Sequence[Row], on: date) -> list[Due]:
    """What is due of a decided plan on a day, or within `AHEAD` of it: its follow-up, then activities not at their end.

    Nothing of a plan that is not decided; no follow-up after the plan's last day.
    """
    if plan["state"] != PlanState.DECIDED:
        return []
    found = []
    next_on = next_follow_up(plan, follow_ups)
    if next_on - AHEAD <= on <= plan["ends_on"]:
        found.append(Due(None, next_on, next_on < on))
    for one in account(parts, follow_ups, on):
        day = one.part["ends_on"]
        if day and day - AHEAD <= on and one.standing not in (ActivityStanding.DONE, ActivityStanding.STOPPED):
            found.append(Due(one.part, day, day < on))
    return found


def counted(accounts: Iterable[Account]) -> Counter[ActivityStanding]:
    """How many activities stand how."""
    return Counter(one.standing for one in accounts)


def _latest(follow_ups: Sequence[Row], part_key: str, on: date, name: str) -> Row | None:
    said = [row for row in follow_ups if row["part_key"] == part_key and row["followed_on"] <= on]
    return max((row for row in said if row[name] is not None), key=lambda row: row["followed_on"], default=None)


def _standing(part: Row, state: str | None, on: date) -> ActivityStanding:
    if state == CardState.DONE:
        return ActivityStanding.DONE
    if state == CardState.STOPPED:
        return ActivityStanding.STOPPED
    if part["ends_on"] and part["ends_on"] < on:
        return ActivityStanding.OVERDUE
    if state == CardState.UNDER_WAY:
        return ActivityStanding.UNDER_WAY
    if part["starts_on"] and part["starts_on"] < on:
        return ActivityStanding.LATE
    return ActivityStanding.COMING


def _share(baseline: Decimal | None, target: Decimal | None, value: Decimal | None) -> float | None:
    if baseline is None or target is None or value is None or baseline == target:
        return None
    return float((value - baseline) / (target - baseline))
