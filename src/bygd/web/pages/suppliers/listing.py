"""Listing: the suppliers of the institutions whose member one is, searched, sorted and filtered."""

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.translate import N_, Translator
from bygd.tools import spend
from bygd.tools.spend.suppliers import Supplier
from bygd.vocabulary.words import LinkState, OwnershipKind
from bygd.web.pages.review.chosen import folded
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.workbench import suppliers
from bygd.workbench.suppliers import Wanted

A_PAGE = 50
FILTERS = ("text", "anchor", "state", "ownership", "order")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

ORDERS = {"amount": N_("Most money"), "name": N_("Name"), "payments": N_("Most payments")}
"""The keys of `suppliers.ORDERS`."""


@needs(Right.SEE_ROWS)
@require_GET
def listing(request: PlaceRequest) -> HttpResponse:
    """A page of the suppliers; with `format` a file of all that fit."""
    asked, opened = request.GET, held.current(request.place.project, request.access.anchors)
    if opened is None:
        return render(request, "suppliers/list.html", {"page": None})
    wanted, order = _wanted(opened, request), asked.get("order", "")
    picked = Picked(opened, wanted, order if order in ORDERS else next(iter(ORDERS)))
    ending = asked.get("format", "")
    if ending in TYPES:
        found = picked[0 : len(picked)]
        log.record(request, "exported", f"suppliers.{ending}, {len(found)}")
        answer = HttpResponse(_file(ending, found, wanted.currency, request.translate), content_type=TYPES[ending])
        answer["Content-Disposition"] = f'attachment; filename="{request.place.slug}-suppliers.{ending}"'
        answer["Cache-Control"] = "no-store"
        return answer
    rest = {name: asked[name][:100] for name in FILTERS if asked.get(name)}
    context = {
        "page": Paginator(picked, A_PAGE).get_page(asked.get("page")),
        "asked": {name: asked.get(name, "")[:100] for name in FILTERS},
        "query": f"{urlencode(rest)}&" if rest else "",
        "orders": ORDERS,
        "states": LinkState,
        "ownerships": OwnershipKind,
        "anchors": sorted(request.access.anchors),
        "currency": wanted.currency,
        "total": picked.amount,
    }
    return render(request, "suppliers/list.html", context)


class Picked(Sequence[Supplier]):
    """The suppliers that fit, of which only those asked for are read."""

    def __init__(self, opened: Held, wanted: Wanted, order: str) -> None:
        self._opened, self._wanted, self._order = opened, wanted, order
        self._number, self.amount = opened.answer(
            ("suppliers", "total", wanted), lambda engine: suppliers.total(engine, wanted)
        )

    def __len__(self) -> int:
        return self._number

    def __getitem__(self, which: Any) -> Any:
        first, last, _step = which.indices(self._number)
        with self._opened.engine() as engine:
            return suppliers.chosen(engine, self._wanted, self._order, last - first, first)


def known(opened: Held, request: PlaceRequest, keys: Sequence[str]) -> dict[str, Supplier]:
    """The suppliers of those keys, among the held institutions'."""
    currency, by = opened.answer("currency", spend.main_currency), request.place.project.local_by
    return opened.answer(("suppliers", by, tuple(keys)), lambda engine: suppliers.by_key(engine, currency, by, keys))


def _wanted(opened: Held, request: PlaceRequest) -> Wanted:
    """What is asked for; values that mean nothing fit nobody."""
    asked = {name: request.GET.get(name, "")[:100] for name in FILTERS}
    return Wanted(
        currency=opened.answer("currency", spend.main_currency),
        local_by=request.place.project.local_by,
        anchor=asked["anchor"],
        state=asked["state"],
        ownership=asked["ownership"],
        words=tuple(folded(asked["text"]).split()),
    )


def _file(ending: str, found: list[Supplier], currency: str, _: Translator) -> str | bytes:
    grid = _grid(found, _)
    if ending == "csv":
        return sheet.sheet(grid, _.symbol(currency), _)
    target = io.BytesIO()
    workbook.tables([(grid.caption, grid)], target, _, currency, grid.caption)
    return target.getvalue()


def _grid(found: list[Supplier], _: Translator) -> Grid:
    heads = (
        Head(_("Institution")),
        Head(_("Supplier"), is_row_head=True),
        Head(_("Organisation number of the supplier")),
        Head(_("Registered name")),
        Head(_("What is known")),
        Head(_("Ownership")),
        Head(_("Ring of the place")),
        Head(_("Purchases"), Kind.MONEY),
        Head(_("Left out"), Kind.MONEY),
        Head(_("Payments"), Kind.NUMBER),
    )
    rows = [
        (
            one.anchor,
            one.name,
            one.org_id or "",
            one.registered_name or "",
            _.word(one.state),
            _.word(one.ownership),
            _.word(one.ring),
            one.amount,
            one.left_out,
            one.payments,
        )
        for one in found
    ]
    return Grid(_("Suppliers"), heads, rows)
