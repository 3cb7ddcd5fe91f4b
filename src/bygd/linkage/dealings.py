"""Dealings: from when to when each supplier was paid, and for what."""

from bygd.engine import DuckEngine, Engine
from bygd.engine.base import empty_arrow
from bygd.vocabulary import tables

DEALINGS = """
    WITH bought AS (
        SELECT supplier_key, COALESCE(category, '') AS category, SUM(ABS(amount)) AS money,
            MIN(paid_on) AS first_paid_on, MAX(paid_on) AS last_paid_on
        FROM payments GROUP BY supplier_key, COALESCE(category, '')
    ), ranked AS (
        SELECT supplier_key, category, money,
            SUM(money) OVER (PARTITION BY supplier_key) AS total,
            MIN(first_paid_on) OVER (PARTITION BY supplier_key) AS first_paid_on,
            MAX(last_paid_on) OVER (PARTITION BY supplier_key) AS last_paid_on,
            ROW_NUMBER() OVER (PARTITION BY supplier_key ORDER BY money DESC, category DESC) AS place
        FROM bought
    )
    SELECT supplier_key, first_paid_on, last_paid_on,
        CASE WHEN 2 * money >= total THEN NULLIF(category, '') END AS category
    FROM ranked WHERE place = 1 ORDER BY supplier_key
"""


def deal(engine: Engine) -> None:
    """Read payments; write dealings. Credits count as money, and currencies are added up as they stand."""
    engine.sql(tables.dealings, DEALINGS)


def read_dealings(engine: DuckEngine) -> None:
    """Leaves `linkage_dealings`: dealings; where they were not made, from payments; without those nobody's."""
    if engine.has(tables.dealings):
        engine.sql("linkage_dealings", "FROM dealings")
    elif engine.has(tables.payments):
        engine.sql("linkage_dealings", DEALINGS)
    else:
        engine.hold("linkage_dealings", empty_arrow(tables.dealings))
