"""From spend lines to spend: money with who, where and whose beside it, and the doubtful money by supplier.

Reads spend_lines, suppliers, links, organisations, seats, ownerships. Writes spend, doubts. Method:
docs/method/spend.md
"""

from bygd.engine import Engine
from bygd.geography import Place
from bygd.scope import PUBLIC_REASON, PUBLIC_RULE
from bygd.vocabulary.tables import doubts, spend

# Every table on the right of these joins has one row per supplier or organisation, so no money is doubled.
SUPPLIERS = """
    SELECT s.supplier_key, l.org_id, COALESCE(l.org_id, s.supplier_key) AS party,
           COALESCE(o.name, s.name) AS name, (s.is_masked OR COALESCE(o.is_masked, FALSE)) AS is_masked,
           l.state, e.seat_ring, e.branch_ring, e.either_ring, e.seat_id, e.branch_id, e.deprivation_decile,
           w.ownership, w.industry, w.size_band
    FROM suppliers AS s
    LEFT JOIN links AS l ON l.supplier_key = s.supplier_key
    LEFT JOIN organisations AS o ON o.org_id = l.org_id
    LEFT JOIN seats AS e ON e.supplier_key = s.supplier_key
    LEFT JOIN ownerships AS w ON w.supplier_key = s.supplier_key
"""

SPEND = """
    SELECT p.anchor, p.supplier_key, s.org_id, COALESCE(s.party, p.supplier_key) AS party,
           COALESCE(s.name, p.supplier_key) AS name, COALESCE(s.is_masked, FALSE) AS is_masked,
           COALESCE(s.state, 'unresolved') AS state, p.year, p.category,
           CASE WHEN {is_public} THEN '{public_rule}' ELSE p.rule END AS rule,
           CASE WHEN {is_public} THEN '{public_reason}' ELSE p.reason END AS reason,
           (p.rule = '' AND NOT {is_public}) AS is_procurement,
           p.currency, p.amount, p.payments,
           COALESCE(s.seat_ring, 'unknown') AS seat_ring,
           COALESCE(s.branch_ring, 'unknown') AS branch_ring,
           COALESCE(s.either_ring, 'unknown') AS either_ring,
           s.seat_id, s.branch_id, s.deprivation_decile,
           COALESCE(s.ownership, 'unknown') AS ownership,
           COALESCE(s.industry, '') AS industry,
           COALESCE(s.size_band, 'unknown') AS size_band
    FROM spend_lines AS p
    LEFT JOIN spend_suppliers AS s ON s.supplier_key = p.supplier_key
    ORDER BY p.anchor, p.supplier_key, p.year, p.category, rule, p.currency
"""

# What only a register shows to be public: rules on words did not catch it.
IS_PUBLIC = "(p.rule = '' AND COALESCE(s.ownership, '') = 'public')"

DOUBTS = """
    SELECT d.supplier_key, d.anchor, d.name, d.amount, d.state,
           l.candidate_id, o.name AS candidate_name,
           CASE WHEN o.municipality IS NOT NULL THEN o.country || ':' || o.municipality END AS candidate_place,
           l.score, l.margin
    FROM (
        SELECT supplier_key, MIN(anchor) AS anchor, MIN(name) AS name, MIN(state) AS state, SUM(amount) AS amount
        FROM spend
        WHERE is_procurement AND (state = 'unresolved' OR either_ring = 'unknown')
        GROUP BY supplier_key
    ) AS d
    LEFT JOIN links AS l ON l.supplier_key = d.supplier_key
    LEFT JOIN organisations AS o ON o.org_id = l.candidate_id
    ORDER BY ABS(d.amount) DESC, d.supplier_key
"""


def run(engine: Engine, place: Place, public_rule: str | None = PUBLIC_RULE) -> None:
    """Leave `spend`, with the grain and the money of `spend_lines`, and `doubts`, largest amounts first.

    Money to bodies that only the register shows to be public is tagged with `public_rule` and left
    out of procurement; None keeps it in. Doubtful is procurement of suppliers that are unresolved,
    or whose seat and branch are both unknown as seen from `place`.
    """
    engine.sql("spend_suppliers", SUPPLIERS)
    is_public = IS_PUBLIC if public_rule else "FALSE"
    engine.sql(
        spend,
        SPEND.format(is_public=is_public, public_rule=public_rule, public_reason=PUBLIC_REASON.value),
    )
    engine.sql(doubts, DOUBTS)
