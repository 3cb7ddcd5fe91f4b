"""Verdicts: what people's decisions come to, supplier by supplier and group by group."""

from bygd.engine import DuckEngine

# Latest word of anybody on a case: a supplier and an organisation, or a supplier and no register entry. Suppliers
# of earlier ledgers are heard through their group.
LATEST = """
    SELECT supplier_key, CASE WHEN judgement = 'absent' THEN '' ELSE coalesce(org_id, '') END AS org_id,
        judgement, decided_by, decided_at, proposed_id
    FROM link_decisions
    WHERE supplier_key IN (SELECT supplier_key FROM suppliers UNION ALL SELECT supplier_key FROM supplier_groups)
    QUALIFY row_number() OVER (
        PARTITION BY supplier_key, CASE WHEN judgement = 'absent' THEN '' ELSE coalesce(org_id, '') END
        ORDER BY decided_at DESC, judgement, decided_by, proposed_id
    ) = 1
"""

# What a supplier is said to be: the latest of its cases that is not merely a 'different'.
VERDICTS = """
    SELECT * FROM linkage_latest WHERE judgement <> 'different' AND (judgement <> 'same' OR org_id <> '')
    QUALIFY row_number() OVER (PARTITION BY supplier_key ORDER BY decided_at DESC, judgement, org_id) = 1
"""

# Whether a person's word on a supplier contradicts the word that counts.
AGAINST = """(
    won.judgement = 'different' AND w.judgement = 'same' AND w.org_id = won.org_id
    OR won.judgement <> 'different' AND w.judgement = 'different' AND w.org_id = won.org_id
    OR won.judgement <> 'different' AND w.judgement IN ('same', 'absent')
        AND (w.judgement <> won.judgement OR w.org_id <> won.org_id)
)"""

# Everybody's latest words, set against what counts. A supplier is contested where somebody else's contradict it and
# nobody else's agree, so that a third person settles it; or where one person said two things in the same second.
# Who says 'unsure' after a claim takes it back.
CONTRADICTED = f"""
    WITH words AS (
        SELECT supplier_key, decided_by, judgement, decided_at,
            CASE WHEN judgement = 'absent' THEN '' ELSE coalesce(org_id, '') END AS org_id
        FROM link_decisions SEMI JOIN linkage_latest USING (supplier_key)
        WHERE judgement <> 'same' OR coalesce(org_id, '') <> ''
    ), won AS (
        SELECT * FROM linkage_verdicts WHERE judgement <> 'unsure'
        UNION ALL
        SELECT * FROM linkage_latest WHERE judgement = 'different'
    ), cases AS (
        FROM words QUALIFY row_number() OVER (
            PARTITION BY supplier_key, decided_by, org_id ORDER BY decided_at DESC, judgement
        ) = 1
    ), lasting AS (
        FROM cases WHERE judgement = 'different'
        UNION ALL (
            FROM cases WHERE judgement <> 'different' QUALIFY row_number() OVER (
                PARTITION BY supplier_key, decided_by ORDER BY decided_at DESC, judgement, org_id
            ) = 1
        )
    ), others AS (
        SELECT w.supplier_key, w.decided_by, won.org_id, {AGAINST} AS contradicts,
            w.judgement = won.judgement AND w.org_id = won.org_id AS agrees
        FROM lasting w JOIN won USING (supplier_key) WHERE w.decided_by <> won.decided_by
    ), sides AS (
        SELECT supplier_key, org_id, bool_or(contradicts) AND NOT bool_or(agrees) AS is_contested,
            string_agg(DISTINCT decided_by, ', ' ORDER BY decided_by) FILTER (contradicts) AS by_whom
        FROM others GROUP BY supplier_key, org_id
    ), twice AS (
        SELECT DISTINCT w.supplier_key
        FROM words w JOIN won USING (supplier_key, decided_by, decided_at) WHERE {AGAINST}
    )
    SELECT supplier_key, string_agg(DISTINCT s.by_whom, ', ' ORDER BY s.by_whom) AS by_whom,
        bool_or(t.supplier_key IS NOT NULL) AS is_twice,
        bool_or(t.supplier_key IS NOT NULL OR coalesce(s.is_contested, false)) AS is_contested
    FROM (FROM sides WHERE by_whom IS NOT NULL) s FULL JOIN twice t USING (supplier_key)
    GROUP BY supplier_key
"""

# What a group is said to be, for those of its members that nobody judged: nothing where its verdicts differ, or
# where one member is said to be what another is said not to be.
GROUPED = """
    WITH said AS (
        SELECT g.group_key, v.* FROM linkage_verdicts v JOIN supplier_groups g USING (supplier_key)
        WHERE v.judgement IN ('same', 'absent')
    ), agreed AS (
        FROM said
        WINDOW w AS (PARTITION BY group_key)
        QUALIFY min(judgement || org_id) OVER w = max(judgement || org_id) OVER w
    )
    SELECT a.group_key, a.supplier_key AS member_key, a.judgement, a.org_id, a.decided_by, a.decided_at
    FROM agreed a ANTI JOIN (
        SELECT g.group_key, d.org_id FROM linkage_latest d JOIN supplier_groups g USING (supplier_key)
        WHERE d.judgement = 'different'
    ) n ON n.group_key = a.group_key AND n.org_id = a.org_id
    QUALIFY row_number() OVER (PARTITION BY a.group_key ORDER BY a.decided_at DESC, a.supplier_key) = 1
"""

# Organisations that a supplier is said not to be; what was said of another member of its group holds unless the
# supplier's own number, or name and place, lead there, or somebody judged the case itself.
DENIED = """
    SELECT supplier_key, org_id FROM linkage_latest WHERE judgement = 'different'
    UNION
    SELECT c.supplier_key, d.org_id
    FROM linkage_latest d
    JOIN supplier_groups member ON member.supplier_key = d.supplier_key
    JOIN supplier_groups other ON other.group_key = member.group_key AND other.supplier_key <> member.supplier_key
    JOIN link_candidates c ON c.supplier_key = other.supplier_key AND c.org_id = d.org_id
        AND c.stage NOT IN ('number', 'name_place')
    ANTI JOIN linkage_latest own ON own.supplier_key = c.supplier_key AND own.org_id = c.org_id
    WHERE d.judgement = 'different'
"""

STEPS = {
    "linkage_latest": LATEST,
    "linkage_verdicts": VERDICTS,
    "linkage_contradicted": CONTRADICTED,
    "linkage_grouped": GROUPED,
    "linkage_denied": DENIED,
}


def read_verdicts(engine: DuckEngine) -> None:
    """Read link_decisions, suppliers and supplier_groups; leave the relations of `STEPS`.

    `linkage_latest` has one row per supplier and organisation judged; `linkage_verdicts` one per
    supplier that is said to be something; `linkage_contradicted` (by_whom, is_twice, is_contested) one per
    supplier on which people differ; `linkage_grouped` one per group whose verdicts agree; `linkage_denied` what
    suppliers are said not to be.
    """
    for name, statement in STEPS.items():
        engine.sql(name, statement)
