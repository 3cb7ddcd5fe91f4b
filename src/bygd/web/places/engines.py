"""Engines: one opened snapshot that requests borrow in turn, for as long as anybody holds it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from bygd.engine import DuckEngine
from bygd.workbench.snapshot import Snapshot

MOST_ENGINES = 4
"""Engines of one open snapshot, which share one copy of its tables of money."""

LEAST_BYTES, PART = 1_000_000_000, 3


@cache
def most_bytes() -> int:
    """What engines of all open snapshots may hold in memory: a third of what one alone may, and a gigabyte at least."""
    with DuckEngine() as duck:
        return max(LEAST_BYTES, duck.memory_allowed() // PART)


class Engines:
    """Engines over one snapshot for one set of institutions (None: all), opened when the first is borrowed."""

    def __init__(self, opened: Snapshot, anchors: frozenset[str] | None, then: Callable[["Engines"], None]) -> None:
        """`then` is called once they are open, when what they hold in memory (`bytes`) is known."""
        self.snapshot = opened
        self.anchors = anchors
        self.bytes = 0
        self.free: list[DuckEngine] = []
        self._then = then
        self._is_open = self._is_retired = self._is_checked = False
        self._opening = threading.Lock()
        self._turn = threading.Condition()

    def check(self) -> None:
        """Raise Earlier, as `Snapshot.check`; what was found whole is not looked at again."""
        if not self._is_checked:
            self.snapshot.check()
            self._is_checked = True

    @contextmanager
    def engine(self) -> Iterator[DuckEngine]:
        """An engine for this thread alone while it is borrowed."""
        lent = self.borrow()
        try:
            yield lent
        finally:
            with self._turn:
                is_kept = not self._is_retired
                if is_kept:
                    self.free.append(lent)
                    self._turn.notify()
            if not is_kept:
                lent.close()

    def retire(self) -> None:
        """Close the engines: the free ones at once, those that are lent when they come back.

        Requests that still hold them are answered, each by an engine of its own that is closed after it.
        """
        with self._turn:
            self._is_retired = True
            free, self.free = self.free, []
            self._turn.notify_all()
        for engine in free:
            engine.close()

    def borrow(self) -> DuckEngine:
        """An engine, as soon as one is free; who takes it closes it or gives it back through `engine`."""
        with self._opening:
            is_new = not self._is_open and not self._is_retired
            if is_new:
                self.free = self.snapshot.engines(MOST_ENGINES, anchors=self.anchors)
                self.bytes = self.free[0].memory()
                self._is_open = True
        if is_new:
            self._then(self)
        with self._turn:
            while not self.free and not self._is_retired:
                self._turn.wait()
            if self.free:
                return self.free.pop()
        return self.snapshot.engines(1, anchors=self.anchors)[0]
