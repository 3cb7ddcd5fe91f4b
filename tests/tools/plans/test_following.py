"""How activities and indicators stand on a day, when a plan is to be followed up, and what two versions differ in."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bygd.tools import plans as tool
from bygd.vocabulary.planning import ActivityStanding as Standing

ON = date(2026, 6, 1)


def activity(starts: date | None = None, ends: date | None = None, key: str = "a") -> dict[str, Any]:
    return {"part_key": key, "kind": "activity", "title": key, "starts_on": starts, "ends_on": ends}


def said(state: str | None, on: date, key: str = "a", value: Any = None) -> dict[str, Any]:
    return {"part_key": key, "followed_on": on, "state": state, "value": value, "said": None}


@pytest.mark.parametrize(
    ("starts", "ends", "state", "stands"),
    [
        (None, None, None, Standing.COMING),
        (date(2026, 7, 1), None, None, Standing.COMING),
        (date(2026, 5, 1), None, None, Standing.LATE),
        (date(2026, 5, 1), date(2026, 5, 31), None, Standing.OVERDUE),
        (date(2026, 5, 1), ON, "under_way", Standing.UNDER_WAY),
        (date(2026, 5, 1), date(2026, 5, 31), "under_way", Standing.OVERDUE),
        (date(2026, 5, 1), date(2026, 5, 31), "done", Standing.DONE),
        (date(2026, 5, 1), date(2026, 5, 31), "stopped", Standing.STOPPED),
        (date(2026, 5, 1), None, "not_begun", Standing.LATE),
    ],
    ids=["no-days", "ahead", "late", "overdue", "under-way", "overdue-under-way", "done", "stopped", "said-not-begun"],
)
def test_an_activity_stands_by_its_days_and_the_latest_word(
    starts: date | None, ends: date | None, state: str | None, stands: Standing
) -> None:
    words = [said(state, date(2026, 5, 20))] if state else []
    assert tool.account([activity(starts, ends)], words, ON)[0].standing is stands


def test_words_of_later_days_do_not_count_yet() -> None:
    words = [said("under_way", date(2026, 5, 20)), said("done", date(2026, 6, 2))]
    one = activity(date(2026, 5, 1), date(2026, 6, 30))
    assert tool.account([one], words, ON)[0].standing is Standing.UNDER_WAY
    assert tool.account([one], words, date(2026, 6, 2))[0].standing is Standing.DONE


def test_an_indicator_goes_from_its_baseline_to_its_target() -> None:
    part = {
        "part_key": "i", "kind": "indicator", "title": "i", "baseline": Decimal(40), "baseline_on": date(2026, 1, 1),
        "target": Decimal(20),
    }  # fmt: skip
    found = tool.reached([part], [said(None, date(2026, 5, 1), "i", Decimal(35))], ON)[0]
    assert (found.value, found.share) == (Decimal(35), 0.25)
    unsaid = tool.reached([part], [], ON)[0]
    assert (unsaid.value, unsaid.share) == (None, None), "where it began says nothing of how it is now"
    assert (
        tool.reached([{**part, "target": None}], [said(None, date(2026, 5, 1), "i", Decimal(35))], ON)[0].share is None
    )


def test_bars_lie_within_the_plan() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    parts = [activity(), activity(date(2025, 6, 1), date(2026, 6, 30), "b"), activity(date(2026, 12, 31), None, "c")]
    bars = tool.bars(tool.account(parts, [], ON), first, last)
    assert [(round(bar.start, 2), round(bar.end, 2)) for bar in bars] == [(0, 1), (0, 0.5), (1, 1)]


def test_the_next_follow_up_is_half_a_year_after_the_last() -> None:
    plan = {"decided_on": date(2026, 3, 20), "starts_on": date(2026, 3, 1)}
    assert tool.next_follow_up(plan, []) == date(2026, 9, 19)
    assert tool.next_follow_up(plan, [said("done", date(2026, 9, 1))]) == date(2027, 3, 3)


def test_versions_differ_in_parts_that_are_new_changed_or_gone() -> None:
    before = [{**activity(key=key), "text": None} for key in ("a", "b", "c")]
    after = [before[0], {**before[1], "text": "x", "ends_on": ON}, {**activity(key="d"), "text": None}]
    found = [(one.kind.value, one.part["title"], one.columns) for one in tool.differences(before, after)]
    assert found == [("changed", "b", ("ends_on", "text")), ("new", "d", ()), ("gone", "c", ())]
    assert tool.differences(before, before) == []


@pytest.mark.parametrize("name", tool.templates())
def test_every_template_is_whole(name: str) -> None:
    one = tool.template(name)
    texts = [one.title, one.about, *(text for section in one.sections for text in (section.text, section.ask))]
    assert all(set(text) == {"sv", "nl", "en"} and all(text.values()) for text in texts)
    assert (
        one.months > 0 and one.source.said("sv") and len({section.id for section in one.sections}) == len(one.sections)
    )
