"""What somebody is reminded of: from two weeks before its day, until it is done, of plans that run."""

from datetime import date, timedelta
from typing import Any

import pytest

from bygd.tools import plans as tool

DAY = date(2026, 6, 20)


def plan(**facts: Any) -> dict[str, Any]:
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31), "decided_on": date(2026, 1, 1)}
    return {"state": "decided", **days, **facts}


def activity(ends: date | None) -> dict[str, Any]:
    return {"part_key": "a", "kind": "activity", "title": "a", "starts_on": None, "ends_on": ends}


@pytest.mark.parametrize(
    ("on", "is_past"),
    [(DAY - tool.AHEAD - timedelta(1), None), (DAY - tool.AHEAD, False), (DAY, False), (DAY + timedelta(1), True)],
    ids=["too-early", "two-weeks-before", "the-day", "the-day-after"],
)
def test_an_activity_is_due_from_two_weeks_before_its_last_day(on: date, is_past: bool | None) -> None:
    found = [one for one in tool.due(plan(), [activity(DAY)], [], on) if one.part]
    assert [(one.due_on, one.is_past) for one in found] == ([] if is_past is None else [(DAY, is_past)])


@pytest.mark.parametrize("state", ["done", "stopped"])
def test_what_is_at_its_end_or_has_no_day_is_not_due(state: str) -> None:
    word = {"part_key": "a", "followed_on": date(2026, 6, 1), "state": state, "value": None, "said": None}
    assert [one for one in tool.due(plan(), [activity(DAY)], [word], DAY) if one.part] == []
    assert [one for one in tool.due(plan(), [activity(None)], [], DAY) if one.part] == []
    assert tool.due(plan(state="draft"), [activity(DAY)], [], DAY) == []


def test_a_follow_up_is_due_twice_a_year_while_the_plan_runs() -> None:
    first = date(2026, 1, 1) + timedelta(183)
    assert tool.due(plan(), [], [], first - tool.AHEAD - timedelta(1)) == []
    assert tool.due(plan(), [], [], first) == [tool.Due(None, first, False)]
    assert tool.due(plan(), [], [], first + timedelta(1)) == [tool.Due(None, first, True)]
    done = {"part_key": None, "followed_on": first, "state": None, "value": None, "said": "Bra"}
    assert tool.due(plan(), [], [done], first + timedelta(1)) == []
    assert tool.due(plan(ends_on=first - timedelta(1)), [], [], first) == []
