"""One supplier: what it was paid, who, where and whose it is, why, and what people said of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.engine import DuckEngine
from bygd.linkage.cases import read_cases
from bygd.linkage.thresholds import DEFAULT
from bygd.reports.explanation.sentences import sentences
from bygd.tools import spend
from bygd.tools.spend.suppliers import Supplier, bought, years
from bygd.vocabulary import tables
from bygd.vocabulary.words import GroupBasis, Ring, SizeBand
from bygd.web.decisions import together
from bygd.web.decisions.since import since
from bygd.web.pages.review import showing
from bygd.web.pages.review.desk import Desk, meet
from bygd.web.pages.review.signed import named, signers
from bygd.web.pages.suppliers import correcting, where
from bygd.web.pages.suppliers.listing import known
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.work.titles import title
from bygd.workbench import called, organisations

MOST_BOUGHT = 20

SEAT = """
    SELECT s.seat_ring, s.branch_ring, s.how, a.name AS seat, b.name AS branch FROM seats AS s
    LEFT JOIN areas AS a ON a.area_id = s.seat_id LEFT JOIN areas AS b ON b.area_id = s.branch_id
    WHERE s.supplier_key = ?
"""

MATES = """
    SELECT m.supplier_key, s.name, s.anchor, m.basis FROM supplier_groups AS g
    JOIN supplier_groups AS m ON m.group_key = g.group_key AND m.supplier_key <> g.supplier_key
    JOIN suppliers AS s ON s.supplier_key = m.supplier_key
    WHERE g.supplier_key = ? ORDER BY s.anchor, s.name
"""

WHOSE = "SELECT ownership, size_band, basis, source FROM ownerships WHERE supplier_key = ?"


@needs(Right.SEE_ROWS)
@require_GET
def supplier(request: PlaceRequest, supplier_key: str) -> HttpResponse:
    """The page of a supplier of an institution whose member one is; of the masked only label and money."""
    _, opened = request.translate, held.current(request.place.project, request.access.anchors)
    one = known(opened, request, [supplier_key]).get(supplier_key) if opened else None
    if opened is None or one is None:
        raise Http404
    currency = opened.answer("currency", spend.main_currency)
    facts = opened.answer(("supplier", supplier_key), lambda engine: _facts(engine, one, currency))
    context: dict[str, Any] = {"one": one, "currency": currency, "year_name": opened.year, **facts}
    listed = facts["about"].owner_source if facts["about"] else None
    context |= {"owners_from": title(listed, _) if listed else ""}
    context |= {"words": [], "classes": [], "places": [], "reasons": [], "case_key": None, "can_correct": False}
    if not one.is_masked:
        meet(request)
        at_desk = Desk(request.place.project, opened, since(opened, request.place))
        case = at_desk.by_supplier.get(supplier_key)
        subjects = [supplier_key, *([one.org_id] if one.org_id else [])]
        classes = together.read(request.place, tables.class_decisions, subject_id__in=subjects)
        placed = together.read(request.place, tables.seat_decisions, subject_id__in=subjects)
        context |= {
            "case_key": case.case_key if case and request.access.may(Right.REVIEW) else None,
            "words": showing.words(request.place, opened, [supplier_key], _),
            "classes": correcting.findings(opened, classes),
            "places": where.findings(request, opened, placed),
            "called": signers((row["decided_by"] for row in (*classes, *placed)), _),
            "reasons": sentences(named(facts["case"], _), DEFAULT, _) if facts["case"] else [],
            "can_correct": request.access.may(Right.CORRECT),
        }
    return render(request, "suppliers/supplier.html", context)


def _facts(engine: DuckEngine, one: Supplier, currency: str) -> dict[str, Any]:
    """What the snapshot says of it."""
    key = one.supplier_key
    found: dict[str, Any] = {"years": years(engine, [key], currency)}
    found |= {"bought": bought(engine, [key], currency, MOST_BOUGHT)}
    if one.is_masked:
        return found | {"case": None, "about": None, "mates": [], "seat": None, "whose": None}
    cases = [called.told(engine, case) for case in read_cases(engine, [key])]
    seat, whose = next(iter(engine.rows(SEAT, key)), None), next(iter(engine.rows(WHOSE, key)), None)
    return found | {
        "case": cases[0] if cases else None,
        "about": organisations.about(engine, [one.org_id]).get(one.org_id) if one.org_id else None,
        "mates": [
            {**row, "basis": GroupBasis(row["basis"])}
            for row in (engine.rows(MATES, key) if engine.has(tables.supplier_groups) else [])
        ],
        "seat": {**seat, "seat_ring": Ring(seat["seat_ring"]), "branch_ring": Ring(seat["branch_ring"])}
        if seat
        else None,
        "whose": {**whose, "size_band": SizeBand(whose["size_band"])} if whose else None,
    }
