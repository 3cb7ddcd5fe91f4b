"""Listing: the contracts of all institutions, searched, filtered and sorted, and as files."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.sources.errors import InputError
from bygd.tools.contracts import Standing
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import Reservation
from bygd.web.addresses import whole
from bygd.web.decisions import together
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.contracts import files
from bygd.web.procurements.contracts.chosen import ORDERS, RESERVED, Asked
from bygd.workbench import contracts
from bygd.workbench.contracts.known import Row

A_PAGE = 50


@needs(Right.SEE_POOL)
@require_GET
def listing(request: PlaceRequest) -> HttpResponse:
    """A page of the contracts; with `format` a file of all that fit."""
    asked, today = Asked.of(request.GET), date.today()
    rows, wrong = held(request)
    found = asked.picked(rows, today)
    ending = request.GET.get("format", "")
    if ending in files.TYPES:
        log.record(request, "exported", f"contracts.{ending}, {len(found)}")
        made = files.made(
            ending, found, request.place.project, request.translate, whole(request, request.get_full_path())
        )
        answer = HttpResponse(made, content_type=files.TYPES[ending])
        answer["Content-Disposition"] = f'attachment; filename="{request.place.slug}-contracts.{ending}"'
        return answer
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "query": asked.query,
        "orders": {name: label for name, (label, _key) in ORDERS.items()},
        "standings": Standing,
        "reservations": [word for word in Reservation if word is not Reservation.NONE],
        "any_reserved": RESERVED,
        "anchors": anchors(request, rows),
        "all": len(rows),
        "wrong": wrong,
        "may_enter": request.access.may(Right.PROCURE),
    }
    return render(request, "procurements/contracts/list.html", context)


def held(request: PlaceRequest) -> tuple[list[Row], str]:
    """The place's contracts, and what is wrong with its file where somebody edited it so that it cannot be read."""
    project = request.place.project
    try:
        together.bring_together(request.place, project, (tables.contract_entries,))
        return contracts.current(project), ""
    except InputError as error:
        return [], request.translate.said(error)


def anchors(request: PlaceRequest, rows: list[Row]) -> list[str]:
    """The institutions of the place: those with ledgers, and those with contracts."""
    named: set[Any] = {entry.source for entry in request.place.project.ledgers} | {row["anchor"] for row in rows}
    return sorted(named)
