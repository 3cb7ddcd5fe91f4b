"""Measure: the figures and tables of the current snapshot, for both doors."""

from typing import Any

from bygd import geography
from bygd.tools import audit, spend
from bygd.vocabulary import years
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.words import LocalBy, Ring
from bygd.workbench import snapshot
from bygd.workbench.project import Project


def figures(project: Project, local_by: LocalBy | None = None) -> list[dict[str, Any]]:
    """Every figure of the current snapshot as rows; `local_by` leaves only that definition of local."""
    others = [f".{word.value}." for word in LocalBy if local_by is not None and word is not local_by]
    rows = [figure.as_row() for figure in all_figures(project)]
    return [row for row in rows if not any(other in f"{row['id']}." for other in others)]


def all_figures(project: Project) -> list[Figure]:
    """Every figure of the current snapshot, per anchor and for the pool."""
    current = snapshot.current(project)
    with current.engine() as engine:
        place = geography.place(engine, project.place_id, project.place_name)
        sources = current.manifest["sources"]
        return [
            *spend.figures(engine, place, snapshot=current.id, sources=sources, baseline=project.baseline_year),
            *audit.figures(engine, current.id, sources),
        ]


def table(project: Project, by: tuple[str, ...], local_by: LocalBy, within: Ring) -> list[dict[str, Any]]:
    """Local, elsewhere and doubtful money of procurement, broken down by the dimensions asked for."""
    with snapshot.current(project).engine() as engine:
        return spend.table(engine, by=by, local_by=local_by, ring=within)


def year_starts(project: Project) -> int:
    """The month in which the years of the current snapshot begin."""
    return years.begins(snapshot.current(project).manifest)
