"""Days are counted as each law counts them; a case stands where its events put it; files of kinds are read strictly."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bygd.countries import available, load
from bygd.parameters.strict import ValueFileError
from bygd.tools.cases import Counting, DeadlineState, Stuck, kinds, last_day, moved, stands
from bygd.vocabulary.mapping import CaseResult

AFTER, INCLUDING = Counting.AFTER, Counting.INCLUDING


@pytest.mark.parametrize(
    ("start", "length", "unit", "counting", "end"),
    [
        (date(2026, 1, 15), 6, "months", AFTER, date(2026, 7, 15)),
        (date(2026, 1, 15), 6, "months", INCLUDING, date(2026, 7, 14)),
        (date(2026, 8, 31), 6, "months", AFTER, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, "months", AFTER, date(2028, 2, 29)),
        (date(2026, 3, 2), 42, "days", INCLUDING, date(2026, 4, 12)),
        (date(2024, 2, 29), 5, "years", INCLUDING, date(2029, 2, 27)),
        (date(2026, 3, 2), 20, "working_days", INCLUDING, date(2026, 3, 27)),
        (date(2026, 3, 2), 20, "working_days", AFTER, date(2026, 3, 30)),
        (date(2026, 3, 7), 1, "working_days", INCLUDING, date(2026, 3, 9)),
        (date(2026, 3, 6), 2, "working_days", INCLUDING, date(2026, 3, 9)),
    ],
)
def test_the_last_day(start: date, length: int, unit: str, counting: Counting, end: date) -> None:
    assert last_day(start, length, unit, counting).day == end


def due(code: str, kind: str, start: str, on: str, deadline: str) -> Any:
    """The last day of a deadline of law, as the country's own files have it."""
    country = load(code)
    began = [event(1, "happened", date.fromisoformat(on), start)]
    day = date.fromisoformat(on)
    listed = stands({**ROW, "kind": kind}, began, kinds(country), country.rule("deadlines"), day).deadlines
    found = next(one for one in listed if one.id == deadline)
    assert found.value and found.value.verified and found.says
    assert found.last and found.last.day == found.day
    return found.last


@pytest.mark.parametrize(
    ("announced", "ends", "moved"),
    [
        ("2026-03-02", "2026-03-23", None),  # a Monday: the same weekday three weeks later, 1 section
        ("2026-03-13", "2026-04-07", "2026-04-03"),  # Good Friday, then Saturday, Sunday and Easter Monday
        ("2026-05-29", "2026-06-22", "2026-06-19"),  # Midsummer's Eve
        ("2026-12-03", "2026-12-28", "2026-12-24"),  # Christmas Eve, two holidays that are Friday and Saturday
        ("2026-12-10", "2027-01-04", "2026-12-31"),  # New Year's Eve
        ("2026-05-16", "2026-06-08", "2026-06-06"),  # the national day, a Saturday
        ("2026-04-09", "2026-04-30", None),  # the last of April is an eve that the act does not name
    ],
)
def test_swedish_time_ends_on_the_next_weekday(announced: str, ends: str, moved: str | None) -> None:
    """Lag (1930:173) 2 section; the days are counted by hand."""
    last = due("se", "iop", "announced", announced, "appeal")
    assert str(last.day) == ends
    assert last.moved_from == (date.fromisoformat(moved) if moved else None)


@pytest.mark.parametrize(
    ("known", "ends", "moved"),
    [
        ("2026-03-16", "2026-04-28", "2026-04-27"),  # King's Day
        ("2026-03-24", "2026-05-06", "2026-05-05"),  # Liberation Day counts in every year
        ("2026-04-02", "2026-05-15", "2026-05-14"),  # Ascension Day; the Friday after is set by decree, if at all
        ("2027-02-12", "2027-03-30", "2027-03-26"),  # Good Friday, put on a level with holidays, to Easter Monday
        ("2026-03-02", "2026-04-13", None),
    ],
)
def test_a_dutch_period_ends_on_the_first_day_that_is_no_holiday(known: str, ends: str, moved: str | None) -> None:
    """Algemene termijnenwet art. 1 and 3; the days are counted by hand."""
    last = due("nl", "challenge", "made_known", known, "objection")
    assert str(last.day) == ends
    assert last.moved_from == (date.fromisoformat(moved) if moved else None)


