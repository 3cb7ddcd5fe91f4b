"""Bringing: a file of contracts is looked at first, column by column and row by row, and then taken in or left."""

import json
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
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
from bygd.web.work.files import LARGE, safe
from bygd.workbench import contracts
from bygd.workbench.contracts import Kind, Look

TOOK = N_("took in a file of contracts")
PREFIX = "contracts-"
TOKEN = re.compile(r"[0-9a-f]{32}")
A_DAY = 24 * 3600
SHOWN = 100
ABOUT = "about.json"


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def bring(request: PlaceRequest) -> HttpResponse:
    """Which file, and whose contracts. It is kept aside; nothing is entered yet."""
    rows, _wrong = held(request)
    posted = request.method == "POST"
    form = Bring(
        *((request.POST, request.FILES) if posted else ()), translate=request.translate, anchors=anchors(request, rows)
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
    folder, about = _found(request, token)
    if request.method == "POST":
        about["columns"] = _columns(request, about)
        (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")
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
    folder, about = _found(request, token)
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
    shutil.rmtree(folder, ignore_errors=True)
    log.record(request, TOOK, f"{about['name']}: {len(entries)}")
    told = _.ngettext(
        "{number} contract was entered or changed.", "{number} contracts were entered or changed.", len(entries)
    )
    messages.success(request, told)
    return redirect("contracts", request.place.slug)


def _kept(request: PlaceRequest, form: Bring) -> str:
    """The token under which the file lies; empty, with the reason on the form, where it is too large."""
    upload, _ = form.cleaned_data["file"], request.translate
    name = safe(upload.name or "")
    if (upload.size or 0) > MOST_BROUGHT:
        form.add_error("file", _(LARGE, name=name, number=MOST_BROUGHT >> 20))
        return ""
    settings.UPLOADS.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep()
    token = secrets.token_hex(16)
    folder = settings.UPLOADS / f"{PREFIX}{token}"
    folder.mkdir(mode=0o700)
    with (folder / name).open("wb") as opened:
        for part in upload.chunks():
            opened.write(part)
    about = {
        "place": request.place.pk,
        "person": request.user.pk,
        "name": name,
        "anchor": form.cleaned_data["anchor"],
        "columns": {},
    }
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    return token


def _found(request: PlaceRequest, token: str) -> tuple[Path, dict[str, Any]]:
    """The folder of a file that this person brought to this place, and what is known of it. Raises Http404."""
    folder: Path = settings.UPLOADS / f"{PREFIX}{token}"
    if not TOKEN.fullmatch(token) or not (folder / ABOUT).exists():
        raise Http404
    about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    if about["place"] != request.place.pk or about["person"] != request.user.pk:
        raise Http404
    return folder, about


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


def _sweep() -> None:
    """Files that nobody took in within a day are gone."""
    for folder in settings.UPLOADS.glob(f"{PREFIX}*"):
        if time.time() - folder.stat().st_mtime > A_DAY:
            shutil.rmtree(folder, ignore_errors=True)
