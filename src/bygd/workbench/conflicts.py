"""Conflicts: decided cases that are to be looked at again, with their money, for both doors."""

from collections import Counter
from decimal import Decimal
from typing import Any

from bygd import linkage
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import Reopened
from bygd.workbench import called, snapshot
from bygd.workbench.project import Project

TOLD = 10
"""Decisions about nobody that a build names one by one; the rest is counted."""

COLUMNS = (
    "supplier_key", "kind", "anchor", "name", "amount", "group_key", "state", "counts", "candidate_id", "said",
    "decided_name", "last_seen_on", "ended_on",
)  # fmt: skip
# Money of suppliers that follow a decision on another spelling stands with the spelling that was decided.
MONEY = """
    SELECT CASE WHEN l.stage = 'group' THEN l.member_key ELSE s.supplier_key END AS supplier_key,
        SUM(s.amount) AS amount
    FROM spend s JOIN links l ON l.supplier_key = s.supplier_key WHERE s.is_procurement GROUP BY 1
"""

# The organisation that the latest word names: what it was called, and since when it is gone or ended.
DECIDED = """
    WITH latest AS (
        SELECT supplier_key, arg_max(org_id, decided_at) AS org_id FROM link_decisions
        WHERE judgement = 'same' GROUP BY supplier_key
    ), gone AS (
        SELECT org_id, arg_max(name, seen_on) AS name, max(last_seen_on) AS last_seen_on FROM register_changes
        WHERE kind = 'gone' GROUP BY org_id
    ), there AS (
        SELECT org_id, min(name) AS name, min(ended_on) AS ended_on FROM organisations GROUP BY org_id
    )
    SELECT l.supplier_key, coalesce(o.name, g.name) AS decided_name, o.ended_on,
        CASE WHEN o.org_id IS NULL THEN g.last_seen_on END AS last_seen_on
    FROM latest l LEFT JOIN gone g USING (org_id) LEFT JOIN there o USING (org_id)
"""

UNREAD = (
    Said("the supplier stands in no ledger that was read"),
    Said("the organisation stands in no register that was read"),
)
"""Why a decision is about nobody, as `linkage.unknown_decisions` says it."""


def listed(project: Project) -> list[dict[str, Any]]:
    """One row per case and reason, most money first: who said what, what counts meanwhile, what the machine proposes.

    `kind` is a word of `Reopened`. A case may stand there for several reasons. `decided_name` is what the
    organisation decided on is called; `last_seen_on` the day of the last build whose registers had it, where they
    have it no more; `ended_on` the day it ended. Raises InputError where nothing was built yet, or by a version that
    knew no groups.
    """
    with snapshot.current(project).engine() as engine:
        if not engine.has(tables.supplier_groups):
            raise InputError("The last build was made by an older bygd. Run: bygd build")
        money = {row["supplier_key"]: row["amount"] for row in engine.rows(MONEY)}
        decided = {row.pop("supplier_key"): row for row in engine.rows(DECIDED)}
        found = linkage.conflicts(engine, called.ALL)
    nothing = dict.fromkeys(("decided_name", "last_seen_on", "ended_on"))
    rows = [
        {**row, **decided.get(row["supplier_key"], nothing), "amount": money.get(row["supplier_key"], Decimal(0))}
        for row in found
    ]
    return sorted(rows, key=lambda row: (-abs(row["amount"]), row["supplier_key"], row["kind"]))


def warnings(engine: DuckEngine) -> list[Said]:
    """What a build has to say of its decisions: cases to look at again, and decisions about nobody."""
    counted = Counter(Reopened(row["kind"]) for row in linkage.conflicts(engine))
    found = [
        Said(
            "Decided cases to be looked at again: {number}. {reason}. See: bygd decisions conflicts",
            number=counted[reason],
            reason=Said(reason.label),
        )
        for reason in Reopened
        if counted[reason]
    ]
    unknown = linkage.unknown_decisions(engine, TOLD + 1)
    found += [
        Said(
            "A decision by {by} names {supplier}, {organisation}: {reason}.",
            by=row["decided_by"],
            supplier=row["supplier_key"],
            organisation=row["org_id"] or "",
            reason=next((why for why in UNREAD if why == row["reason"]), row["reason"]),
        )
        for row in unknown[:TOLD]
    ]
    if len(unknown) > TOLD:
        found.append(Said("More decisions name suppliers or organisations that were not read."))
    return found
