"""Links: candidates above the thresholds, overruled by what people decided, followed and carried on."""

from bygd.engine import DuckEngine
from bygd.linkage import meant, succession, unsought, verdicts
from bygd.linkage.comparison import code
from bygd.linkage.thresholds import DEFAULT, Thresholds
from bygd.sources.conventions import Conventions
from bygd.vocabulary import tables

LATE = 365
"""So many days after its end payments to an organisation are still its own: bills, liquidators, slow registers."""

# What may be missing where only candidates are at hand: nobody is grouped, nothing succeeded, nothing has workplaces.
BORNE = (tables.supplier_groups, tables.successions, tables.workplaces)

# What the machine found stands in the register; what people or lists of successions name may not.
FINAL = f"""
    WITH followed AS (
        SELECT m.*, coalesce(f.final_id, m.org_id) AS final_id, f.path, f.kind AS succession,
            f.happened_on, f.source AS said_in, CASE WHEN f.final_id IS NOT NULL AND d.org_id IS NOT NULL THEN 'denied'
                ELSE f.problem END AS problem
        FROM linkage_meant m LEFT JOIN linkage_followed f USING (supplier_key)
        LEFT JOIN linkage_denied d ON d.supplier_key = m.supplier_key AND d.org_id = f.final_id
    )
    SELECT f.*, o.org_id IS NOT NULL OR f.judgement IS NULL AND f.path IS NULL AS is_known,
        o.ended_on, p.first_paid_on, p.last_paid_on,
        f.is_own AND coalesce(
            o.ended_on < p.first_paid_on OR date_diff('day', o.ended_on, p.last_paid_on) > {LATE}, false
        ) AS is_late
    FROM followed f
    LEFT JOIN linkage_known o ON o.org_id = f.final_id
    LEFT JOIN linkage_paid p USING (supplier_key)
"""

AT_WORK = f"""
    SELECT s.supplier_key, min(w.workplace_key) AS workplace_key
    FROM suppliers s JOIN linkage_final f USING (supplier_key)
    JOIN workplaces w ON w.org_id = f.final_id AND {code("w.postcode")} = {code("s.postcode")}
    WHERE {code("s.postcode")} <> ''
    GROUP BY s.supplier_key
"""

STATED = """
    SELECT m.*, b.evidence, f.* EXCLUDE (supplier_key), c.by_whom, c.is_twice, w.workplace_key, u.unsought,
        coalesce(c.is_contested, false) AS is_contested,
        CASE WHEN f.judgement = 'absent' THEN 'absent'
             WHEN f.judgement = 'unsure' OR f.problem IS NOT NULL OR NOT f.is_known THEN 'unresolved'
             WHEN f.supplier_key IS NOT NULL THEN 'linked'
             WHEN m.is_masked THEN 'masked' ELSE 'unresolved' END AS state,
        CASE WHEN NOT f.is_own THEN NULL
             WHEN f.problem IS NOT NULL THEN 'succession'
             WHEN f.judgement = 'same' AND NOT f.is_known THEN 'gone'
             WHEN f.is_late THEN 'ended'
             WHEN m.is_accepted AND m.candidate_id NOT IN (f.org_id, f.final_id)
                 AND m.candidate_id IS DISTINCT FROM f.proposed_id THEN 'proposal' END AS reopened
    FROM linkage_machine m
    LEFT JOIN link_candidates b ON b.supplier_key = m.supplier_key AND b.org_id = m.candidate_id
    LEFT JOIN linkage_final f ON f.supplier_key = m.supplier_key
    LEFT JOIN linkage_contradicted c ON c.supplier_key = CASE WHEN f.member_stage = 'decision' THEN f.member_key
        ELSE m.supplier_key END
    LEFT JOIN linkage_at_work w ON w.supplier_key = m.supplier_key
    LEFT JOIN linkage_unsought u ON u.supplier_key = m.supplier_key
"""

# What the link's evidence has besides the candidate's; what is null is left out.
SAID = {
    "judgement": "judgement",
    "decided_by": "decided_by",
    "decided_at": "CAST(decided_at AS VARCHAR)",
    "decided_id": "CASE WHEN judgement IS NOT NULL THEN org_id END",
    "in_register": "CASE WHEN judgement = 'same' THEN is_known END",
    "contradicted_by": "by_whom",
    "said_twice": "nullif(is_twice, false)",
    "member": "member_key",
    "member_stage": "member_stage",
    "followed": "path",
    "succession": "succession",
    "succeeded_on": "happened_on",
    "succession_source": "said_in",
    "succession_problem": "problem",
    "ended_on": "CASE WHEN is_late THEN ended_on END",
    "paid_from": "CASE WHEN is_late OR path IS NOT NULL THEN first_paid_on END",
    "paid_to": "CASE WHEN is_late OR path IS NOT NULL THEN last_paid_on END",
}

