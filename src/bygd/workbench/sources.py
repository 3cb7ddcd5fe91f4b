"""Sources for people: which there are, and fetching one into a project."""

from collections.abc import Iterator
from pathlib import Path

from bygd import countries
from bygd.sources.description import Kind
from bygd.sources.errors import InputError
from bygd.sources.fetcher import Fetcher
from bygd.workbench import adding
from bygd.workbench.bench import Progress
from bygd.workbench.project import Project

FOLDER = "sources"


def listed(country: str = "") -> Iterator[str]:
    """Lines that say what each source holds, who publishes it and how to get it."""
    for source in countries.sources(countries.load(country) if country else None):
        how = f"bygd sources fetch {source.id}" if source.addresses else f"by hand, from {source.page}"
        how = "bygd place refresh" if source.addresses and source.kind is Kind.STATISTICS else how
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
    if source.kind is Kind.STATISTICS and source.addresses:
        raise InputError("{name} holds statistics of a place. Fetch them with: bygd place refresh", name=name)
    if not source.addresses:
        raise InputError(
            "{name} cannot be fetched. Get it from {page} and add it with bygd add.", name=name, page=source.page
        )
    with Fetcher(project.folder / FOLDER, progress=lambda done, total: progress(name, done, total)) as fetcher:
        paths = source.fetch(fetcher, project.country.code)
    sections = {
        Kind.REGISTER: ("register", project.registers),
        Kind.OWNERS: ("register", project.registers),
        Kind.POSTCODES: ("postcodes", project.postcodes),
    }
    section, entries = sections.get(source.kind, ("", ()))
    if section and not any(entry.source == name for entry in entries):
        adding.add_source(project, section, paths, name)
    return paths
