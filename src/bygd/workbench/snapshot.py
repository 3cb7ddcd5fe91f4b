"""Snapshots: a build is a folder of Parquet files, swapped whole and opened read-only."""

import json
import os
import shutil
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bygd.engine import DuckEngine, quote
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.said import N_, from_plain, to_plain
from bygd.workbench import quick, store
from bygd.workbench.project import Project

MANIFEST = "manifest.json"
UNBUILT = N_("Nothing has been built yet. Run: bygd build")
EARLIER = N_("These figures were built by an earlier version of bygd and lack what this one asks for. Run: bygd build")
POINTER = "current"

ANCHORED: dict[str, type[Table]] = {"supplier_key": tables.suppliers, "file_key": tables.ledger_files}
"""Keys by which a row belongs to an institution, and the table that says to which."""

OF_ORGANISATIONS: tuple[type[Table], ...] = (tables.offices, tables.possible_organisations)
"""What was found out about organisations because somebody's suppliers may be them."""


class Earlier(InputError):
    """A snapshot of an earlier version, whose tables lack columns that this one asks for."""


@dataclass(frozen=True)
class Snapshot:
    """One finished build: its name, its folder and its manifest."""

    id: str
    folder: Path
    manifest: dict[str, Any]

    def engine(self, *, threads: int | None = None, anchors: Collection[str] | None = None) -> DuckEngine:
        """An engine with every table of the snapshot, shut off from files and network. Close it.

        With `anchors` it holds nothing of any other institution's ledgers: neither payments nor suppliers,
        nor what was found out about them. Whatever is asked of it is then answered for those alone.
        """
        duck = self._opened(threads, anchors)
        duck.lock(self.folder)
        return duck

    def engines(self, count: int, *, anchors: Collection[str] | None = None) -> list[DuckEngine]:
        """So many engines, one for each thread that asks, over the same tables, those of money held in memory.

        Otherwise as `engine`. They take a moment to open and answer faster ever after.
        """
        first = self._opened(1, anchors)
        quick.load(first)
        beside = [first.beside(f"engine_{number}") for number in range(count)]
        first.lock(self.folder)
        return beside

    def check(self) -> None:
        """Raise Earlier where a table lacks a column that it is declared to have."""
        for table in tables.ALL:
            path = self.folder / f"{table.__name__}.parquet"
            if path.exists() and not set(table.columns()) <= set(pq.read_schema(path).names):
                raise Earlier(EARLIER)

    def anchors(self) -> frozenset[str]:
        """Every institution that a row of any of its tables names as its own."""
        kept = [self._file(table) for table in tables.ALL if "anchor" in table.columns()]
        every = " UNION ".join(f"SELECT anchor FROM read_parquet({quote(path)})" for path in kept if path.exists())
        with closing(DuckEngine()) as duck:
            return frozenset(row["anchor"] for row in duck.rows(every) if row["anchor"]) if every else frozenset()

    def manifest_for(self, anchors: Collection[str] | None) -> dict[str, Any]:
        """The manifest without the files, sources and warnings of institutions other than those; all with None."""
        files = [file for file in self.manifest.get("files", ()) if isinstance(file, dict)]
        others = {file["anchor"] for file in files if file.get("anchor")} - set(anchors or ())
        if anchors is None or not others:
            return self.manifest
        theirs = others | {str(file["path"]) for file in files if file.get("anchor") in others}
        return {
            **self.manifest,
            "files": [file for file in files if file.get("anchor") not in others],
            "sources": [source for source in self.manifest.get("sources", ()) if source not in theirs],
            "warnings": [
                warning
                for warning in self.manifest.get("warnings", ())
                if not any(name in str(warning) for name in theirs)
            ],
        }

    def _opened(self, threads: int | None, anchors: Collection[str] | None) -> DuckEngine:
        duck = DuckEngine(threads=threads)
        kept = [(table, path) for table in tables.ALL if (path := self._file(table)).exists()]
        if anchors is not None:
            self._tell_apart(duck, dict(kept), anchors)
        for table, path in kept:
            duck.read(table, path, "TRUE" if anchors is None else _own(duck, table, anchors))
        return duck

    def _file(self, table: type[Table]) -> Path:
        """Where the table stands. Older snapshots keep no possible organisations apart: there all are."""
        path = self.folder / f"{table.__name__}.parquet"
        return path if table is not tables.possible_organisations or path.exists() else self._file(tables.organisations)

    def _tell_apart(self, duck: DuckEngine, kept: Mapping[type[Table], Path], anchors: Collection[str]) -> None:
        """Leave the keys of what is those institutions' own: suppliers, files, and organisations they may be."""
        of = {table: f"FROM read_parquet({quote(path)}) WHERE " for table, path in kept.items()}
        mine = _listed(anchors)
        for column, table in ANCHORED.items():
            if table in of:
                duck.sql(f"own_{column}", f"SELECT DISTINCT {column} {of[table]}{mine}")
                duck.sql(f"others_{column}", f"SELECT DISTINCT {column} {of[table]}NOT {mine}")
        if {tables.links, tables.link_candidates} <= kept.keys():
            ours = "supplier_key IN (SELECT supplier_key FROM own_supplier_key)"
            links, candidates = (f"SELECT org_id {of[one]}{ours}" for one in (tables.links, tables.link_candidates))
            duck.sql("own_org_id", f"{links} AND org_id IS NOT NULL UNION {candidates}")
            if tables.ultimate_owners in of:
                owners = f"SELECT owner_id {of[tables.ultimate_owners]}org_id IN (SELECT org_id FROM own_org_id)"
                duck.sql("own_org_id", f"SELECT org_id FROM own_org_id UNION {owners} AND owner_id IS NOT NULL")


