"""Memory: what outlives new ledgers and registers: decided suppliers as written, changes of their organisations."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import RegisterChange
from bygd.workbench import decisions, snapshot
from bygd.workbench.bench import Bench
from bygd.workbench.inputs import Read
from bygd.workbench.project import Project

FOLDER = "memory"
FEW = 10
"""Where more than these and more than half of the organisations are gone, another file was read; nothing is noted."""

WRITTEN = """
    SELECT supplier_key, anchor, supplier_number, name, org_number, postcode, town, is_masked
    FROM suppliers WHERE supplier_key IN (SELECT supplier_key FROM link_decisions) ORDER BY supplier_key
"""

# Organisations that suppliers were linked to, or a decision names, before and now. Persons are not followed.
COMPARED = """
    WITH wanted AS (
        SELECT org_id FROM memory_links WHERE org_id IS NOT NULL UNION SELECT unnest(?) AS org_id
    ), before AS (
        SELECT org_id, name, status, source FROM memory_organisations SEMI JOIN wanted USING (org_id)
        WHERE NOT is_masked AND list_contains(?, source)
    ), now AS (
        SELECT org_id, name, status, is_masked FROM organisations SEMI JOIN wanted USING (org_id)
    )
    SELECT b.*, n.org_id IS NULL AS is_gone, n.status = 'ended' AND b.status <> 'ended' AS has_ended,
        NOT n.is_masked AND lower(trim(n.name)) <> lower(trim(b.name)) AS is_renamed
    FROM before b LEFT JOIN now n USING (org_id) ORDER BY b.org_id
"""

FORMER = """
    SELECT * FROM organisation_names
    UNION ALL
    SELECT c.org_id, c.name, 'former' AS kind, max(c.last_seen_on) AS until
    FROM register_changes c JOIN organisations o USING (org_id)
    LEFT JOIN organisation_names n ON n.org_id = c.org_id AND n.name = c.name
    WHERE c.kind = 'renamed' AND NOT o.is_masked AND o.name <> c.name AND n.org_id IS NULL
    GROUP BY c.org_id, c.name
    ORDER BY org_id, name
