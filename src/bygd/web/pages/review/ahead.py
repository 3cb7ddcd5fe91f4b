"""Ahead: cases are read some at a time, and the next ones while a person looks at this one."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from bygd.engine import DuckEngine
from bygd.tools import spend
from bygd.tools.spend import Item
from bygd.tools.spend.suppliers import Bought, bought_each
from bygd.web.places.held import Held
from bygd.workbench import called, organisations
from bygd.workbench.organisations import Organisation
from bygd.workbench.review.queue import Waiting

AT_ONCE = 40
"""Cases that are read together: the tables are as long for one as for forty."""

SPARE = 15
"""With fewer than so many ready, more are read in the background."""

ALONE = "!"
"""How the key of a supplier ends that is judged without the others of its case."""

_pool = ThreadPoolExecutor(1, thread_name_prefix="reading-ahead")
_guard = threading.Lock()
_busy: set[int] = set()


@dataclass(frozen=True)
class Read:
    """One case as the snapshot has it: candidates and evidence, what the registers say of them, what was bought."""

    item: Item
    known: dict[str, Organisation]
    bought: dict[str, list[Bought]]


def read(held: Held, case: Waiting) -> Read:
    """That case, read now unless it was read before."""
    if not held.knows(_key(case)):
        _read(held, [case])
    return held.answer(_key(case), lambda engine: _from(engine, [case])[case.case_key])


def read_on(held: Held, following: Sequence[Waiting]) -> None:
    """See to it that the next cases are ready when they are asked for; comes back at once."""
    near = following[: AT_ONCE + SPARE]
    missing = [case for case in near if not held.knows(_key(case))]
    if not any(case in missing for case in near[:SPARE]):
        return
    with _guard:
        if id(held) in _busy:
            return
        _busy.add(id(held))
    _pool.submit(_beside, held, missing[:AT_ONCE])


def _beside(held: Held, cases: Sequence[Waiting]) -> None:
    try:
        _read(held, cases)
    finally:
        with _guard:
            _busy.discard(id(held))


def _read(held: Held, cases: Sequence[Waiting]) -> None:
    with held.engine() as engine:
        found = _from(engine, cases)
    for case in cases:
        if case.case_key in found:
            held.keep(_key(case), partial(found.__getitem__, case.case_key))


def _from(engine: DuckEngine, cases: Sequence[Waiting]) -> dict[str, Read]:
    items = spend.read_items(engine, [case.case_key for case in cases if not case.case_key.endswith(ALONE)])
    single = [case.suppliers[0] for case in cases if case.case_key.endswith(ALONE)]
    items |= {f"{key}{ALONE}": item for key, item in spend.read_items(engine, single, alone=True).items()}
    items = {key: replace(item, case=called.told(engine, item.case)) for key, item in items.items()}
    known = organisations.about(engine, {one.org_id for item in items.values() for one in item.case.options})
    keys = [key for case in cases for key in case.suppliers]
    bought = bought_each(engine, keys, spend.main_currency(engine))
    return {
        case.case_key: Read(
            item=(item := items[case.case_key]),
            known={one.org_id: known[one.org_id] for one in item.case.options if one.org_id in known},
            bought={key: bought[key] for key in case.suppliers},
        )
        for case in cases
        if case.case_key in items
    }


def _key(case: Waiting) -> tuple[str, str]:
    return "review case", case.case_key
