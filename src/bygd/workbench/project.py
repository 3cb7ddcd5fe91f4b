"""Project: a folder with `bygd.toml` that says which place, whose ledgers, which registers."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bygd.countries import Country, load
from bygd.sources.errors import InputError
from bygd.vocabulary.words import LocalBy, Ring
from bygd.workbench import secret

FILE = "bygd.toml"
STATE = ".bygd"
DECISIONS = "decisions"

SECTIONS = {
    "place": {"id", "name"},
    "build": {"year_starts", "local_by", "within", "baseline_year"},
    "ledger": {"anchor", "files", "mapping"},
    "register": {"source", "files", "columns"},
    "postcodes": {"source", "files", "columns"},
    "boundaries": {"files"},
    "publish": {"licence", "licence_url", "publisher", "contact", "address", "accessibility"},
}


@dataclass(frozen=True)
class Entry:
    """One `[[ledger]]`, `[[register]]`, `[[postcodes]]` or `[[boundaries]]` of the project file.

    `files` are paths relative to the project folder. For ledgers `source` is the anchor's name
    and `settings` the column mapping; for the others `source` names the reader (`xx/name`) and
    `settings` the columns, where a generic reader needs them.
    """

    source: str
    files: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Project:
    """What `bygd.toml` says, checked."""

    folder: Path
    place_id: str
    place_name: str
    year_starts: int
    local_by: LocalBy
    within: Ring
    baseline_year: int | None
    ledgers: tuple[Entry, ...]
    registers: tuple[Entry, ...]
    postcodes: tuple[Entry, ...]
    boundaries: tuple[Entry, ...]
    publish: Mapping[str, str] = field(default_factory=dict)
    """Who publishes and under which licence; see `reports.terms`."""

    @property
    def country(self) -> Country:
        """The country pack of the place."""
        return load(self.place_id.split(":")[0])

    @property
    def law(self) -> Country:
        """The pack whose law holds in the place: the country's, or that of a part with law of its own."""
        return self.country.law_of_area(self.place_id.partition(":")[2])

    @property
    def state(self) -> Path:
        """Where bygd keeps what it made: key, cache, snapshots. May be deleted, but for the key."""
        return self.folder / STATE

    @property
    def decisions(self) -> Path:
        """Where people's decisions stand, one CSV file per table."""
        return self.folder / DECISIONS

    def path(self, file: str) -> Path:
        """A file of the project as a path that can be opened. Raises InputError where it is missing."""
        path = (self.folder / file).resolve()
        if not path.exists():
            raise InputError(
                "{settings} names {file}, which is not there. Put the file back or remove its entry.",
                settings=FILE,
                file=file,
            )
        return path

    def key(self) -> bytes:
        """The secret that pseudonyms of persons are made with; made on first use, readable by its owner only.

        Raises InputError where the file holds something else: another key would mask everybody under other labels.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        path = self.state / "key"
        try:
            key = bytes.fromhex(secret.kept(path))
        except ValueError:
            key = b""
        if len(key) != secret.BYTES:
            raise InputError("{file} is not a key. Put back the copy you have of it.", file=path)
        return key


def create(folder: Path, place_id: str, place_name: str = "") -> Project:
    """Make a project folder. Raises InputError where one is there already or the country is unknown."""
    if (folder / FILE).exists():
        raise InputError(
            "{folder} holds a project already ({settings}). Choose another folder.", folder=folder, settings=FILE
        )
    if ":" not in place_id:
        raise InputError("'{text}' is no area. Write country and official code, such as xx:1234.", text=place_id)
    country = load(place_id.split(":")[0])
    written = tomlkit.document()
    written.add(tomlkit.comment("A bygd project. Paths are relative to this folder."))
    written["place"] = {"id": place_id, "name": place_name or place_id}
    written["build"] = {
        "year_starts": int(country.setting("year_starts", 1)),
        "local_by": LocalBy.SEAT.value,
        "within": Ring.MUNICIPALITY.value,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DECISIONS).mkdir(exist_ok=True)
    save(folder, written)
    project = read(folder)
    project.key()
    (folder / STATE / ".gitignore").write_text("*\n")
    return project


def find(start: Path) -> Project:
    """The project of this folder or the nearest one above. Raises InputError where there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).exists():
            return read(folder)
    raise InputError(
        "There is no {settings} here or above. Make a project with: bygd init FOLDER --place COUNTRY:CODE",
        settings=FILE,
    )


