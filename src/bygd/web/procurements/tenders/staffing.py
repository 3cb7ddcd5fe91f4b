"""The team of a tender: who does what, declared conflicts, taking over where nobody leads any more."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bygd.web.people import written
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.models import Person
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import log
from bygd.web.procurements.tenders.evaluating import Reason, Staff
from bygd.web.procurements.tenders.models import Member, Tender
from bygd.web.procurements.tenders.team import Deed, enter, standing
from bygd.web.procurements.tenders.words import Duty


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def team(request: PlaceRequest, number: int) -> HttpResponse:
    """Who works on the tender and on its other lots; those who lead it change that."""
    here = enter(request, number, Deed.STAFF)
    people = list(
        Person.objects.filter(memberships__place=request.place, is_active=True).distinct().order_by("name", "email")
    )
    form = Staff(request.POST or None, translate=request.translate, people=people)
    if request.method == "POST" and form.is_valid():
        person = next(one for one in people if str(one.pk) == form.cleaned_data["person"])
        duties = form.cleaned_data["duties"]
        lots = [one for one in here.tender.lots() if standing(request, one).may(Deed.STAFF)]
        problem = next((said for one in lots if (said := _refused(request, one, person, duties))), "")
        if problem:
            form.add_error("duties", problem)
        else:
            for one in lots:
                _staff(request, one, person, duties)
            return redirect("tender-team", request.place.slug, number)
    shown = {"tender": here.tender, "form": form, "members": here.tender.members.select_related("person"), "Duty": Duty}
    return render(request, "procurements/tenders/team.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def conflict(request: PlaceRequest, number: int) -> HttpResponse:
    """Declare a conflict of interest: shut out from bids and scores of all lots from this moment, for good."""
    here = enter(request, number, Deed.DECLARE)
    _ = request.translate
    form = Reason(request.POST or None, translate=_, label=_("What the conflict is"))
    if request.method == "POST" and form.is_valid():
        for lot in here.tender.lots():
            if Member.objects.filter(tender=lot, person=request.user).update(conflicted_at=timezone.now()):
                log.write(lot, request.user, log.DECLARED, after=form.cleaned_data["reason"])
        messages.success(request, _("Your conflict is noted. You no longer see bids or scores of this tender."))
        return redirect("tender", request.place.slug, number)
    shown = {"tender": here.tender, "form": form}
    return render(request, "procurements/tenders/conflict.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL)
@require_POST
def clear(request: PlaceRequest, number: int) -> HttpResponse:
    """Say, having read the names of the bidders, that one has no conflict."""
    here = enter(request, number, Deed.CLEAR)
    if here.member is not None and here.member.cleared_at is None:
        Member.objects.filter(pk=here.member.pk).update(cleared_at=timezone.now())
        log.write(here.tender, request.user, log.DECLARED_NONE)
    return redirect("tender-bids", request.place.slug, number)


@needs(Right.PROCURE)
@require_POST
def take_over(request: PlaceRequest, number: int) -> HttpResponse:
    """Lead a tender that nobody can lead any more."""
    here = enter(request, number, Deed.TAKE_OVER)
    member, _made = Member.objects.get_or_create(tender=here.tender, person=request.user)
    member.duties = [*dict.fromkeys([*member.duties, Duty.LEAD.value])]
    member.save(update_fields=["duties"])
    log.write(here.tender, request.user, log.TOOK_OVER)
    return redirect("tender", request.place.slug, number)


def _refused(request: PlaceRequest, tender: Tender, person: Person, duties: list[str]) -> str:
    """Why somebody may not be given these duties; empty where they may."""
    _ = request.translate
    present = tender.members.filter(person=person).first()
    if present is not None and present.conflicted_at is not None:
        return _("{person} declared a conflict and stays out.", person=written.name(person, _))
    if Duty.LEAD.value in duties and not person.access(tender.place).may(Right.PROCURE):
        return _("Only a buyer can lead a tender.")
    leads = [one for one in tender.members.all() if one.has(Duty.LEAD) and one.person_id != person.pk]
    if not leads and Duty.LEAD.value not in duties:
        return _("Somebody must lead the tender.")
    scored = present is not None and person.pk in {
        mark for bid in tender.bids.all() for mark in bid.marks.values_list("person", flat=True)
    }
    if scored and Duty.EVALUATOR.value not in duties:
        return _("{person} has scored bids already.", person=written.name(person, _))
    return ""


def _staff(request: PlaceRequest, tender: Tender, person: Person, duties: list[str]) -> None:
    member = tender.members.filter(person=person).first()
    before = ", ".join(member.duties) if member else ""
    if member is None:
        if not duties:
            return
        member = Member(tender=tender, person=person)
    if person != request.user and not tender.place.memberships.filter(person=person).exists():
        raise PermissionDenied
    member.duties = duties
    member.save()
    log.write(tender, request.user, log.CHANGED_TEAM, person.label, before, ", ".join(duties))
