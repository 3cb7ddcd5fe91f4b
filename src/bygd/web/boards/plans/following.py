"""Following up: twice a year a word on each activity and each indicator, in one form."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.vocabulary import tables
from bygd.web.boards.plans import forms, keep
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import asking, plans

FOLLOWED = N_("followed up an action plan")


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def follow(request: PlaceRequest, plan: str) -> HttpResponse:
    """Enter a follow-up; what nothing is said of stands as before."""
    found, _ = keep.find(request, plan), request.translate
    marks = asking.groups(request.language, request.place.project.country.code)
    form = forms.FollowUp(request.POST or None, translate=_, marks=marks, plan=found, on=date.today())
    if request.method == "POST" and form.is_valid():
        on, whole = form.cleaned_data["followed_on"], form.cleaned_data["said"] or None
        rows = [(key, word) for key, word in form.told()]
        if whole or not rows:
            rows.insert(0, ("", {"said": whole}))
        entries = [
            {"follow_key": plans.follow_key(plan, key, on), "plan_key": plan, "part_key": key or None,
             "followed_on": on, **word}
            for key, word in rows
        ]  # fmt: skip
        try:
            if on > date.today():
                raise InputError("A follow-up cannot be of a day that is yet to come.")
            keep.enter(request, tables.plan_follow_ups, entries, FOLLOWED)
        except InputError as error:
            form.add_error("followed_on", _.said(error))
        else:
            messages.success(request, _("Followed up. The next time is due by {day}.", day=_.day(_next(request, plan))))
            return redirect("action-plan", request.place.slug, plan)
    accounts = {one.part["part_key"]: one for one in tool.account(found.parts, found.follow_ups, date.today())}
    shown = {"form": form, "plan": found, "accounts": accounts}
    return render(request, "boards/plans/follow.html", shown, status=422 if form.errors else 200)


def _next(request: PlaceRequest, plan: str) -> date:
    found = keep.find(request, plan)
    return tool.next_follow_up(found.row, found.follow_ups)
