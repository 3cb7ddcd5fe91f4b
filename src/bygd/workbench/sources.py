"""Sources for people: which there are, and fetching one into a project."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bygd import countries
from bygd.sources.description import Kind
from bygd.sources.errors import InputError
from bygd.sources.fetcher import Fetcher
from bygd.workbench import adding
from bygd.workbench.project import Project

Progress = Callable[[str, int, int], None]
FOLDER = "sources"


def listed(country: str = "") -> Iterator[str]:
    """Lines that say what each source holds, who publishes it and how to get it."""
    for source in countries.sources(countries.load(country) if country else None):
        how = f"bygd sources fetch {source.id}" if source.addresses else f"by hand, from {source.page}"
        yield f"{source.id:<24} {source.kind.value:<10} {source.title} ({source.publisher}); {how}"


def check() -> int:
    """How many sources there are, once each is found described whole and readable. Raises InputError."""
    return len(countries.check())


def fetch(project: Project, name: str, progress: Progress) -> list[Path]:
    """Fetch a source's files into the project and add them to it; gives their paths.

    Files that did not change are not fetched again, and a broken download goes on where it stopped.
    Raises InputError for an unknown source, or one that a person must get by hand.
    """
    source = countries.source(name)
    if not source.addresses:
        raise InputError(f"{name} cannot be fetched. Get it from {source.page} and add it with bygd add.")
    with Fetcher(project.folder / FOLDER, progress=lambda done, total: progress(name, done, total)) as fetcher:
        paths = source.fetch(fetcher, project.country.code)
    entries = {Kind.REGISTER: project.registers, Kind.POSTCODES: project.postcodes}.get(source.kind)
    add = {Kind.REGISTER: adding.add_register, Kind.POSTCODES: adding.add_postcodes}.get(source.kind)
    if add is not None and not any(entry.source == name for entry in entries or ()):
        add(project, paths, name)
    return paths
