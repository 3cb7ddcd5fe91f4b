"""What ends when: options, the time that a new procurement takes, and days that are not known."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.sources.errors import InputError
from bygd.tools.contracts import LEAD_MONTHS, Standing, begins_by, ending, endings, figures, year_after
from bygd.tools.contracts.endings import last_day
from bygd.vocabulary import tables

TODAY = date(2026, 6, 15)


def contract(key: str = "k", **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(tables.contracts.columns())
    return {**blank, "contract_key": key, "stage": "signed", "starts_on": date(2024, 1, 1), **more}


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({"ends_on": date(2026, 6, 15)}, Standing.RUNNING),
        ({"ends_on": date(2026, 6, 14)}, Standing.ENDED),
        ({"ends_on": date(2026, 6, 14), "longest_until": date(2026, 6, 15)}, Standing.OPTION),
        ({"ends_on": date(2026, 6, 1), "longest_until": date(2026, 6, 14)}, Standing.ENDED),
        ({"ends_on": date(2026, 6, 14), "options": "twice a year"}, Standing.OPEN),
        ({}, Standing.UNKNOWN),
        ({"longest_until": date(2026, 1, 1)}, Standing.ENDED),
        ({"starts_on": date(2026, 6, 16), "ends_on": date(2027, 1, 1)}, Standing.WAITING),
        ({"starts_on": None, "signed_on": date(2026, 7, 1), "ends_on": date(2027, 1, 1)}, Standing.WAITING),
        ({"stage": "planned", "ends_on": date(2027, 1, 1)}, Standing.COMING),
    ],
)
def test_how_a_contract_stands(more: dict[str, Any], standing: Standing) -> None:
    assert ending(contract(**more), TODAY).standing is standing


def test_the_day_by_which_to_begin_is_so_many_months_before() -> None:
    assert begins_by(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert begins_by(date(2028, 3, 31), 1) == date(2028, 2, 29)
    assert begins_by(date(2027, 1, 15), 13) == date(2025, 12, 15)
    late = ending(contract(ends_on=date(2027, 3, 14)), TODAY)
    assert (late.begin_by, late.is_late) == (date(2026, 6, 14), True)
    assert not ending(contract(ends_on=date(2027, 3, 15)), TODAY, LEAD_MONTHS).is_late
    assert not ending(contract(ends_on=date(2026, 1, 1)), TODAY).is_late  # it has ended: nothing is late any more


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_beginning_comes_the_months_before_and_never_in_another_month(day: date, months: int) -> None:
    begin = begins_by(day, months)
    assert (day.year - begin.year) * 12 + day.month - begin.month == months and begin <= day


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2026, 1, 31), date(2027, 1, 31)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_what_ends_within_a_year_is_counted_to_its_last_day(on: date, until: date) -> None:
    assert year_after(on) == until
    listed = [contract(ends_on=until, anchor="X"), contract("l", ends_on=until + timedelta(days=1), anchor="X")]
    found = {one.id: one.value for one in figures((), listed, on, "EUR") if one.anchor is None}
    assert found["contracts.ending"] == 1.0


def test_those_that_end_first_come_first_and_only_what_runs() -> None:
    found = endings(
        [
            contract("late", ends_on=date(2028, 1, 1)),
            contract("soon", ends_on=date(2026, 7, 1)),
            contract("option", ends_on=date(2026, 1, 1), longest_until=date(2026, 12, 31)),
            contract("ended", ends_on=date(2026, 1, 1)),
            contract("open"),
            contract("far", ends_on=date(2030, 1, 1)),
            contract("words", ends_on=date(2026, 1, 1), options="as long as both wish"),
        ],
        TODAY,
        until=date(2028, 1, 1),
    )
    assert [one.contract["contract_key"] for one in found] == ["soon", "option", "late"]
    assert [last_day(one) for one in found] == [date(2026, 7, 1), date(2026, 12, 31), date(2028, 1, 1)]


def test_options_in_words_alone_are_open_ended() -> None:
    runs = ending(contract(ends_on=date(2026, 12, 31), options="twice a year"), TODAY)
    assert (runs.standing, runs.is_open, last_day(runs)) == (Standing.RUNNING, True, date(2026, 12, 31))
    over = ending(contract(ends_on=date(2026, 1, 1), options="twice a year"), TODAY)
    assert (over.standing, over.is_open, last_day(over)) == (Standing.OPEN, True, None), "no day is made up"
    told = ending(contract(ends_on=date(2026, 1, 1), longest_until=date(2027, 1, 1), options="once"), TODAY)
    assert (told.standing, told.is_open) == (Standing.OPTION, False)


@pytest.mark.parametrize("months", [-1, 61])
def test_a_lead_beyond_reason_is_refused(months: int) -> None:
    with pytest.raises(InputError, match="0 to 60 months"):
        endings([], TODAY, lead_months=months)
