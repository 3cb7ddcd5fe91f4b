"""Opening: which register is served: that of a project's snapshot, or files named on the way."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from bygd.countries import load, register_source
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.workbench import inputs, project, snapshot, store, weights
from bygd.workbench.bench import Bench, Progress, quiet
from bygd.workbench.project import Entry, Project
from bygd.workbench.reconciliation.register import READS, Register, opened


@dataclass(frozen=True)
class Wanted:
    """Which register to open: the project's, or `files` instead, read as `bygd add register` would.

    `country` is needed for files outside a project.
    """

    folder: Path = Path()
    files: tuple[Path, ...] = ()
    country: str = ""
    source: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)


@contextmanager
def open_register(wanted: Wanted, progress: Progress = quiet) -> Iterator[Register]:
    """The register that is wanted, open while the context lasts. Raises InputError, saying what to do.

    A project's snapshot is served as it was built; without one, and with `files`, the register is read,
    and kept in the project where there is one.
    """
    with _place(wanted) as place:
        register = _of_files(place, progress) if wanted.files else _of_project(place, progress)
        try:
            yield register
        finally:
            register.close()


@contextmanager
def _place(wanted: Wanted) -> Iterator[Project]:
    """The project, its registers replaced by the files that are named; a passing one where there is none."""
    try:
        found = project.find(wanted.folder)
    except InputError:
        if not wanted.files:
            raise
        found = None
    if found is not None:
        yield _with_files(found, wanted) if wanted.files else found
        return
    if not wanted.country:
        raise InputError("Say the country of the register with --country, or run this inside a project.")
    load(wanted.country)
    folder = Path(tempfile.mkdtemp(prefix="bygd-"))
    try:
        yield _with_files(project.create(folder / "place", f"{wanted.country}:register"), wanted)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _with_files(found: Project, wanted: Wanted) -> Project:
    country = load(wanted.country) if wanted.country else found.country
    source = wanted.source or register_source(wanted.files[0], country)
    files = tuple(project.relative(found, path) for path in wanted.files)
    if country.code != found.country.code:
        raise InputError(
            "The project lies in another country than '{code}'. Run this outside of it.", code=country.code
        )
    return replace(found, registers=(Entry(source, files, dict(wanted.columns)),))


def _of_project(place: Project, progress: Progress) -> Register:
    try:
        built = snapshot.current(place)
    except InputError:
        if not place.registers:
            raise InputError(
                "The project has no register. Add one with: bygd add register FILE, or name one with --register FILE"
            ) from None
        return _of_files(place, progress)
    files = {table.__name__: built.folder / f"{table.__name__}.parquet" for table in READS}
    progress("Opening the register", 0, 1)
    found = opened(
        place.country,
        {name: path for name, path in files.items() if path.exists()},
        place.state / "index",
        _called(built.manifest["files"]) or place.place_name,
        built.id,
        weights.of_project(place),
    )
    progress("Opening the register", 1, 1)
    return found


def _of_files(place: Project, progress: Progress) -> Register:
    """Registers read now; what was read before is taken from the project's store."""
    with DuckEngine() as engine:
        bench = Bench(engine, place.state / "store", progress)
        read, placed = inputs.registers(place, bench), inputs.places(place, bench)
        files = {table.__name__: path for table, path in bench.files.items() if table in READS}
        progress("Opening the register", 0, 1)
        found = opened(
            place.country,
            files,
            place.state / "reconcile",
            _called(read.files),
            store.fingerprint(read.key, placed.key)[:12],
            weights.of_project(place),
        )
    progress("Opening the register", 1, 1)
    return found


def _called(files: Sequence[Mapping[str, Any]]) -> str:
    """What a reader calls the registers: their publishers, or the files' names."""
    registers = [file for file in files if file["kind"] == "register"]
    return ", ".join(dict.fromkeys(file.get("publisher") or PurePath(file["path"]).stem for file in registers))
