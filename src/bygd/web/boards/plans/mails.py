"""Mails: whether one wishes to be reminded of the plans of a place."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bygd.reports.translate import N_
from bygd.web.boards.plans import reminders
from bygd.web.boards.plans.models import Unreminded
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

CHOSE = N_("chose about reminders of action plans")


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def mails(request: PlaceRequest) -> HttpResponse:
    """Whether reminders come to this person, and a button for the other."""
    place, person, _ = request.place, request.user, request.translate
    if request.method == "POST":
        if request.POST.get("mails") == "no":
            Unreminded.objects.get_or_create(place=place, person=person)
            messages.success(request, _("No more reminders of these plans come to you."))
        else:
            Unreminded.objects.filter(place=place, person=person).delete()
            messages.success(request, _("Reminders of these plans come to you."))
        log.record(request, CHOSE)
        return redirect("plan-mails", place.slug)
    shown = {
        "wishes": reminders.wishes(person, place),
        "sends": bool(settings.MAILS and settings.ADDRESS),
        "leads": request.access.may(Right.FACILITATE),
    }
    return render(request, "boards/plans/mails.html", shown)
