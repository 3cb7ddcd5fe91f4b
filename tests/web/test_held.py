"""What is held open stays within its limits, and nobody is cut off in the middle of a question."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bygd.engine import DuckEngine
from bygd.web.places import held
from bygd.web.places.engines import LEAST_BYTES, MOST_ENGINES, most_bytes
from bygd.web.places.held import Held
from bygd.workbench import project as projects
from bygd.workbench import snapshot
from bygd.workbench.project import Project

COUNT = "SELECT COUNT(*) AS n FROM payments"


@pytest.fixture
def project(built_sample: Path) -> Project:
    return projects.find(built_sample)


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """Each test begins and ends with nothing open."""

    def close() -> None:
        while held._held:
            held._held.popitem()[1].engines.retire()

    close()
    yield
    close()


def asked(project: Project, number: int) -> Held:
    """The snapshot for an institution of which there is none of that name: quickly opened, and another each time."""
    found = held.current(project, frozenset({f"Nobody {number}"}))
    assert found
    return found


def ask(one: Held) -> int:
    with one.engine() as engine:
        return int(engine.rows(COUNT)[0]["n"])


def is_closed(engine: DuckEngine) -> bool:
    try:
        engine.rows("SELECT 1")
    except Exception:
        return True
    return False


def test_no_more_snapshots_stay_open_than_the_limit_and_the_oldest_goes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST_HELD", 2)
    first, second = asked(project, 1), asked(project, 2)
    ask(first), ask(second)
    engines = [*first.engines.free, *second.engines.free]
    assert len(engines) == 2 * MOST_ENGINES and not any(map(is_closed, engines))
    assert asked(project, 1) is first, "asked for again, it is the younger of the two"
    third = asked(project, 3)
    ask(third)
    assert list(held._held.values()) == [first, third]
    assert [is_closed(engine) for engine in engines] == [False] * MOST_ENGINES + [True] * MOST_ENGINES


def test_who_uses_a_snapshot_that_is_closed_is_answered_and_leaves_nothing_open(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST_HELD", 1)
    one = held.current(project)
    assert one
    with one.engine() as lent:
        other = asked(project, 1)
        assert ask(other) == 0 and list(held._held.values()) == [other]
        before = lent.rows(COUNT)[0]["n"]
        assert before > 0, "what was lent stays open while it is used"
        assert one.answer("again", lambda engine: engine.rows(COUNT)[0]["n"]) == before, "and it may be asked anew"
    assert is_closed(lent) and one.engines.free == []
    assert ask(one) == before and one.engines.free == []


def test_who_waits_for_an_engine_of_a_snapshot_that_is_closed_gets_one(project: Project) -> None:
    one = asked(project, 1)
    lent = [one.engines.borrow() for _ in range(MOST_ENGINES)]
    found: list[int] = []
    waiting = threading.Thread(target=lambda: found.append(ask(one)))
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive() and found == []
    one.engines.retire()
    waiting.join(120)
    assert found == [0]
    for engine in lent:
        engine.close()


def test_memory_of_engines_is_bounded(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = held.current(project)
    assert first and ask(first)
    much = first.engines.bytes
    assert much > 100_000
    monkeypatch.setattr(held, "most_bytes", lambda: much)
    second = asked(project, 1)
    ask(second)
    assert list(held._held.values()) == [second]
    monkeypatch.setattr(held, "most_bytes", lambda: 0)
    third = asked(project, 2)
    ask(third)
    assert list(held._held.values()) == [third], "the one that is asked stays, however large it is"


def test_more_than_a_part_of_the_memory_is_never_held() -> None:
    with DuckEngine(memory="9GB") as duck:
        allowed = duck.memory_allowed()
    assert 8.9e9 < allowed < 9.1e9
    assert most_bytes() >= LEAST_BYTES


def test_who_belongs_to_every_institution_shares_the_engines_of_all_but_no_answers(project: Project) -> None:
    every = snapshot.current(project).anchors()
    assert len(every) > 1
    of_all, of_every, of_most = (held.current(project, one) for one in (None, every, every - {min(every)}))
    assert of_all and of_every and of_most
    assert of_every.engines is of_all.engines and of_most.engines is not of_all.engines
    assert ask(of_every) == ask(of_all) > ask(of_most)
    of_all.keep("what may be shown to everybody", lambda: "little")
    assert not of_every.knows("what may be shown to everybody")
    lent = of_all.engines.free[0]
    held._held.clear()
    held._retire([of_most])
    assert not is_closed(lent)
    held._retire([of_all, of_every])
    assert is_closed(lent)


def test_who_belongs_to_no_institution_never_shares_what_is_of_all(project: Project) -> None:
    of_none = held.current(project, frozenset())
    of_all = held.current(project)
    assert of_none and of_all and of_none.engines is not of_all.engines
    assert ask(of_none) == 0


def test_answers_are_bounded_and_the_oldest_are_forgotten(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MOST_ANSWERS", 10)
    first, second = asked(project, 1), asked(project, 2)
    for number in range(8):
        first.keep(number, lambda number=number: number)  # type: ignore[misc]
    first.keep(0, lambda: None)
    for number in range(5):
        second.keep(number, lambda number=number: number)  # type: ignore[misc]
    assert (first.answers, second.answers) == (5, 5)
    assert [first.knows(number) for number in range(8)] == [True, False, False, False, True, True, True, True]


def test_a_snapshot_asked_by_many_at_once_is_opened_once_and_closed_whole(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four threads ask three snapshots of which only two may be open; every one is answered right."""
    monkeypatch.setattr(held, "MOST_HELD", 2)
    wrong: list[Any] = []

    def many(start: int) -> None:
        for step in range(3):
            number = (start + step) % 3
            one = asked(project, number)
            try:
                with one.engine() as engine:
                    if engine.rows(COUNT)[0]["n"] != 0:
                        wrong.append(number)
            except BaseException as fault:
                wrong.append(fault)

    threads = [threading.Thread(target=many, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [] and len(held._held) <= 2
