"""Links: candidates above the thresholds, overruled by what people decided."""

from bygd.engine import DuckEngine
from bygd.linkage.score import margin
from bygd.linkage.thresholds import DEFAULT, Thresholds
from bygd.vocabulary import tables

# Latest word of anybody on a case: a supplier and an organisation, or a supplier and no register entry.
LATEST = """
    SELECT supplier_key, CASE WHEN judgement = 'absent' THEN '' ELSE coalesce(org_id, '') END AS org_id,
        judgement, decided_by, decided_at
    FROM link_decisions
    WHERE supplier_key IN (SELECT supplier_key FROM suppliers)
    QUALIFY row_number() OVER (
        PARTITION BY supplier_key, CASE WHEN judgement = 'absent' THEN '' ELSE coalesce(org_id, '') END
        ORDER BY decided_at DESC, judgement, decided_by
    ) = 1
"""

# What a supplier is said to be: the latest of its cases that is not merely a 'different'.
VERDICTS = """
    SELECT * FROM linkage_latest WHERE judgement <> 'different' AND (judgement <> 'same' OR org_id <> '')
    QUALIFY row_number() OVER (PARTITION BY supplier_key ORDER BY decided_at DESC, judgement, org_id) = 1
"""

# Other people who last said something else about the verdict's case, or saw another organisation.
CONTRADICTED = """
    SELECT supplier_key, string_agg(DISTINCT decided_by, ', ' ORDER BY decided_by) AS by_whom FROM (
        SELECT v.supplier_key, d.decided_by, d.judgement, d.org_id,
            v.judgement AS winning, v.org_id AS winning_id
        FROM linkage_verdicts v JOIN link_decisions d USING (supplier_key)
        WHERE d.decided_by <> v.decided_by AND d.judgement <> 'unsure'
        QUALIFY row_number() OVER (
            PARTITION BY v.supplier_key, d.decided_by ORDER BY d.decided_at DESC, d.judgement, d.org_id
        ) = 1
    )
    WHERE judgement <> 'different' AND (judgement <> winning OR coalesce(org_id, '') <> winning_id)
        OR judgement = 'different' AND org_id = winning_id
    GROUP BY supplier_key
"""

RANKED = """
    SELECT c.supplier_key, c.org_id, c.score, row_number() OVER best AS place,
        lead(c.org_id) OVER best AS runner_up_id, lead(c.score) OVER best AS runner_up_score
    FROM link_candidates c
    ANTI JOIN linkage_latest d ON d.judgement = 'different' AND d.supplier_key = c.supplier_key AND d.org_id = c.org_id
    WINDOW best AS (PARTITION BY c.supplier_key ORDER BY c.position)
    QUALIFY place = 1
"""

# Evidence is JSON; the decision's part is set behind the candidate's by joining the texts, which is
# several times faster than merging them and keeps a click's answer quick.
LINKS = f"""
    WITH machine AS (
        SELECT s.supplier_key, s.is_masked, b.org_id AS candidate_id, b.runner_up_id, c.stage, b.score, c.evidence,
            {margin("b.score", "b.runner_up_score")} AS margin
        FROM suppliers s
        LEFT JOIN linkage_ranked b USING (supplier_key)
        LEFT JOIN link_candidates c ON c.supplier_key = b.supplier_key AND c.org_id = b.org_id
    ), decided AS (
        SELECT m.*, v.judgement, v.org_id AS decided_id, v.decided_by, v.decided_at, c.by_whom,
            o.org_id IS NOT NULL AS is_known,
            coalesce(m.score >= t.score AND m.margin >= t.margin, false) AS is_accepted
        FROM machine m
        LEFT JOIN linkage_thresholds t USING (stage)
        LEFT JOIN linkage_verdicts v USING (supplier_key)
        LEFT JOIN linkage_contradicted c USING (supplier_key)
        LEFT JOIN (SELECT org_id FROM organisations SEMI JOIN linkage_verdicts USING (org_id)) o ON o.org_id = v.org_id
    ), stated AS (
        SELECT *, CASE
            WHEN judgement = 'same' AND is_known THEN 'linked'
            WHEN judgement = 'absent' THEN 'absent'
            WHEN judgement IS NOT NULL THEN 'unresolved'
            WHEN is_accepted THEN 'linked'
            WHEN is_masked THEN 'masked'
            ELSE 'unresolved' END AS state
        FROM decided
    )
    SELECT supplier_key,
        CASE WHEN state = 'linked' THEN coalesce(decided_id, candidate_id) END AS org_id,
        state,
        CASE WHEN judgement IS NOT NULL THEN 'decision' WHEN state = 'linked' THEN stage ELSE 'none' END AS stage,
        score, margin, candidate_id, runner_up_id,
        CASE WHEN candidate_id IS NULL THEN '{{' ELSE left(evidence, length(evidence) - 1) || ',' END
            || ltrim(CASE WHEN judgement IS NULL THEN json_object('score', score, 'margin', margin)
                ELSE json_object('score', score, 'margin', margin, 'judgement', judgement,
                    'decided_by', decided_by, 'decided_at', CAST(decided_at AS VARCHAR), 'decided_id', decided_id,
                    'in_register', CASE WHEN judgement = 'same' THEN is_known END, 'contradicted_by', by_whom)
                END, '{{') AS evidence,
        NULL AS group_key, NULL AS member_key, NULL AS workplace_key, by_whom IS NOT NULL AS is_contested,
        NULL AS reopened
    FROM stated
    ORDER BY supplier_key
"""

UNKNOWN = """
    SELECT d.supplier_key, d.org_id, d.judgement, d.decided_by, d.decided_at,
        CASE WHEN s.supplier_key IS NULL THEN 'the supplier stands in no ledger that was read'
             ELSE 'the organisation stands in no register that was read' END AS reason
    FROM link_decisions d
    LEFT JOIN suppliers s ON s.supplier_key = d.supplier_key
    LEFT JOIN organisations o ON o.org_id = d.org_id
    WHERE s.supplier_key IS NULL OR (coalesce(d.org_id, '') <> '' AND o.org_id IS NULL)
    ORDER BY d.decided_at, d.supplier_key, d.org_id
"""

STEPS = {
    "linkage_latest": LATEST,
    "linkage_verdicts": VERDICTS,
    "linkage_contradicted": CONTRADICTED,
    "linkage_ranked": RANKED,
}


def resolve(engine: DuckEngine, thresholds: Thresholds | None = None) -> None:
    """Read suppliers, organisations, link_candidates and link_decisions; write links.

    The latest decision on a case wins over the machine. 'different' takes that organisation away
    and lets the machine judge the rest; 'absent' ends the search; 'unsure' leaves the supplier
    unresolved. Decisions on suppliers that no ledger has are left alone: see `unknown_decisions`.
    """
    chosen = thresholds or DEFAULT
    for name, statement in STEPS.items():
        engine.sql(name, statement)
    rows = ", ".join(f"('{stage}', {least.score}, {least.margin})" for stage, least in chosen.by_stage.items())
    engine.sql("linkage_thresholds", f"SELECT * FROM (VALUES {rows}) AS t (stage, score, margin)")
    engine.sql(tables.links, LINKS)
    engine.forget("linkage_thresholds")
    for name in STEPS:
        engine.forget(name)


def unknown_decisions(engine: DuckEngine) -> list[dict[str, object]]:
    """Decisions that name a supplier or an organisation that was not read, each with the reason."""
    return engine.rows(UNKNOWN)
