"""Inputs: the project's files, each read once and kept by its content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bygd.countries import (
    merge_postcodes,
    merge_registers,
    read_postcodes,
    read_register,
    reader_for,
    settings_for,
    source,
)
from bygd.engine import DuckEngine
from bygd.sources.description import Kind
from bygd.sources.ledgers import ledger
from bygd.sources.ledgers.mapping import Mapping as Columns
from bygd.sources.privacy import Pseudonym
from bygd.vocabulary import tables
from bygd.vocabulary.said import Said
from bygd.workbench import store
from bygd.workbench.bench import Bench
from bygd.workbench.project import Entry, Project

LEDGER = (tables.payments, tables.suppliers, tables.set_aside, tables.ledger_files)
REGISTER = (
    tables.organisations,
    tables.organisation_names,
    tables.workplaces,
    tables.parents,
    tables.successions,
)
PLACES = (tables.postcodes, tables.areas)
SAID = ("rows", "kept", "merged", "masked", "set_aside", "reasons", "counts", "publisher", "attribution")

ONE_SUPPLIER = """
SELECT supplier_key, MIN(anchor) AS anchor, MIN(supplier_number) AS supplier_number, MIN(name) AS name,
       MAX(org_number) AS org_number, MAX(postcode) AS postcode, MAX(town) AS town, MAX(country) AS country,
       MAX(kind) AS kind, BOOL_OR(is_masked) AS is_masked
