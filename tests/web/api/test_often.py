"""The limit of requests holds for all processes together."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bygd.web.api.often import Often

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("api")]


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still until a test moves it."""
    now = [time.time() // 60 * 60 + 1]
    monkeypatch.setattr("bygd.web.api.often.time.time", lambda: now[0])
    return now


def pair(most: int) -> tuple[Often, Often]:
    """Two processes as they come to be: each with a slot of its own."""
    one, other = Often(most), Often(most)
    other.slot = (one.slot + 1) % 64
    return one, other


def allowed(often: Often, who: str, times: int) -> int:
    return sum(often.allows(who) for _ in range(times))


def test_one_process_allows_as_many_as_it_says(minute: list[float]) -> None:
    often = Often(100)
    assert allowed(often, "1", 150) == 100 and allowed(often, "2", 10) == 10
    minute[0] += 60
    assert allowed(often, "1", 150) == 100


@pytest.mark.parametrize("most", [100, 7])
def test_two_processes_allow_that_together(minute: list[float], most: int) -> None:
    one, other = pair(most)
    first = allowed(one, "1", round(most * 0.6))
    assert first == round(most * 0.6)
    rest = allowed(other, "1", most)
    step = max(1, most // 20)
    assert most - first - step <= rest <= most - first + step
    assert allowed(one, "1", most) <= step, "and the first learns of what the second allowed"
    assert allowed(other, "2", 5) == 5, "others are not held up"
    minute[0] += 60
    assert allowed(other, "1", most) == most


def test_asking_costs_the_database_nothing_but_now_and_then(
    minute: list[float], django_assert_max_num_queries: object
) -> None:
    often = Often(600)
    with django_assert_max_num_queries(0):  # type: ignore[operator]
        assert allowed(often, "1", 29) == 29
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert allowed(often, "1", 31) == 31


def test_threads_of_one_process_count_together(minute: list[float]) -> None:
    often = Often(10_000)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: allowed(often, "1", 100), range(4))) == 400
    assert often._asked["1"] == 400
