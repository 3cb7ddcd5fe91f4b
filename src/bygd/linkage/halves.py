"""Halves: suppliers shared out to two engines, which work on them at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bygd.engine import DuckEngine

NAMES = ("linkage_first", "linkage_second")
FEWEST = 1_000
"""Fewer suppliers than these are not worth a second engine."""

# Names that begin alike go together: what several suppliers are called is looked for once.
SHARED = "SELECT supplier_key, ntile(2) OVER (ORDER BY lower(name), supplier_key) - 1 AS half FROM suppliers"

OWN = ("suppliers", "linkage_numbers")
"""What each half has of its own."""


@contextmanager
def at_once(engine: DuckEngine, work: Callable[[DuckEngine], None], makes: str) -> Iterator[str]:
    """SQL: the relation `makes` that the work leaves of the suppliers, each of whom it must look at by itself.

    The work reads what `pairs.read` left. With one thread, or few suppliers, it is done in one piece.
    """
    threads = engine.at_once()
    if threads < len(NAMES) or engine.rows("SELECT count(*) AS n FROM suppliers")[0]["n"] < FEWEST:
        work(engine)
        yield f"FROM {makes}"
        return
    engine.sql("linkage_halves", SHARED)
    besides = [_beside(engine, name, half) for half, name in enumerate(NAMES)]
    # With threads of its own the engine would take turns with those two, who wait by asking again and again.
    engine.execute("SET threads = 1")
    try:
        with ThreadPoolExecutor(len(besides)) as pool:
            list(pool.map(work, besides))
        engine.execute(f"SET threads = {threads}")
        yield " UNION ALL ".join(f"FROM {name}.{makes}" for name in NAMES)
    finally:
        engine.execute(f"SET threads = {threads}")
        for name, beside in zip(NAMES, besides, strict=True):
            beside.close()
            engine.execute(f"DROP SCHEMA {name} CASCADE")
        engine.forget("linkage_halves")


def _beside(engine: DuckEngine, name: str, half: int) -> DuckEngine:
    """An engine beside that one which has the suppliers of one half only."""
    beside = engine.beside(name)
    for relation in OWN:
        mine = f"SELECT o.* FROM {relation} o JOIN linkage_halves USING (supplier_key) WHERE half = ?"
        beside.hold(relation, engine.arrow(mine, half))
    return beside