FROM suppliers GROUP BY supplier_key ORDER BY supplier_key
"""
"""A supplier stands in many files; where they differ, the last in the alphabet is taken, every time."""


@dataclass(frozen=True)
class Read:
    """What came of one kind of input: its fingerprint, what is known of each file, warnings."""

    key: str
    files: list[dict[str, Any]]
    warnings: list[str]


def ledgers(project: Project, bench: Bench) -> Read:
    """Read every ledger of the project; payments, suppliers, set_aside and ledger_files stand in the engine."""
    conventions, pseudonym = project.country.conventions(), Pseudonym(project.key())
    seen: dict[str, str] = {}
    folders: list[Path] = []
    files: list[dict[str, Any]] = []
    warnings: list[str] = []
    listed = [(entry, file) for entry in project.ledgers for file in entry.files]
    hashes = store.hash_files([project.path(file) for _, file in listed])
    for number, ((entry, file), sha256) in enumerate(zip(listed, hashes, strict=True)):
        bench.progress("Reading ledgers", number, len(listed))
        files.append({"kind": "ledger", "path": file, "anchor": entry.source, "sha256": sha256})
        if sha256 in seen:
            files[-1]["same_as"] = seen[sha256]
            warnings.append(
                Said("{file} has the same content as {other} and was not counted twice.", file=file, other=seen[sha256])
            )
            continue
        seen[sha256] = file
        run = _ledger_reader(project, entry, file, bench, pseudonym)
        parts = [sha256, file, entry.source, entry.settings, conventions, store.fingerprint(project.key().hex())]
        folders.append(bench.made("ledger", parts, LEDGER, run))
        warnings += (store.notes(folders[-1]) or {}).get("warnings", [])
    bench.progress("Reading ledgers", len(listed), len(listed))
    key = _together(bench, folders)
    return Read(key, files, [*warnings, *_currencies(bench)])


def _currencies(bench: "Bench") -> list[str]:
    """A warning where the ledgers are not all in one currency: nothing is converted."""
    sums = bench.engine.rows(
        "SELECT currency, SUM(amount_read) AS amount FROM ledger_files WHERE rows_read > 0 "
        "GROUP BY currency ORDER BY amount DESC, currency"
    )
    if len(sums) < 2:
        return []
    return [
        Said(
            "The ledgers are in {number} currencies: {sums}. Nothing is converted: shares count the one with most "
            "payments, and the others are told beside them.",
            number=len(sums),
            sums=[Said("{currency} {amount}", currency=row["currency"], amount=row["amount"]) for row in sums],
        )
    ]


def registers(project: Project, bench: Bench) -> Read:
    """Read every register of the project; organisations, names, workplaces and parents stand in the engine."""
    pseudonym = Pseudonym(project.key())
    secret = store.fingerprint(project.key().hex())
    folders, files, warnings = [], [], []
    for number, entry in enumerate(project.registers):
        bench.progress("Reading registers", number, len(project.registers))
        paths = [project.path(file) for file in entry.files]
        hashes = store.hash_files(paths)
        folder = bench.made(
            "register",
            [entry.source, hashes, entry.settings, secret],
            REGISTER,
            lambda entry=entry, paths=paths: read_register(  # type: ignore[misc]
                bench.engine, project.country, entry.source, paths, entry.settings, pseudonym
            ),
        )
        folders.append(folder)
        notes = store.notes(folder) or {}
        files += _described("register", entry, hashes, notes)
        warnings += notes.get("warnings", [])
    bench.progress("Reading registers", len(project.registers), len(project.registers))
    if all(source(entry.source).kind is Kind.OWNERS for entry in project.registers):
        warnings.append(Said("No register was given: suppliers cannot be identified, and all their money is in doubt."))
    key = bench.step(
        "registers",
        [folder.name for folder in folders],
        REGISTER,
        lambda: merge_registers(bench.engine, folders, project.country),
    )
    return Read(key, files, warnings)


def places(project: Project, bench: Bench) -> Read:
    """Read areas and postcodes; both stand in the engine."""
    folders, files, warnings = [], [], []
    for entry in project.postcodes:
        paths = [project.path(file) for file in entry.files]
        hashes = store.hash_files(paths)
        folder = bench.made(
            "postcodes",
            [entry.source, hashes, entry.settings, project.country.code],
            PLACES,
            lambda entry=entry, paths=paths: read_postcodes(  # type: ignore[misc]
                bench.engine, project.country, entry.source, paths, entry.settings
            ),
        )
        folders.append(folder)
        notes = store.notes(folder) or {}
        files += _described("postcodes", entry, hashes, notes)
        warnings += notes.get("warnings", [])
    if not project.postcodes:
        warnings.append(Said("No postcode file was given: only registers that name the municipality place a supplier."))
    key = bench.step(
        "places",
        [project.country.code, *(folder.name for folder in folders)],
        PLACES,
        lambda: merge_postcodes(bench.engine, folders, project.country),
    )
    return Read(key, files, warnings)


def read_ledger(
    engine: DuckEngine, project: Project, path: Path, anchor: str, settings: Mapping[str, Any], pseudonym: Pseudonym
) -> dict[str, Any]:
    """Read one ledger file as a build of the project does; its tables stand in the engine. Gives the reader's notes."""
    conventions = project.country.conventions()
    special = reader_for(path, project.country)
    if special is not None:
        own = settings_for(special, settings, path.name)
        return special.read(engine, path, anchor, conventions, pseudonym, **own)  # type: ignore[no-any-return]
    # Without a mapping the file must speak for itself: a known layout, or headers known by name.
    columns = Columns.from_dict(dict(settings)) if settings else None
    return ledger.read(engine, path, anchor, columns, conventions, pseudonym)


def _ledger_reader(project: Project, entry: Entry, file: str, bench: Bench, pseudonym: Pseudonym) -> Callable[[], Any]:
    """What reads one ledger file; it is named in the tables as the project names it."""
    path = project.path(file)

    def run() -> Any:
        notes = read_ledger(bench.engine, project, path, entry.source, entry.settings, pseudonym)
        bench.engine.sql(tables.ledger_files, "SELECT * REPLACE (? AS path) FROM ledger_files", file)
        return notes

    return run


def _together(bench: Bench, folders: list[Path]) -> str:
    """One relation of each table from those of all ledgers; suppliers that stand in several become one."""

    def run() -> None:
        for table in LEDGER:
            bench.engine.read(table, [folder / f"{table.__name__}.parquet" for folder in folders])
        bench.engine.sql(tables.suppliers, ONE_SUPPLIER)

    return bench.step("ledgers", [folder.name for folder in folders], LEDGER, run)


def _described(kind: str, entry: Entry, hashes: list[str], notes: dict[str, Any]) -> list[dict[str, Any]]:
    """What the manifest says of each file of an entry."""
    common = {"kind": kind, "source": entry.source, **{name: notes[name] for name in SAID if name in notes}}
    return [{**common, "path": file, "sha256": sha} for file, sha in zip(entry.files, hashes, strict=True)]
