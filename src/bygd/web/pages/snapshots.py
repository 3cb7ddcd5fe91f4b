"""Snapshots: those there are, what differed, what each was made of; one is published or taken back."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.sources.errors import InputError
from bygd.web.pages import headline
from bygd.web.people import log, written
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held, published
from bygd.web.work import jobs
from bygd.web.work.models import Job
from bygd.web.work.titles import title
from bygd.web.work.words import OPEN, JobKind, JobState
from bygd.workbench import difference
from bygd.workbench import snapshot as held_snapshots
from bygd.workbench.difference import Difference
from bygd.workbench.snapshot import Snapshot

INSIDE = ("warnings",)
"""Parts of a manifest that may tell of one institution's ledgers what others need not know."""
faults = logging.getLogger("bygd.snapshots")


@dataclass(frozen=True)
class Listed:
    """One snapshot of the history, and how it differs from the one before it."""

    snapshot: Snapshot
    built_at: datetime
    by: str
    changed: Difference | None
    is_current: bool
    is_published: bool


@needs(Right.SEE_POOL)
@require_GET
def snapshots(request: PlaceRequest) -> HttpResponse:
    """Every snapshot of the place, latest first."""
    shown = {
        "listed": _history(request),
        "may_publish": request.access.may(Right.PUBLISH),
        "publishing": _publishing(request),
        "failed": _failed(request),
    }
    return render(request, "snapshots/list.html", shown)


@needs(Right.SEE_POOL)
@require_GET
def snapshot(request: PlaceRequest, name: str) -> HttpResponse:
    """One snapshot: its headline beside that of the one before, and what it was made of."""
    listed = _history(request)
    at = next((number for number, one in enumerate(listed) if one.snapshot.id == name), None)
    if at is None:
        raise Http404
    earlier = listed[at + 1] if at + 1 < len(listed) else None
    found = listed[at].snapshot.manifest
    shown = {
        "one": listed[at],
        "earlier": earlier,
        "told": _said(request, name),
        "told_before": _said(request, earlier.snapshot.id) if earlier else None,
        "files": found["files"],
        "title": title,
        "warnings": found["warnings"] if _is_of_all(request, found) else None,
        "may_publish": request.access.may(Right.PUBLISH),
    }
    return render(request, "snapshots/one.html", shown)


@needs(Right.SEE_POOL)
@require_GET
def manifest(request: PlaceRequest, name: str) -> HttpResponse:
    """What a snapshot was made of, as data. What may tell of single ledgers stays with the members of all."""
    found = _found(request, name).manifest
    shown = found if _is_of_all(request, found) else {key: found[key] for key in found if key not in INSIDE}
    answer = JsonResponse(shown, json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="manifest-{name}.json"'
    return answer


@needs(Right.PUBLISH)
@require_http_methods(["GET", "POST"])
def publish(request: PlaceRequest, name: str) -> HttpResponse:
    """Show what everybody will see; when that is confirmed, publish it."""
    found = _found(request, name)
    if request.method == "POST":
        jobs.ask(request.place, JobKind.PUBLISH, request.user, told={"snapshot": found.id})
        log.record(request, "published a snapshot", found.id)
        return redirect("snapshots", request.place.slug)
    project = request.place.project
    shown = {"snapshot": found, "told": headline.of_all(project, request.language, found.id)}
    return render(request, "snapshots/publish.html", shown)


@needs(Right.PUBLISH)
@require_POST
def take_back(request: PlaceRequest) -> HttpResponse:
    """Show nothing to everybody any more."""
    log.record(request, "took a published snapshot back", request.place.published)
    published.withdraw(request.place)
    messages.success(request, request.translate("Nothing of this place is shown to everybody any more."))
    return redirect("snapshots", request.place.slug)


def _history(request: PlaceRequest) -> list[Listed]:
    project = request.place.project
    opened = held.current(project)
    current = opened.snapshot.id if opened else ""
    done = Job.objects.filter(place=request.place, kind=JobKind.BUILD.value, state=JobState.DONE.value)
    by = {job.result.get("snapshot"): job.asked_by for job in done.select_related("asked_by").order_by("id")}
    found = held_snapshots.history(project)
    return [
        Listed(
            snapshot=one,
            built_at=datetime.fromisoformat(one.manifest["built_at"]),
            by=written.name(asker, request.translate) if (asker := by.get(one.id)) else "",
            changed=difference.between(earlier, one) if earlier else None,
            is_current=one.id == current,
            is_published=one.id == request.place.published,
        )
        for earlier, one in reversed(list(zip([None, *found], found, strict=False)))
    ]


def _found(request: PlaceRequest, name: str) -> Snapshot:
    try:
        return held_snapshots.load(request.place.project, name)
    except InputError:
        raise Http404 from None


def _said(request: PlaceRequest, name: str) -> headline.Headline | None:
    """The headline of an older snapshot, as everybody may read it; None where this version cannot tell it any more."""
    try:
        return headline.of_all(request.place.project, request.language, name)
    except Exception:  # a snapshot of an older version lacks tables that this one asks for
        faults.warning("snapshot %s cannot be told by this version", name)
        return None


def _is_of_all(request: PlaceRequest, found: dict[str, Any]) -> bool:
    """Whether the person is a member of every institution whose ledger went into it."""
    anchors = {file["anchor"] for file in found["files"] if file["kind"] == "ledger"}
    return anchors <= request.access.anchors


def _publishing(request: PlaceRequest) -> Job | None:
    return Job.objects.filter(place=request.place, kind=JobKind.PUBLISH.value, state__in=OPEN).first()


def _failed(request: PlaceRequest) -> Job | None:
    """The last attempt to publish, where it failed."""
    last = Job.objects.filter(place=request.place, kind=JobKind.PUBLISH.value).first()
    return last if last and last.state == JobState.FAILED else None
