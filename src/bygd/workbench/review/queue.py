"""Queue: the cases of a snapshot that wait for somebody, one row each, for both doors."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd import linkage
from bygd.engine import DuckEngine
from bygd.tools import spend
from bygd.vocabulary import tables
from bygd.vocabulary.words import Reopened

# One row a supplier in doubt. What a case is worth is told from the rows at hand: an engine that holds some
# institutions' ledgers only must not tell what others paid.
WAITING = """
    SELECT case_key, supplier_key, anchor, name, amount, width, found, effort, score, candidate_id, candidate_name,
           candidate_place, position
    FROM doubts WHERE state = 'unresolved' ORDER BY position
"""

# Decided cases that come back and need not be in doubt.
BACK = """
    SELECT s.supplier_key, s.anchor, s.name, COALESCE(m.amount, 0) AS amount, l.score, l.candidate_id,
           o.name AS candidate_name
    FROM suppliers AS s JOIN links AS l ON l.supplier_key = s.supplier_key
    LEFT JOIN organisations AS o ON o.org_id = l.candidate_id
    LEFT JOIN (
        SELECT supplier_key, SUM(amount) AS amount FROM spend WHERE is_procurement AND currency = ?
        GROUP BY supplier_key
    ) AS m ON m.supplier_key = s.supplier_key
    WHERE NOT s.is_masked AND s.supplier_key IN ({marks})
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One case: the suppliers that are one organisation, the clearest first, and its best candidate.

    `worth` is the money of range that a decision is expected to take away, `back` why a decided case is
    asked again.
    """

    case_key: str
    suppliers: tuple[str, ...]
    names: tuple[str, ...]
    anchors: tuple[str, ...]
    amount: Decimal
    worth: Decimal
    effort: float
    score: float | None
    candidate_id: str | None
    candidate_name: str | None
    candidate_place: str | None
    back: tuple[Reopened, ...] = ()

    @property
    def name(self) -> str:
        """As the clearest of its suppliers is written."""
        return self.names[0]


def waiting(engine: DuckEngine) -> list[Waiting]:
    """Every case that can be judged, most range a minute first; decided ones that come back stand last.

    Reads doubts, suppliers, links, spend, organisations, and what `linkage.conflicts` reads.
    """
    cases: dict[str, list[Mapping[str, Any]]] = {}
    for row in engine.rows(WAITING):
        cases.setdefault(row["case_key"], []).append(row)
    back: dict[str, list[Reopened]] = {}
    if engine.has(tables.supplier_groups):
        for row in linkage.conflicts(engine):
            back.setdefault(row["supplier_key"], []).append(Reopened(row["kind"]))
    found = [_case(key, rows, back) for key, rows in cases.items()]
    asked = {supplier for case in found for supplier in case.suppliers}
    rest = [key for key in back if key not in asked]
    if rest:
        rows = engine.rows(BACK.format(marks=", ".join("?" * len(rest))), spend.main_currency(engine), *rest)
        found += sorted((_returned(row, back) for row in rows), key=lambda case: (-abs(case.amount), case.case_key))
    return found


def _case(key: str, rows: list[Mapping[str, Any]], back: Mapping[str, list[Reopened]]) -> Waiting:
    clearest = sorted(rows, key=lambda row: -1.0 if row["score"] is None else row["score"], reverse=True)
    width = sum((Decimal(row["width"]) for row in rows), Decimal(0))
    return Waiting(
        case_key=key,
        suppliers=tuple(row["supplier_key"] for row in clearest),
        names=tuple(row["name"] for row in clearest),
        anchors=tuple(dict.fromkeys(row["anchor"] for row in clearest)),
        amount=sum((Decimal(row["amount"]) for row in rows), Decimal(0)),
        worth=round(width * Decimal(str(max(row["found"] for row in rows))), 2),
        effort=rows[0]["effort"],
        score=clearest[0]["score"],
        candidate_id=clearest[0]["candidate_id"],
        candidate_name=clearest[0]["candidate_name"],
        candidate_place=clearest[0]["candidate_place"],
        back=tuple(dict.fromkeys(reason for row in clearest for reason in back.get(row["supplier_key"], ()))),
    )


def _returned(row: Mapping[str, Any], back: Mapping[str, list[Reopened]]) -> Waiting:
    return Waiting(
        case_key=row["supplier_key"],
        suppliers=(row["supplier_key"],),
        names=(row["name"],),
        anchors=(row["anchor"],),
        amount=Decimal(row["amount"]),
        worth=Decimal(0),
        effort=1.0,
        score=row["score"],
        candidate_id=row["candidate_id"],
        candidate_name=row["candidate_name"],
        candidate_place=None,
        back=tuple(back[row["supplier_key"]]),
    )
