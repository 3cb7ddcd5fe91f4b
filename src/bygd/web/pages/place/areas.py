"""Boundaries and divisions: what there is of areas below the municipality, what lacks, and where one gets it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.web.pages.place.asked import Asked
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.work import files
from bygd.web.work.models import Import
from bygd.web.work.words import OF_PLACE, ImportState
from bygd.workbench.place import choosing, divisions, shapes, territory
from bygd.workbench.project import Project

AREAS_OUT, AREAS_BACK = N_("took areas of the place out"), N_("put areas of the place back")
BASES = (N_("residents by postcode"), N_("postcodes in use"), N_("addresses that are in both years' files"))
"""What shares rest on, as the readers of publishers' files write it."""
LIST_OUT, LIST_BACK = N_("took a list of divisions out"), N_("put a list of divisions back")


@needs(Right.SEE_POOL)
@require_safe
def listing(request: PlaceRequest) -> HttpResponse:
    """Level by level: areas, boundaries, what became of older areas; and files on their way."""
    project, may_change = request.place.project, request.access.may(Right.ADD_REGISTER)
    kinds = [kind.value for kind in OF_PLACE]
    context: dict[str, Any] = {
        "tab": "areas", "asked": Asked(), "may_change": may_change, "levels": (), "lists": territory.lists(project),
        "spoilt": territory.spoilt(project),
        "day": date.fromisoformat, "kinds": {kind.value: kind for kind in OF_PLACE},
        "large": shapes.passed_over(project), "most": shapes.MOST_BYTES // 1_000_000,
        "boundaries": [file for entry in project.boundaries for file in entry.files],
        "waiting": [one for one in files.unfinished(request.place, request.access) if one.kind in kinds],
        "brought": Import.objects.filter(
            place=request.place, kind__in=kinds, state=ImportState.COMMITTED.value
        ).select_related("made_by") if may_change else (),
    }  # fmt: skip
    try:
        context["levels"] = territory.every(project)
    except InputError as error:
        context["wrong"] = request.translate.said(error)
    return render(request, "place/areas.html", context)


@needs(Right.ADD_REGISTER)
@require_POST
def move(request: PlaceRequest, level: str, way: str) -> HttpResponse:
    """Take the areas of a level and division out, or put them back."""
    year = request.POST.get("division", "")
    if level not in list(Level):
        raise Http404
    changes: dict[str, tuple[Callable[[Project], Any], str, str]] = {
        "out": (lambda here: choosing.take_out(here, Level(level), year), AREAS_OUT,
                request.translate("The areas were taken out. They are kept and can be put back.")),
        "back": (lambda here: choosing.put_back(here, Level(level), year), AREAS_BACK,
                 request.translate("The areas are there again. Statistics are fetched for them next time.")),
    }  # fmt: skip
    return _changed(request, *changes[way], f"{level} {year}".strip())


@needs(Right.ADD_REGISTER)
@require_POST
def move_list(request: PlaceRequest, name: str, way: str) -> HttpResponse:
    """Take what became of areas out, or put it back."""
    changes: dict[str, tuple[Callable[[Project], Any], str, str]] = {
        "out": (lambda here: divisions.take_out(here, name), LIST_OUT,
                request.translate("The list was taken out. It is kept and can be put back.")),
        "back": (lambda here: divisions.put_back(here, name), LIST_BACK,
                 request.translate("The list is there again. If another was kept of the same years, that one is "
                                   "taken out.")),
    }  # fmt: skip
    return _changed(request, *changes[way], name)


def _changed(request: PlaceRequest, change: Callable[[Project], Any], did: str, said: str, about: str) -> HttpResponse:
    try:
        with files.alone(request.place) as project:
            change(project)
    except InputError:
        raise Http404 from None
    log.record(request, did, about)
    messages.success(request, said)
    return redirect("place-areas", request.place.slug)
