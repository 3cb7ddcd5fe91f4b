"""Promises and proof: accounts add up, words follow from days and reports, effort follows from weight."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.countries import load
from bygd.sources.errors import InputError
from bygd.tools import promises as tool
from bygd.tools.promises import Weight
from bygd.vocabulary.contract_words import Adding, DeliveryState, MilestoneState, PromiseStatus, Remedy

START, END = date(2026, 1, 1), date(2027, 12, 31)
MOMENT = datetime(2026, 1, 1)


def promise_row(code: str = "1", target: str = "4", **more: Any) -> dict[str, Any]:
    return {
        "promise_key": tool.promise_key("c", code), "contract_key": "c", "code": code, "title": "Jobs",
        "theme": "Work", "policy": None, "measure": None, "unit": "persons", "target": D(target),
        "adding": Adding.SUM, "counts_people": True, "starts_on": START, "due_on": END, "milestones": None,
        "evidence": None, "share": None, "full_time": None, "withdrawn": False, "entered_by": "x",
        "entered_at": MOMENT, **more,
    }  # fmt: skip


def report_row(
    day: date, amount: str, state: DeliveryState = DeliveryState.REPORTED, code: str = "1", **more: Any
) -> dict[str, Any]:
    key = tool.promise_key("c", code)
    return {
        "delivery_key": tool.delivery_key(key, day, more.pop("reference", None)), "promise_key": key,
        "amount": D(amount), "period_from": None, "period_to": day, "persons": None, "state": state,
        "entered_at": MOMENT, **more,
    }  # fmt: skip


def remedy_row(remedy: Remedy, agreed_on: date, **more: Any) -> dict[str, Any]:
    key = tool.promise_key("c", "1")
    return {
        "remedy_key": tool.remedy_key(key, remedy, agreed_on), "promise_key": key, "remedy": remedy,
        "agreed_on": agreed_on, "due_on": None, "amount": None, "withdrawn": False, "entered_at": MOMENT, **more,
    }  # fmt: skip


def accounts(
    promises: list[dict[str, Any]], reports: list[dict[str, Any]], day: date, remedies: Any = ()
) -> list[tool.Account]:
    return tool.accounts(tool.promises(promises), tool.deliveries(reports), tool.remedies(remedies), day)


AMOUNTS = st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False)
REPORTS = st.lists(
    st.tuples(
        st.integers(0, 900), st.sampled_from(["", "a"]), AMOUNTS, st.sampled_from(DeliveryState), st.integers(1, 3),
        st.integers(0, 5),
    ),
    max_size=25,
)  # fmt: skip


@given(REPORTS)
def test_it_adds_up(drawn: list[Any]) -> None:
    """Verified, waiting and disputed are all that is reported: of each promise, each group, and over the years."""
    reports = [
        report_row(
            START + timedelta(days=days), str(amount), state, str(code), reference=reference,
            entered_at=MOMENT + timedelta(minutes=minute),
        )
        for days, reference, amount, state, code, minute in drawn
    ]  # fmt: skip
    promises = [promise_row(str(code), "10", unit="hours" if code == 3 else "persons") for code in (1, 2, 3)]
    found = accounts(promises, reports, date(2027, 6, 1))
    standing = [row for row in tool.latest(reports, "delivery_key").values() if row["state"] != "withdrawn"]
    assert sum(one.high for one in found) == sum(row["amount"] for row in standing)
    for one in found:
        assert one.verified + one.waiting + one.disputed == one.high >= one.low >= 0
        assert one.verified + one.left >= one.promise.target
    for key in (lambda one: one.promise.code, lambda one: one.promise.theme, lambda one: None):
        groups = tool.totals(found, key)
        assert sum(group.high for group in groups) == sum(one.high for one in found)
        assert sum(group.promised for group in groups) == 30
        assert sum(sum(group.by_status.values()) for group in groups) == 3
        assert all(group.verified + group.waiting + group.disputed == group.high for group in groups)
    years = tool.by_year(tool.promises(promises), tool.deliveries(reports))
    assert sum(year.promised for year in years) == 30
    for name in ("verified", "waiting", "disputed", "high"):
        assert sum(getattr(year, name) for year in years) == sum(getattr(one, name) for one in found), name


@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter_but_their_times_do(drawn: list[Any], chance: Any) -> None:
    rows = [
        report_row(START, str(amount), state, entered_at=MOMENT + timedelta(seconds=place))
        for place, (_days, _reference, amount, state, _code, _minute) in enumerate(drawn)
    ]
    shuffled = chance.sample(rows, len(rows))
    assert accounts([promise_row()], rows, END) == accounts([promise_row()], shuffled, END)


V, R, A, X = DeliveryState.VERIFIED, DeliveryState.REPORTED, DeliveryState.ASKED, DeliveryState.DISPUTED
STEPS = "2026-06-30 1; 2026-12-31 2"


@pytest.mark.parametrize(
    ("day", "reports", "status", "low", "high"),
    [
        ("2026-06-30", [], PromiseStatus.NOT_DUE, 0, 0),
        ("2026-07-01", [], PromiseStatus.BEHIND, 0, 0),
        ("2026-07-01", [("1", R)], PromiseStatus.WAITING, 0, 1),
        ("2026-07-01", [("1", A)], PromiseStatus.WAITING, 0, 1),
        ("2026-07-01", [("1", X)], PromiseStatus.DISPUTED, 0, 1),
        ("2026-07-01", [("1", V)], PromiseStatus.ON_TRACK, 1, 1),
        ("2026-07-01", [("4", V)], PromiseStatus.KEPT, 4, 4),
        ("2027-01-01", [("1", V)], PromiseStatus.BEHIND, 1, 1),
        ("2027-12-31", [("2", V), ("1", X)], PromiseStatus.ON_TRACK, 2, 3),
        ("2028-01-01", [("2", V), ("1", X)], PromiseStatus.MISSED, 2, 3),
        ("2028-01-01", [("2", V), ("2", R)], PromiseStatus.WAITING, 2, 4),
        ("2028-01-01", [("2", V), ("2", X)], PromiseStatus.DISPUTED, 2, 4),
    ],
)
def test_how_a_promise_stands(day: str, reports: Any, status: PromiseStatus, low: int, high: int) -> None:
    rows = [report_row(START, amount, state, reference=str(n)) for n, (amount, state) in enumerate(reports)]
    (found,) = accounts([promise_row(milestones=STEPS)], rows, date.fromisoformat(day))
    assert (found.status, found.low, found.high) == (status, low, high)
    assert str(low) in found.reason


def test_the_latest_report_counts_where_reports_say_how_things_stand() -> None:
    rows = [report_row(date(2026, 3, 31), "30", V), report_row(date(2026, 6, 30), "20", R)]
    (found,) = accounts([promise_row(target="50", adding=Adding.LATEST, unit="percent")], rows, START)
    assert (found.low, found.high) == (30, 30)
    rows[1]["state"] = V
    assert accounts([promise_row(target="50", adding=Adding.LATEST)], rows, START)[0].low == 20
    two = [promise_row(str(code), adding=Adding.LATEST) for code in (1, 2)]
    assert [group.share for group in tool.totals(accounts(two, rows, START), lambda one: None)] == [None]


def test_more_time_moves_the_last_day_and_letting_go_ends_what_is_due() -> None:
    later = remedy_row(Remedy.MORE_TIME, date(2028, 1, 10), due_on=date(2028, 6, 30))
    (found,) = accounts([promise_row(milestones=STEPS)], [report_row(START, "2", V)], date(2028, 3, 1), [later])
    assert (found.status, found.last_day, found.expected) == (PromiseStatus.ON_TRACK, date(2028, 6, 30), 2)
    (found,) = accounts([promise_row()], [], date(2028, 7, 1), [later])
    assert found.status is PromiseStatus.MISSED
    waived = remedy_row(Remedy.WAIVED, date(2028, 1, 10))
    (found,) = accounts([promise_row()], [], date(2028, 7, 1), [waived])
    assert (found.status, found.expected, tool.due([found])) == (PromiseStatus.NOT_DUE, 0, [])
    back = {**waived, "withdrawn": True, "entered_at": MOMENT + timedelta(seconds=1)}
    assert accounts([promise_row()], [], date(2028, 7, 1), [waived, back])[0].status is PromiseStatus.MISSED


def test_milestones_and_of_which_a_supplier_is_reminded() -> None:
    def on(day: str, *reports: Any) -> list[tool.Account]:
        return accounts([promise_row(milestones=STEPS)], list(reports), date.fromisoformat(day))

    states = [one.state for one in tool.due(on("2026-07-01", report_row(START, "1", V)))]
    assert states == [MilestoneState.REACHED, MilestoneState.COMING, MilestoneState.COMING]
    assert next(one.state for one in tool.due(on("2026-07-01"))) is MilestoneState.OVERDUE

    def reminded(day: str, *reports: Any) -> list[tuple[str, bool]]:
        return [(due.step.due_on.isoformat(), late) for due, late in tool.to_remind(on(day, *reports))]

    assert reminded("2026-06-15") == []
    assert reminded("2026-06-16") == [("2026-06-30", False)]
    assert reminded("2026-06-16", report_row(START, "1")) == []
    assert reminded("2026-07-06") == []
    assert reminded("2026-07-07") == [("2026-06-30", True)]
    assert reminded("2027-01-10") == [("2026-12-31", True)]
    assert reminded("2027-01-10", report_row(START, "4", V)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-06-30", "no milestone"),
        ("2026-02-30 1", "calendar"),
        ("2026-06-30 2; 2026-06-30 3", "rise"),
        ("2026-06-30 2; 2026-07-30 1", "rise"),
        ("2028-06-30 1", "last day"),
        ("2026-06-30 5", "more than 4"),
        (";".join(f"2026-{month:02}-{day:02} 1" for month in (1, 2, 3) for day in range(1, 29)), "more than 60"),
    ],
)
def test_impossible_milestones_are_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        tool.milestones(text, D(4), END)


@given(
    st.decimals("0.01", 10**6, places=2), st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(1, 4000),
    st.sampled_from([4, 12, 24]), st.booleans(),
)  # fmt: skip
def test_proposed_milestones_rise_to_the_target_and_are_read_back(
    target: D, first: date, days: int, months: int, whole: bool
) -> None:
    last = first + timedelta(days=days)
    found = tool.proposed(target, first, last, months, whole)
    assert found[-1] == tool.Milestone(last, target)
    assert tool.milestones(tool.written(found), target, last) == found
    assert len(found) <= days / (months * 28) + 1
    if whole:
        assert all(one.amount == one.amount.to_integral_value() for one in found[:-1])


def test_effort_follows_the_weight_of_the_contract() -> None:
    contracts = [{"contract_key": f"{n:02}", "anchor": "A", "currency": "SEK", "value": D(1000 - n)} for n in range(10)]
    contracts.append({"contract_key": "none", "anchor": "A", "currency": None, "value": None})
    found = tool.effort(contracts, load("se").rule("follow_up"), date(2026, 11, 1))
    assert [found[f"{n:02}"].months for n in range(10)] == [4, 12, 12, 12, 24, 24, 24, 24, 24, 24]
    assert (found["none"].weight, found["none"].months) == (Weight.UNKNOWN, 12)
    assert not found["00"].verified
    assert "10 %" in found["00"].reason and "SKR" in found["00"].source.said("nl")
    with pytest.raises(InputError, match="not known for that day"):
        tool.effort(contracts, load("se").rule("follow_up"), date(2020, 1, 1))


def test_figures_run_from_verified_to_reported() -> None:
    promises = [promise_row("1", "2"), promise_row("2", "2"), promise_row("3", "2", due_on=date(2030, 1, 1))]
    reports = [report_row(START, "2", V, "1"), report_row(START, "2", R, "2")]
    kept, persons = tool.figures(accounts(promises, reports, date(2028, 1, 1)))
    assert (kept.id, kept.low, kept.value, kept.high) == ("promises.kept", 0.5, 0.5, 1.0)
    assert kept.coverage == pytest.approx(2 / 3)
    assert (persons.unit, persons.low, persons.high) == ("persons", 2, 4)
    assert tool.figures([])[0].value is None
