"""Bringing: a file of contracts is looked at first, column by column and row by row, and then taken in or left."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.contracts.own_list import FIELDS
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.contracts.forms import MOST_BROUGHT, Bring
from bygd.web.procurements.contracts.labels import LABELS
from bygd.web.procurements.contracts.listing import anchors, held
from bygd.web.work import aside
from bygd.workbench import contracts
from bygd.workbench.contracts import Kind, Look

TOOK = N_("took in a file of contracts")
ROOM = "contracts"
SHOWN = 100


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def bring(request: PlaceRequest) -> HttpResponse:
    """Which file, and whose contracts. It is kept aside; nothing is entered yet."""
    rows, _wrong = held(request)
    posted = request.method == "POST"
    form = Bring(
        *((request.POST, request.FILES) if posted else ()),
        translate=request.translate,
        project=request.place.project,
        anchors=anchors(request, rows),
    )
    if posted and form.is_valid():
        token = _kept(request, form)
        if token:
            return redirect("contracts-look", request.place.slug, token)
    return render(request, "procurements/contracts/bring.html", {"form": form}, status=422 if form.errors else 200)


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def look(request: PlaceRequest, token: str) -> HttpResponse:
    """What the file would do: new, changed, the same, set aside; and columns nobody knows yet."""
    folder, about = aside.found(request, ROOM, token)
    if request.method == "POST":
        about["columns"] = _columns(request, about)
        aside.tell(folder, about)
        return redirect("contracts-look", request.place.slug, token)
    try:
        looked = _look(request, folder, about)
    except InputError as error:
        names = contracts.headings(folder / about["name"], request.place.project)
        shown = {
            "wrong": request.translate.said(error),
            "headings": names,
            "fields": {one: LABELS[one] for one in FIELDS},
        }
        return render(request, "procurements/contracts/unread.html", shown, status=422)
    context = {
        "token": token,
        "name": about["name"],
        "looked": looked,
        "changes": [one for one in looked.changes if one.kind is not Kind.SAME][:SHOWN],
        "aside": looked.set_aside[:SHOWN],
        "counts": looked.counts,
        "entries": looked.counts[Kind.NEW] + looked.counts[Kind.CHANGED],
        "fields": {name: LABELS[name] for name in FIELDS},
        "labels": LABELS,
        "shown": SHOWN,
    }
    return render(request, "procurements/contracts/look.html", context)


@needs(Right.PROCURE)
@require_POST
def take(request: PlaceRequest, token: str) -> HttpResponse:
    """Enter what is new and what changed, as it was looked at; the file is not kept."""
    folder, about = aside.found(request, ROOM, token)
    _ = request.translate
    try:
        looked = _look(request, folder, about)
        if looked.unused:
            return redirect("contracts-look", request.place.slug, token)
        entries = looked.entries(by(request))
        together.add(request.place, tables.contract_entries, entries)
    except InputError as error:
        shown = {"wrong": _.said(error), "headings": (), "fields": {}}
        return render(request, "procurements/contracts/unread.html", shown, status=422)
    aside.leave(folder)
    log.record(request, TOOK, f"{about['name']}: {len(entries)}")
    told = _.ngettext(
        "{number} contract was entered or changed.", "{number} contracts were entered or changed.", len(entries)
    )
    messages.success(request, told)
    return redirect("contracts", request.place.slug)


def _kept(request: PlaceRequest, form: Bring) -> str:
    """The token under which the file lies; empty, with the reason on the form, where it is too large."""
    said = form.cleaned_data
    try:
        return aside.keep(request, ROOM, said["file"], MOST_BROUGHT, anchor=said["anchor"], columns={})
    except InputError as error:
        form.add_error("file", request.translate.said(error))
        return ""


def _look(request: PlaceRequest, folder: Path, about: dict[str, Any]) -> Look:
    path = folder / about["name"]
    return contracts.look(request.place.project, [path], columns=about["columns"], anchor=about["anchor"])


def _columns(request: PlaceRequest, about: dict[str, Any]) -> dict[str, Any]:
    """What somebody said of the columns that were not known: a field for each, or to leave it out."""
    found: dict[str, Any] = dict(about["columns"])
    ignored = list(found.get("ignore", ()))
    for number in range(200):
        name, field = request.POST.get(f"name-{number}"), request.POST.get(f"field-{number}")
        if name is None:
            break
        if field in FIELDS:
            found[field] = name
        elif field == "":
            ignored.append(name)
    return {**found, "ignore": ignored}
