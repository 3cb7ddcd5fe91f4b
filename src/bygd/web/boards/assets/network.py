"""Network: who works with whom, as a picture and a table, and where a tie is added or taken out."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bygd.reports import drawing
from bygd.reports.charts import assets as charts
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.translate import N_
from bygd.vocabulary import tables
from bygd.vocabulary.mapping import AssetLayer, RelationKind
from bygd.web.boards.assets.forms import Tie
from bygd.web.boards.entries import enter, met
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import assets, entered
from bygd.workbench.assets import RELATION
from bygd.workbench.entered import Row

ADDED = N_("added a tie between organisations")
TOOK_OUT = N_("took out a tie between organisations")
MOST_LISTED = 200


@needs(Right.SEE_POOL)
@require_GET
def network(request: PlaceRequest) -> HttpResponse:
    """Who bridges, who stands alone and who is missing."""
    wrong = met(request, tables.asset_entries, tables.relation_entries)
    listed = [] if wrong else _organisations(request)
    return _shown(request, listed, Tie(translate=request.translate, organisations=listed), wrong)


@needs(Right.FACILITATE)
@require_POST
def tie(request: PlaceRequest) -> HttpResponse:
    """Add a tie between two organisations."""
    wrong, _ = met(request, tables.asset_entries, tables.relation_entries), request.translate
    listed = [] if wrong else _organisations(request)
    form = Tie(request.POST, translate=_, organisations=listed)
    if not form.is_valid():
        return _shown(request, listed, form, wrong)
    said = form.cleaned_data
    made = assets.relation_key(said["from_key"], said["kind"], said["to_key"])
    row = {**said, RELATION: made, "note": None, "withdrawn": False}
    enter(request, tables.relation_entries, RELATION, [row], ADDED, made)
    messages.success(request, _("The tie is added."))
    return redirect("assets-network", request.place.slug)


def _organisations(request: PlaceRequest) -> list[Row]:
    return [row for row in assets.assets(request.place.project) if row["layer"] == AssetLayer.ORGANISATION]


def _shown(request: PlaceRequest, listed: list[Row], form: Tie, wrong: str) -> HttpResponse:
    project, _ = request.place.project, request.translate
    found = assets.of_project(project) if not wrong else None
    names = {row["asset_key"]: row["name"] for row in listed}
    relations = [
        {"row": one, "kind": RelationKind(one["kind"]), "first": names[one["from_key"]], "second": names[one["to_key"]]}
        for one in (assets.relations(project) if not wrong else ())
        if one["from_key"] in names and one["to_key"] in names
    ]
    title = _("Who works with whom?")
    pictures = [
        (size, drawing.draw(charts.ties(found, _, title=title, width=width), f"ties-{size}", _))
        for size, width in (("wide", WIDE), ("narrow", NARROW))
        if found and found.members
    ]
    context = {
        "found": found,
        "pictures": pictures,
        "names": names,
        "relations": relations[:MOST_LISTED],
        "form": form,
        "may_change": request.access.may(Right.FACILITATE),
        "wrong": wrong,
        "today": date.today(),
    }
    return render(request, "boards/assets/network.html", context, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def untie(request: PlaceRequest, relation: str) -> HttpResponse:
    """Take a tie out; entering it again puts it back."""
    entries = entered.entries(request.place.project, tables.relation_entries, relation_key=relation)
    if not entries:
        raise Http404
    enter(request, tables.relation_entries, RELATION, [{**entries[-1], "withdrawn": True}], TOOK_OUT, relation)
    messages.success(request, request.translate("The tie is taken out. Enter it again to put it back."))
    return redirect("assets-network", request.place.slug)
