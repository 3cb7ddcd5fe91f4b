"""From which day a contract may be signed: the authority's own examples, and what must hold on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.countries import load
from bygd.countries.working import is_working_day
from bygd.tools.procurement.standstill import Way, standstill


@pytest.mark.parametrize(
    ("country", "told", "way", "first"),
    [
        # Upphandlingsmyndigheten's answers 1372299 (both) and the one on weekends: the tenth day is moved, no other.
        ("se", "2019-04-01", "electronic", "2019-04-12"),
        ("se", "2019-04-18", "electronic", "2019-04-30"),
        ("se", "2019-04-01", "other", "2019-04-17"),
        ("se", "2025-12-14", "electronic", "2025-12-30"),  # Christmas Eve, two holidays, a Saturday and a Sunday
        # Art. 2.127: the day after counts as the first of twenty.
        ("nl", "2026-03-02", "electronic", "2026-03-24"),  # 22 March is a Sunday
        ("nl", "2026-03-03", "other", "2026-03-24"),
        # Section 51: eight working days, the day itself the first.
        ("gb", "2026-03-02", "electronic", "2026-03-12"),
        ("gb", "2026-03-30", "electronic", "2026-04-11"),  # Good Friday and Easter Monday lie between
        ("gb", "2026-03-28", "electronic", "2026-04-11"),  # a Saturday counts for nothing
    ],
)
def test_the_first_day_on_which_a_contract_may_be_signed(country: str, told: str, way: str, first: str) -> None:
    found = standstill(load(country), date.fromisoformat(told), Way(way))
    assert found is not None and str(found.first) == first
    assert found.last == date.fromisoformat(first) - timedelta(days=1)


def test_what_is_not_known_is_not_counted() -> None:
    before = standstill(load("gb"), date(2025, 2, 23), Way.ELECTRONIC)
    assert before is not None and before.first is None and before.days is None and before.says["en"]
    assert standstill(load("nl"), date(2013, 3, 31), Way.ELECTRONIC) is None
    assert standstill(load("_template"), date(2026, 1, 1), Way.ELECTRONIC) is None
    other = standstill(load("se"), date(2026, 1, 7), Way.OTHER)
    assert other is not None and not other.basis.verified  # from memory, and says so


@given(st.dates(date(2025, 3, 1), date(2029, 12, 31)), st.sampled_from(["se", "nl", "gb"]))
def test_it_is_never_too_short_and_a_later_day_never_ends_earlier(told: date, country: str) -> None:
    found, later = (standstill(load(country), day, Way.ELECTRONIC) for day in (told, told + timedelta(days=1)))
    assert found and later and found.first and later.first and found.last and found.days
    assert found.first <= later.first
    between = [told + timedelta(days=n) for n in range((found.first - told).days)]
    counted = [day for day in between if country != "gb" or is_working_day(load(country), day)]
    assert len(counted) >= found.days and is_working_day(load(country), found.last)
