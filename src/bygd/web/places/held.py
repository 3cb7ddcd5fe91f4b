"""Held: snapshots kept open between requests, and what was computed from them kept with them."""

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
MOST_HELD = 6
MOST_ANSWERS = 2_000


class Held:
    """One snapshot kept open: engines that requests borrow in turn, and answers that cannot change any more.

    A snapshot never changes, so whatever was computed from it alone holds for as long as it stands.
    """

    def __init__(self, opened: Snapshot, anchors: frozenset[str] | None = None) -> None:
        self.snapshot = opened
        self.anchors = anchors
        self.manifest = opened.manifest_for(anchors)
        self._free: list[DuckEngine] = []
        self._is_open = False
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
                self._free.append(lent)
                self._turn.notify()

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
                while len(self._answers) > MOST_ANSWERS:
                    self._answers.popitem(last=False)
        return made

    def knows(self, key: Hashable) -> bool:
        """Whether the answer of that key is at hand."""
        with self._guard:
            return key in self._answers

    def _borrow(self) -> DuckEngine:
        with self._opening:
            if not self._is_open:
                self._free = self.snapshot.engines(MOST_ENGINES, anchors=self.anchors)
                self._is_open = True
        with self._turn:
            while not self._free:
                self._turn.wait()
            return self._free.pop()


_held: OrderedDict[tuple[Path, frozenset[str] | None], Held] = OrderedDict()
_guard = threading.Lock()


def current(project: Project, anchors: frozenset[str] | None = None) -> Held | None:
    """The project's current snapshot, held open; None where nothing was built yet.

    With `anchors` nothing of other institutions' ledgers is in it (see `Snapshot.engine`). Without, all is:
    then only what may be shown to everybody may be made of it.
    """
    pointer = project.state / snapshot.POINTER
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return of(project, name, anchors)


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
        _held[key] = Held(snapshot.load(project, name), anchors)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)  # engines close when the last request lets go of them
        return _held[key]
