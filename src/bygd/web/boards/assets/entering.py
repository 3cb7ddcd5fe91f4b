"""Entering: an asset put on the map, changed, seen again, taken off or put back; each is a new entry."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.tools import assets as tool
from bygd.vocabulary import tables
from bygd.vocabulary.mapping import AssetLayer, OrganisationSort, RelationKind
from bygd.web.boards.assets.forms import Asset
from bygd.web.boards.assets.labels import LABELS
from bygd.web.boards.entries import before, enter, enter_form, met
from bygd.web.pages.review.signed import signers
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import assets, entered
from bygd.workbench.assets import ASSET, KEPT
from bygd.workbench.entered import Row

PUT_ON = N_("put an asset on the map")
CHANGED = N_("changed an asset on the map")
SEEN = N_("saw an asset on the map again")
TOOK_OFF = N_("took an asset off the map")
UNDID = N_("undid a change of an asset")


@needs(Right.SEE_POOL)
@require_GET
def asset(request: PlaceRequest, asset: str) -> HttpResponse:
    """The page of one asset, with whom it is tied to and who entered what."""
    met(request, tables.asset_entries, tables.relation_entries)
    entries, row = _find(request, asset)
    project, today = request.place.project, date.today()
    names = {one[ASSET]: one["name"] for one in assets.assets(project)}
    tied = [
        {"row": one, "kind": RelationKind(one["kind"]), "first": names[one["from_key"]], "second": names[one["to_key"]]}
        for one in assets.relations(project)
        if asset in (one["from_key"], one["to_key"]) and one["from_key"] in names and one["to_key"] in names
    ]
    context = {
        "row": row,
        "layer": AssetLayer(row["layer"]),
        "sort": OrganisationSort(row["sort"]) if row["sort"] else None,
        "freshness": tool.freshness(row["last_seen"], today, assets.limits(project.country, today)),
        "history": list(reversed(_history(entries))),
        "called": signers((one["entered_by"] for one in entries), request.translate),
        "tied": tied,
        "labels": LABELS,
        "may_change": request.access.may(Right.FACILITATE),
    }
    return render(request, "boards/assets/one.html", context)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest) -> HttpResponse:
    """Put something on the map; on a walk the next form opens at once, with the same layer and source."""
    form = _form(request, None)
    _ = request.translate
    if request.method == "POST" and form.is_valid():
        row = form.row()
        made = assets.key(row["layer"], row["name"], row["place_name"])
        if any(one[ASSET] == made for one in assets.assets(request.place.project)):
            form.add_error("name", _("It stands on the map already, in the same place. Change that one instead."))
        elif enter_form(request, form, tables.asset_entries, ASSET, {**row, ASSET: made, "withdrawn": False}, PUT_ON):
            messages.success(request, _("{name} stands on the map.", name=row["name"]))
            if "again" in request.POST:
                request.session[AGAIN] = {"layer": row["layer"], "source": row["source"]}
                return redirect("asset-new", request.place.slug)
            return redirect("asset", request.place.slug, made)
    return _page(request, form, None)


AGAIN = "asset_again"
"""Where a session holds what the next item of the same walk has in common with the last one."""


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def change(request: PlaceRequest, asset: str) -> HttpResponse:
    """Change an asset: a new entry, so that what stood there before stays to be seen."""
    _entries, row = _find(request, asset)
    form, _ = _form(request, row), request.translate
    if request.method == "POST" and form.is_valid():
        said = {**form.row(), ASSET: asset, "withdrawn": False}
        if not row["withdrawn"] and all(said[name] == row[name] for name in KEPT):
            messages.info(request, _("Nothing was changed."))
            return redirect("asset", request.place.slug, asset)
        if enter_form(request, form, tables.asset_entries, ASSET, said, CHANGED):
            messages.success(request, _("Changed. What stood there before is kept below."))
            return redirect("asset", request.place.slug, asset)
    return _page(request, form, row)


@needs(Right.FACILITATE)
@require_POST
def seen(request: PlaceRequest, asset: str) -> HttpResponse:
    """It was seen today, and is as it stands."""
    _entries, row = _find(request, asset)
    enter(request, tables.asset_entries, ASSET, [{**row, "last_seen": date.today()}], SEEN, asset)
    messages.success(request, request.translate("Noted: seen today."))
    return redirect("asset", request.place.slug, asset)


@needs(Right.FACILITATE)
@require_POST
def withdraw(request: PlaceRequest, asset: str) -> HttpResponse:
    """Take an asset off the map; it can be put back."""
    _entries, row = _find(request, asset)
    if not row["withdrawn"]:
        enter(request, tables.asset_entries, ASSET, [{**row, "withdrawn": True}], TOOK_OFF, asset)
        messages.success(request, request.translate("Taken off the map. You can put it back."))
    return redirect("asset", request.place.slug, asset)


@needs(Right.FACILITATE)
@require_POST
def undo(request: PlaceRequest, asset: str) -> HttpResponse:
    """Put an asset back as it was before its latest entry; one with a single entry is taken off."""
    entries, row = _find(request, asset)
    again = before(entries, KEPT) or {**row, "withdrawn": True}
    enter(request, tables.asset_entries, ASSET, [again], UNDID, asset)
    messages.success(request, request.translate("Undone. It stands as it did before."))
    return redirect("asset", request.place.slug, asset)


def _find(request: PlaceRequest, asset: str) -> tuple[list[Row], Row]:
    """Every entry of an asset and the latest. Raises Http404 where there is none."""
    entries = entered.entries(request.place.project, tables.asset_entries, asset_key=asset)
    if not entries:
        raise Http404
    return entries, entries[-1]


def _form(request: PlaceRequest, row: Row | None) -> Asset:
    posted = request.POST if request.method == "POST" else None
    if posted is None and row is None:
        row = request.session.pop(AGAIN, None)
    return Asset(posted, translate=request.translate, project=request.place.project, before=row)


def _page(request: PlaceRequest, form: Asset, row: Row | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "boards/assets/enter.html", {"form": form, "row": row}, status=status)


def _history(entries: list[Row]) -> list[dict[str, Any]]:
    """Each entry with the columns in which it differs from the one before."""
    earlier: Row = {}
    found = []
    for entry in entries:
        differs = [name for name in KEPT if earlier and entry[name] != earlier[name]]
        came_back = bool(earlier) and earlier["withdrawn"] and not entry["withdrawn"]
        found.append({"entry": entry, "differs": differs, "is_first": not earlier, "came_back": came_back})
        earlier = entry
    return found
