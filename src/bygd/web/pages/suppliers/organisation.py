"""Organisations: searched in the registers, and one page each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.engine import DuckEngine
from bygd.tools import spend
from bygd.tools.spend.suppliers import years
from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.pages.review.desk import meet
from bygd.web.pages.review.signed import signers
from bygd.web.pages.suppliers import correcting, where
from bygd.web.pages.suppliers.correcting import find
from bygd.web.pages.suppliers.listing import known
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.work.titles import title
from bygd.workbench import organisations
from bygd.workbench.review import lookup

MOST_FOUND = 50
SUPPLIERS = "SELECT supplier_key FROM payees WHERE org_id = ? AND NOT is_masked ORDER BY supplier_key"


@needs(Right.SEE_POOL)
@require_GET
def search(request: PlaceRequest) -> HttpResponse:
    """Organisations of the registers by name or number. Persons and sole traders are never found."""
    opened, text = held.current(request.place.project, request.access.anchors), request.GET.get("text", "")
    text, found = text.replace("\x00", "").strip()[:200], {}
    if opened and text:
        with opened.engine() as engine:
            ids = [one.org_id for one in lookup.search(engine, text, MOST_FOUND)]
            known = organisations.about(engine, ids)
        found = {org_id: known[org_id] for org_id in ids if org_id in known}
    context = {"found": list(found.values()), "text": text, "most": MOST_FOUND, "is_built": opened is not None}
    return render(request, "suppliers/organisations.html", context)


@needs(Right.SEE_POOL)
@require_GET
def organisation(request: PlaceRequest, org_id: str) -> HttpResponse:
    """What the registers say of it, and what the institutions whose member one is paid it.

    What others paid is not shown: the sum of a single supplier is a cell that small-cell rules always withhold.
    """
    opened, about = find(request, org_id)
    facts = opened.answer(("organisation", org_id), lambda engine: _facts(engine, org_id))
    paid = known(opened, request, facts["keys"])
    meet(request)
    classes = together.read(request.place, tables.class_decisions, subject_id=org_id)
    placed = together.read(request.place, tables.seat_decisions, subject_id=org_id)
    context = {
        "about": about,
        "register": title(about.source, request.translate),
        "owners_from": title(about.owner_source, request.translate) if about.owner_source else "",
        **facts,
        "year_name": opened.year,
        "suppliers": [paid[key] for key in facts["keys"] if key in paid],
        "currency": opened.answer("currency", spend.main_currency),
        "classes": correcting.findings(opened, classes),
        "places": where.findings(request, opened, placed),
        "called": signers((row["decided_by"] for row in (*classes, *placed)), request.translate),
        "can_correct": request.access.may(Right.CORRECT),
    }
    return render(request, "suppliers/organisation.html", context)


def _facts(engine: DuckEngine, org_id: str) -> dict[str, Any]:
    keys = [row["supplier_key"] for row in engine.rows(SUPPLIERS, org_id)]
    return {
        "keys": keys,
        "years": years(engine, keys, spend.main_currency(engine)),
        "names": organisations.names(engine, org_id),
        "workplaces": organisations.workplaces(engine, org_id),
    }
