"""Succession: from the organisation that was meant to the one that took its place, with the dates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage.dealings import read_dealings

LONGEST = 1_000
"""Longer chains are not followed to their end: no organisation was renamed so often."""

# Which of the organisations that people or successions name stand in the register: one look through it for all.
KNOWN = """
    SELECT org_id, ended_on FROM organisations WHERE org_id IN (
        SELECT org_id FROM linkage_meant WHERE judgement = 'same'
        UNION ALL SELECT org_id FROM successions UNION ALL SELECT successor_id FROM successions
    )
"""

# Of whom the days of payment matter: organisations with a successor, and decided ones that have ended.
DATED = """
    SELECT supplier_key FROM linkage_meant WHERE org_id IN (SELECT org_id FROM successions)
    UNION
    SELECT supplier_key FROM linkage_meant JOIN linkage_known USING (org_id) WHERE is_own AND ended_on IS NOT NULL
"""

PAID = """
    SELECT supplier_key, first_paid_on, last_paid_on FROM linkage_dealings SEMI JOIN linkage_dated USING (supplier_key)
"""

NOBODY_PAID = (
    "SELECT '' AS supplier_key, CAST(NULL AS DATE) AS first_paid_on, CAST(NULL AS DATE) AS last_paid_on LIMIT 0"
)

STARTS = """
    SELECT m.supplier_key, m.org_id, p.last_paid_on
    FROM linkage_meant m LEFT JOIN linkage_paid p USING (supplier_key)
    WHERE m.org_id IN (SELECT org_id FROM successions)
"""

ONWARD = """
    SELECT org_id, CASE WHEN count(*) = 1 THEN min(successor_id) END AS successor_id, min(happened_on) AS happened_on,
        min(kind) AS kind, min(source) AS source
    FROM successions GROUP BY org_id
"""

FOLLOWED = pa.schema(
    [
        ("supplier_key", pa.string()),
        ("final_id", pa.string()),
        ("problem", pa.string()),
        ("kind", pa.string()),
        ("happened_on", pa.date32()),
        ("source", pa.string()),
        ("path", pa.string()),
    ]
)

STEPS = ("linkage_known", "linkage_dated", "linkage_paid", "linkage_followed")


@dataclass(frozen=True)
class _Step:
    """Who took an organisation's place: nobody in particular (None) where there were several."""

    successor_id: str | None
    happened_on: date | None
    kind: str
    source: str


def follow(engine: DuckEngine) -> None:
    """Read linkage_meant (supplier_key, org_id, is_own …), successions, organisations, dealings; leave `STEPS`.

    `linkage_known` has org_id and ended_on of the organisations that people or successions name and the
    register has. `linkage_followed` has one row per supplier whose organisation was succeeded: final_id, the last
    step's kind, day and source, the path, and the problem ('fork', 'cycle', 'long') where there is no telling.
    A step is taken where the organisation stands in no register, or where its day is not known, or
    not after the last payment (after today, where no payment is known). `linkage_paid`
    has first and last payment of those it matters for.
    """
    engine.sql("linkage_known", KNOWN)
    engine.sql("linkage_dated", DATED)
    any_dated = engine.rows("SELECT 1 AS one FROM linkage_dated LIMIT 1")
    if any_dated:
        read_dealings(engine)
    engine.sql("linkage_paid", PAID if any_dated else NOBODY_PAID)
    walked = walk(engine, STARTS, "SELECT org_id FROM linkage_known") if any_dated else []
    engine.hold("linkage_followed", pa.Table.from_pylist(walked, schema=FOLLOWED))
    engine.forget("linkage_dealings")


def walk(engine: DuckEngine, starts: str, known: str) -> list[dict[str, Any]]:
    """Rows of FOLLOWED for those of the statement `starts` (supplier_key, org_id, last_paid_on) that were succeeded.

    `known` is a statement for the org_ids of successions that stand in a register.
    """
    rows = engine.rows(starts)
    if not rows:
        return []
    onward = {row.pop("org_id"): _Step(**row) for row in engine.rows(ONWARD)}
    standing = set(engine.arrow(known)["org_id"].to_pylist())
    return [found for row in rows if (found := _walk(row, onward, standing))]


def _walk(start: dict[str, Any], onward: dict[str, _Step], known: set[str]) -> dict[str, Any] | None:
    """The row of `linkage_followed` for one supplier; None where its organisation kept its place."""
    at, problem, last = start["org_id"], None, None
    path = {at: None}  # in order, and quick to look in
    while not problem and (step := onward.get(at)) and _is_due(step, at in known, start["last_paid_on"]):
        last = step
        if step.successor_id is None:
            problem = "fork"
        elif step.successor_id in path:
            problem = "cycle"
        elif len(path) > LONGEST:
            problem = "long"
        else:
            path[step.successor_id] = None
            at = step.successor_id
    if last is None:
        return None
    steps = [*path, last.successor_id] if problem in ("cycle", "long") else [*path]
    return {
        "supplier_key": start["supplier_key"],
        "final_id": steps[-1],
        "problem": problem,
        "kind": last.kind,
        "happened_on": last.happened_on,
        "source": last.source,
        "path": " > ".join(map(str, steps)),
    }


def _is_due(step: _Step, stands: bool, last_paid_on: date | None) -> bool:
    """Whether payments go on after it; an organisation that still stands keeps what was paid before.

    Where no payment is known, what is still to come has not happened.
    """
    return not stands or step.happened_on is None or (last_paid_on or date.today()) >= step.happened_on
