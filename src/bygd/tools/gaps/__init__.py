"""Where could money come home? Kinds of purchases that leave the place, beside the firms around that could supply them.

Reads payments, spend_lines, payees, organisations, legal_forms, areas and postcodes, and where they are known
ultimate_owners and workplaces; contracts and findings of people as rows at hand. Writes no table.
Method: docs/method/gaps.md
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.scope import Covered, Lengths
from bygd.sources.conventions import Conventions
from bygd.tools.gaps import bought, endings, firms, industries, influence, ranking
from bygd.tools.gaps.bought import Bought, Which, Yearly
from bygd.tools.gaps.capacity import Capacity, capacity
from bygd.tools.gaps.firms import Count, Firm, Index
from bygd.tools.gaps.industries import Evidence, Industry
from bygd.tools.gaps.lots import Lot, Split, Splitting, split
from bygd.tools.gaps.ranking import Gap, Reason, ranked
from bygd.tools.gaps.selling import Seller, Year, paid, sellers, years
from bygd.vocabulary import tables
from bygd.vocabulary.words import Pillar

PILLAR = Pillar.PROCUREMENT
READS = (
    tables.payments,
    tables.spend_lines,
    tables.payees,
    tables.organisations,
    tables.workplaces,
    tables.ultimate_owners,
    tables.legal_forms,
    tables.areas,
    tables.postcodes,
)
WRITES = ()

__all__ = [
    "PILLAR", "READS", "WRITES", "Bought", "Capacity", "Count", "Covered", "Evidence", "Firm", "Gap", "Index",
    "Industry", "Lengths", "Lot", "Money", "Reason", "Seller", "Split", "Splitting", "Which", "Year", "Yearly",
    "capacity", "joined", "money", "paid", "ranked", "run", "sellers", "split", "years",
]  # fmt: skip


@dataclass(frozen=True)
class Money:
    """What was bought, by kind, what ledgers cover, and what institutions mostly paid contracts' suppliers for."""

    kinds: tuple[Bought, ...]
    ledgers: Mapping[str, Covered]
    paid_for: Mapping[tuple[str, str], str]


def run(
    engine: DuckEngine,
    place: Place,
    which: Which,
    conventions: Conventions,
    able: Capacity,
    *,
    contracts: Sequence[Mapping[str, Any]] = (),
    decided: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    rules: Sequence[influence.Rule] = (),
    today: date | None = None,
) -> list[Gap]:
    """Every kind of purchase with what leaves of it in a year, most that could come home first.

    `decided` are people's findings by kind (`influence.standing`). Kinds of which nothing leaves are there too, last:
    together they are all procurement. The money a year is that of each institution by the months its ledger covers.
    """
    spent = money(engine, which, conventions, able.least_share, contracts)
    around = firms.index(firms.counted(engine, place, which.by, conventions))
    return joined(spent, around, which, conventions, able, contracts, decided or {}, rules, today or date.today())


def money(
    engine: DuckEngine,
    which: Which,
    conventions: Conventions,
    least: Decimal,
    contracts: Iterable[Mapping[str, Any]] = (),
) -> Money:
    """What the ledgers say; the same until they are built anew, but for the suppliers of `contracts`.

    `least` is the part of a kind's money from which on an industry supplies it.
    """
    suppliers = [row["supplier_id"] for row in contracts if row.get("supplier_id")]
    held = bought.ledgers(engine, which)
    return Money(
        tuple(bought.bought(engine, which, conventions, least, held)),
        held,
        endings.mostly(engine, which, suppliers),
    )


def joined(
    spent: Money,
    around: Index,
    which: Which,
    conventions: Conventions,
    able: Capacity,
    contracts: Sequence[Mapping[str, Any]],
    decided: Mapping[str, Sequence[Mapping[str, Any]]],
    rules: Sequence[influence.Rule],
    today: date,
) -> list[Gap]:
    """Money, firms (`firms.index`), contracts and people's findings together, as `run` gives them; asks no engine."""
    labels = {one.kind: one.label for one in spent.kinds}
    ending = endings.by_kind(contracts, labels, conventions, today, spent.paid_for)
    return ranked(
        ranking.gap(
            one.label,
            one.kind,
            one.yearly,
            sum(amount > 0 for amount in one.anchors.values()),
            industries.able(one.label, one.industries, one.with_industry, conventions) if one.kind else (),
            around,
            which.here,
            able,
            ending.get(one.kind, ()),
            influence.found(one.label, decided.get(one.kind, ()), rules),
            one,
            one.lengths,
        )
        for one in spent.kinds
    )
