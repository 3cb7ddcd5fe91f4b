"""Succession: from the organisation that was meant to the one that took its place, with the dates."""

from bygd.engine import DuckEngine

LONGEST = 50
"""Chains of more steps than this are taken for nonsense, as cycles are."""

# Which of the organisations that people or successions name stand in the register: one look through it for all.
KNOWN = """
    SELECT org_id, ended_on FROM organisations WHERE org_id IN (
        SELECT org_id FROM linkage_meant WHERE judgement = 'same'
        UNION ALL SELECT org_id FROM successions UNION ALL SELECT successor_id FROM successions
    )
"""

# An organisation that still stands in the register keeps what was paid before it was succeeded.
WALK = f"""
    WITH RECURSIVE onward AS (
        SELECT org_id, min(successor_id) AS successor_id, count(*) AS ways, min(happened_on) AS happened_on,
            min(kind) AS kind, min(source) AS source
        FROM successions GROUP BY org_id
    ), walk AS (
        SELECT supplier_key, org_id AS start_id, org_id AS at_id, [org_id] AS path, CAST('' AS VARCHAR) AS problem,
            CAST(NULL AS VARCHAR) AS kind, CAST(NULL AS DATE) AS happened_on, CAST(NULL AS VARCHAR) AS source
        FROM linkage_meant SEMI JOIN onward USING (org_id)
        UNION ALL
        SELECT w.supplier_key, w.start_id, CASE WHEN o.ways = 1 THEN o.successor_id ELSE w.at_id END,
            CASE WHEN o.ways = 1 THEN list_append(w.path, o.successor_id) ELSE w.path END,
            CASE WHEN o.ways > 1 THEN 'fork'
                 WHEN list_contains(w.path, o.successor_id) OR len(w.path) > {LONGEST} THEN 'cycle' ELSE '' END,
            o.kind, o.happened_on, o.source
        FROM walk w JOIN onward o ON o.org_id = w.at_id
        LEFT JOIN linkage_paid p ON p.supplier_key = w.supplier_key
        LEFT JOIN linkage_known s ON s.org_id = w.at_id
        WHERE w.problem = '' AND (
            s.org_id IS NULL OR o.happened_on IS NULL OR p.last_paid_on IS NULL OR p.last_paid_on >= o.happened_on
        )
    )
    SELECT supplier_key, start_id, at_id AS final_id, nullif(problem, '') AS problem, kind, happened_on, source,
        array_to_string(path, ' > ') AS path
    FROM walk WHERE len(path) > 1 OR problem <> ''
    QUALIFY row_number() OVER (PARTITION BY supplier_key ORDER BY len(path) DESC, problem DESC) = 1
"""

PAID = """
    SELECT supplier_key, min(paid_on) AS first_paid_on, max(paid_on) AS last_paid_on
    FROM payments SEMI JOIN linkage_dated USING (supplier_key) GROUP BY supplier_key
"""

NOBODY_PAID = (
    "SELECT '' AS supplier_key, CAST(NULL AS DATE) AS first_paid_on, CAST(NULL AS DATE) AS last_paid_on LIMIT 0"
)

# Of whom the days of payment matter: organisations with a successor, and decided ones that have ended.
DATED = """
    SELECT DISTINCT m.supplier_key
    FROM linkage_meant m LEFT JOIN linkage_known o ON o.org_id = m.org_id AND m.is_own
    WHERE o.ended_on IS NOT NULL OR m.org_id IN (SELECT org_id FROM successions)
"""

STEPS = ("linkage_known", "linkage_dated", "linkage_paid", "linkage_followed")


def follow(engine: DuckEngine) -> None:
    """Read linkage_meant (supplier_key, org_id, is_own …), successions, organisations, payments; leave `STEPS`.

    `linkage_known` has org_id and ended_on of the organisations that people or successions name and the
    register has. `linkage_followed` has one row per supplier whose organisation was succeeded: final_id, the last
    step's kind, day and source, the path, and the problem ('fork', 'cycle') where there is no telling.
    A step is taken where the organisation stands in no register, or where its day is not known, or
    not after the last payment. `linkage_paid` has first and last payment of those it matters for;
    payments are only read where there are such.
    """
    engine.sql("linkage_known", KNOWN)
    engine.sql("linkage_dated", DATED)
    any_dated = engine.rows("SELECT 1 AS one FROM linkage_dated LIMIT 1")
    engine.sql("linkage_paid", PAID if any_dated else NOBODY_PAID)
    engine.sql("linkage_followed", WALK)
