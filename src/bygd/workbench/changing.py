"""Changing: what a project names and keeps is changed by one at a time, prompt or page; what people wrote stays."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import tomlkit
from filelock import FileLock

from bygd.sources.errors import InputError
from bygd.workbench import project as projects
from bygd.workbench.project import Project

Told = ParamSpec("Told")
Given = TypeVar("Given")

JOINED = ("ledger", "boundaries")
"""Sections whose files are each read by themselves; files of one register belong together."""


@contextmanager
def alone(project: Project) -> Iterator[Project]:
    """The project as it is now, while nobody else changes its `bygd.toml` or what it keeps of its place.

    The same thread may ask again.
    """
    project.state.mkdir(parents=True, exist_ok=True)
    with FileLock(project.state / "project.lock", timeout=20, is_singleton=True):
        yield projects.read(project.folder)


def by_one(change: Callable[Concatenate[Project, Told], Given]) -> Callable[Concatenate[Project, Told], Given]:
    """Of a function that reads what a project keeps and writes it anew: nobody else changes it meanwhile."""

    @wraps(change)
    def changed(project: Project, /, *told: Told.args, **named: Told.kwargs) -> Given:
        with alone(project):
            return change(project, *told, **named)

    return changed


def add(project: Project, section: str, entry: Mapping[str, Any]) -> Project:
    """Append one entry to a section of `bygd.toml`, keeping what people wrote there."""
    table = tomlkit.table()
    for name, value in entry.items():
        if value not in (None, {}, [], ()):
            table[name] = list(value) if isinstance(value, tuple) else value
    with _changed(project) as document:
        if section not in document:
            document[section] = tomlkit.aot()
        document[section].append(table)  # type: ignore[union-attr]
    return projects.read(project.folder)


def add_files(project: Project, section: str, entry: Mapping[str, Any]) -> Project:
    """Add the entry's files to one that says the same of its files, or else the entry itself.

    Raises InputError where a file of the entry is in the project already.
    """
    with alone(project):
        entries = projects.document(project.folder).unwrap().get(section, [])
        there = {file for one in entries for file in one.get("files", ())}.intersection(entry["files"])
        if there:
            raise InputError("{files} is in the project already. Nothing was added.", files=sorted(there))
        said = _said(entry)
        like = next((number for number, one in enumerate(entries) if section in JOINED and _said(one) == said), None)
        if like is None:
            return add(project, section, entry)
        with _changed(project) as document:
            document[section][like]["files"].extend(entry["files"])  # type: ignore[index,union-attr]
    return projects.read(project.folder)


def take_out(project: Project, file: str) -> tuple[str, dict[str, Any]]:
    """Take one file out of the project; the file itself stays. Gives its section and the entry that puts it back.

    Raises InputError where the project does not name it.
    """
    with _changed(project) as document:
        for section in projects.SECTIONS:
            entries = document.get(section, [])
            for number, entry in enumerate(entries if isinstance(entries, list) else []):
                if file not in entry.get("files", ()):
                    continue
                said = {**entry.unwrap(), "files": [file]}
                entry["files"].remove(file)
                if not entry["files"]:
                    del entries[number]
                if not entries:
                    del document[section]
                return section, said
    raise InputError(
        "{settings} does not name {file}. It may have been taken out already.", settings=projects.FILE, file=file
    )


def rename(project: Project, name: str) -> Project:
    """Give the place another name in `bygd.toml`, keeping what people wrote there."""
    with _changed(project) as document:
        document["place"]["name"] = name  # type: ignore[index]
    return projects.read(project.folder)


def remove(project: Project, section: str, number: int) -> Project:
    """Take the entry of that number, counted from one, out of a section. The files stay."""
    with _changed(project) as document:
        entries = document.get(section, [])
        if not 1 <= number <= len(entries):
            raise InputError(
                "There is no {section} number {number}; there are {count}.",
                section=section,
                number=number,
                count=len(entries),
            )
        del entries[number - 1]
        if not entries:
            del document[section]
    return projects.read(project.folder)


def _said(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "files" and value not in (None, {}, [], ())}


@contextmanager
def _changed(project: Project) -> Iterator[tomlkit.TOMLDocument]:
    """The project file to be changed, by one at a time; written afterwards, unless something went wrong."""
    with alone(project):
        document = projects.document(project.folder)
        yield document
        projects.save(project.folder, document)
