"""Halves: suppliers shared out to two engines, which work on them at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bygd.engine import DuckEngine
from bygd.linkage.readings import read_cores

NAMES = ("linkage_first", "linkage_second")
FEWEST = 1_000
"""Fewer suppliers than these are not worth a second engine."""

# Suppliers of one name go together, so that the name is looked for once.
SHARED = """
    SELECT supplier_key, dense_rank() OVER (ORDER BY core_id) % 2 AS half
    FROM (SELECT supplier_key, min(core_id) AS core_id FROM linkage_queries GROUP BY supplier_key)
"""

# What each half has of its own: suppliers without a name to look for are in the first.
OWN = {
    "suppliers": "FROM suppliers",
    "linkage_numbers": "FROM linkage_numbers",
    "linkage_queries": """
        SELECT * REPLACE (CAST(dense_rank() OVER (ORDER BY core_id) - 1 AS INTEGER) AS core_id) FROM linkage_queries
    """,
}


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
    for relation, statement in OWN.items():
        mine = f"SELECT o.* FROM {relation} o LEFT JOIN linkage_halves USING (supplier_key) WHERE coalesce(half, 0) = ?"
        beside.hold(relation, engine.arrow(statement.replace(relation, f"({mine})"), half))
    read_cores(beside)
    return beside
