"""Listing: all cases of a place, what is stuck, and who helps whom, with the market gaps each could meet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.reports import gaps as told
from bygd.sources.errors import InputError
from bygd.tools.cases import Case
from bygd.tools.gaps import Gap
from bygd.vocabulary import tables
from bygd.web.boards.entries import met
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.procurements.gaps.asked import pool
from bygd.workbench import cases

MOST = 15
OPEN, STUCK, CLOSED = "open", "stuck", "closed"


@needs(Right.SEE_POOL)
@require_GET
def listing(request: PlaceRequest) -> HttpResponse:
    """The cases, those that are stuck first."""
    wrong, found = everything(request)
    kinds = cases.kinds(request.place.project)
    asked = {name: request.GET.get(name, "")[:60] for name in ("kind", "show")}
    show = asked["show"] if asked["show"] in (OPEN, STUCK, CLOSED) else OPEN
    chosen = [
        case
        for case in found
        if (not asked["kind"] or case.row["kind"] == asked["kind"])
        and (case.result is not None if show == CLOSED else case.result is None)
        and (show != STUCK or case.stuck)
    ]
    context = {
        "listed": chosen,
        "all": len(found),
        "open": sum(case.result is None for case in found),
        "stuck": sum(bool(case.stuck) for case in found),
        "kinds": kinds,
        "used": [kinds[id] for id in dict.fromkeys(case.row["kind"] for case in found) if id in kinds],
        "asked": {**asked, "show": show},
        "wrong": wrong,
        "may_change": request.access.may(Right.FACILITATE),
    }
    return render(request, "boards/cases/list.html", context)


@needs(Right.SEE_POOL)
@require_GET
def helping(request: PlaceRequest) -> HttpResponse:
    """Who helps whom, what is stuck, and which of the institutions' demand each case could meet."""
    wrong, found = everything(request)
    gaps, currency = pooled(request)
    by_gap = cases.could_meet(found)
    wanted = [(gap, by_gap.get(gap.label.casefold(), by_gap.get(gap.kind, []))) for gap in gaps]
    context = {
        "helpers": cases.helpers(found),
        "alone": [case for case in found if case.result is None and not cases.lines(case.row["helper"])],
        "stuck": [case for case in found if case.stuck],
        "wanted": sorted(wanted, key=lambda pair: not pair[1])[:MOST],
        "currency": currency,
        "covers": told.covers(gaps[0].lengths, request.translate) if gaps else "",
        "wrong": wrong,
    }
    return render(request, "boards/cases/helping.html", context)


def everything(request: PlaceRequest) -> tuple[str, list[Case]]:
    """What is wrong with the project's files, and every case as it stands today."""
    wrong = met(request, tables.case_entries, tables.case_events)
    return (wrong, []) if wrong else ("", cases.all_of(request.place.project))


def pooled(request: PlaceRequest) -> tuple[list[Gap], str]:
    """The gaps of all institutions together that may be told, most money first, and their currency."""
    if held.current(request.place.project) is None:
        return [], ""
    try:
        found, of_all = pool(request)
    except InputError:  # so few suppliers that nothing may be told
        return [], ""
    return sorted((gap for gap in found if gap.yearly > 0), key=lambda gap: -gap.yearly), of_all.which.currency
