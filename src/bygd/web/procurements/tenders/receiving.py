"""Receiving bids: the template, links for bidders, bids taken in under seal, and their opening by two together."""

import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.parameters.sentences import in_language
from bygd.reports import Translator
from bygd.reports.tenders import write_document, write_workbook
from bygd.reports.tenders.reading import told
from bygd.reports.translate import LANGUAGES
from bygd.sources.errors import InputError
from bygd.sources.files import office
from bygd.tools.tenders import PriceModel
from bygd.web.people import log as audit
from bygd.web.people.gate import PlaceRequest, needs, open_to_all
from bygd.web.people.models import Person
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import appendices, inquiries, intake, log, plan
from bygd.web.procurements.tenders.evaluating import GiveBack, TakeOut, Upload
from bygd.web.procurements.tenders.models import Invitation, Tender
from bygd.web.procurements.tenders.team import Deed, enter, standing
from bygd.web.procurements.tenders.words import State

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_SENT = office.MOST_BYTES + (1 << 20)
"""Bytes of a request with a bid: its file and what stands around it."""
WRITERS = {"xlsx": write_workbook, "docx": write_document}


@needs(Right.SEE_POOL)
@require_safe
def template(request: PlaceRequest, number: int, kind: str) -> HttpResponse:
    """The template for answers, in the language asked for by `in`, else of the request."""
    return _template(request, enter(request, number, Deed.SEE).tender, kind, request.language)


@needs(Right.SEE_POOL)
@never_cache
@require_POST
def invite(request: PlaceRequest, number: int) -> HttpResponse:
    """A link by which one bid may be brought without an account. It is shown this once; nothing says whose it is."""
    found = enter(request, number, Deed.TAKE_IN).tender
    secret = intake.invite(found, request.user)
    address = (settings.ADDRESS or f"{request.scheme}://{request.get_host()}") + reverse("bid-outside", args=[secret])
    return render(request, "procurements/tenders/invited.html", {"tender": found, "address": address})


@needs(Right.SEE_POOL)
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: PlaceRequest, number: int) -> HttpResponse:
    """Take in a bid that came by mail or on paper; from then on it is sealed for whoever took it in as well."""
    found = enter(request, number, Deed.TAKE_IN).tender
    withdraws = "receipt" in request.POST
    brings = request.method == "POST" and not withdraws
    form = Upload(*((request.POST, request.FILES) if brings else ()), translate=request.translate)
    back = TakeOut(request.POST if withdraws else None, translate=request.translate)
    faults: list[str] = []
    if withdraws and back.is_valid():
        try:
            intake.take_out(found, back.cleaned_data["receipt"], back.cleaned_data["why"], request.user)
        except InputError as error:
            back.add_error("receipt", request.translate.said(error))
        else:
            messages.success(request, request.translate("The bid is withdrawn. Nobody opened it."))
            return redirect("tender", request.place.slug, number)
    elif brings and form.is_valid():
        try:
            digest = intake.take(found, form.cleaned_data["file"], request.user)
        except InputError as error:
            faults = told(error, request.translate)
        else:
            messages.success(
                request,
                request.translate(
                    "The bid is taken in and sealed. Its receipt: {digest}", digest=digest[: intake.SHOWN]
                ),
            )
            return redirect("tender", request.place.slug, number)
    status = 422 if form.errors or back.errors or faults else 200
    shown = {"tender": found, "form": form, "back": back, "faults": faults}
    return render(request, "procurements/tenders/bring.html", shown, status=status)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def opening(request: PlaceRequest, number: int) -> HttpResponse:
    """Open the bids: one asks for it, another does it. Never before the time is over."""
    found = enter(request, number, Deed.OPEN).tender
    _ = request.translate
    if request.method == "POST":
        try:
            with transaction.atomic():
                opened = _open(request, found)
        except InputError as error:
            messages.error(request, _.said(error))
            return redirect("tender", request.place.slug, number)
        if opened:
            audit.record(request, log.OPENED, found.number)
            messages.success(request, _("The bids are open."))
            return redirect("tender-bids" if _sees(request, number) else "tender", request.place.slug, number)
        return redirect("tender-opening", request.place.slug, number)
    first = found.opening_asked_by
    number_of_bids = found.bids.filter(firm="").count()
    shown = {"tender": found, "first": first, "is_first": first == request.user, "bids": number_of_bids}
    return render(request, "procurements/tenders/opening.html", shown)


def _open(request: PlaceRequest, found: Tender) -> bool:
    """Whether this was the second of two; the first is only noted. One who is out by now does not count as first.

    All lots that bids came for are opened together, revised bids by themselves. All are held: two may ask at once, each
    on the page of another lot.
    """
    locked = found.held()
    held = next(one for one in locked if one.pk == found.pk)
    if held.state not in (State.PUBLISHED, State.NEGOTIATING) or not held.is_closed():
        return False
    lots = [held]
    if held.state == State.PUBLISHED:
        lots += [one for one in locked if one.pk != held.pk and one.state == State.PUBLISHED and one.is_closed()]
    first = held.opening_asked_by
    member = held.members.filter(person=first).first() if first else None
    if member is None or member.conflicted_at is not None or not member.duties:
        first = None
    if first is None:
        for one in lots:
            one.opening_asked_by = request.user
            one.save(update_fields=["opening_asked_by"])
            log.write(one, request.user, log.ASKED_TO_OPEN)
        return False
    if first == request.user:
        return False
    for one in lots:
        _unseal(one, request.user, first)
    return True