def read(folder: Path) -> Project:
    """The project in that folder. Raises InputError for anything in `bygd.toml` that is not understood."""
    found = document(folder).unwrap()
    for section, content in found.items():
        if section not in SECTIONS:
            raise InputError(
                "{settings} has a section [{section}] that bygd does not know. Known: {known}.",
                settings=FILE,
                section=section,
                known=SECTIONS,
            )
        for part in content if isinstance(content, list) else [content]:
            unknown = set(part) - SECTIONS[section]
            if unknown:
                raise InputError(
                    "{settings} [{section}] has unknown keys: {unknown}.",
                    settings=FILE,
                    section=section,
                    unknown=sorted(unknown),
                )
    place, build = found.get("place") or {}, found.get("build") or {}
    if "id" not in place:
        raise InputError('{settings} lacks [place] id = "country:code".', settings=FILE)
    load(place["id"].split(":")[0])
    return Project(
        folder=folder,
        place_id=place["id"],
        place_name=place.get("name", place["id"]),
        year_starts=_one_of(build, "year_starts", range(1, 13), 1),
        local_by=LocalBy(_one_of(build, "local_by", [word.value for word in LocalBy], "seat")),
        within=Ring(_one_of(build, "within", [word.value for word in Ring], "municipality")),
        baseline_year=build.get("baseline_year"),
        ledgers=tuple(_entries(found, "ledger", "anchor", "mapping")),
        registers=tuple(_entries(found, "register", "source", "columns")),
        postcodes=tuple(_entries(found, "postcodes", "source", "columns")),
        boundaries=tuple(_entries(found, "boundaries", "", "")),
        publish={name: str(value) for name, value in (found.get("publish") or {}).items()},
    )


def relative(project: Project, path: Path) -> str:
    """How the project file names a file: relative to the project folder, with forward slashes."""
    return Path(os.path.relpath(path.resolve(), project.folder.resolve())).as_posix()


def _entries(document: Mapping[str, Any], section: str, source: str, settings: str) -> Iterator[Entry]:
    for number, part in enumerate(document.get(section, []), start=1):
        if not part.get("files") or (source and source not in part):
            raise InputError(
                "{settings} [[{section}]] number {number} needs {key} and a list of files.",
                settings=FILE,
                section=section,
                number=number,
                key=source or "files",
            )
        yield Entry(str(part.get(source, "")), tuple(part["files"]), part.get(settings, {}))


def _one_of(build: Mapping[str, Any], name: str, allowed: Sequence[Any] | range, default: Any) -> Any:
    value = build.get(name, default)
    if value not in allowed:
        raise InputError(
            "{settings} [build] {name} = {value} is not one of {known}.",
            settings=FILE,
            name=name,
            value=repr(value),
            known=list(map(str, allowed)),
        )
    return value


def document(folder: Path) -> tomlkit.TOMLDocument:
    """The project file as it is written. Raises InputError where it cannot be read."""
    try:
        return tomlkit.parse((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("{folder} has no {settings}.", folder=folder, settings=FILE) from None
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise InputError("{file} cannot be read: {why}", file=folder / FILE, why=error) from error


def save(folder: Path, document: tomlkit.TOMLDocument) -> None:
    """Write beside, then swap: a killed process leaves the old file whole."""
    beside = folder / f"{FILE}.new"
    with beside.open("w", encoding="utf-8") as opened:
        opened.write(tomlkit.dumps(document))
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(folder / FILE)
