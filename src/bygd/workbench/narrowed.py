"""Narrowed: an engine that for a while holds only some of the spend, so that whatever counts spend counts that."""

from collections.abc import Iterator
from contextlib import contextmanager

from bygd.engine import DuckEngine
from bygd.engine.dialect import literal
from bygd.tools import spend
from bygd.tools.spend.facts import MONEY
from bygd.tools.spend.selection import EVERYTHING, Filter
from bygd.vocabulary import tables

# Passing relations of this connection stand before those of the snapshot, which stay as they are.
SPEND = "SELECT * FROM memory.main.spend WHERE {condition}"

# What was bought stands in the lines alone, so there the spend is summed from them, and who is paid then added.
BY_CATEGORY = MONEY.format(
    bought="",
    lines="""(
        SELECT anchor, supplier_key, year, rule, reason, currency, SUM(amount) AS amount, SUM(payments) AS payments
        FROM {relation} WHERE {condition} GROUP BY ALL
    )""",
)

BOUGHT = "SELECT * FROM memory.main.{bought} WHERE {condition}"

# Named in full: a view of the same name that looked for another by its short name would find itself.
LINES = """
    SELECT * FROM memory.main.spend_lines
    WHERE {of_line} AND supplier_key IN (SELECT supplier_key FROM payees WHERE {of_payee})
"""


@contextmanager
def narrowed(engine: DuckEngine, where: Filter) -> Iterator[DuckEngine]:
    """The engine while its `spend` and `spend_lines` hold only what passes `where`; afterwards it is as it was.

    For the thread that holds the engine alone.
    """
    of_line = Filter(anchors=where.anchors, years=where.years, categories=where.categories, currency=where.currency)
    of_payee = Filter(ownerships=where.ownerships, industries=where.industries, sizes=where.sizes)
    made = []
    try:
        if where != EVERYTHING:
            lines = LINES.format(of_line=condition(of_line), of_payee=condition(of_payee))
            engine.execute(f"CREATE TEMP VIEW spend_lines AS {lines}")
            made.append("VIEW temp.spend_lines")
            if engine.has(spend.BOUGHT):
                bought = BOUGHT.format(bought=spend.BOUGHT, condition=condition(where))
                engine.execute(f"CREATE TEMP VIEW {spend.BOUGHT} AS {bought}")
                made.append(f"VIEW temp.{spend.BOUGHT}")
            if where.categories:
                summed = BY_CATEGORY.format(relation=spend.relation(engine, ("category",)), condition=condition(where))
                ordered = ", ".join(tables.spend.columns())
                engine.execute(f"CREATE TEMP TABLE spend AS SELECT {ordered} FROM ({summed})")
                made.append("TABLE temp.spend")
            else:
                engine.execute(f"CREATE TEMP VIEW spend AS {SPEND.format(condition=condition(where))}")
                made.append("VIEW temp.spend")
        yield engine
    finally:
        for one in made:
            engine.execute(f"DROP {one}")


def condition(where: Filter) -> str:
    """The filter as a condition with its values written out, for views cannot keep parameters."""
    text, values = where.sql()
    first, *rest = text.split("?")
    said = [literal(value) if isinstance(value, str) else str(int(value)) for value in values]
    return first + "".join(value + part for value, part in zip(said, rest, strict=True))
