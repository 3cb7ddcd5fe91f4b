"""Fetching from the browser: started, watched, stopped and taken up again; then what changed, revisions first."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bygd import countries
from bygd.countries.indicators import indicators
from bygd.reports.place.values import text_of
from bygd.reports.translate import N_
from bygd.sources.description import Kind
from bygd.sources.errors import InputError
from bygd.web.pages.place.asked import Asked
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.work import jobs
from bygd.web.work.models import Job
from bygd.web.work.words import JobKind
from bygd.workbench.place import files, known
from bygd.workbench.place.changes import ChangeKind

STARTED = N_("started to fetch statistics")
MOST = 10
SHOWN = 200


@needs(Right.SEE_POOL)
@require_safe
def refreshing(request: PlaceRequest) -> HttpResponse:
    """What is held, the pass that runs, a button for the next, and what the last ones changed."""
    project, _ = request.place.project, request.translate
    listed = list(
        Job.objects.filter(place=request.place, kind=JobKind.STATISTICS.value).select_related("asked_by", "place")[
            :MOST
        ]
    )
    ended = [job for job in listed if not job.is_open]
    last = next((job for job in ended if job.result.get("snapshot")), None)
    context: dict[str, Any] = {
        "now": [job for job in listed if job.is_open],
        "ended": ended,
        "last": last,
        "changes": _changes(request, last) if last else [],
        "kinds": ChangeKind,
        "unfinished": files.of(project).unfinished.exists(),
        "may_fetch": request.access.may(Right.BUILD),
        "asked": Asked(),
        "sources": dict.fromkeys(
            _(one.publisher)
            for one in countries.sources(project.country)
            if one.kind is Kind.STATISTICS and one.addresses
        ),
        "tab": "refresh",
    }
    try:
        held = known.load(project)
        context |= {"values": held.values.num_rows, "areas": held.areas.num_rows}
    except InputError as error:
        context |= {"values": 0, "areas": 0, "wrong": _.said(error)}
    return render(request, "place/refresh.html", context)


@needs(Right.BUILD)
@require_POST
def start(request: PlaceRequest) -> HttpResponse:
    """Have statistics fetched; where a pass waits or runs already, that one."""
    told = {name: True for name in ("offline", "no_peers") if request.POST.get(name)}
    jobs.ask(request.place, JobKind.STATISTICS, request.user, told=told)
    log.record(request, STARTED)
    messages.success(request, request.translate("Statistics are being fetched. You may close this page: it goes on."))
    return redirect("place-refresh", request.place.slug)


def _changes(request: PlaceRequest, job: Job) -> list[dict[str, Any]]:
    """What changed, with names in place of ids."""
    project, _ = request.place.project, request.translate
    try:
        catalogue = indicators(project.country, files.of(project).indicators)
        held = known.load(project)
    except InputError:
        return []
    names = {row["area_id"]: row["name"] for row in held.areas.to_pylist()}
    found = []
    for one in job.result.get("changes", [])[:SHOWN]:
        about = catalogue.get(one["indicator"])
        label = text_of(about.label, _) if about else one["indicator"]
        found.append(
            {**one, "kind": ChangeKind(one["kind"]), "label": label, "area": names.get(one["area_id"], one["area_id"])}
        )
    return found
