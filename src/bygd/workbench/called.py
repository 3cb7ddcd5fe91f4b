"""Called: names of organisations that people decided on, of those that stand in no register any more, too."""

from collections.abc import Iterable
from dataclasses import replace

from bygd.engine import Engine
from bygd.linkage.cases import Case

# What is masked is named by nobody; what is gone was noted only where it was not masked.
GONE = """
    SELECT org_id, arg_max(name, seen_on) AS name FROM register_changes WHERE kind = 'gone'
    AND org_id NOT IN (SELECT org_id FROM organisations) GROUP BY org_id
"""
ALL = f"""
    SELECT org_id, min(name) AS name FROM organisations WHERE NOT is_masked GROUP BY org_id
    UNION ALL SELECT * FROM ({GONE})
"""
FOLLOWED = " > "


def gone(engine: Engine, org_ids: Iterable[str]) -> dict[str, str]:
    """What those of the organisations were called that no register has any more, where a build noted it."""
    wanted = sorted(set(org_ids))
    if not wanted:
        return {}
    marks = ", ".join("?" * len(wanted))
    return {
        row["org_id"]: row["name"] for row in engine.rows(f"SELECT * FROM ({GONE}) WHERE org_id IN ({marks})", *wanted)
    }


def told(engine: Engine, case: Case) -> Case:
    """The case with gone organisations' names before their numbers in what was decided, to be said in sentences."""
    said = dict(case.evidence.decision)
    first, sign, rest = str(said.get("followed") or "").partition(FOLLOWED)
    names = gone(engine, [one for one in (said.get("decided_id"), first) if one])
    if not names:
        return case
    if said.get("decided_id") in names:
        said["decided_id"] = f"{names[said['decided_id']]} ({said['decided_id']})"
    if first in names:
        said["followed"] = f"{names[first]} ({first}){sign}{rest}"
    return replace(case, evidence=replace(case.evidence, decision=said))
