"""Start: the place, its headline figures in sentences, what needs doing, what changed."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bygd.web.pages import headline
from bygd.web.pages.todo import tasks
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.work import files
from bygd.web.work.building import can_begin
from bygd.web.work.models import Job
from bygd.web.work.words import OPEN, JobKind
from bygd.workbench import control, difference
from bygd.workbench.project import Project


@needs(Right.SEE_POOL)
def start(request: PlaceRequest) -> HttpResponse:
    """The first page of a place; of an empty one, the three steps to its first figures."""
    project, access = request.place.project, request.access
    building = Job.objects.filter(place=request.place, kind=JobKind.BUILD.value, state__in=OPEN).first()
    shown: dict[str, Any] = {"building": building, "kinds": files.kinds(access), "project": project}
    opened = held.current(project)
    if opened is None:
        may_build = access.may(Right.BUILD) and can_begin(project)
        return render(request, "start/empty.html", {**shown, "may_build": may_build})
    own = headline.of_own(project, access.anchors, request.language)
    others = set(headline.held_anchors(opened)) - access.anchors
    shown |= {
        "own": own,
        "pool": headline.of_all(project, request.language) if others or own is None else None,
        "anchors": _anchors(request, project),
        "tasks": tasks(request, project),
        "snapshot": opened.snapshot,
        "built_at": opened.snapshot.manifest["built_at"],
        "day": datetime.fromisoformat,
        "changed": _changed(project, opened.snapshot),
    }
    return render(request, "start/start.html", shown)


def _anchors(request: PlaceRequest, project: Project) -> list[tuple[str, bool, list[dict[str, Any]]]]:
    """Each institution, whether the person is its member, and then what is in from it, a row per currency."""
    mine = held.current(project, request.access.anchors)
    read = mine.answer("read by anchor", control.by_anchor) if mine else []
    names = dict.fromkeys((*(entry.source for entry in project.ledgers), *sorted(request.access.anchors)))
    return [(name, name in request.access.anchors, [row for row in read if row["anchor"] == name]) for name in names]


def _changed(project: Project, current: Any) -> difference.Difference | None:
    earlier = difference.before(project, current)
    found = difference.between(earlier, current) if earlier else None
    return None if found is None or found.is_none else found
