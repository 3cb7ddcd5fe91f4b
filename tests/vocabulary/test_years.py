"""Years of money: plain ones stay plain, others say in which two calendar years they are."""

import pytest

from bygd.vocabulary import years


@pytest.mark.parametrize(
    ("year", "month", "name"), [(2024, 1, "2024"), (2024, 4, "2024/25"), (2099, 7, "2099/00"), (2008, 12, "2008/09")]
)
def test_a_year_is_named_by_the_calendar_years_that_it_is_in(year: int, month: int, name: str) -> None:
    assert years.named(year, month) == name


@pytest.mark.parametrize(
    ("period", "calendar", "financial"),
    [
        ("2024", "2024", "2024/25"),
        ("2016–2018", "2016–2018", "2016/17–2018/19"),
        ("2016-2018", "2016–2018", "2016/17–2018/19"),
        ("2026-03-01", "2026-03-01", "2026-03-01"),
        ("", "", ""),
    ],
)
def test_a_period_has_its_years_named(period: str, calendar: str, financial: str) -> None:
    assert (years.period(period), years.period(period, 4)) == (calendar, financial)


@pytest.mark.parametrize("manifest", [{}, {"settings": None}, {"settings": {"year_starts": None}}])
def test_years_begin_in_january_where_a_snapshot_does_not_say(manifest: dict[str, object]) -> None:
    assert years.begins(manifest) == years.JANUARY
