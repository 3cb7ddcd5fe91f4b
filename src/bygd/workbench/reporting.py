"""Reporting: the report of the current snapshot, and its headline in sentences."""

from pathlib import Path

from bygd import geography, reports
from bygd.vocabulary.words import LocalBy, Ring
from bygd.workbench import snapshot
from bygd.workbench.project import Project

FOLDER = "report"


def write(project: Project, folder: Path | None = None, language: str = "", *, public: bool = False) -> list[Path]:
    """Write report.html, report.xlsx, figures.json and control.json; gives their paths.

    `public` leaves out suppliers' names and withholds small cells. Each file appears whole.
    """
    current = snapshot.current(project)
    with current.engine() as engine:
        written = reports.write(
            engine,
            geography.place(engine, project.place_id, project.place_name),
            project.place_name,
            folder or project.folder / FOLDER,
            language=language or project.country.languages[0],
            snapshot=current.id,
            manifest=current.manifest,
            boundaries=[project.path(file) for entry in project.boundaries for file in entry.files],
            audience="public" if public else "internal",
        )
    return list(written.paths)


def sentences(project: Project, local_by: LocalBy, within: Ring, language: str = "en") -> list[str]:
    """The headline of the current snapshot: sentences that can be read out."""
    current = snapshot.current(project)
    with current.engine() as engine:
        place = geography.place(engine, project.place_id, project.place_name)
        return reports.sentences(
            engine, place, local_by=local_by, within=within, language=language, snapshot=current.id
        )
