"""Bringing: a file of assets is looked at first, row by row, and then taken in or left."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.mapping import AssetLayer
from bygd.web.boards.assets.forms import Bring
from bygd.web.boards.assets.labels import LABELS
from bygd.web.boards.entries import enter, met
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.work import aside
from bygd.workbench import assets
from bygd.workbench.assets import ASSET, Look
from bygd.workbench.assets.reading import MOST_BYTES

TOOK = N_("took in a file of assets")
ROOM = "assets"
SHOWN = 100


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def bring(request: PlaceRequest) -> HttpResponse:
    """Which file. It is kept aside; nothing is entered yet."""
    posted = request.method == "POST"
    form = Bring(*((request.POST, request.FILES) if posted else ()), translate=request.translate)
    if posted and form.is_valid() and (token := _kept(request, form)):
        return redirect("assets-look", request.place.slug, token)
    return render(request, "boards/assets/bring.html", {"form": form}, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_GET
def look(request: PlaceRequest, token: str) -> HttpResponse:
    """What the file would do: new, changed, the same, set aside."""
    folder, about = aside.found(request, ROOM, token)
    met(request, tables.asset_entries, tables.relation_entries)
    try:
        looked = _look(request, folder, about)
    except InputError as error:
        shown = {"wrong": request.translate.said(error)}
        return render(request, "boards/assets/unread.html", shown, status=422)
    context = {
        "token": token,
        "name": about["name"],
        "looked": looked,
        "counts": looked.counts,
        "entries": len(looked.entries),
        "changes": [one for one in looked.changes if one.kind != "same"][:SHOWN],
        "aside": looked.set_aside[:SHOWN],
        "labels": LABELS,
        "kinds": {layer.value: layer for layer in AssetLayer},
        "shown": SHOWN,
    }
    return render(request, "boards/assets/look.html", context)


@needs(Right.FACILITATE)
@require_POST
def take(request: PlaceRequest, token: str) -> HttpResponse:
    """Enter what is new and what changed, as it was looked at; the file is not kept."""
    folder, about = aside.found(request, ROOM, token)
    _ = request.translate
    try:
        entries = _look(request, folder, about).entries
        enter(request, tables.asset_entries, ASSET, entries, TOOK, f"{about['name']}: {len(entries)}")
    except InputError as error:
        return render(request, "boards/assets/unread.html", {"wrong": _.said(error)}, status=422)
    aside.leave(folder)
    told = _.ngettext("{number} item was put on the map.", "{number} items were put on the map.", len(entries))
    messages.success(request, told)
    return redirect("assets", request.place.slug)


def _kept(request: PlaceRequest, form: Bring) -> str:
    """The token under which the file lies; empty, with the reason on the form, where it is too large."""
    try:
        return aside.keep(request, ROOM, form.cleaned_data["file"], MOST_BYTES, layer=form.cleaned_data["layer"])
    except InputError as error:
        form.add_error("file", request.translate.said(error))
        return ""


def _look(request: PlaceRequest, folder: Path, about: dict[str, Any]) -> Look:
    layer = AssetLayer(about["layer"]) if about["layer"] else None
    return assets.look(request.place.project, folder / about["name"], layer=layer)
