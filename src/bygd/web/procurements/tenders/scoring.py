"""Scoring: each evaluator by themselves, then together under the lead; every score with who, when and why."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.web.people import log as audit
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import log, plan
from bygd.web.procurements.tenders.evaluating import Reason, Scores
from bygd.web.procurements.tenders.models import Bid, Mark, Member, Tender
from bygd.web.procurements.tenders.receiving import TYPES, attachment
from bygd.web.procurements.tenders.team import SCORED, Deed, Standing, enter, standing
from bygd.web.procurements.tenders.words import Duty, State


@needs(Right.SEE_POOL)
@require_safe
def bids(request: PlaceRequest, number: int) -> HttpResponse:
    """The bids: first their names, to say whether one has a conflict; then what there is to score."""
    found = _entered(request, number)
    here = found
    shown: dict[str, Any] = {"tender": here.tender, "here": here, "Deed": Deed}
    if not here.may(Deed.READ):
        shown["names"] = list(here.tender.standing().values_list("firm", flat=True))
        return render(request, "procurements/tenders/names.html", shown)
    criteria = plan.scored(here.tender)
    listed = []
    for bid in here.tender.standing().prefetch_related("marks"):
        own = {code for person, code in plan.latest(bid, is_moderated=False) if person == request.user.pk}
        listed.append((bid, len(own), len(plan.moderated(bid))))
    shown |= {"bids": listed, "criteria": criteria, "evaluators": list(_evaluators(here.tender))}
    return render(request, "procurements/tenders/bids.html", shown)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def bid(request: PlaceRequest, number: int, bid: int) -> HttpResponse:
    """One bid: its answers, and beside those that are scored this person's own scores and reasons."""
    here = enter(request, number, Deed.READ)
    one = _bid(here.tender, bid)
    criteria = plan.scored(here.tender)
    own = {code: mark for (who, code), mark in plan.latest(one, is_moderated=False).items() if who == request.user.pk}
    may_score = here.may(Deed.SCORE) and not one.excluded
    form = Scores(request.POST or None, translate=request.translate, criteria=criteria, given=own, reason_needed=False)
    if request.method == "POST":
        if not may_score:
            return _closed(request, number)
        if form.is_valid():
            _score(request, one, form, own, is_moderated=False)
            messages.success(request, request.translate("Your scores of {bid} are kept.", bid=one.firm))
            return redirect("tender-bids", request.place.slug, number)
    shown = {
        "tender": here.tender,
        "here": here,
        "Deed": Deed,
        "bid": one,
        "form": form,
        "may_score": may_score,
        "own": own,
        "answers": _answers(here.tender, one, request.language),
        "price": plan.price(here.tender, one) if here.may(Deed.FILES) else None,
    }
    return render(request, "procurements/tenders/bid.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL)
@require_safe
def file(request: PlaceRequest, number: int, bid: int) -> HttpResponse:
    """The file of a bid as it came, to be saved. Not before moderation, since prices stand in it."""
    here = enter(request, number, Deed.FILES)
    one = _bid(here.tender, bid)
    log.write(here.tender, request.user, log.READ, one.firm)
    kind = "docx" if one.file_name.lower().endswith(".docx") else "xlsx"
    return attachment(bytes(one.file), f"{here.tender.number}-{one.pk}.{kind}", TYPES[kind])


@needs(Right.SEE_POOL)
@require_POST
def lock(request: PlaceRequest, number: int) -> HttpResponse:
    """Say that one's scores are done. When all have, they are seen side by side and moderated."""
    here = enter(request, number, Deed.SCORE)
    _ = request.translate
    missing = [
        one.firm
        for one in here.tender.standing().filter(excluded="").prefetch_related("marks")
        if {code for who, code in plan.latest(one, is_moderated=False) if who == request.user.pk}
        < {each.code for each in plan.scored(here.tender)}
    ]
    if missing:
        messages.error(request, _("Not all is scored yet: {bids}.", bids=", ".join(missing)))
        return redirect("tender-bids", request.place.slug, number)
    with transaction.atomic():
        held = Tender.objects.select_for_update().get(pk=number)
        Member.objects.filter(tender=held, person=request.user).update(locked_at=timezone.now())
        log.write(held, request.user, log.LOCKED)
        if held.state == State.OPENED and all(one.locked_at for one in _evaluators(held)):
            _moderate(held, request)
    messages.success(request, _("Your scores are locked."))
    return redirect("tender-bids", request.place.slug, number)


@needs(Right.SEE_POOL)
@require_POST
def begin(request: PlaceRequest, number: int) -> HttpResponse:
    """Begin the moderation although somebody has not locked their scores."""
    enter(request, number, Deed.BEGIN)
    with transaction.atomic():
        held = Tender.objects.select_for_update().get(pk=number)
        if held.state == State.OPENED:
            _moderate(held, request)
    return redirect("tender-bids", request.place.slug, number)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def moderate(request: PlaceRequest, number: int, bid: int) -> HttpResponse:
    """All scores of a bid side by side, and the one that counts with its reason."""
    here = enter(request, number, Deed.READ)
    if here.state not in (State.MODERATED, State.AWARDED):
        return _closed(request, number)
    one = _bid(here.tender, bid)
    criteria, given = plan.scored(here.tender), plan.moderated(one)
    side = _side_by_side(here.tender, one)
    agreed = {code: next(iter(found)) for code, found in _by_code(side).items() if len(found) == 1}
    form = Scores(
        request.POST or None,
        translate=request.translate,
        criteria=criteria,
        given=given,
        reason_needed=True,
        proposed=agreed,
    )
    if request.method == "POST":
        if not here.may(Deed.MODERATE):
            return _closed(request, number)
        if form.is_valid():
            _score(request, one, form, given, is_moderated=True)
            return redirect("tender-bids", request.place.slug, number)
    shown = {
        "tender": here.tender,
        "here": here,
        "Deed": Deed,
        "bid": one,
        "form": form,
        "side": side,
        "given": given,
        "answers": {answer["code"]: answer for answer in _answers(here.tender, one, request.language)},
    }
    return render(request, "procurements/tenders/moderate.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def exclude(request: PlaceRequest, number: int, bid: int) -> HttpResponse:
    """Take a bid out of the comparison with the reason, or `back` into it. Sent twice it is done once."""
    here = enter(request, number, Deed.EXCLUDE)
    one, _ = _bid(here.tender, bid), request.translate
    back = "back" in request.POST if request.method == "POST" else bool(one.excluded)
    form = Reason(
        request.POST or None, translate=_, label=_("Why it is taken back in") if back else _("Why it is not compared")
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        with transaction.atomic():
            held = Tender.objects.select_for_update(of=("self",)).get(pk=number)
            before = Bid.objects.values_list("excluded", flat=True).get(pk=one.pk)
            if held.state in SCORED and bool(before) == back:
                Bid.objects.filter(pk=one.pk).update(excluded="" if back else reason)
                log.write(held, request.user, log.LET_IN if back else log.EXCLUDED, one.firm, before, reason)
        return redirect("tender-bids", request.place.slug, number)
    shown = {"tender": here.tender, "bid": one, "back": back, "form": form}
    return render(request, "procurements/tenders/exclude.html", shown, status=422 if form.errors else 200)


def _entered(request: PlaceRequest, number: int) -> Standing:
    """As `enter`, for those who may read bids and those who must first say that they have no conflict."""
    found = Tender.objects.filter(place=request.place, pk=number).select_related("place").first()
    if found is None:
        raise Http404
    here = standing(request, found)
    return here if here.may(Deed.READ) else enter(request, number, Deed.CLEAR)


def _bid(tender: Tender, key: int) -> Bid:
    found = tender.standing().prefetch_related("marks").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _closed(request: PlaceRequest, number: int) -> HttpResponse:
    messages.error(request, request.translate("This is not open for scoring now."))
    return redirect("tender-bids", request.place.slug, number)


def _evaluators(tender: Tender) -> Iterable[Member]:
    return [one for one in tender.members.select_related("person") if one.has(Duty.EVALUATOR)]


def _moderate(held: Tender, request: PlaceRequest) -> None:
    held.state = State.MODERATED.value
    held.save(update_fields=["state"])
    log.write(held, request.user, log.BEGAN_MODERATION)
    audit.record(request, log.BEGAN_MODERATION, held.number)


@transaction.atomic
def _score(request: PlaceRequest, one: Bid, form: Scores, given: dict[str, Mark], *, is_moderated: bool) -> None:
    """Add the scores that changed, each with what it was before; none where scoring ended meanwhile."""
    held = Tender.objects.select_for_update(of=("self",)).get(pk=one.tender_id)
    if held.state != (State.MODERATED if is_moderated else State.OPENED):
        return
    for code, score, reason in form.said():
        before = given.get(code)
        if before is not None and (before.score, before.reason) == (score, reason):
            continue
        Mark.objects.create(
            bid=one, code=code, person=request.user, score=score, reason=reason, is_moderated=is_moderated
        )
        log.write(
            one.tender,
            request.user,
            log.MODERATED if is_moderated else log.SCORED,
            f"{one.firm}, {code}",
            f"{before.score}: {before.reason}".strip(": ") if before else "",
            f"{score}: {reason}".strip(": "),
            is_own=not is_moderated,
        )


def _side_by_side(tender: Tender, one: Bid) -> list[tuple[Member, dict[str, Mark]]]:
    """The marks of each evaluator who has no conflict."""
    latest = plan.latest(one, is_moderated=False)
    return [
        (member, {code: mark for (who, code), mark in latest.items() if who == member.person_id})
        for member in _evaluators(tender)
    ]


def _by_code(side: list[tuple[Member, dict[str, Mark]]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for _member, marks in side:
        for code, mark in marks.items():
            found.setdefault(code, set()).add(mark.score)
    return found


def _answers(tender: Tender, one: Bid, language: str) -> list[dict[str, Any]]:
    """Each question with what was answered."""
    return [
        {"code": asked.code, "question": asked.text_in(language), "unit": asked.unit, **one.answers.get(asked.code, {})}
        for asked in plan.form(tender).questions
    ]