"""


@dataclass(frozen=True)
class Recalled:
    """What a build takes from memory: registers with former names added, and what there is to tell.

    `suppliers` are those that a decision names and no ledger has any more.
    """

    registers: Read
    suppliers: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    warnings: list[str]


def file(project: Project, table: type[Table]) -> Path:
    """Where the memory of that table stands."""
    return project.folder / FOLDER / f"{table.__name__}.csv"


def recall(project: Project, bench: Bench, registers: Read, decided: Iterable[Mapping[str, Any]]) -> Recalled:
    """Note what is new, and leave remembered_suppliers, register_changes and names with former ones in the engine.

    Suppliers that decisions name are written down as long as a ledger has them; organisations of
    suppliers are compared with those of the last build wherever the registers are others. Both stand in
    the project's folder `memory`, which is input like the ledgers: a build that finds nothing new
    writes nothing.
    """
    decided = list(decided)
    suppliers = _suppliers(project, bench.engine, {row["supplier_key"] for row in decided})
    bench.step("remembered", suppliers, [tables.remembered_suppliers], _registered(bench, suppliers))
    changes, warnings = _changes(project, bench.engine, registers, {row["org_id"] for row in decided if row["org_id"]})
    key = bench.step(
        "changes", changes, [tables.register_changes], _registered(bench, changes, tables.register_changes)
    )
    if any(change["kind"] == RegisterChange.RENAMED for change in changes):
        names = [tables.organisation_names]
        run = bench.step("former_names", [registers.key, key], names, lambda: bench.engine.sql(names[0], FORMER))
        registers = replace(registers, key=f"{registers.key} {run}")
    return Recalled(registers, suppliers, changes, warnings)


def _registered(bench: Bench, rows: list[dict[str, Any]], table: type[Table] = tables.remembered_suppliers) -> Any:
    return lambda: bench.engine.register(table, rows)


def _suppliers(project: Project, engine: DuckEngine, decided: set[str]) -> list[dict[str, Any]]:
    path = file(project, tables.remembered_suppliers)
    kept = {row["supplier_key"]: row for row in _read(path, tables.remembered_suppliers)}
    there = {row["supplier_key"]: row for row in engine.rows(WRITTEN)}
    new = [row for key, row in there.items() if key not in kept and not row["is_masked"]]
    _write(path, tables.remembered_suppliers, [*kept.values(), *new], is_new=bool(new))
    return [kept[key] for key in sorted((decided & kept.keys()) - there.keys())]


def _changes(
    project: Project, engine: DuckEngine, registers: Read, decided: set[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    path = file(project, tables.register_changes)
    noted = _read(path, tables.register_changes)
    last = _last(project)
    if last is None or registers.key in last.manifest["steps"]:
        return noted, []
    compared = _compared(project, engine, last, decided)
    gone = sum(row["is_gone"] for row in compared)
    if gone > FEW and gone > len(compared) / 2:
        lost = Said(
            "{number} of {all} organisations that suppliers were linked to are not in the registers any more. "
            "Are they whole? Nothing was noted of it.",
            number=gone,
            all=len(compared),
        )
        return noted, [lost]
    day = datetime.fromisoformat(last.manifest["built_at"]).date()
    there = engine.rows(
        "SELECT org_id, name, source FROM organisations WHERE org_id IN (SELECT unnest(?)) AND NOT is_masked "
        "ORDER BY org_id",
        sorted(_gone(noted)),
    )
    new = _new(compared, there, noted, day)
    _write(path, tables.register_changes, [*noted, *new], is_new=bool(new))
    if not new:
        return noted, []
    counted = Counter(RegisterChange(row["kind"]).label.lower() for row in new)
    listed = ", ".join(f"{number} {label}" for label, number in sorted(counted.items()))
    place = path.relative_to(project.folder).as_posix()
    return noted + new, [f"Organisations of suppliers changed in the registers since {day}: {listed}. See {place}."]


def _last(project: Project) -> snapshot.Snapshot | None:
    try:
        return snapshot.current(project)
    except InputError:
        return None


def _compared(project: Project, engine: DuckEngine, last: snapshot.Snapshot, decided: set[str]) -> list[dict[str, Any]]:
    for table in (tables.links, tables.organisations):
        engine.read(f"memory_{table.__name__}", last.folder / f"{table.__name__}.parquet")
    rows = engine.rows(COMPARED, sorted(decided), [entry.source for entry in project.registers])
    for table in (tables.links, tables.organisations):
        engine.forget(f"memory_{table.__name__}")
    return rows


def _new(
    compared: list[dict[str, Any]], there: list[dict[str, Any]], noted: list[dict[str, Any]], day: date
) -> list[dict[str, Any]]:
    """Changes not noted before, as rows of register_changes; `there` are organisations that stand there again."""
    known = {(row["org_id"], row["kind"], row["name"]) for row in noted}
    gone = _gone(noted)
    found = [
        (row, kind)
        for row in compared
        for kind, is_so in (
            (RegisterChange.GONE, row["is_gone"] and row["org_id"] not in gone),
            (RegisterChange.RENAMED, row["is_renamed"] and (row["org_id"], "renamed", row["name"]) not in known),
            (RegisterChange.ENDED, row["has_ended"] and (row["org_id"], "ended", row["name"]) not in known),
        )
        if is_so
    ]
    found += [(row, RegisterChange.RETURNED) for row in there]
    seen = {"last_seen_on": day, "seen_on": datetime.now(UTC).date()}
    return [
        {"org_id": row["org_id"], "kind": kind.value, "name": row["name"], **seen, "source": row["source"]}
        for row, kind in found
    ]


def _gone(noted: list[dict[str, Any]]) -> set[str]:
    """Organisations of which the last thing noted is that they are gone."""
    standing = {row["org_id"]: row["kind"] for row in noted if row["kind"] in ("gone", "returned")}
    return {org_id for org_id, kind in standing.items() if kind == "gone"}


def _read(path: Path, table: type[Table]) -> list[dict[str, Any]]:
    return decisions.parse(path, table) if path.exists() else []


def _write(path: Path, table: type[Table], rows: list[dict[str, Any]], *, is_new: bool) -> None:
    """Write beside, then swap: a killed build leaves the old memory whole."""
    if is_new:
        beside = path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        decisions.append(beside, table, rows)
        beside.replace(path)