BESIDES = " || ".join(f"""coalesce(',"{name}":' || to_json({value}), '')""" for name, value in SAID.items())

# Evidence is JSON; what people said is set before the candidate's by joining the texts, which is several times
# faster than merging them and keeps a click's answer quick.
LINKS = f"""
    SELECT supplier_key, CASE WHEN state = 'linked' THEN final_id END AS org_id, state,
        CASE WHEN is_own THEN 'decision' WHEN member_key IS NOT NULL THEN 'group'
             WHEN state = 'linked' THEN found_by ELSE 'none' END AS stage,
        score, margin, candidate_id, runner_up_id,
        '{{"score":' || coalesce(CAST(score AS VARCHAR), 'null')
            || ',"margin":' || coalesce(CAST(margin AS VARCHAR), 'null')
            || coalesce(',"unsought":"' || unsought || '"', '')
            || CASE WHEN judgement IS NULL AND member_key IS NULL AND path IS NULL THEN '' ELSE {BESIDES} END
            || coalesce(',' || ltrim(nullif(evidence, '{{}}'), '{{'), '}}') AS evidence,
        group_key, member_key, CASE WHEN state = 'linked' THEN workplace_key END AS workplace_key,
        is_contested, reopened
    FROM ({STATED})
    ORDER BY supplier_key
"""

UNKNOWN = """
    WITH heard AS (
        SELECT supplier_key FROM link_decisions SEMI JOIN suppliers USING (supplier_key)
        UNION
        SELECT g.supplier_key
        FROM link_decisions d JOIN supplier_groups g USING (supplier_key) JOIN supplier_groups o USING (group_key)
        JOIN suppliers s ON s.supplier_key = o.supplier_key
    )
    SELECT d.supplier_key, d.org_id, d.judgement, d.decided_by, d.decided_at,
        CASE WHEN h.supplier_key IS NULL THEN 'the supplier stands in no ledger that was read'
             ELSE 'the organisation stands in no register that was read' END AS reason
    FROM link_decisions d
    LEFT JOIN heard h ON h.supplier_key = d.supplier_key
    LEFT JOIN organisations o ON o.org_id = d.org_id
    WHERE h.supplier_key IS NULL OR coalesce(d.org_id, '') <> '' AND o.org_id IS NULL
        AND d.org_id NOT IN (SELECT org_id FROM successions)
    ORDER BY d.decided_at, d.supplier_key, d.org_id
"""

STEPS = {"linkage_final": FINAL, "linkage_at_work": AT_WORK}


def resolve(engine: DuckEngine, thresholds: Thresholds | None = None, conventions: Conventions | None = None) -> None:
    """Read suppliers, organisations, link_candidates and link_decisions; write links.

    Reads supplier_groups, successions and workplaces too where they stand in the engine, and payments
    where days matter. The latest decision on a case wins over the machine. 'different' takes that
    organisation away and lets the machine judge the rest; 'absent' ends the search; 'unsure' leaves
    the supplier unresolved. What one member of a group is decided or, by number or place, found to be
    holds for the members that nothing speaks against. Organisations that were succeeded are followed
    by date; forks and cycles leave the supplier unresolved. Decisions on suppliers that no ledger has
    are left alone: see `unknown_decisions`. With `conventions` the evidence says who was not looked for by name.
    """
    chosen = thresholds or DEFAULT
    _bear(engine)
    rows = ", ".join(f"('{stage}', {least.score}, {least.margin})" for stage, least in chosen.by_stage.items())
    engine.sql("linkage_thresholds", f"SELECT * FROM (VALUES {rows}) AS t (stage, score, margin)")
    verdicts.read_verdicts(engine)
    meant.read_meant(engine)
    unsought.read_unsought(engine, conventions)
    succession.follow(engine)
    for name, statement in STEPS.items():
        engine.sql(name, statement)
    engine.sql(tables.links, LINKS)
    for name in ("linkage_thresholds", *verdicts.STEPS, *meant.STEPS, *succession.STEPS, *STEPS, "linkage_unsought"):
        engine.forget(name)


def unknown_decisions(engine: DuckEngine, most: int | None = None) -> list[dict[str, object]]:
    """Decisions that name a supplier or an organisation that was not read, each with the reason; `most` of them.

    Those that are followed, through the supplier's group or the organisation's successor, are none.
    """
    _bear(engine)
    return engine.rows(UNKNOWN if most is None else f"{UNKNOWN} LIMIT {most}")


def _bear(engine: DuckEngine) -> None:
    for table in BORNE:
        if not engine.has(table):
            engine.read(table, [])
