"""Adding files to a project: what was seen in a ledger, and which reader a register wants."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bygd.countries import (
    Country,
    looked,
    own_columns,
    own_source,
    postcode_source,
    reader_for,
    register_source,
    settings_for,
)
from bygd.reports import boundaries
from bygd.sources.errors import InputError
from bygd.sources.ledgers import ledger
from bygd.sources.ledgers.guess import SheetGuess
from bygd.sources.ledgers.mapping import Mapping
from bygd.workbench import changing
from bygd.workbench import project as projects
from bygd.workbench.project import Project

READABLE = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".zip", ".gz", ".se", ".si", ".sie", ".xml")


@dataclass(frozen=True)
class Seen:
    """One ledger file as it was found: its sheets, and what the project will say of it.

    `settings` is the mapping that follows, as plain values; for accounts and invoices, which need no
    mapping, what their reader was told.
    """

    path: Path
    format: str
    sheets: tuple[SheetGuess, ...]
    settings: dict[str, Any]

    @property
    def is_sure(self) -> bool:
        """True where no column had to be guessed."""
        return all(guess.sure for sheet in self.sheets for guess in sheet.fields)


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files given, folders opened up; only kinds bygd reads. Raises InputError where nothing is left."""
    found = [
        file
        for path in paths
        for file in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if file.is_file() and (not path.is_dir() or file.suffix.lower() in READABLE)
    ]
    if not found:
        raise InputError("No ledger was found in {paths}. Readable: {readable}", paths=paths, readable=READABLE)
    return found


def look(project: Project, path: Path, given: AnyMapping[str, Any] | None = None) -> Seen:
    """What a ledger file holds and which mapping follows. Raises InputError where it cannot be read.

    What is `given`, written as in the project file, stands; the rest is guessed. Columns that are no
    field are ignored by name, so that the project says which they are.
    """
    special = reader_for(path, project.country)
    if special is not None:
        settings = settings_for(special, given or {}, path.name)
        return Seen(path, special.__name__.rpartition(".")[2], (), settings)
    said = Mapping.from_dict(given or {})
    sheets = tuple(ledger.inspect(path, project.country.conventions(), said))
    usable = [sheet for sheet in sheets if not sheet.problem]
    if not usable:
        if sheets:
            raise InputError(sheets[0].problem)
        raise InputError("{file}: no sheet was found in it", file=path.name)
    mapping = usable[0].mapping
    for sheet in usable[1:]:
        mapping = mapping.joined(sheet.mapping)
    return Seen(path, mapping.layout, sheets, mapping.to_dict())


def add_ledgers(project: Project, anchor: str, seen: Sequence[Seen]) -> Project:
    """Add ledger files to the project, one entry for all files that are mapped alike."""
    groups: list[tuple[dict[str, Any], list[str]]] = []
    for one in seen:
        known = next((files for settings, files in groups if settings == one.settings), None)
        file = projects.relative(project, one.path)
        if known is None:
            groups.append((one.settings, [file]))
        else:
            known.append(file)
    already = {file for entry in project.ledgers for file in entry.files}
    for _, files in groups:
        twice = already.intersection(files)
        if twice:
            raise InputError("{files} is in the project already. Nothing was added.", files=sorted(twice))
    for settings, files in groups:
        entry = {"anchor": anchor, "files": files, "mapping": settings}
        project = changing.add(project, "ledger", entry)
    return project


RECOGNISED: dict[str, Callable[[Path, Country], str]] = {"register": register_source, "postcodes": postcode_source}
"""Section of the project file → what tells the source of a file by its content."""


@dataclass(frozen=True)
class Added:
    """Who reads a register or postcodes that were added, and of which columns, where some were said.

    `fields` and `left_out` are what is read of a table of one's own, and its columns that are not.
    """

    source: str
    columns: dict[str, Any]
    fields: AnyMapping[str, str] = field(default_factory=dict, compare=False)
    left_out: Sequence[str] = field(default=(), compare=False)


def add_source(
    project: Project,
    section: str,
    paths: Sequence[Path],
    source: str = "",
    columns: AnyMapping[str, Any] | None = None,
) -> Added:
    """Add a register or postcodes; the source that will read them is told by the first file unless named.

    What is said of `columns` stands, and the others are found by their names: what says nothing of a share must not
    make an owner of a tenth one of the whole. Raises InputError where the files have no such columns.
    """
    name, said = source, dict(columns or {})
    if not name:
        try:
            name = RECOGNISED[section](paths[0], project.country)
        except InputError:
            if not said:
                raise
            name = own_source(section, said)
    kept = own_columns(name, paths, said)
    added = Added(name, kept, *looked(name, paths, kept))
    files = [projects.relative(project, path) for path in paths]
    changing.add(project, section, {"source": name, "files": files, "columns": added.columns})
    return added


def add_boundaries(project: Project, path: Path) -> Project:
    """Add boundaries for the map. Raises InputError where the file is no GeoJSON with features."""
    boundaries.read([path], project.country.code, ())
    return changing.add(project, "boundaries", {"files": [projects.relative(project, path)]})
