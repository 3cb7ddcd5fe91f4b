"""Leaving: where money leaves the place, by figures of all institutions together that may be published."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bygd.reports import gaps as told
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.mapping import AssetLayer
from bygd.web.boards.entries import met
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.procurements.gaps.asked import pool
from bygd.workbench import assets

MOST = 12


@needs(Right.SEE_POOL)
@require_safe
def leaving(request: PlaceRequest) -> HttpResponse:
    """The kinds of purchase of which most leaves, as the public figures say, and what people mapped of it."""
    wrong, _ = met(request, tables.asset_entries), request.translate
    gaps, currency = [], ""
    if not wrong and held.current(request.place.project) is not None:
        try:
            found, pooled = pool(request)
            currency = pooled.which.currency
            gaps = sorted((gap for gap in found if gap.yearly > 0), key=lambda gap: -gap.yearly)[:MOST]
        except InputError as error:
            wrong = _.said(error)
    rows = [] if wrong else assets.assets(request.place.project)
    context = {
        "gaps": gaps,
        "currency": currency,
        "covers": told.covers(gaps[0].lengths, _) if gaps else "",
        "mapped": [row for row in rows if row["layer"] == AssetLayer.EXTRACTION],
        "wrong": wrong,
        "has_snapshot": held.current(request.place.project) is not None,
    }
    return render(request, "boards/assets/leaving.html", context)
