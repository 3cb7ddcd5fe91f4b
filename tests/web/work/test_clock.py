"""The clock: what is done every hour, each by itself."""

import threading
from typing import Any

import pytest

from bygd.web.work import clock


@pytest.mark.django_db
def test_what_is_done_every_hour_bears_to_be_done_with_nothing_there() -> None:
    clock.strike()
    clock.strike()
    assert len(clock.hourly()) >= 3


@pytest.mark.django_db
def test_what_fails_keeps_nothing_else_from_being_done(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    done: list[str] = []

    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr(clock, "hourly", lambda: [broken, lambda: done.append("other")])
    monkeypatch.setattr(clock.told, "propagate", True)
    clock.strike()
    assert done == ["other"]


def test_it_ends_when_it_is_told_to() -> None:
    ending = threading.Event()
    ending.set()
    clock.run(ending)
