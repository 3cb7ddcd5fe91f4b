"""Links for bidders: which there are, told by when they were made, and how one that went astray is withdrawn."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import intake
from bygd.web.procurements.tenders.models import Invitation, Tender
from bygd.web.procurements.tenders.team import Deed, enter
from bygd.web.procurements.tenders.words import State


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def links(request: PlaceRequest, number: int) -> HttpResponse:
    """The links by which bids may come now, and withdrawing one; a bid that came by it before stays."""
    found, _ = enter(request, number, Deed.WITHDRAW).tender, request.translate
    listed = _of(found)
    if request.method == "POST":
        key = request.POST.get("link", "")
        one = listed.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        if one is not None and intake.withdraw(one, request.user):
            messages.success(request, _("The link is withdrawn. Nothing can be brought by it any more."))
        return redirect("tender-links", request.place.slug, number)
    return render(request, "procurements/tenders/links.html", {"tender": found, "links": listed})


def _of(tender: Tender) -> QuerySet[Invitation]:
    """The links that work: for first bids on all lots, or while revised bids are asked for, those of this lot."""
    if tender.state == State.PUBLISHED:
        kind = Invitation.objects.filter(tender=tender.head, revises=None)
    else:
        kind = Invitation.objects.filter(tender=tender).exclude(revises=None)
    return kind.filter(ended_at=None).select_related("made_by", "revises").order_by("pk")
