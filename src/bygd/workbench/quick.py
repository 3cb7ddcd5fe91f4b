"""Quick: the tables behind money held in memory, texts that come again and again as numbers that stand for them."""

from collections.abc import Mapping, Sequence

from bygd.engine import DuckEngine
from bygd.tools import spend
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.workbench import behind, suppliers

OFTEN = (
    "anchor", "supplier_key", "party", "org_id", "category", "rule", "reason", "currency", "state", "seat_ring",
    "branch_ring", "either_ring", "seat_id", "branch_id", "ownership", "industry", "size_band",
)  # fmt: skip
"""Columns whose texts come again and again. The order of their numbers is that of the texts."""

LOADED: tuple[type[Table], ...] = (tables.payees, tables.spend, tables.spend_lines)


LOOKED_UP: tuple[type[Table], ...] = (
    tables.suppliers, tables.links, tables.seats, tables.supplier_groups, tables.ownerships, tables.offices,
    tables.possible_organisations,
)  # fmt: skip
"""Tables with a row per supplier or organisation, of which pages want a few at a time; they are held as they are."""


# In this order the lines of one category lie together, and those of one supplier in it.
BOUGHT = f"""
    SELECT anchor, supplier_key, party, org_id, state, year, category, rule, reason, is_procurement, currency, amount,
           payments, seat_ring, branch_ring, either_ring, deprivation_decile, ownership, industry, size_band
    FROM ({spend.LINES}) AS lines ORDER BY category, party
"""


def load(engine: DuckEngine) -> None:
    """Take the tables of money and of suppliers into memory, in place of the files they are read from.

    Whatever is asked of them is answered as before, some three times as fast; columns compare with texts as texts do.
    """
    found = [table for table in LOADED if engine.has(table)]
    columns = {table.__name__: [name for name in table.columns() if name in OFTEN] for table in found}
    for column in dict.fromkeys(name for names in columns.values() for name in names):
        engine.execute(f"CREATE TYPE often_{column} AS ENUM ({_texts(column, columns)})")
    for table in (*found, *(table for table in LOOKED_UP if engine.has(table))):
        name = table.__name__
        typed = ", ".join(
            f"CAST({column} AS often_{column}) AS {column}" if column in columns.get(name, ()) else column
            for column in table.columns()
        )
        engine.sql(f"{name}_loaded", f"SELECT {typed} FROM {name}")
        engine.forget(name)
        engine.execute(f"ALTER TABLE {name}_loaded RENAME TO {name}")
    if {tables.payees, tables.spend_lines} <= set(found):
        behind.prepare(engine)
        engine.sql(spend.BOUGHT, BOUGHT)
    if {tables.payees, tables.spend} <= set(found) and engine.has(tables.suppliers):
        suppliers.prepare(engine)


def _texts(column: str, columns: Mapping[str, Sequence[str]]) -> str:
    """Every text of the column, in whichever table it stands, in order."""
    every = " UNION ".join(
        f"SELECT {column} AS text FROM {table}" for table, named in columns.items() if column in named
    )
    # The empty text is there in any case: for who is a member of no institution the tables are empty.
    return f"SELECT text FROM ({every} UNION SELECT '') WHERE text IS NOT NULL ORDER BY text"
