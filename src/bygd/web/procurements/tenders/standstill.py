"""Standstill of a tender: when bidders were told who won, and from which day the contract may be signed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bygd.reports import Translator
from bygd.tools.procurement.standstill import Standstill, Way, standstill
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import log
from bygd.web.procurements.tenders.models import Tender
from bygd.web.procurements.tenders.team import Deed, enter
from bygd.workbench import lawful


class Told(forms.Form):
    """When and how bidders were told."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self.translate = translate
        self.fields["told_on"] = forms.DateField(
            label=_("Day on which bidders were told, or the award was published"),
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": _("Say the day."),
                "invalid": _("Write the day as year, month and day."),
            },
        )
        self.fields["told_by"] = forms.ChoiceField(
            label=_("How"),
            choices=[(one.value, _.word(one)) for one in Way],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose how.")},
        )

    def clean_told_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["told_on"]
        if day > timezone.localdate():
            raise ValidationError(self.translate("Choose a day that has come."))
        return day


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def told(request: PlaceRequest, number: int) -> HttpResponse:
    """Note when bidders were told; the first day on which the contract may be signed follows from it."""
    found, _ = enter(request, number, Deed.CONCLUDE).tender, request.translate
    initial = {"told_on": found.told_on or timezone.localdate(), "told_by": found.told_by or Way.ELECTRONIC.value}
    form = Told(request.POST or None, translate=_, initial=initial)
    if request.method == "POST" and form.is_valid():
        before = f"{found.told_on or ''} {found.told_by}".strip()
        found.told_on, found.told_by = form.cleaned_data["told_on"], form.cleaned_data["told_by"]
        found.save(update_fields=["told_on", "told_by"])
        log.write(found, request.user, log.TOLD, before=before, after=f"{found.told_on} {found.told_by}")
        return redirect("tender-report", request.place.slug, number)
    shown = {"tender": found, "form": form, "standstill": lines(found, _)}
    return render(request, "procurements/tenders/told.html", shown, status=422 if form.errors else 200)


def of(tender: Tender) -> Standstill | None:
    """The standstill as far as it is known when bidders were told; None where that, or any rule, is not."""
    if tender.told_on is None:
        return None
    return standstill(tender.place.project.law, tender.told_on, Way(tender.told_by))


def lines(tender: Tender, _: Translator) -> list[str]:
    """What stands before the signing: the first day, the rule and what it rests on; what is not known is said."""
    day = tender.told_on or timezone.localdate()
    found = standstill(tender.place.project.law, day, Way(tender.told_by or Way.ELECTRONIC))
    if found is None:
        return [_("Whether a standstill holds before the contract is signed is not known here. Look it up in the law "
                  "that holds for this purchase.")]  # fmt: skip
    if found.first is None or found.last is None:
        said = _("How long the standstill was on that day is not known here.")
    elif tender.told_on:
        said = _("Bidders were told on {told}. The standstill lasts to {last}; the contract may be signed from "
                 "{first}.",
                 told=_.day(day), last=_.day(found.last), first=_.day(found.first))  # fmt: skip
    else:
        said = _("If bidders are told today, electronically, the standstill lasts to {last} and the contract may be "
                 "signed from {first}.", last=_.day(found.last), first=_.day(found.first))  # fmt: skip
    return [said, found.says[_.language], lawful.source(found.basis, _)]
