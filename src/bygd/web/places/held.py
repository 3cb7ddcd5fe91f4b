"""Held: snapshots kept open between requests, and what was computed from them kept with them, within limits."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.vocabulary import years
from bygd.web.places.engines import Engines, most_bytes
from bygd.workbench import snapshot
from bygd.workbench.project import Project

Made = TypeVar("Made")

MOST_HELD = 6
"""Snapshots held open, each for one set of institutions; the one asked for longest ago is closed first."""

MOST_ANSWERS = 4_000
"""Answers kept with all of them; beyond it the oldest of the one asked for longest ago are forgotten."""


class Held:
    """One snapshot kept open: engines that requests borrow in turn, and answers that cannot change any more.

    A snapshot never changes, so whatever was computed from it alone holds for as long as it stands. Answers are kept
    apart for each set of institutions, for what may be shown depends on it; engines over the same rows are shared.
    """

    def __init__(self, anchors: frozenset[str] | None, engines: Engines) -> None:
        self.snapshot = engines.snapshot
        self.anchors = anchors
        self.manifest = self.snapshot.manifest_for(anchors)
        self.engines = engines
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def year(self, year: int) -> str:
        """A year of the ledgers as people call it."""
        return years.named(year, years.begins(self.manifest))

    def engine(self) -> AbstractContextManager[DuckEngine]:
        """An engine over the snapshot, for this thread alone while it is borrowed."""
        return self.engines.engine()

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

    @property
    def answers(self) -> int:
        """How many answers are kept."""
        return len(self._answers)

    def forget(self, number: int) -> None:
        """Let go of so many answers, those longest not asked for."""
        with self._guard:
            for _ in range(min(number, len(self._answers))):
                self._answers.popitem(last=False)


_held: OrderedDict[tuple[Path, frozenset[str] | None], Held] = OrderedDict()
_guard = threading.Lock()


def current(project: Project, anchors: frozenset[str] | None = None) -> Held | None:
    """The project's current snapshot, held open; None where nothing was built yet. Raises Earlier as `Snapshot.check`.

    With `anchors` nothing of other institutions' ledgers is in it (see `Snapshot.engine`). Without, all is:
    then only what may be shown to everybody may be made of it.
    """
    name = named(project)
    if not name:
        return None
    found = of(project, name, anchors)
    found.engines.check()
    return found


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
    loaded = snapshot.load(project, name)
    rows = None if anchors is None or (anchors and anchors >= loaded.anchors()) else anchors
    with _guard:
        if key in _held and (folder / snapshot.MANIFEST).exists():
            return _held[key]  # somebody else was quicker
        gone = [_held.pop(key)] if key in _held else []
        same = (one.engines for (at, _), one in _held.items() if at == folder and one.engines.anchors == rows)
        found = _held[key] = Held(anchors, next(same, None) or Engines(loaded, rows, _close_some))
        while len(_held) > MOST_HELD:
            gone.append(_held.popitem(last=False)[1])
    _retire(gone)
    return found


def _close_some(opened: Engines) -> None:
    """Close those asked for longest ago until what is open is within bounds; never those just opened."""
    gone = []
    with _guard:
        for key, one in list(_held.items()):
            if sum(engines.bytes for engines in {each.engines for each in _held.values()}) <= most_bytes():
                break
            if one.engines is not opened and one.engines.bytes:
                gone.append(_held.pop(key))
    _retire(gone)


def _retire(gone: Iterable[Held]) -> None:
    """Close the engines that nobody holds any more."""
    with _guard:
        used = {one.engines for one in _held.values()}
    for engines in {one.engines for one in gone} - used:
        engines.retire()


def _forget_answers() -> None:
    with _guard:
        over = sum(one.answers for one in _held.values()) - MOST_ANSWERS
        for one in _held.values():
            if over <= 0:
                break
            number = min(over, one.answers)
            one.forget(number)
            over -= number
