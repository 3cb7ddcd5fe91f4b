"""Build: the order of the steps, from files to a snapshot."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from typing import Any

from filelock import FileLock, Timeout

import bygd
from bygd import geography, linkage, ownership, scope
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.tools import registered, spend
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.said import Said
from bygd.workbench import changing, conflicts, decisions, formless, inputs, memory, possible, snapshot, store, weights
from bygd.workbench.bench import Bench, Progress, Step, quiet
from bygd.workbench.project import Project

LOCK = "lock"
"""Held in the project's state while a build of it runs."""


def build(project: Project, progress: Progress = quiet) -> snapshot.Snapshot:
    """Read, link, place, classify and measure; publish the result as the project's snapshot.

    Steps whose input did not change are taken from the store. The same input gives the same
    snapshot, byte for byte. Raises InputError for anything in the project that cannot be used, and
    where another build of the same project is running.
    """
    project.state.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(project.state / LOCK, timeout=0), DuckEngine() as engine:
            return _build(project, Bench(engine, project.state / "store", progress))
    except Timeout:
        raise InputError("Another build of this project is running. Wait for it, or stop it first.") from None


def _build(project: Project, bench: Bench) -> snapshot.Snapshot:
    country, engine = project.country, bench.engine
    ledgers = inputs.ledgers(project, bench)
    registers = inputs.registers(project, bench)
    places = inputs.places(project, bench)
    conventions = country.conventions()
    weighed = weights.of_project(project)

    decided = {table: decisions.read(project, table) for table in decisions.DECIDED}
    said = {table: decisions.fingerprint(project, table) for table in decisions.DECIDED}
    for table, rows in decided.items():
        bench.step(
            table.__name__,
            [said[table]],
            [table],
            lambda table=table, rows=rows: engine.register(table, rows),  # type: ignore[misc]
        )
    recalled = memory.recall(project, bench, registers, decided[tables.link_decisions])
    registers = recalled.registers

    bench.progress("Measuring", 0, 5)
    rules = scope.rules(country, project.folder)
    lines = bench.step(
        "scope",
        [ledgers.key, rules, project.year_starts],
        [tables.spend_lines, tables.split_lines],
        lambda: scope.run(engine, rules, year_starts=project.year_starts),
    )
    bench.progress("Measuring", 1, 5)
    dealt = bench.step("dealings", [ledgers.key], [tables.dealings], lambda: linkage.deal(engine))
    proposed = bench.step(
        "propose",
        [ledgers.key, dealt, registers.key, weighed.version],
        [tables.link_candidates],
        lambda: linkage.propose(
            engine, conventions, index_folder=project.state / "index", weights=weighed, register=registers.key
        ),
    )
    bench.progress("Measuring", 2, 5)
    grouped = bench.step(
        "group",
        [ledgers.key, recalled.suppliers],
        [tables.supplier_groups],
        lambda: asdict(linkage.group(engine, conventions)),
    )
    owners = bench.step(
        "owners",
        [registers.key, ownership.last_end(engine)],
        [tables.ultimate_owners],
        lambda: ownership.ultimate(engine),
    )
    possible.keep(bench, registers.key, proposed, owners)
    linked = bench.step(
        "resolve",
        [ledgers.key, dealt, registers.key, proposed, grouped, said[tables.link_decisions]],
        [tables.links],
        lambda: linkage.resolve(engine, conventions=conventions),
    )
    bench.progress("Measuring", 3, 5)
    project = _named(project, engine)
    place = geography.place(engine, project.place_id, project.place_name)
    forms = ownership.legal_forms(country)
    bench.step("forms", forms, [tables.legal_forms], lambda: engine.register(tables.legal_forms, forms))
    groups = ownership.form_groups(country)
    bench.step(
        "registered",
        [registers.key, places.key, owners, groups, place],
        [tables.register_counts],
        lambda: registered.run(engine, place, groups, date.today()),
    )
    seats = Step(
        "seats",
        [ledgers.key, registers.key, places.key, linked, place, said[tables.seat_decisions]],
        [tables.seats, tables.offices],
        lambda beside: geography.run(beside, place),
    )
    kinds = Step(
        "ownership",
        [ledgers.key, registers.key, owners, linked, forms, said[tables.class_decisions]],
        [tables.ownerships],
        lambda beside: ownership.run(beside, country),
    )
    placed, owned, clashes = bench.together(seats, kinds, Step("conflicts", [linked], [], conflicts.warnings))
    bench.progress("Measuring", 4, 5)
    bench.step(
        "spend",
        [lines, linked, placed.name, owned.name, project.local_by],
        spend.WRITES,
        lambda: spend.run(engine, place, local_by=project.local_by),
    )
    bench.progress("Measuring", 5, 5)
    warnings = [
        *ledgers.warnings,
        *registers.warnings,
        *places.warnings,
        *recalled.warnings,
        *_missed(bench, place, registers),
        *formless.warnings(engine),
        *store.notes(placed),
        *store.notes(clashes),
    ]
    files = [*ledgers.files, *registers.files, *places.files]
    name = _name(project, files, rules, weighed.version, list(said.values()), recalled.suppliers, recalled.changes)
    notes = {"groups": store.notes(bench.home / grouped)}
    notes["weights"] = weighed.version
    return _publish(project, bench, files, warnings, rules, decided, name, notes)


