"""Held: snapshots kept open between requests, and what was computed from them kept with them, within limits."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.workbench import snapshot
from bygd.workbench.project import Project
from bygd.workbench.snapshot import Snapshot

Made = TypeVar("Made")

MOST_ENGINES = 4
"""Engines of one open snapshot, which share one copy of its tables of money."""

MOST_HELD = 6
"""Snapshots held open, each for one set of institutions; the one asked for longest ago is closed first."""

MOST_BYTES = 3_000_000_000
"""What engines of all of them hold in memory; beyond it those asked for longest ago are closed, but for the last."""

MOST_ANSWERS = 4_000
"""Answers kept with all of them; beyond it the oldest of the one asked for longest ago are forgotten."""


class Held:
    """One snapshot kept open: engines that requests borrow in turn, and answers that cannot change any more.

    A snapshot never changes, so whatever was computed from it alone holds for as long as it stands.
    """

    def __init__(self, opened: Snapshot, anchors: frozenset[str] | None = None) -> None:
        self.snapshot = opened
        self.anchors = anchors
        self.manifest = opened.manifest_for(anchors)
        self.bytes = 0
        self._free: list[DuckEngine] = []
        self._is_open = self._is_retired = False
        self._opening = threading.Lock()
        self._turn = threading.Condition()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    @contextmanager
    def engine(self) -> Iterator[DuckEngine]:
        """An engine over the snapshot, for this thread alone while it is borrowed."""
        lent = self._borrow()
        try:
            yield lent
        finally:
            with self._turn:
                is_kept = not self._is_retired
                if is_kept:
                    self._free.append(lent)
                    self._turn.notify()
            if not is_kept:
                lent.close()

    def answer(self, key: Hashable, make: Callable[[DuckEngine], Made]) -> Made:
        """What `make` computes from the snapshot; computed once for each key, even when many ask at once."""

        def asked() -> Made:
            with self.engine() as engine:
                return make(engine)

        return self.keep(key, asked)

    def keep(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """As `answer`, of what is made from answers alone and needs no engine."""
        with self._guard:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: Made = self._answers[key]
                return found
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            with self._guard:
                if key in self._answers:
                    return self._answers[key]  # type: ignore[no-any-return]
            made = make()
            with self._guard:
                self._answers[key] = made
                self._locks.pop(key, None)
        _forget_answers()
        return made

    def knows(self, key: Hashable) -> bool:
        """Whether the answer of that key is at hand."""
        with self._guard:
            return key in self._answers

    def retire(self) -> None:
        """Close the engines: the free ones at once, those that are lent when they come back.

        Requests that still hold it are answered, each by an engine of its own that is closed after it.
        """
        with self._turn:
            self._is_retired = True
            free, self._free = self._free, []
            self._turn.notify_all()
        for engine in free:
            engine.close()

    @property
    def answers(self) -> int:
        """How many answers are kept."""
        return len(self._answers)

    def forget(self, number: int) -> None:
        """Let go of so many answers, those longest not asked for."""
        with self._guard:
            for _ in range(min(number, len(self._answers))):
                self._answers.popitem(last=False)

    def _borrow(self) -> DuckEngine:
        with self._opening:
            is_new = not self._is_open and not self._is_retired
            if is_new:
                self._free = self.snapshot.engines(MOST_ENGINES, anchors=self.anchors)
                self.bytes = self._free[0].memory()
                self._is_open = True
        if is_new:
            _close_some(self)
        with self._turn:
            while not self._free and not self._is_retired:
                self._turn.wait()
            if self._free:
                return self._free.pop()
        return self.snapshot.engines(1, anchors=self.anchors)[0]


_held: OrderedDict[tuple[Path, frozenset[str] | None], Held] = OrderedDict()
_guard = threading.Lock()


def current(project: Project, anchors: frozenset[str] | None = None) -> Held | None:
    """The project's current snapshot, held open; None where nothing was built yet.

    With `anchors` nothing of other institutions' ledgers is in it (see `Snapshot.engine`). Without, all is:
    then only what may be shown to everybody may be made of it.
    """
    name = named(project)
    return of(project, name, anchors) if name else None


def named(project: Project) -> str:
    """The name of the project's current snapshot; empty where nothing was built yet."""
    try:
        return (project.state / snapshot.POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def of(project: Project, name: str, anchors: frozenset[str] | None = None) -> Held:
    """The snapshot of that name, held open as `current`. Raises InputError where it is missing or not whole."""
    folder = project.state / "snapshots" / name
    if not name or "/" in name or "\\" in name or name.startswith("."):
        raise InputError("There is no snapshot '{name}'.", name=name)
    key = (folder, anchors)
    with _guard:
        if key in _held and (folder / snapshot.MANIFEST).exists():
            _held.move_to_end(key)
            return _held[key]
        gone = [_held.pop(key)] if key in _held else []
        found = _held[key] = Held(snapshot.load(project, name), anchors)
        while len(_held) > MOST_HELD:
            gone.append(_held.popitem(last=False)[1])
    for one in gone:
        one.retire()
    return found


def _close_some(opened: Held) -> None:
    """Close those asked for longest ago until what is open is within bounds; never the one just opened."""
    gone = []
    with _guard:
        held = sum(one.bytes for one in _held.values())
        for key, one in list(_held.items()):
            if held <= MOST_BYTES:
                break
            if one is not opened and one.bytes:
                held -= one.bytes
                gone.append(_held.pop(key))
    for one in gone:
        one.retire()


def _forget_answers() -> None:
    with _guard:
        over = sum(one.answers for one in _held.values()) - MOST_ANSWERS
        for one in _held.values():
            if over <= 0:
                break
            number = min(over, one.answers)
            one.forget(number)
            over -= number
