"""How many of the links made by machine are right?

Reads links, spend, audit_judgements. Gives figures only. Method: docs/method/review.md
"""

from collections.abc import Sequence
from typing import Any

from bygd.engine import Engine
from bygd.linkage.audit import Member, Precision, estimate
from bygd.vocabulary import tables
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.words import AuditDraw, AuditJudgement, Pillar

PILLAR = Pillar.PROCUREMENT
READS = (tables.links, tables.spend, tables.audit_judgements)
WRITES = ()

IDS = {
    AuditDraw.COUNT: "linkage.audited_precision",
    AuditDraw.MONEY: "linkage.audited_precision_by_money",
}

DEFINITIONS = {
    AuditDraw.COUNT: (
        "Share of right links among those made by machine, as people judged a random sample in which every link had "
        "the same chance."
    ),
    AuditDraw.MONEY: (
        "Share of the purchases over links made by machine that runs over right links, as people judged a random "
        "sample in which a link's chance was in proportion to its money (Hansen and Hurwitz 1943)."
    ),
}

BOUNDS = (
    " The bounds hold with 95 % confidence (Wilson 1927), with all that could not be told wrong and with all of it "
    "right. Links are as they were before wrong ones were mended; it is not given where fewer than 20 were judged."
)

# Links that a person decided are not the machine's; of the masked nobody may judge anything.
POPULATION = """
    SELECT l.supplier_key, l.org_id, SUM(s.amount) AS amount
    FROM links AS l JOIN spend AS s ON s.supplier_key = l.supplier_key
    WHERE l.state = 'linked' AND l.stage <> 'decision' AND s.is_procurement AND NOT s.is_masked
      AND s.currency = (SELECT currency FROM spend GROUP BY currency ORDER BY SUM(payments) DESC, currency LIMIT 1)
    GROUP BY l.supplier_key, l.org_id ORDER BY l.supplier_key, l.org_id
"""

COVERED = """
    SELECT CAST(SUM(CASE WHEN l.state = 'linked' AND l.stage <> 'decision' AND NOT s.is_masked THEN s.amount ELSE 0 END)
                AS DOUBLE) AS part, CAST(SUM(s.amount) AS DOUBLE) AS whole
    FROM spend AS s LEFT JOIN links AS l ON l.supplier_key = s.supplier_key
    WHERE s.is_procurement
      AND s.currency = (SELECT currency FROM spend GROUP BY currency ORDER BY SUM(payments) DESC, currency LIMIT 1)
"""

# The latest sample that anybody judged, and the latest word on each of its links.
JUDGED = """
    SELECT sample, drawn_by, draws, judgement, decided_at FROM (
        SELECT *, ROW_NUMBER() OVER (
            PARTITION BY sample, drawn_by, supplier_key, org_id ORDER BY decided_at DESC, judgement
        ) AS place
        FROM audit_judgements
    ) AS words
    WHERE place = 1 AND sample = (SELECT sample FROM audit_judgements ORDER BY decided_at DESC, sample LIMIT 1)
"""


def population(engine: Engine) -> list[Member]:
    """Every link made by machine that purchases run over, with the size of its purchases in the main currency."""
    return [Member(row["supplier_key"], row["org_id"], abs(float(row["amount"]))) for row in engine.rows(POPULATION)]


def precisions(engine: Engine) -> dict[AuditDraw, Precision]:
    """By count and by money, from the latest sample; nothing judged gives no value and the widest bounds."""
    return _precisions(engine.rows(JUDGED))


def figures(engine: Engine, snapshot: str = "", sources: Sequence[str] = ()) -> list[Figure]:
    """`linkage.audited_precision` and `linkage.audited_precision_by_money`; without an audit no value and no bounds.

    Their period is the days of judging, their coverage the share of purchases over links made by machine.
    """
    rows = engine.rows(JUDGED)
    days = sorted({str(row["decided_at"])[:10] for row in rows})
    money = engine.rows(COVERED)[0]
    coverage = min(1.0, max(0.0, money["part"] / money["whole"])) if rows and (money["whole"] or 0) > 0 else None
    return [
        Figure(
            IDS[drawn_by], found.value, "share", found.low if found.asked else None,
            found.high if found.asked else None, coverage, DEFINITIONS[drawn_by] + BOUNDS,
            "–".join(dict.fromkeys((days[0], days[-1]))) if days else "", None, tuple(sources), snapshot,
        )
        for drawn_by, found in _precisions(rows).items()
    ]  # fmt: skip


def _precisions(rows: Sequence[dict[str, Any]]) -> dict[AuditDraw, Precision]:
    return {
        drawn_by: estimate(
            [(AuditJudgement(row["judgement"]), row["draws"]) for row in rows if row["drawn_by"] == drawn_by]
        )
        for drawn_by in AuditDraw
    }
