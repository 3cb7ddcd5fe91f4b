"""Measuring: how much narrower the range became, worked out beside the requests and kept while it holds."""

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bygd import geography
from bygd.tools.spend import Standing
from bygd.web.places.held import Held
from bygd.workbench.project import Project
from bygd.workbench.review import standing

MOST_KEPT = 20

_pool = ThreadPoolExecutor(1, thread_name_prefix="measuring")
_guard = threading.Lock()
_asked: "OrderedDict[tuple[Path, frozenset[str] | None, int], Future[Measured]]" = OrderedDict()


@dataclass(frozen=True)
class Measured:
    """How things stood with the decisions of the snapshot, and with those made since."""

    before: Standing
    now: Standing


def measured(held: Held, project: Project, last: int) -> Measured | None:
    """How the range of the held institutions' purchases stands after the decision of that number.

    None while it is being worked out; ask again. Raises what the working out raised.
    """
    key = (held.snapshot.folder, held.anchors, last)
    with _guard:
        if key not in _asked:
            _asked[key] = _pool.submit(_measure, held, project)
            while len(_asked) > MOST_KEPT:
                _asked.popitem(last=False)
        found = _asked[key]
    return found.result() if found.done() else None


def _measure(held: Held, project: Project) -> Measured:
    """Both in an engine of its own that holds the same institutions' ledgers: tables of it are replaced."""
    before = held.keep("standing of the snapshot", lambda: _with(held, project, is_now=False))
    return Measured(before, _with(held, project, is_now=True))


def _with(held: Held, project: Project, *, is_now: bool) -> Standing:
    with held.snapshot.engine(threads=1, anchors=held.anchors) as engine:
        place = geography.place(engine, project.place_id, project.place_name)
        return standing.measure(engine, project, place) if is_now else standing.again(engine, project, place)