def _named(project: Project, engine: DuckEngine) -> Project:
    """The project, called as its area is where nobody gave it a name; the project file then says so."""
    if project.place_name != project.place_id:
        return project
    name = geography.place(engine, project.place_id).name
    return changing.rename(project, name) if name != project.place_id else project


def _missed(bench: Bench, place: geography.Place, registers: inputs.Read) -> list[str]:
    """A warning where no supplier that was linked has its seat in the place: the register may not cover it."""
    if not registers.files:
        return []
    found = bench.engine.rows(
        f"SELECT COUNT(*) AS linked, COUNT(*) FILTER (WHERE seat_ring = '{place.rings[0][0]}') AS here, "
        "COUNT(*) FILTER (WHERE seat_ring <> 'unknown') AS placed "
        "FROM links JOIN seats USING (supplier_key) WHERE state = 'linked'"
    )[0]
    if not found["linked"]:
        return [
            Said("No supplier was found in the registers. Are they the right ones, and do they cover this country?")
        ]
    if not found["placed"]:
        return [Said("No supplier could be placed. Do the postcodes cover the registers' addresses?")]
    if not found["here"]:
        return [
            Said(
                "No linked supplier has its seat in {place}. Do the registers and postcodes cover it?", place=place.name
            )
        ]
    return []


def sources(files: list[dict[str, Any]]) -> list[str]:
    """What the figures rest on, as a reader cites it: whose ledgers, whose registers and lists, and in which file."""
    anchors = dict.fromkeys(file["anchor"] for file in files if file["kind"] == "ledger")
    others = [(file.get("publisher"), PurePath(file["path"]).name) for file in files if file["kind"] != "ledger"]
    return [*anchors, *(f"{publisher} ({name})" if publisher else name for publisher, name in others)]


def _name(project: Project, files: list[dict[str, Any]], *others: Any) -> str:
    """A snapshot's name, from all that went into it but for the folder and the secret key.

    So two people who build the same have the same name, and the same figures byte for byte.
    """
    said = str(replace(project, folder=Path()))
    return store.fingerprint(store.code(), said, [file["sha256"] for file in files], others)[:12]


def _publish(
    project: Project,
    bench: Bench,
    files: list[dict[str, Any]],
    warnings: list[str],
    rules: Sequence[Any],
    decided: dict[type[Table], list[dict[str, Any]]],
    name: str,
    notes: dict[str, Any],
) -> snapshot.Snapshot:
    manifest = {
        "bygd": bygd.__version__,
        "snapshot": name,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "place": {"id": project.place_id, "name": project.place_name},
        "settings": {
            "local_by": project.local_by,
            "within": project.within,
            "year_starts": project.year_starts,
            "baseline_year": project.baseline_year,
        },
        "files": files,
        "sources": sources(files),
        "rules": [str(rule.id) for rule in rules],
        "decisions": {table.__name__: len(rows) for table, rows in decided.items()},
        "warnings": warnings,
        **notes,
        "key": store.fingerprint(project.key().hex())[:16],
        "steps": bench.used,
        "tables": dict(
            zip((table.__name__ for table in bench.files), store.hash_files(bench.files.values()), strict=True)
        ),
    }
    published = snapshot.publish(project, name, bench.files, manifest)
    store.prune(bench.home, bench.used)
    return published