def _unseal(held: Tender, by: Person, first: Person) -> None:
    """The lot's bids opened. After revised ones came, evaluators score again."""
    number = held.bids.filter(firm="").count()
    intake.open_all(held)
    now = timezone.now()
    if held.state == State.NEGOTIATING:
        held.rounds.filter(opened_at=None).update(opened_at=now)
        held.members.update(locked_at=None)
    else:
        held.opened_at = now
    held.state = State.OPENED.value
    held.save(update_fields=["state", "opened_at"])
    log.write(held, by, log.OPENED, first.label, after=str(number))


def _sees(request: PlaceRequest, number: int) -> bool:
    return standing(request, Tender.objects.get(pk=number)).may(Deed.CLEAR)


@csrf_exempt  # whoever has the address may bring the bid; there is no session here that could be misused
@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of a bidder's link: templates to fetch, a bid to bring; a later one stands in for the earlier.

    What was brought may be withdrawn; the page looks the same whether something was brought or not.
    """
    invitation = intake.find(secret)
    translate: Translator = request.translate  # type: ignore[attr-defined]
    if invitation is None:
        withdrawn = intake.was_withdrawn(secret)
        return render(
            request, "procurements/tenders/no_link.html", {"withdrawn": withdrawn}, status=410 if withdrawn else 404
        )
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT:
        return HttpResponse(status=413)  # before anything of it is kept anywhere
    lots = _lots(invitation)
    found = _chosen(lots, request.POST.get("lot", ""))
    withdraws, asks = (request.method == "POST" and name in request.POST for name in ("receipt", "question"))
    brings = request.method == "POST" and not withdraws and not asks
    form = Upload(*((request.POST, request.FILES) if brings else ()), translate=translate)
    back = GiveBack(request.POST if withdraws else None, translate=translate)
    asking = inquiries.Ask(request.POST if asks else None, translate=translate)
    shown: dict[str, Any] = {"tender": found, "head": invitation.tender, "secret": secret, "form": form, "back": back,
             "revises": invitation.revises, "lots": lots, "faults": [], "digest": "", "done": "",
             "asking": asking}  # fmt: skip
    if withdraws and back.is_valid():
        try:
            intake.give_back(invitation, found, back.cleaned_data["receipt"])
            shown["done"] = "withdrawn"
        except InputError as error:
            back.add_error("receipt", translate.said(error))
    elif asks and asking.is_valid():
        try:
            inquiries.ask(invitation, asking.cleaned_data["question"])
            shown |= {"done": "asked", "asking": inquiries.Ask(translate=translate)}
        except InputError as error:
            asking.add_error("question", translate.said(error))
    elif brings and form.is_valid():
        try:
            shown["digest"] = intake.take(found, form.cleaned_data["file"], None, invitation)
            shown["at"] = timezone.now()
        except InputError as error:
            shown["faults"] = told(error, translate)
    shown["open"] = [one for one in lots if intake.is_open(one, invitation)]
    shown["appendices"] = appendices.of(invitation.tender)
    shown["inquiries"], shown["may_ask"] = inquiries.answered(invitation.tender.head), inquiries.may_ask(invitation)
    shown["weighed"] = {
        one.pk: {"model": PriceModel(one.model), "terms": plan.terms(one), "edition": plan.edition(one)}
        for one in shown["open"]
    }
    shown |= {"percent": plan.percent(translate), "in_language": in_language}
    is_wrong = bool(form.errors or back.errors or asking.errors or shown["faults"])
    return render(request, "procurements/tenders/outside.html", shown, status=422 if is_wrong else 200)


def _lots(invitation: Invitation) -> list[Tender]:
    """What may be bid for by a link: every lot that was opened for bids, or the one whose bid may be revised."""
    if invitation.revises is not None:
        return [invitation.tender]
    return [one for one in invitation.tender.lots() if one.state not in (State.DRAFT, State.CANCELLED)] or [
        invitation.tender
    ]


def _chosen(lots: list[Tender], key: str) -> Tender:
    """The lot of that key, the first where none is said. Raises Http404 for one that is not of the link."""
    found = [one for one in lots if key in ("", str(one.pk))]
    if not found:
        raise Http404
    return found[0]


@open_to_all
@require_safe
def outside_template(request: HttpRequest, secret: str, kind: str) -> HttpResponse:
    """The template, by a bidder's link; of the lot asked for by `lot`."""
    invitation = intake.find(secret)
    if invitation is None:
        raise Http404
    found = _chosen(_lots(invitation), request.GET.get("lot", ""))
    return _template(request, found, kind, request.language)  # type: ignore[attr-defined]


def _template(request: HttpRequest, tender: Tender, kind: str, language: str) -> HttpResponse:
    asked = request.GET.get("in", language)
    if kind not in WRITERS or asked not in LANGUAGES:
        raise Http404
    held = io.BytesIO()
    WRITERS[kind](plan.form(tender), Translator(asked), held)
    return attachment(held.getvalue(), f"{tender.numbered}-{asked}.{kind}", TYPES[kind])


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be saved, never shown by the browser."""
    answer = HttpResponse(content, content_type=kind)
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "-" for sign in name)
    answer["Content-Disposition"] = f'attachment; filename="{plain}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