def test_scottish_working_days_are_never_too_many() -> None:
    """What a working day is was not read: the earlier day is due, and the later one is told."""
    case = scottish([event(1, "happened", date(2026, 3, 23), "decided")], date(2026, 3, 23))
    review = next(one for one in case.deadlines if one.id == "review")
    assert review.day == date(2026, 4, 17)
    assert review.last.perhaps == date(2026, 4, 20), "Good Friday; Easter Monday is no holiday in Scotland"
    quiet = scottish([event(1, "happened", date(2026, 3, 2), "decided")], date(2026, 3, 2))
    assert next(one for one in quiet.deadlines if one.id == "review").last.perhaps is None


def test_a_last_day_that_no_rule_moves_stays_and_says_so() -> None:
    case = scottish([event(1, "happened", date(2026, 2, 15), "validated")], date(2026, 3, 1))
    decision = next(one for one in case.deadlines if one.id == "decision")
    assert (decision.day, decision.last.stays, decision.last.moved_from) == (date(2026, 8, 15), True, None)
    assert (
        not scottish([event(1, "happened", date(2026, 2, 10), "validated")], date(2026, 3, 1)).deadlines[0].last.stays
    )


def test_months_are_moved_over_years() -> None:
    assert moved(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert moved(date(2026, 1, 31), -2) == date(2025, 11, 30)


@pytest.mark.parametrize("code", available())
def test_every_country_has_kinds_and_every_period_is_a_value_with_a_source(code: str) -> None:
    country = load(code)
    found, periods = kinds(country), country.rule("deadlines")
    assert {"cooperative", "buyout", "partnership", "school"} <= set(found)
    assert "months_quiet" in periods
    for kind in found.values():
        for one in kind.periods:
            assert all(value.source.told for value in periods[one.value].values)
            assert periods[one.value].unit in ("days", "working_days", "months", "years")
            assert all(value.source.language or len(value.source.told) == 3 for value in periods[one.value].values)


ROW = {
    "case_key": "c", "kind": "asset_transfer", "title": "Hall", "helper": "Somebody", "started_on": date(2026, 1, 5),
}  # fmt: skip


def event(number: int, what: str, on: date, about: str | None = None, **more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("due_on", "answer", "result", "note", "link"))
    return {
        "event_key": str(number),
        "case_key": "c",
        "event": what,
        "happened_on": on,
        "about": about,
        **empty,
        **more,
    }


def scottish(events: list[dict[str, Any]], today: date, **row: Any) -> Any:
    country = load("gb")
    return stands({**ROW, **row}, events, kinds(country), country.rule("deadlines"), today)


def test_a_scottish_request_is_decided_within_six_months() -> None:
    begun = [event(1, "happened", date(2026, 2, 10), "validated")]
    case = scottish(begun, date(2026, 3, 1))
    decision = next(one for one in case.deadlines if one.id == "decision")
    assert (decision.day, decision.state) == (date(2026, 8, 10), DeadlineState.COMING)
    assert decision.value is not None and decision.value.verified
    assert scottish(begun, date(2026, 7, 20)).next_deadline.state is DeadlineState.SOON
    late = scottish(begun, date(2026, 8, 11))
    assert late.next_deadline.state is DeadlineState.PASSED and Stuck.DEADLINE in late.stuck
    met = scottish([*begun, event(2, "met", date(2026, 8, 9), "decision")], date(2026, 8, 11))
    assert Stuck.DEADLINE not in met.stuck


def test_a_day_that_nobody_knows_is_not_made_up() -> None:
    country = load("nl")
    sent = [event(1, "happened", date(2026, 2, 10), "challenge_sent")]
    row = {**ROW, "kind": "challenge"}
    decision, objection = stands(row, sent, kinds(country), country.rule("deadlines"), date(2026, 3, 1)).deadlines
    assert (objection.state, objection.day) == (DeadlineState.WAITING, None)
    assert (decision.state, decision.day) == (DeadlineState.UNKNOWN, None)


def test_a_start_taken_back_stops_the_clock() -> None:
    events = [event(1, "happened", date(2026, 2, 10), "validated"), event(2, "withdrawn", date(2026, 2, 11), "1")]
    assert {one.state for one in scottish(events, date(2027, 1, 1)).deadlines} == {DeadlineState.WAITING}


def test_steps_stages_and_ends() -> None:
    events = [
        event(1, "done", date(2026, 1, 6), "prepare.body"),
        event(2, "done", date(2026, 1, 7), "prepare.land"),
        event(3, "undone", date(2026, 1, 8), "prepare.body"),
        event(4, "stage", date(2026, 1, 9), "requested"),
        event(5, "stage", date(2026, 1, 9), "no such stage"),
        event(6, "ended", date(2026, 2, 1), result="reached"),
    ]
    case = scottish(events, date(2026, 3, 1))
    assert case.done == {"prepare.land"} and case.stage.id == "requested"
    assert case.result is CaseResult.REACHED and case.stuck == ()
    again = scottish([*events, event(7, "reopened", date(2026, 2, 2))], date(2026, 3, 1))
    assert again.result is None


def test_silence_and_nobody_helping_are_told() -> None:
    assert scottish([], date(2026, 4, 4)).stuck == ()
    assert scottish([], date(2026, 4, 5)).stuck == (Stuck.QUIET,)
    assert scottish([], date(2026, 1, 6), helper=" ").stuck == (Stuck.NOBODY,)


def test_own_days_are_kept_apart_from_law() -> None:
    events = [event(1, "planned", date(2026, 1, 6), due_on=date(2026, 2, 1), note="Budget")]
    own = scottish(events, date(2026, 2, 2)).next_deadline
    assert own.is_own and own.state is DeadlineState.PASSED and own.text["sv"] == "Budget"


def test_the_decision_tree_is_no_verdict() -> None:
    country = load("se")
    row = {**ROW, "kind": "iop"}

    def told(*answers: tuple[str, str | None]) -> Any:
        events = [event(n, "answered", date(2026, 1, 6), id, answer=word) for n, (id, word) in enumerate(answers)]
        return stands(row, events, kinds(country), country.rule("deadlines"), date(2026, 1, 7))

    assert len(told().open_questions) == 7 and told().against == []
    assert told(("market", "yes")).against == ["market"]
    assert told(("market", "no")).against == []
    assert "market" in told(("market", "unsure")).open_questions
    assert told(("market", "yes"), ("market", "no")).against == [], "the later answer counts"


def test_a_kind_that_no_pack_knows_any_more() -> None:
    case = scottish([event(1, "done", date(2026, 1, 6), "prepare.body")], date(2026, 1, 7), kind="gone")
    assert case.kind is None and case.deadlines == () and case.open_questions == []


SOUND = """
kinds:
  - id: one
    pillar: land
    title: {en: A, sv: B, nl: C}
    about: {en: A, sv: B, nl: C}
    source: {title: Somewhere, language: en}
    stages: [{id: s, title: {en: A, sv: B, nl: C}, steps: [{id: x, en: A, sv: B, nl: C}]}]
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("sv: B", "da: B"), "a text in sv is missing|unknown key"),
        (
            (
                "source: {title: Somewhere, language: en}",
                "verified: true\n    source: {title: Somewhere, language: en}",
            ),
            "checked",
        ),
        (("steps: [{id: x,", "steps: [{id: x, colour: red,"), "colour"),
        (("pillar: land", "pillar: of salt"), "must be one of"),
        (("kinds:\n", "kinds: none\nrest:\n"), "must be a list"),
        (("stages: [", "deadlines: [{id: d, period: p, from: nothing, en: A, sv: B, nl: C}]\n    stages: ["), "from"),
    ],
)
def test_files_of_kinds_are_read_strictly(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    sound, changed = (replace(load("se"), folder=tmp_path / name, parent=None) for name in ("sound", "changed"))
    for country, text in ((sound, SOUND), (changed, SOUND.replace(*change))):
        (country.folder / "boards").mkdir(parents=True)
        (country.folder / "boards" / "cases.yaml").write_text(text, encoding="utf-8")
    assert list(kinds(sound)) == ["one"]
    with pytest.raises(ValueFileError, match=said):
        kinds(changed)
