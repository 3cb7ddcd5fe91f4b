"""Preparing a tender: what it is about, own criteria, price; then bids may come."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.parameters.sentences import in_language
from bygd.sources.errors import InputError
from bygd.tools.tenders import MODELS, PriceModel
from bygd.web.people import log as audit
from bygd.web.people import membership
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import answering, appendices, concluding, inquiries, log, measuring, plan, terms
from bygd.web.procurements.tenders.forms import About, Own, Price
from bygd.web.procurements.tenders.models import Member, Tender
from bygd.web.procurements.tenders.team import Deed, enter
from bygd.web.procurements.tenders.words import Duty, State

TERMS = {
    PriceModel.LINEAR_FIXED: ("none_at", "full_at"),
    PriceModel.ADDED_VALUE: ("quality_value",),
    PriceModel.FIXED_PRICE: ("fixed_price",),
}
"""Fields that stand with the model that needs them."""


@needs(Right.SEE_POOL)
@require_GET
def tenders(request: PlaceRequest) -> HttpResponse:
    """The tenders of the place; those being prepared for whoever prepares them."""
    found = Tender.objects.filter(place=request.place).prefetch_related("members")
    own = {one.tender_id for one in Member.objects.filter(tender__place=request.place, person=request.user)}
    buys = request.access.may(Right.PROCURE)
    listed = [one for one in found if one.state != State.DRAFT or buys or one.pk in own]
    return render(request, "procurements/tenders/list.html", {"tenders": listed, "State": State, "buys": buys})


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest) -> HttpResponse:
    """Begin a tender; whoever does leads it."""
    form = _about(request, membership.anchors(request.place), currency=request.place.project.country.currency)
    if request.method == "POST" and form.is_valid():
        tender = Tender(place=request.place, **form.cleaned_data)
        if _saved(request, tender.save, form):
            Member.objects.create(tender=tender, person=request.user, duties=[Duty.LEAD.value])
            log.write(tender, request.user, log.MADE, str(tender))
            audit.record(request, log.MADE, tender.number)
            return redirect("tender", request.place.slug, tender.pk)
    return render(request, "procurements/tenders/about.html", {"form": form}, status=422 if form.errors else 200)


def _about(request: PlaceRequest, anchors: list[str], **initial: Any) -> About:
    project = request.place.project
    return About(request.POST or None, translate=request.translate, project=project, anchors=anchors, initial=initial)


@needs(Right.SEE_POOL)
@require_GET
def tender(request: PlaceRequest, number: int) -> HttpResponse:
    """A tender: how far it is, what it asks, and what this person can do now."""
    here = enter(request, number, Deed.SEE)
    found = here.tender
    shown: dict[str, Any] = {
        "tender": found,
        "here": here,
        "Deed": Deed,
        "State": State,
        "edition": plan.edition(found),
        "model": PriceModel(found.model) if found.model else None,
        "terms": plan.terms(found),
        "problems": _problems(request, found) if here.may(Deed.PREPARE) else [],
        "members": found.members.select_related("person"),
        "in_language": in_language,
        "duty_word": Duty,
        "percent": plan.percent(request.translate),
        "bids": found.bids.filter(firm="").count() if found.is_closed() else None,
        "lots": found.lots() if found.lot else [],
        "appendices": appendices.of(found.head),
        "waiting": found.head.inquiries.filter(answered_at=None).count() if here.may(Deed.ANSWER) else 0,
        "inquiries": inquiries.answered(found.head),
        "due": answering.lines(found, request.translate),
        "rounds": found.rounds.all(),
        "contract": concluding.entered(request, found) if here.is_in(State.AWARDED) else None,
    }
    return render(request, "procurements/tenders/tender.html", shown)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def about(request: PlaceRequest, number: int) -> HttpResponse:
    """What it is about, to change."""
    found = enter(request, number, Deed.PREPARE).tender
    initial = {name: getattr(found, name) for name in ("title", "number", "anchor", "cpv", "value", "currency")}
    # Its own institution stays to be chosen, also where ledgers that came later have other names.
    form = _about(request, list(dict.fromkeys([*membership.anchors(request.place), found.anchor])), **initial)
    if request.method == "POST" and form.is_valid():
        before = str(found)
        for name, value in form.cleaned_data.items():
            setattr(found, name, value)
        if _saved(request, partial(found.keep, *form.cleaned_data), form):
            log.write(found, request.user, log.CHANGED, before=before, after=str(found))
            return redirect("tender", request.place.slug, number)
    return render(
        request, "procurements/tenders/about.html", {"form": form, "tender": found}, status=422 if form.errors else 200
    )


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def criteria(request: PlaceRequest, number: int) -> HttpResponse:
    """The buyer's own criteria and questions: add one, take one out."""
    found = enter(request, number, Deed.PREPARE).tender
    form = Own(request.POST if "code" in request.POST else None, translate=request.translate)
    if request.method == "POST" and "remove" in request.POST:
        gone = [one for one in found.criteria if one["code"] == request.POST["remove"]]
        found.criteria = [one for one in found.criteria if one not in gone]
        found.keep("criteria")
        for one in gone:
            log.write(found, request.user, log.CHANGED, one["code"], before=_text(one))
        return redirect("tender-criteria", request.place.slug, number)
    if request.method == "POST" and form.is_valid():
        entry = form.entry()
        codes = {one["code"] for one in (*found.criteria, *found.lines)} | set(found.measures)
        if entry["code"] in codes:
            form.add_error("code", request.translate("This code is used already."))
        else:
            found.criteria = [*found.criteria, entry]
            found.keep("criteria")
            log.write(found, request.user, log.CHANGED, entry["code"], after=_text(entry))
            return redirect("tender-criteria", request.place.slug, number)
    shown = {"tender": found, "form": form, "in_language": in_language, "percent": plan.percent(request.translate)}
    return render(request, "procurements/tenders/criteria.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def price(request: PlaceRequest, number: int) -> HttpResponse:
    """How price and quality are weighed, with the traps of each way; what is priced; until when bids come."""
    found = enter(request, number, Deed.PREPARE).tender
    form = Price(request.POST or None, translate=request.translate, tender=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        before = terms.kept(found)
        about = MODELS[PriceModel(said["model"])]
        for name in ("none_at", "quality_value", "fixed_price"):
            setattr(found, name, said[name] if name in about.needs else None)
        found.model, found.highest, found.lines = said["model"], said["highest"], said["lines"]
        found.full_at = (said["full_at"] or 0) if "none_at" in about.needs else 0
        found.price_weight = (said["price_weight"] or 0) if about.weighs else 0
        for name in terms.TIMES:
            setattr(found, name, said[name])
        with transaction.atomic():
            found.held()
            found.keep(*terms.OF_PRICE)
            for lot in _drafts(found):  # all lots close at the same time, by the same procedure
                for name in terms.TIMES:
                    setattr(lot, name, said[name])
                lot.keep(*terms.TIMES)
        was, now = terms.differences(before, terms.kept(found))
        if now:
            log.write(found, request.user, log.CHANGED, before=was, after=now)
        return redirect("tender", request.place.slug, number)
    shown = {"tender": found, "form": form, "models": MODELS, "terms": TERMS}
    return render(request, "procurements/tenders/price.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL)
@require_POST
def publish(request: PlaceRequest, number: int) -> HttpResponse:
    """Open the tender for bids, all its lots together; from now on nothing of what is asked can be changed."""
    found = enter(request, number, Deed.PREPARE).tender
    with transaction.atomic():
        # Nobody changes a lot between being looked at and being opened.
        found = next(one for one in found.held() if one.pk == number)
        problems = _problems(request, found)
        if not problems:
            for lot in _drafts(found):
                lot.state, lot.published_at = State.PUBLISHED.value, timezone.now()
                lot.save(update_fields=["state", "published_at"])
                form = plan.form(lot)
                log.write(lot, request.user, log.PUBLISHED, after=f"{form.fingerprint} {lot.policy}".strip())
            if day := answering.last(found):
                log.write(found.head, request.user, log.DUE, after=f"{day}")
    for problem in problems:
        messages.error(request, problem)
    if not problems:
        audit.record(request, log.PUBLISHED, found.number)
        messages.success(request, request.translate("The tender is open for bids."))
    return redirect("tender", request.place.slug, number)


@needs(Right.SEE_POOL)
@require_POST
def cancel(request: PlaceRequest, number: int) -> HttpResponse:
    """Cancel a tender; bids under seal stay sealed."""
    found = enter(request, number, Deed.CANCEL).tender
    # Not one that somebody awarded meanwhile.
    if not Tender.objects.filter(pk=found.pk, state=found.state).update(state=State.CANCELLED.value):
        return redirect("tender", request.place.slug, number)
    log.write(found, request.user, log.CANCELLED)
    audit.record(request, log.CANCELLED, found.number)
    return redirect("tender", request.place.slug, number)


def _drafts(found: Tender) -> list[Tender]:
    """The lots that are still prepared; the tender alone where it has none."""
    return [one for one in found.lots() if one.state == State.DRAFT]


def _problems(request: PlaceRequest, found: Tender) -> list[str]:
    """What still stands in the way of opening a tender, and the lots beside it, for bids."""
    others = [one for one in _drafts(found) if one.pk != found.pk]
    return _missing(request, found) + [
        request.translate("Lot {lot}: {problem}", lot=one.lot, problem=said)
        for one in others
        for said in _missing(request, one)
    ]


def _missing(request: PlaceRequest, found: Tender) -> list[str]:
    _, said = request.translate, []
    try:
        plan.scheme(found)
        form = plan.form(found)
        if not form.questions and not form.items:
            said.append(_("Nothing is asked yet."))
    except InputError as error:
        said.append(_.said(error))
    if found.policy and not found.measures:
        said.append(_("Choose measures of the policy, or no policy."))
    said += [_("Choose the measures again: {reason}", reason=reason) for reason in measuring.refused(found, _)]
    if found.closes_at is None or found.is_closed():
        said.append(_("Say until when bids come; it must be a time to come."))
    team = list(found.members.all())
    if not any(one.has(Duty.EVALUATOR) for one in team):
        said.append(_("Nobody scores bids yet. Add evaluators to the team; two or more are good."))
    if sum(one.conflicted_at is None for one in team) < 2:
        said.append(_("Bids are opened by two together: add one more person to the team."))
    return said


def _saved(request: PlaceRequest, save: Callable[[], None], form: About) -> bool:
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        form.add_error("number", request.translate("Another tender has this number."))
        return False
    return True


def _text(entry: dict[str, Any]) -> str:
    return f"{in_language(entry['text'], 'en')} ({entry['weight']})"
