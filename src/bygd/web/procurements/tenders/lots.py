"""Lots: a tender divided so that smaller firms can bid. Each lot is a tender of its own; they share number and time."""

import copy
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bygd.reports import Translator
from bygd.web.people import log as audit
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import log, plan
from bygd.web.procurements.tenders.fields import Amount, Cpv
from bygd.web.procurements.tenders.forms import NEEDED
from bygd.web.procurements.tenders.models import Member, Tender
from bygd.web.procurements.tenders.team import Deed, enter, standing
from bygd.web.procurements.tenders.words import State
from bygd.workbench import asking

MOST = 50
SHARED = (
    "anchor", "number", "currency", "policy", "policy_text", "measures", "measure_weights", "choice", "points",
    "criteria", "lines", "highest", "model", "price_weight", "full_at", "none_at", "quality_value", "fixed_price",
    "closes_at", "questions_until", "negotiates",
)  # fmt: skip
"""What a new lot takes over from the one it is made beside; all but number, institution and time can then differ."""


class Lot(forms.Form):
    """Another lot, and how the present tender is numbered where it had no lots."""

    def __init__(self, *args: Any, translate: Translator, tender: Tender, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self.translate = translate
        self.taken = {one.lot for one in tender.lots() if one.lot}
        needed, form = {"required": _(NEEDED), "invalid": _("Use letters, digits, points and hyphens.")}, r"^[\w.\-]+$"
        if not tender.lot:
            self.fields["present"] = forms.RegexField(
                form,
                max_length=20,
                initial="1",
                label=_("Number of the lot that is there already"),
                help_text=_("What is prepared so far becomes this lot."),
                error_messages=needed,
            )
        self.fields["lot"] = forms.RegexField(
            form, max_length=20, label=_("Number of the new lot"), error_messages=needed
        )
        self.fields["title"] = forms.CharField(
            max_length=200, label=_("What is bought in the new lot"), error_messages=needed
        )
        self.fields["cpv"] = Cpv(_, tender.place.project.country.code, initial=tender.cpv)
        self.fields["value"] = Amount(
            _,
            asking.groups(_.language, tender.place.project.country.code),
            tender.currency,
            label=_("Estimated value of the new lot without VAT"),
            error_messages=needed,
        )

    def clean(self) -> dict[str, Any]:
        """Lots differ by their number."""
        said = super().clean() or {}
        if said.get("lot") and said["lot"] in self.taken | {said.get("present")}:
            self.add_error("lot", self.translate("Another lot has this number."))
        if said.get("value") == Decimal(0):
            self.add_error("value", self.translate("Write an amount above nought."))
        return said


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def lots(request: PlaceRequest, number: int) -> HttpResponse:
    """The lots of a procedure, how far each is, and while it is prepared a form for one more."""
    here = enter(request, number, Deed.SEE)
    found, _ = here.tender, request.translate
    may_add = here.may(Deed.PREPARE)
    if request.method == "POST" and not may_add:
        raise PermissionDenied
    form = Lot(request.POST or None, translate=_, tender=found) if may_add else None
    if request.method == "POST" and form is not None and form.is_valid():
        if len(found.lots()) >= MOST:
            form.add_error(None, _("No more than {most} lots.", most=MOST))
        else:
            made = _add(request, found, form.cleaned_data)
            messages.success(request, _("Lot {lot} is there. What it asks can be changed for it alone.", lot=made.lot))
            return redirect("tender-lots", request.place.slug, number)
    listed = [one for one in found.lots() if one.state != State.DRAFT or may_add or here.may(Deed.LOG)]
    winners = {one.pk: one.winner.firm for one in listed if one.winner and standing(request, one).may(Deed.RESULT)}
    shown = {"tender": found, "form": form, "lots": listed, "winners": winners, "sum": plan.value(found)}
    is_wrong = form is not None and bool(form.errors)
    return render(request, "procurements/tenders/lots.html", {**shown, "State": State}, status=422 if is_wrong else 200)


@transaction.atomic
def _add(request: PlaceRequest, beside: Tender, said: dict[str, Any]) -> Tender:
    """A lot that asks what the one beside it asks, with the same team."""
    held = next(one for one in beside.held() if one.pk == beside.pk)  # the first lot is referred to, which locks it too
    if held.state != State.DRAFT:
        raise PermissionDenied
    if not held.lot:
        held.lot = said["present"]
        held.save(update_fields=["lot"])
    made = Tender(place=held.place, lot=said["lot"], first=held.head, title=said["title"],
                  cpv=said["cpv"], value=said["value"])  # fmt: skip
    for name in SHARED:
        setattr(made, name, copy.deepcopy(getattr(held, name)))
    made.save()
    for one in held.members.all():
        Member.objects.create(tender=made, person=one.person, duties=one.duties, conflicted_at=one.conflicted_at)
    log.write(made, request.user, log.ADDED_LOT, str(made))
    log.write(held.head, request.user, log.ADDED_LOT, str(made))
    audit.record(request, log.ADDED_LOT, made.numbered)
    return made
