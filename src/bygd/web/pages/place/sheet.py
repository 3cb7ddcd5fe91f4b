"""The fact sheet for a study circle: chosen here, opened as a page of its own that prints on two sides of A4."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bygd.reports.place import factsheet
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.web.pages.money.files import attachment
from bygd.web.pages.place.looked import kept, look, offers
from bygd.web.pages.place.views import speaking
from bygd.web.people.gate import PlaceRequest, needs, open_to_all
from bygd.web.people.words import Right
from bygd.workbench import place as statistics
from bygd.workbench.project import Project

STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


@needs(Right.SEE_POOL)
@require_safe
def sheet(request: PlaceRequest) -> HttpResponse:
    """Which area, and where its sheet is."""
    looked = look(request)
    context: dict[str, Any] = {
        "looked": looked, "form": looked.form, "asked": looked.asked, "tab": "sheet", "profile": looked.profile,
    } | speaking(looked, request)  # fmt: skip
    return render(request, "place/sheet.html", context, status=400 if looked.form.errors else 200)


@needs(Right.SEE_POOL)
@require_safe
def printed(request: PlaceRequest) -> HttpResponse:
    """The sheet itself, or with `save` as a file that needs nothing else."""
    looked = look(request)
    looked.found  # noqa: B018 - 404 where the address asks for nothing that is there
    if "save" in request.GET:
        try:
            whole = statistics.sheet(looked.project, looked.asked.area, request.language)
        except InputError:
            raise Http404 from None
        answer = HttpResponse(whole)
        answer["Content-Disposition"] = attachment(request, "fact-sheet.html")
        return answer
    return page(looked.project, looked.asked.area, request.language)


def page(project: Project, area_id: str, language: str) -> HttpResponse:
    """The sheet as a page of this web, its style from a file. Raises Http404 where nothing is known."""
    try:
        whole = kept(
            project, ("sheet", area_id, language), lambda: statistics.sheet(project, area_id, language)
        )  # fmt: skip
    except InputError:
        raise Http404 from None
    linked = f'<link rel="stylesheet" href="{reverse("sheet-style")}">'
    answer = HttpResponse(STYLE.sub(linked, whole, count=1))
    answer["Content-Language"] = language
    return answer


def areas(project: Project) -> list[tuple[str, str]]:
    """Ids and names of the areas that a circle may have a sheet of: the place, its villages and small areas."""
    try:
        every = offers(project)[1]
    except InputError:
        return []
    return [(one.area_id, one.name) for one in every if one.level not in (Level.COUNTY, Level.COUNTRY)]


@open_to_all
@require_safe
def style(_request: HttpRequest) -> HttpResponse:
    """The style of the sheet."""
    answer = HttpResponse(factsheet.style(), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
