"""What was promised beside the thing bought, and was it delivered?

Reads promise_entries, delivery_entries, remedy_entries and contracts. Gives accounts, milestones, totals and figures.
Method: docs/method/promises.md
"""

from bygd.tools.promises.account import Account, account, accounts
from bygd.tools.promises.effort import Effort, Weight, effort, proposed
from bygd.tools.promises.entries import (
    Delivery,
    Milestone,
    Promise,
    Redress,
    deliveries,
    delivery_key,
    latest,
    milestones,
    promise_key,
    promises,
    remedies,
    remedy_key,
    written,
)
from bygd.tools.promises.figures import figures
from bygd.tools.promises.gathering import Total, by_year, totals
from bygd.tools.promises.schedule import Due, due, to_remind
from bygd.vocabulary import tables
from bygd.vocabulary.words import Pillar

PILLAR = Pillar.PROCUREMENT
READS = (tables.promise_entries, tables.delivery_entries, tables.remedy_entries, tables.contracts)
WRITES = ()

__all__ = [
    "PILLAR",
    "Account",
    "Delivery",
    "Due",
    "Effort",
    "Milestone",
    "Promise",
    "Redress",
    "Total",
    "Weight",
    "account",
    "accounts",
    "by_year",
    "deliveries",
    "delivery_key",
    "due",
    "effort",
    "figures",
    "latest",
    "milestones",
    "promise_key",
    "promises",
    "proposed",
    "remedies",
    "remedy_key",
    "to_remind",
    "totals",
    "written",
]
