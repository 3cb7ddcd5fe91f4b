"""Meant: who each supplier is by people's word, by its own evidence, or through the group it is in."""

from bygd.engine import DuckEngine
from bygd.linkage.score import margin

RANKED = """
    SELECT c.supplier_key, c.org_id, c.score, row_number() OVER best AS place,
        lead(c.org_id) OVER best AS runner_up_id, lead(c.score) OVER best AS runner_up_score
    FROM link_candidates c ANTI JOIN linkage_denied d ON d.supplier_key = c.supplier_key AND d.org_id = c.org_id
    WINDOW best AS (PARTITION BY c.supplier_key ORDER BY c.position)
    QUALIFY place = 1
"""

MACHINE = f"""
    SELECT s.supplier_key, s.is_masked, b.org_id AS candidate_id, b.runner_up_id, c.stage AS found_by, b.score,
        {margin("b.score", "b.runner_up_score")} AS margin, g.group_key,
        coalesce(b.score >= t.score AND {margin("b.score", "b.runner_up_score")} >= t.margin, false) AS is_accepted
    FROM suppliers s
    LEFT JOIN linkage_ranked b USING (supplier_key)
    LEFT JOIN link_candidates c ON c.supplier_key = b.supplier_key AND c.org_id = b.org_id
    LEFT JOIN linkage_thresholds t ON t.stage = c.stage
    LEFT JOIN supplier_groups g ON g.supplier_key = s.supplier_key
"""

# What a group may pass on: what its verdicts agree on; where nobody judged any member, what numbers, or name and
# place, agree on.
PASSED = """
    SELECT group_key, member_key, judgement, org_id, decided_by, decided_at, 'decision' AS member_stage
    FROM linkage_grouped
    UNION ALL
    SELECT group_key, supplier_key, NULL, candidate_id, NULL, NULL, found_by FROM linkage_machine m
    WHERE group_key IS NOT NULL AND is_accepted AND found_by IN ('number', 'name_place')
        AND group_key NOT IN (
            SELECT group_key FROM linkage_verdicts JOIN supplier_groups USING (supplier_key) WHERE judgement <> 'unsure'
        ) AND supplier_key NOT IN (SELECT supplier_key FROM linkage_verdicts)
    WINDOW w AS (PARTITION BY group_key)
    QUALIFY min(candidate_id) OVER w = max(candidate_id) OVER w
        AND row_number() OVER (PARTITION BY group_key ORDER BY found_by <> 'number', score DESC, supplier_key) = 1
"""

# Members of whom it may not hold: somebody said no, or their own number or legal form speaks against it.
UNFIT = """
    WITH open AS (
        SELECT g.supplier_key, g.number_id, p.org_id
        FROM linkage_passed p JOIN supplier_groups g USING (group_key) JOIN linkage_machine m USING (supplier_key)
        WHERE p.judgement IS NOT NULL OR NOT m.is_accepted
    )
    SELECT DISTINCT o.supplier_key
    FROM open o
    LEFT JOIN linkage_denied d ON d.supplier_key = o.supplier_key AND d.org_id = o.org_id
    LEFT JOIN link_candidates c ON c.supplier_key = o.supplier_key AND c.org_id = o.org_id
    WHERE d.supplier_key IS NOT NULL
        OR split_part(o.number_id, ':', 1) = split_part(o.org_id, ':', 1) AND o.number_id <> o.org_id
        OR json_extract_string(c.evidence, '$.form') = 'differs'
"""

# Who each supplier is meant to be, strongest reason first: its own verdict, its own number or name and place, its
# group's verdict, its own name, another member's number or place.
MEANT = """
    WITH open AS (
        SELECT m.supplier_key, m.candidate_id, m.is_accepted, p.* EXCLUDE (group_key),
            m.is_accepted AND (p.judgement IS NULL OR m.found_by IN ('number', 'name_place')) AS by_self
        FROM linkage_machine m LEFT JOIN (
            SELECT g.supplier_key AS for_key, p.*
            FROM linkage_passed p JOIN supplier_groups g USING (group_key) ANTI JOIN linkage_unfit USING (supplier_key)
            WHERE g.supplier_key <> p.member_key
        ) p ON p.for_key = m.supplier_key
    )
    SELECT supplier_key, org_id, judgement, decided_by, decided_at, proposed_id, true AS is_own, NULL AS member_key,
        NULL AS member_stage
    FROM linkage_verdicts SEMI JOIN suppliers USING (supplier_key)
    UNION ALL
    SELECT supplier_key, CASE WHEN by_self THEN candidate_id ELSE coalesce(org_id, candidate_id) END,
        CASE WHEN NOT by_self THEN judgement END, CASE WHEN NOT by_self THEN decided_by END,
        CASE WHEN NOT by_self THEN decided_at END, NULL, false, CASE WHEN NOT by_self THEN member_key END,
        CASE WHEN NOT by_self THEN member_stage END
    FROM open ANTI JOIN linkage_verdicts USING (supplier_key)
    WHERE is_accepted OR org_id IS NOT NULL
"""

STEPS = {
    "linkage_ranked": RANKED,
    "linkage_machine": MACHINE,
    "linkage_passed": PASSED,
    "linkage_unfit": UNFIT,
    "linkage_meant": MEANT,
}


def read_meant(engine: DuckEngine) -> None:
    """Read what `verdicts.read_verdicts` left, link_candidates, supplier_groups and linkage_thresholds; leave `STEPS`.

    `linkage_machine` has one row per supplier: its best candidate that nobody denied, and whether that
    reaches the thresholds of its stage. `linkage_meant` has one row per supplier that is meant to be
    some organisation, or none ('absent', 'unsure'), with who said so and the member it follows.
    """
    for name, statement in STEPS.items():
        engine.sql(name, statement)
