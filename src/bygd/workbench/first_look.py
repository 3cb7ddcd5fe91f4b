"""A first look: a project made, built and reported in one go."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.workbench import adding, build, reporting, sample, snapshot
from bygd.workbench import project as projects
from bygd.workbench.bench import Progress
from bygd.workbench.project import Project


@dataclass(frozen=True)
class Files:
    """The files of a first look, by what they are."""

    ledgers: Sequence[Path]
    registers: Sequence[Path] = ()
    postcodes: Sequence[Path] = ()
    boundaries: Sequence[Path] = ()


@dataclass(frozen=True)
class Look:
    """What a first look gives: the snapshot, its headline, the files written, the guesses taken."""

    snapshot: snapshot.Snapshot
    sentences: list[str]
    written: list[Path]
    guesses: list[str]


def baseline(folder: Path, area: str, name: str, anchor: str, files: Files, language: str, progress: Progress) -> Look:
    """Make a project, add the files with the mappings guessed, build and report.

    Raises InputError where the folder holds a project, or a file cannot be read; the project then
    stays, so that it can be mended.
    """
    if (folder / projects.FILE).exists():
        raise InputError(
            "{folder} holds a project already. Use bygd build there, or choose another --out.", folder=folder
        )
    project = projects.create(folder, area, name)
    guesses: Counter[str] = Counter()
    by_anchor: dict[str, list[adding.Seen]] = {}
    for path in adding.files_in(files.ledgers):
        seen = adding.look(project, path)
        by_anchor.setdefault(anchor or path.resolve().parent.name, []).append(seen)
        guesses.update(
            f"{guess.field} is taken from '{guess.column}' ({guess.why})"
            for sheet in seen.sheets
            for guess in sheet.fields
            if not guess.sure
        )
    for whose, seen_files in by_anchor.items():
        project = adding.add_ledgers(project, whose, seen_files)
    for path in files.registers:
        adding.add_source(project, "register", [path])
    for path in files.postcodes:
        adding.add_source(project, "postcodes", [path])
    for path in files.boundaries:
        adding.add_boundaries(project, path)
    listed = [f"A guess, in {count} sheets: {text}" for text, count in guesses.most_common()]
    return _look(projects.read(folder), listed, language, progress)


def demo(folder: Path, language: str, progress: Progress) -> Look:
    """The sample place: made if it is not there, built and reported."""
    project = projects.read(folder) if (folder / projects.FILE).exists() else sample.write(folder)
    return _look(project, [], language, progress)


def _look(project: Project, guesses: list[str], language: str, progress: Progress) -> Look:
    built = build.build(project, progress)
    progress("Writing the report", 0, 1)
    written = reporting.write(project, language=language)
    progress("Writing the report", 1, 1)
    sentences = reporting.sentences(project, project.local_by, project.within, language)
    return Look(built, sentences, written, guesses)
