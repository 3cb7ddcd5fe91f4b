"""What ends when, and what is bought outside contracts?

Reads contracts, payments, suppliers, payees, spend_lines. Gives endings and figures only.
Method: docs/method/contracts.md
"""

from bygd.tools.contracts.endings import LEAD_MONTHS, Ending, begins_by, ending, endings, year_after
from bygd.tools.contracts.figures import figures
from bygd.tools.contracts.spending import MONTHS_AFTER, Money, Sums, by_supplier, parts, spending, summed
from bygd.tools.contracts.words import Part, Standing, WhyUnsure
from bygd.vocabulary import tables
from bygd.vocabulary.words import Pillar

PILLAR = Pillar.PROCUREMENT
READS = (tables.contracts, tables.payments, tables.suppliers, tables.payees, tables.spend_lines)
WRITES = ()

__all__ = [
    "LEAD_MONTHS",
    "MONTHS_AFTER",
    "PILLAR",
    "READS",
    "WRITES",
    "Ending",
    "Money",
    "Part",
    "Standing",
    "Sums",
    "WhyUnsure",
    "begins_by",
    "by_supplier",
    "ending",
    "endings",
    "figures",
    "parts",
    "spending",
    "summed",
    "year_after",
]
