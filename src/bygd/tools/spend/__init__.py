"""How much of what an anchor buys stays in the place?

Reads spend_lines, suppliers, links, link_candidates, organisations, seats, offices, ownerships. Writes
payees, spend, doubts. Method: docs/method/spend.md
"""

from bygd.tools.spend.breakdowns import areas, flows, leakage_by_category, rings, table, top_suppliers, trend
from bygd.tools.spend.definitions import definition
from bygd.tools.spend.facts import LINES, SPLIT, run
from bygd.tools.spend.figures import figures
from bygd.tools.spend.selection import BOUGHT, DIMENSIONS, Filter, main_currency, relation
from bygd.tools.spend.standing import Item, Standing, cases_in_order, read_item, read_items, standing
from bygd.vocabulary import tables
from bygd.vocabulary.words import Pillar

PILLAR = Pillar.PROCUREMENT
READS = (
    tables.spend_lines,
    tables.suppliers,
    tables.links,
    tables.link_candidates,
    tables.organisations,
    tables.seats,
    tables.offices,
    tables.ownerships,
)
WRITES = (tables.payees, tables.spend, tables.doubts)

__all__ = [
    "BOUGHT",
    "DIMENSIONS",
    "LINES",
    "PILLAR",
    "READS",
    "SPLIT",
    "WRITES",
    "Filter",
    "Item",
    "Standing",
    "areas",
    "cases_in_order",
    "definition",
    "figures",
    "flows",
    "leakage_by_category",
    "main_currency",
    "read_item",
    "read_items",
    "relation",
    "rings",
    "run",
    "standing",
    "table",
    "top_suppliers",
    "trend",
]
