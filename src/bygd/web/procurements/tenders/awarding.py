"""From scores to the award: the ranking and what it hangs on, the decision, its report, and the log."""

import io
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports.charts import tenders as charts
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.drawing import draw
from bygd.reports.tenders import told
from bygd.reports.tenders.award import write_award
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools import tenders as tool
from bygd.tools.tenders import AMOUNTS, MODELS, Bid, Scheme
from bygd.web.people import log as audit
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import log, plan, standstill
from bygd.web.procurements.tenders.evaluating import Award
from bygd.web.procurements.tenders.models import Tender
from bygd.web.procurements.tenders.receiving import TYPES, attachment
from bygd.web.procurements.tenders.report import parts
from bygd.web.procurements.tenders.team import Deed, enter
from bygd.web.procurements.tenders.words import State


@needs(Right.SEE_POOL)
@require_safe
def ranking(request: PlaceRequest, number: int) -> HttpResponse:
    """The bids in order, whether that hangs on a bid that does not win, and how far weights could be otherwise."""
    here = enter(request, number, Deed.RESULT)
    found, _ = here.tender, request.translate
    shown: dict[str, Any] = {"tender": found, "here": here, "Deed": Deed, "problem": ""}
    try:
        scheme, bids = plan.scheme(found), plan.compared(found)
        ranked = tool.rank(scheme, bids)
    except InputError as error:
        return render(request, "procurements/tenders/ranking.html", {**shown, "problem": _.said(error)})
    shown |= {
        "about": MODELS[scheme.model],
        "model": scheme.model,
        "grid": told.table(ranked, found.currency, _),
        "outcome": told.outcome(ranked, _),
        "dependence": told.dependence(scheme, bids, found.currency, _),
        "is_warned": bool(told.warnings(scheme, bids, found.currency, _)),
        "sensitivity": told.sensitivity(scheme, bids, found.currency, _),
        "stretches": _stretches(scheme, bids, found.currency, _),
        "swings": [
            (one.code, *(told.result(n, scheme, found.currency, _) for n in (one.less, one.now, one.more)))
            for one in tool.tornado(scheme, bids)
        ],
        "charts": [(width, list(_charts(scheme, bids, _, width))) for width in (WIDE, NARROW)],
    }
    return render(request, "procurements/tenders/ranking.html", shown)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def award(request: PlaceRequest, number: int) -> HttpResponse:
    """Award the contract to who came first. Where several did, the lead says which by what the tender stated."""
    here = enter(request, number, Deed.AWARD)
    found, _ = here.tender, request.translate
    try:
        ranked = tool.rank(plan.scheme(found), plan.compared(found))
    except InputError as error:
        messages.error(request, _.said(error))
        return redirect("tender-ranking", request.place.slug, number)
    first = list(found.standing().filter(firm__in=ranked.winners))
    form = Award(request.POST or None, translate=_, first=first)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            held = Tender.objects.select_for_update(of=("self",)).get(pk=number)
            winner = next(one for one in first if str(one.pk) == form.cleaned_data["winner"])
            # Scores may have been moderated anew, or a bid taken out, since the order was looked at.
            is_first = held.state == State.MODERATED and winner.firm in _winners(held)
            if is_first:
                held.winner, held.state = winner, State.AWARDED.value
                held.award_reason, held.awarded_at = form.cleaned_data["reason"], timezone.now()
                held.save(update_fields=["winner", "state", "award_reason", "awarded_at"])
                log.write(held, request.user, log.AWARDED, winner.firm, after=held.award_reason)
        if not is_first:
            return redirect("tender-ranking", request.place.slug, number)
        audit.record(request, log.AWARDED, found.number)
        messages.success(request, _("The contract is awarded. The report is ready."))
        return redirect("tender-report", request.place.slug, number)
    shown = {
        "tender": found,
        "form": form,
        "outcome": told.outcome(ranked, _),
        "standstill": standstill.lines(found, _),
    }
    return render(request, "procurements/tenders/award.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL)
@require_safe
def report(request: PlaceRequest, number: int) -> HttpResponse:
    """The award report, to read and to print."""
    here = enter(request, number, Deed.RESULT)
    shown = {"tender": here.tender, "here": here, "Deed": Deed, "State": State,
             "parts_of_report": parts(here.tender, request.translate)}  # fmt: skip
    return render(request, "procurements/tenders/report.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def report_file(request: PlaceRequest, number: int) -> HttpResponse:
    """The same as a document."""
    here = enter(request, number, Deed.RESULT)
    held = io.BytesIO()
    title = request.translate("Award report: {title}", title=here.tender.title)
    write_award(title, parts(here.tender, request.translate), request.translate, held)
    audit.record(request, "downloaded an award report", here.tender.number)
    return attachment(held.getvalue(), f"{here.tender.numbered}.docx", TYPES["docx"])


@needs(Right.SEE_POOL)
@require_safe
def entries(request: PlaceRequest, number: int) -> HttpResponse:
    """The log of the tender: who did what when, and what it was before. It is added to and never changed.

    That bids came is shown once they are opened; scores of others once they are moderated, and to
    whoever is not of the team once the contract is awarded.
    """
    here = enter(request, number, Deed.LOG)
    listed = here.tender.entries.select_related("person")
    if here.tender.opened_at is None:
        listed = listed.exclude(is_sealed=True)
    elif here.is_in(State.NEGOTIATING):
        asked = here.tender.rounds.order_by("-pk")[:1].get()
        listed = listed.exclude(is_sealed=True, at__gte=asked.asked_at)
    if not (here.judges and here.is_in(State.MODERATED)) and not here.is_in(State.AWARDED):
        hidden = listed.filter(is_own=True).exclude(person=request.user)
        listed = listed.exclude(pk__in=hidden.values("pk"))
        if not here.judges:
            listed = listed.exclude(did__in=(log.MODERATED, log.EXCLUDED, log.LET_IN, log.READ))
    page = Paginator(listed, 100).get_page(request.GET.get("page"))
    shown = {"tender": here.tender, "page": page, "told": log.in_words}
    return render(request, "procurements/tenders/log.html", shown)


def _winners(held: Tender) -> tuple[str, ...]:
    """Who is in the first place now; nobody where bids cannot be compared."""
    try:
        return tool.rank(plan.scheme(held), plan.compared(held)).winners
    except InputError:
        return ()


def _stretches(scheme: Scheme, bids: list[Bid], currency: str, _: Translator) -> list[tuple[str, str, str]]:
    """From where to where who wins, as the weight of price or the value of quality goes through all it could be."""
    found = tool.price_range(scheme, bids)
    if found is None:
        return []

    def written(value: Fraction) -> str:
        return told.percent(value, _) if found.what == tool.PRICE else told.money(value, currency, _)

    return [(written(one.low), written(one.high), ", ".join(one.winners)) for one in found.stretches]


def _charts(scheme: Scheme, bids: list[Bid], _: Translator, width: int) -> Any:
    found, ranked = tool.price_range(scheme, bids), tool.rank(scheme, bids)
    if found is not None and len(bids) > 1:
        is_share, high = found.what == tool.PRICE, found.stretches[-1].high
        rows: list[dict[str, Any]] = []
        for row in ranked.rows:
            price = float(row.bid.price or 0)
            ends = (100 * float(row.quality), 100 * float(row.price_share or 0))
            if not is_share:
                ends = (price, price - float(high * row.quality))
            rows += [
                {"bid": row.bid.name, "x": float(at), "y": y} for at, y in zip((Fraction(0), high), ends, strict=True)
            ]
        spec = charts.by_weight(
            rows,
            float(found.now),
            _,
            what=_("Weight of price") if is_share else _("What the best quality is worth"),
            result=_("Points") if is_share else _("Comparison sum"),
            is_share=is_share,
            width=width,
        )
        yield draw(spec, f"weight-{width}", _)
    swings = tool.tornado(scheme, bids)
    if swings:
        swung = [
            {"name": one.code, "less": float(one.less), "more": float(one.more), "now": float(one.now)}
            for one in swings
        ]
        lead = _("Lead, as a sum") if scheme.model in AMOUNTS else _("Lead in points")
        yield draw(charts.tornado(swung, _, lead=lead, width=width), f"tornado-{width}", _)