def _own(duck: DuckEngine, table: type[Table], anchors: Collection[str]) -> str:
    """The condition that a row of the table belongs to those institutions, or to nobody's ledger."""
    columns = table.columns()
    if "anchor" in columns:
        return _listed(anchors)
    for column, of in ANCHORED.items():
        if column in columns and table is not of and duck.has(f"own_{column}"):
            return f"{column} IN (SELECT {column} FROM own_{column})"
    if table in OF_ORGANISATIONS and duck.has("own_org_id"):
        return "org_id IN (SELECT org_id FROM own_org_id)"
    if "subject_id" in columns and duck.has("others_supplier_key"):  # of organisations, which are public, or suppliers
        return "subject_id NOT IN (SELECT supplier_key FROM others_supplier_key)"
    return "TRUE"


def _listed(anchors: Collection[str]) -> str:
    return f"anchor IN ({', '.join(quote(anchor) for anchor in sorted(anchors)) or quote('')})"


def current(project: Project) -> Snapshot:
    """The snapshot that the project stands on. Raises InputError where nothing was built yet."""
    pointer = project.state / POINTER
    if not pointer.exists():
        raise InputError(UNBUILT)
    return load(project, pointer.read_text(encoding="utf-8").strip())


def load(project: Project, name: str) -> Snapshot:
    """The snapshot of that name. Raises InputError where it is missing or not whole."""
    folder = project.state / "snapshots" / name
    manifest = folder / MANIFEST
    if not manifest.exists():
        raise InputError("Snapshot {name} is missing or not whole. Run: bygd build", name=name)
    return Snapshot(name, folder, from_plain(json.loads(manifest.read_text(encoding="utf-8"))))


def history(project: Project) -> list[Snapshot]:
    """Every whole snapshot of the project, oldest first."""
    found = (project.state / "snapshots").glob(f"*/{MANIFEST}")
    snapshots = [load(project, path.parent.name) for path in found if not path.parent.name.startswith(".")]
    return sorted(snapshots, key=lambda snapshot: snapshot.manifest["built_at"])


def publish(project: Project, name: str, files: dict[type[Table], Path], manifest: dict[str, Any]) -> Snapshot:
    """Put the files together as a snapshot beside the others, then swap the pointer to it.

    Files are linked where the disk allows, else copied. A process killed here leaves the old
    pointer and the old snapshot as they were.
    """
    home = project.state / "snapshots"
    home.mkdir(parents=True, exist_ok=True)
    if (home / name / MANIFEST).exists() and load(project, name).manifest["key"] != manifest["key"]:
        # The same input under another key: persons have other pseudonyms, so it is another snapshot.
        name = f"{name}-{manifest['key'][:4]}"
    folder = home / name
    if not (folder / MANIFEST).exists() or load(project, name).manifest["tables"] != manifest["tables"]:
        beside = home / f".{name}.{os.getpid()}"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        for table, path in files.items():
            _link(path, beside / f"{table.__name__}.parquet")
        text = json.dumps(to_plain({**manifest, "snapshot": name}), indent=1, ensure_ascii=False, default=str)
        (beside / MANIFEST).write_text(text + "\n", encoding="utf-8")
        store.sync(beside)
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
        store.sync(home)
    _point(project, name)
    store.prune(home, [path.name for path in home.iterdir() if not path.name.startswith(".")])
    return load(project, name)


def _point(project: Project, name: str) -> None:
    beside = project.state / f"{POINTER}.new"
    with beside.open("w", encoding="utf-8") as opened:
        opened.write(name)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(project.state / POINTER)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
