"""Conflicts: cases that people judge differently, and decided cases that are to be looked at again."""

from typing import Any

from bygd.engine import DuckEngine
from bygd.linkage import verdicts

# A group is torn where what one member is said to be speaks against what another is said to be, or not to be.
CONFLICTS = f"""
    WITH called AS ({{called}}), words AS (
        SELECT supplier_key, org_id, judgement FROM linkage_verdicts WHERE judgement <> 'unsure'
        UNION ALL SELECT supplier_key, org_id, judgement FROM linkage_latest WHERE judgement = 'different'
    ), grouped AS (
        SELECT w.*, g.group_key FROM words w JOIN supplier_groups g USING (supplier_key)
    ), torn AS (
        SELECT DISTINCT unnest([w.supplier_key, won.supplier_key]) AS supplier_key
        FROM grouped w JOIN grouped won USING (group_key)
        WHERE w.supplier_key <> won.supplier_key AND {verdicts.AGAINST}
    ), cases AS (
        SELECT supplier_key, CASE WHEN is_twice AND by_whom IS NULL THEN 'twice' ELSE 'people' END AS kind
        FROM linkage_contradicted WHERE is_contested
        UNION ALL SELECT supplier_key, 'group' FROM torn
        UNION ALL SELECT supplier_key, reopened FROM links WHERE reopened IS NOT NULL
    ), said AS (
        SELECT d.supplier_key, string_agg(
            d.decided_by || ' ' || strftime(d.decided_at, '%Y-%m-%d') || ': '
                || concat_ws(' ', d.judgement, nullif(d.org_id, ''), '(' || c.name || ')'),
            '; ' ORDER BY d.decided_at, d.decided_by, d.judgement, d.org_id
        ) AS said
        FROM (SELECT DISTINCT supplier_key, org_id, judgement, decided_by, decided_at FROM link_decisions) d
        SEMI JOIN cases USING (supplier_key) LEFT JOIN called c USING (org_id) GROUP BY d.supplier_key
    )
    SELECT c.supplier_key, c.kind, s.anchor, s.name, g.group_key, l.state, coalesce(l.org_id, f.org_id) AS counts,
        l.candidate_id, d.said
    FROM cases c
    LEFT JOIN (
        SELECT supplier_key, anchor, name FROM suppliers
        UNION ALL
        SELECT supplier_key, anchor, name FROM remembered_suppliers ANTI JOIN suppliers USING (supplier_key)
    ) s USING (supplier_key)
    LEFT JOIN links l USING (supplier_key)
    LEFT JOIN (SELECT member_key, min(org_id) AS org_id FROM links GROUP BY member_key) f
        ON f.member_key = c.supplier_key
    LEFT JOIN supplier_groups g USING (supplier_key)
    LEFT JOIN said d USING (supplier_key)
    ORDER BY c.kind, s.anchor, s.name, c.supplier_key
"""

NOBODY = "SELECT '' AS org_id, '' AS name WHERE FALSE"


def conflicts(engine: DuckEngine, called: str = NOBODY) -> list[dict[str, Any]]:
    """One row per supplier and kind of conflict: what was said by whom, and which organisation counts meanwhile.

    `called` is a query that gives organisations (org_id) the name that stands beside their number in what was said;
    those it leaves out stand there by number alone. Kinds are those of the word `Reopened`.
    Reads link_decisions, suppliers, remembered_suppliers, supplier_groups, link_candidates and links. Nothing is
    resolved here: the latest word counts until somebody settles the case.
    """
    verdicts.read_verdicts(engine)
    try:
        return engine.rows(CONFLICTS.format(called=called))
    finally:
        for name in verdicts.STEPS:
            engine.forget(name)
