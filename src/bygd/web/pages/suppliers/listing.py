"""Listing: the suppliers of the institutions whose member one is, searched, sorted and filtered."""

import io
from collections.abc import Callable, Mapping
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
from bygd.tools.spend.suppliers import Supplier, suppliers
from bygd.vocabulary.words import LinkState, OwnershipKind
from bygd.web.pages.review.chosen import folded
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.places.held import Held

A_PAGE = 50
FILTERS = ("text", "anchor", "state", "ownership", "order")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

ORDERS: dict[str, tuple[str, Callable[[Supplier], Any]]] = {
    "amount": (N_("Most money"), lambda one: (-one.amount, one.name)),
    "name": (N_("Name"), lambda one: one.name.casefold()),
    "payments": (N_("Most payments"), lambda one: (-one.payments, one.name)),
}


@needs(Right.SEE_ROWS)
@require_GET
def listing(request: PlaceRequest) -> HttpResponse:
    """A page of the suppliers; with `format` a file of all that fit."""
    asked, opened = request.GET, held.current(request.place.project, request.access.anchors)
    if opened is None:
        return render(request, "suppliers/list.html", {"page": None})
    found, currency = picked(opened, everyone(opened, request), asked), opened.answer("currency", spend.main_currency)
    ending = asked.get("format", "")
    if ending in TYPES:
        log.record(request, "exported", f"suppliers.{ending}, {len(found)}")
        answer = HttpResponse(_file(ending, found, currency, request.translate), content_type=TYPES[ending])
        answer["Content-Disposition"] = f'attachment; filename="{request.place.slug}-suppliers.{ending}"'
        answer["Cache-Control"] = "no-store"
        return answer
    rest = {name: asked[name][:100] for name in FILTERS if asked.get(name)}
    context = {
        "page": Paginator(found, A_PAGE).get_page(asked.get("page")),
        "asked": {name: asked.get(name, "")[:100] for name in FILTERS},
        "query": f"{urlencode(rest)}&" if rest else "",
        "orders": {name: label for name, (label, _key) in ORDERS.items()},
        "states": LinkState,
        "ownerships": OwnershipKind,
        "anchors": sorted(request.access.anchors),
        "currency": currency,
        "total": sum(one.amount for one in found),
    }
    return render(request, "suppliers/list.html", context)


def everyone(opened: Held, request: PlaceRequest) -> list[Supplier]:
    """All suppliers of the held institutions, most purchases first."""
    currency, by = opened.answer("currency", spend.main_currency), request.place.project.local_by
    return opened.answer(("suppliers", by), lambda engine: suppliers(engine, by, currency))


def by_key(opened: Held, request: PlaceRequest) -> dict[str, Supplier]:
    """The same by their keys."""
    return opened.keep(
        ("suppliers by key", request.place.project.local_by),
        lambda: {one.supplier_key: one for one in everyone(opened, request)},
    )


def picked(opened: Held, found: list[Supplier], asked: Mapping[str, str]) -> list[Supplier]:
    """Those that fit what is asked; values that mean nothing fit nobody or are passed over."""
    order = asked.get("order", "")
    ordered = (
        opened.keep(("suppliers", order), lambda: sorted(found, key=ORDERS[order][1])) if order in ORDERS else found
    )
    wanted = {name: asked[name] for name in ("anchor", "state", "ownership") if asked.get(name)}
    words = folded(asked.get("text", "")[:100]).split()
    if not wanted and not words:
        return ordered
    texts = opened.keep("supplier texts", lambda: {one.supplier_key: _text(one) for one in found}) if words else {}
    return [
        one
        for one in ordered
        if all(getattr(one, name) == value for name, value in wanted.items())
        and all(word in texts[one.supplier_key] for word in words)
    ]


def _text(one: Supplier) -> str:
    return folded(" ".join(part for part in (one.name, one.registered_name, one.org_id, one.org_number) if part))


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
        Head(_("Organisation number")),
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
