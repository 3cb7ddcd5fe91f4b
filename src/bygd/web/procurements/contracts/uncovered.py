"""Uncovered: what one's own institutions bought outside contracts, by supplier and by what was bought."""

from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.engine import DuckEngine
from bygd.reports.translate import N_, Translator
from bygd.tools.contracts import Money, Sums, WhyUnsure, by_supplier, parts, summed
from bygd.tools.contracts.figures import reasons, share_outside
from bygd.vocabulary import tables
from bygd.vocabulary.years import named
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held as snapshots
from bygd.web.procurements.contracts.listing import held
from bygd.workbench import decisions
from bygd.workbench.contracts import told
from bygd.workbench.contracts.outside import Found, held_against

A_PAGE = 50
MOST = 30
DEFINITION = N_(
    "Share of purchases that were paid to suppliers without a contract running on the day of payment, of the "
    "purchases of which it can be told. The lower bound counts all that cannot be told as under a contract, the "
    "upper bound as outside. Not given where less than a fifth of the money can be told."
)
"""What `tools.contracts.figures` says of the share."""


@needs(Right.SEE_ROWS)
@require_GET
def outside(request: PlaceRequest) -> HttpResponse:
    """The share with its range, the reasons of doubt, and the suppliers and kinds with most money outside contracts."""
    project, access = request.place.project, request.access
    opened = snapshots.current(project, access.anchors)
    rows, wrong = held(request)
    if opened is None or wrong:
        return render(request, "procurements/contracts/outside.html", {"found": None, "wrong": wrong})
    own = [row for row in rows if row["anchor"] in access.anchors]
    name, manifest = opened.snapshot.id, opened.manifest

    def make(engine: DuckEngine) -> Found:
        return held_against(engine, project, date.today(), own, name, manifest)

    # A snapshot never changes, but the register does: what was entered is part of what was asked.
    stamp = decisions.fingerprint(project, tables.contract_entries)
    found = opened.answer(("outside contracts", stamp, date.today()), make)
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ("anchor", "year", "category")}
    money = [one for one in found.money if _fits(one, asked)]
    if request.GET.get("format") == "csv":
        log.record(request, "exported", f"outside-contracts.csv, {len(money)}")
        answer = HttpResponse(
            told.as_csv(map(told.money_row, money), told.MONEY), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="{request.place.slug}-outside-contracts.csv"'
        answer["Cache-Control"] = "no-store"
        return answer
    suppliers = [(key, sums) for key, sums in by_supplier(money) if _counts(sums)]
    rest = {name: value for name, value in asked.items() if value}
    context = {
        "found": found,
        "wrong": "",
        "sums": parts(money),
        "share": share_outside(parts(money)),
        "reasons": [(why, amount) for why, amount in reasons(money) if amount],
        "page": Paginator(suppliers, A_PAGE).get_page(request.GET.get("page")),
        "categories": [(key[0], sums) for key, sums in summed(money, ("category",)) if sums.outside > 0][:MOST],
        "asked": asked,
        "query": f"{urlencode(rest)}&" if rest else "",
        "anchors": sorted(access.anchors),
        "year_name": partial(named, month=project.year_starts),
        "years": sorted({one.year for one in found.money}),
        "currency": found.currency,
        "card": _card(found, request.translate),
        "has_register": {row["anchor"] for row in own},
        "why": WhyUnsure,
    }
    return render(request, "procurements/contracts/outside.html", context)


def _fits(one: Money, asked: dict[str, str]) -> bool:
    return (
        (not asked["anchor"] or one.anchor == asked["anchor"])
        and (not asked["year"] or str(one.year) == asked["year"])
        and (not asked["category"] or one.category == asked["category"])
    )


def _counts(sums: Sums) -> bool:
    return sums.outside > 0


def _card(found: Found, _: Translator) -> list[tuple[str, str]]:
    """How the share was counted, in the terms of every method card."""
    figure = next(one for one in found.figures if one.id == "contracts.outside_share" and one.anchor is None)
    return [
        (_("Definition"), _(DEFINITION)),
        (_("Period"), figure.period),
        (_("Sources"), "; ".join(figure.sources)),
        (_("Snapshot"), figure.snapshot),
        (_("Id"), figure.id),
    ]
