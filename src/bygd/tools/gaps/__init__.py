"""Where could money come home? Kinds of purchases that leave the place, beside the firms around that could supply them.

Reads spend_lines, payees, organisations, legal_forms, areas and postcodes, and where they are known ultimate_owners and
workplaces; contracts and findings of people as rows at hand. Writes no table. Method: docs/method/gaps.md
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.sources.conventions import Conventions
from bygd.tools.gaps import bought, endings, firms, industries, influence, ranking
from bygd.tools.gaps.bought import Bought, Which
from bygd.tools.gaps.capacity import Capacity, capacity
from bygd.tools.gaps.firms import Count, Firm
from bygd.tools.gaps.industries import Evidence, Industry
from bygd.tools.gaps.lots import Lot, Split, Splitting, split
from bygd.tools.gaps.ranking import Gap, Reason, ranked
from bygd.vocabulary import tables
from bygd.vocabulary.words import Pillar

PILLAR = Pillar.PROCUREMENT
READS = (
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
    "PILLAR", "READS", "WRITES", "Bought", "Capacity", "Count", "Evidence", "Firm", "Gap", "Industry", "Lot", "Reason",
    "Split", "Splitting", "Which", "capacity", "ranked", "run", "split",
]  # fmt: skip


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
    counts: Iterable[Count] | None = None,
) -> list[Gap]:
    """Every kind of purchase with what leaves of it in a year, most that could come home first.

    `decided` are people's findings by kind (`influence.standing`). `counts` are the firms around, where they were
    counted before. Kinds of which nothing leaves are there too, last: together they are all procurement. The money a
    year is that of the period divided by its years.
    """
    kinds = bought.bought(engine, which, conventions)
    period = max(1, len(bought.years(engine, which)))
    around = list(firms.counted(engine, place, which.by, conventions) if counts is None else counts)
    paid_for = endings.mostly(engine, which, [row["supplier_id"] for row in contracts if row.get("supplier_id")])
    labels = {one.kind: one.label for one in kinds}
    ending = endings.by_kind(contracts, labels, conventions, today or date.today(), paid_for)
    said = decided or {}
    return ranked(
        ranking.gap(
            one.label,
            one.kind,
            (_yearly(one.elsewhere, period), _yearly(one.low, period), _yearly(one.high, period)),
            sum(amount > 0 for amount in one.anchors.values()),
            industries.able(one.label, one.industries, conventions, able.least_share) if one.kind else (),
            around,
            which.here,
            able,
            ending.get(one.kind, ()),
            influence.found(one.label, said.get(one.kind, ()), rules),
            one,
        )
        for one in kinds
    )


def _yearly(amount: Decimal, years: int) -> Decimal:
    return (amount / years).quantize(Decimal("0.01"))
