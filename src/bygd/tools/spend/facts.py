"""From spend lines to spend: money with who, where and whose beside it.

Reads spend_lines, suppliers, links, organisations, seats, ownerships, and for the queue of doubts
link_candidates and offices. Writes payees, spend, doubts. Method: docs/method/spend.md
"""

from bygd.engine import Engine
from bygd.geography import Place
from bygd.scope import PUBLIC_REASON, PUBLIC_RULE
from bygd.tools.spend.doubts import queue
from bygd.vocabulary.tables import doubts, payees, spend
from bygd.vocabulary.words import LocalBy

# Organisations that suppliers are or may be: one look through a register of millions serves payees and doubts.
NAMED = """
    SELECT org_id, name, is_masked, country, municipality FROM organisations
    WHERE org_id IN (SELECT org_id FROM links UNION ALL SELECT candidate_id FROM links)
"""

# Every table on the right of these joins has one row per supplier or organisation, so no money is doubled.
# A public body that rules on words did not catch is caught here, by what the register shows.
# Grouped, not DISTINCT, beside which DuckDB would read every column of all that is joined.
PAYEES = """
    SELECT p.supplier_key, l.org_id, COALESCE(l.org_id, p.supplier_key) AS party,
           COALESCE(o.name, s.name, p.supplier_key) AS name,
           (COALESCE(s.is_masked, FALSE) OR COALESCE(o.is_masked, FALSE)) AS is_masked,
           COALESCE(l.state, 'unresolved') AS state,
           CASE WHEN w.ownership = 'public' THEN '{rule}' ELSE '' END AS rule,
           CASE WHEN w.ownership = 'public' THEN '{reason}' ELSE '' END AS reason,
           COALESCE(e.seat_ring, 'unknown') AS seat_ring,
           COALESCE(e.branch_ring, 'unknown') AS branch_ring,
           COALESCE(e.either_ring, 'unknown') AS either_ring,
           e.seat_id, e.branch_id, e.deprivation_decile,
           COALESCE(w.ownership, 'unknown') AS ownership,
           COALESCE(w.industry, '') AS industry,
           COALESCE(w.size_band, 'unknown') AS size_band
    FROM (SELECT supplier_key FROM spend_lines GROUP BY supplier_key) AS p
    LEFT JOIN suppliers AS s ON s.supplier_key = p.supplier_key
    LEFT JOIN links AS l ON l.supplier_key = p.supplier_key
    LEFT JOIN spend_named AS o ON o.org_id = l.org_id
    LEFT JOIN seats AS e ON e.supplier_key = p.supplier_key
    LEFT JOIN ownerships AS w ON w.supplier_key = p.supplier_key
    ORDER BY p.supplier_key
"""

MONEY = """
    SELECT p.anchor, p.supplier_key, s.org_id, s.party, s.name, s.is_masked, s.state, p.year, {bought}
           CASE WHEN p.rule = '' THEN s.rule ELSE p.rule END AS rule,
           CASE WHEN p.rule = '' THEN s.reason ELSE p.reason END AS reason,
           (p.rule = '' AND s.rule = '') AS is_procurement,
           p.currency, p.amount, p.payments,
           s.seat_ring, s.branch_ring, s.either_ring, s.seat_id, s.branch_id, s.deprivation_decile,
           s.ownership, s.industry, s.size_band
    FROM {lines} AS p
    JOIN payees AS s ON s.supplier_key = p.supplier_key
"""

YEARS = """
    SELECT anchor, supplier_key, year, rule, reason, currency, SUM(amount) AS amount, SUM(payments) AS payments
    FROM spend_lines
    GROUP BY anchor, supplier_key, year, rule, reason, currency
"""

SPEND = MONEY.format(bought="", lines=f"({YEARS})") + "ORDER BY p.anchor, p.supplier_key, p.year, rule, p.currency"

LINES = MONEY.format(bought="p.category,", lines="spend_lines")
"""The columns of spend and what was bought: spend, line by line."""

SPLIT = MONEY.format(bought="p.category, p.file_key,", lines="split_lines")
"""The same for the files' parts of lines that share all but the rule."""


def run(engine: Engine, place: Place, public_rule: str | None = PUBLIC_RULE, local_by: LocalBy = LocalBy.SEAT) -> None:
    """Leave `payees`, `spend` with the money of `spend_lines`, and `doubts`, in the order of review.

    Money to bodies that only the register shows to be public is tagged with `public_rule` and left
    out of procurement; None keeps it in. Doubtful is procurement of suppliers that are unresolved,
    or whose seat and branch are both unknown as seen from `place`; the queue is that of the range
    of the share by `local_by`.
    """
    reason = PUBLIC_REASON.value if public_rule else ""
    engine.sql("spend_named", NAMED)
    engine.sql(payees, PAYEES.format(rule=public_rule or "", reason=reason))
    engine.sql(spend, SPEND)
    engine.sql(doubts, queue(local_by))
