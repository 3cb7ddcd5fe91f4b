"""Negotiating: revised bids asked of all whose bids stand, under seal again, as the tender said from the beginning."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bygd.reports import Translator
from bygd.web.people import log as audit
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import intake, log
from bygd.web.procurements.tenders.evaluating import Reason
from bygd.web.procurements.tenders.forms import NEEDED
from bygd.web.procurements.tenders.models import Bid, Round, Tender
from bygd.web.procurements.tenders.team import SCORED, Deed, enter
from bygd.web.procurements.tenders.words import State


class Asking(Reason):
    """What was negotiated or is to be revised, and until when."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, label=translate("What bidders may revise, and why"), **kwargs)
        _ = self.translate = translate
        self.fields["closes_at"] = forms.DateTimeField(
            label=_("Revised bids come until"),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            error_messages={"required": _(NEEDED), "invalid": _("Choose a day and a time.")},
        )

    def clean_closes_at(self) -> datetime:
        """A time to come."""
        closes: datetime = self.cleaned_data["closes_at"]
        if closes <= timezone.now():
            raise ValidationError(self.translate("Choose a time to come."))
        return closes


@needs(Right.SEE_POOL)
@never_cache
@require_http_methods(["GET", "POST"])
def negotiate(request: PlaceRequest, number: int) -> HttpResponse:
    """Ask every bidder whose bid is compared for a revised one; the links are shown this once.

    Nobody who is compared is left out: who shall not take part is taken out of the comparison before, with the
    reason. Whoever does not answer is compared by the bid that stands.
    """
    here = enter(request, number, Deed.NEGOTIATE)
    found, _ = here.tender, request.translate
    asked = list(found.standing().filter(excluded=""))
    form = Asking(request.POST or None, translate=_)
    if request.method == "POST" and form.is_valid():
        if not asked:
            form.add_error(None, _("No bid is compared, so nobody can be asked."))
        else:
            links = _ask(request, found, asked, form.cleaned_data)
            if links:
                audit.record(request, log.ASKED_FOR_REVISED, found.number)
                shown = {"tender": found, "links": links, "until": form.cleaned_data["closes_at"]}
                return render(request, "procurements/tenders/asked_again.html", shown)
            messages.error(request, _("Revised bids are asked for already."))
            return redirect("tender", request.place.slug, number)
    shown = {"tender": found, "form": form, "asked": asked}
    return render(request, "procurements/tenders/negotiate.html", shown, status=422 if form.errors else 200)


@transaction.atomic
def _ask(request: PlaceRequest, found: Tender, asked: list[Bid], said: dict[str, Any]) -> list[tuple[str, str]]:
    """The name of each bidder and the address for its revised bid; none where somebody else asked just now."""
    held = Tender.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if held.state not in SCORED:
        return []
    made = Round.objects.create(tender=held, asked_by=request.user, reason=said["reason"], closes_at=said["closes_at"])
    held.state, held.opening_asked_by = State.NEGOTIATING.value, None
    held.save(update_fields=["state", "opening_asked_by"])
    names = ", ".join(one.firm for one in asked)
    log.write(held, request.user, log.ASKED_FOR_REVISED, names, after=f"{made.closes_at:%Y-%m-%d %H:%M} {made.reason}")
    root = settings.ADDRESS or f"{request.scheme}://{request.get_host()}"
    return [(one.firm, root + reverse("bid-outside", args=[intake.invite(held, request.user, one)])) for one in asked]
