"""The plans of a place, and a new one made from cards and a template."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.vocabulary import tables
from bygd.vocabulary.planning import CardStanding, PlanState
from bygd.web.boards.plans import forms, keep
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import boards, plans
from bygd.workbench.plans.handing import ENTRIES

MADE = N_("made an action plan")


@needs(Right.SEE_POOL)
@require_GET
def listing(request: PlaceRequest) -> HttpResponse:
    """The plans, those that run first."""
    wrong, rows = "", []
    try:
        together.bring_together(request.place, of=ENTRIES)
        rows = plans.plans(request.place.project)
    except InputError as error:
        wrong = request.translate.said(error)
    shown = {"rows": rows, "states": PlanState, "wrong": wrong, "may_change": request.access.may(Right.FACILITATE)}
    return render(request, "boards/plans/list.html", shown)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest) -> HttpResponse:
    """Make a plan from a template and the cards that were chosen."""
    project, _ = request.place.project, request.translate
    cards = [row for row in boards.current(project) if row["standing"] != CardStanding.DROPPED]
    data = request.POST if request.method == "POST" else None
    form = forms.New(data, translate=_, cards=cards, initial={"starts_on": date.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = [card for card in cards if card["card_key"] in said["cards"]]
        try:
            entries = plans.made(
                project, said["title"], said["template"], said["starts_on"], chosen, by(request), request.language
            )
        except InputError as error:
            form.add_error("title", _.said(error))
        else:
            keep.add(request, entries)
            key = entries[tables.plan_entries][0]["plan_key"]
            log.record(request, MADE, key)
            messages.success(request, _("The plan is there as a draft. Fill in its sections and go through its goals."))
            return redirect("action-plan", request.place.slug, key)
    shown = {"form": form, "templates": tool.templates().values()}
    return render(request, "boards/plans/new.html", shown, status=422 if form.errors else 200)
