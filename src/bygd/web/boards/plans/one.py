"""One plan: all of it, its facts, and how far it has come."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.reports.documents.page import drawn
from bygd.reports.section import Picture
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.vocabulary import tables
from bygd.vocabulary.planning import PlanPart, PlanState
from bygd.web.boards.plans import forms, keep
from bygd.web.boards.plans.models import Answer
from bygd.web.pages.place.measured import line, measured
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import plans
from bygd.workbench.plans import told

CHANGED = N_("changed an action plan")
DECIDED = N_("noted where an action plan stands")
TOOK_OUT = N_("took an action plan away")


@needs(Right.SEE_POOL)
@require_GET
def plan(request: PlaceRequest, plan: str) -> HttpResponse:
    """The page of a plan."""
    found, _, today = keep.find(request, plan), request.translate, date.today()
    accounts = {one.part["part_key"]: one for one in tool.account(found.parts, found.follow_ups, today)}
    drawing = told.timetable(found, today, _)
    pictures = {}
    if drawing:
        picture = Picture(drawing.name, drawing.wide, drawing.narrow)
        pictures = {size: drawn(picture, size, _) for size in ("wide", "narrow")}
    template = found.template
    shown = {
        "plan": found,
        "decision": told.decision(found, _),
        "period": told.period(found, _),
        "sentences": told.sentences(found, today, _),
        "groups": told.groups(found, request.language),
        "asks": {one.id: one.ask[request.language] for one in template.sections} if template else {},
        "template": template,
        "accounts": accounts,
        "reached": {one.part["part_key"]: one for one in tool.reached(found.parts, found.follow_ups, today)},
        "measured": {
            one["part_key"]: (told_by, line(request.place, one, _))
            for one in found.parts
            if one["kind"] == PlanPart.INDICATOR and (told_by := measured(request.place, one["evidence"], _))
        },
        "pictures": pictures,
        "money": told.money(found, _),
        "next_on": tool.next_follow_up(found.row, found.follow_ups) if found.is_decided else None,
        "today": today,
        "kinds": PlanPart,
        "states": PlanState,
        "waiting": Answer.objects.filter(place=request.place, plan_key=plan, is_shown=None).count(),
        "answers": Answer.objects.filter(place=request.place, plan_key=plan).count(),
        "may_change": request.access.may(Right.FACILITATE),
    }
    return render(request, "boards/plans/one.html", shown)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def facts(request: PlaceRequest, plan: str) -> HttpResponse:
    """Change what the plan is called, what it is about and how long it runs."""
    found = keep.find(request, plan)
    form = forms.Facts(request.POST or None, translate=request.translate, initial=found.row)
    if request.method == "POST" and form.is_valid():
        try:
            keep.enter(request, tables.plan_entries, [{"plan_key": plan, **form.cleaned_data}], CHANGED)
        except InputError as error:
            form.add_error(None, request.translate.said(error))
        else:
            messages.success(request, request.translate("Changed."))
            return redirect("action-plan", request.place.slug, plan)
    shown = {"form": form, "plan": found}
    return render(request, "boards/plans/facts.html", shown, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def decide(request: PlaceRequest, plan: str) -> HttpResponse:
    """Send the plan out for consultation, note its decision or its end; each is kept as a version."""
    found, _ = keep.find(request, plan), request.translate
    states = [(word.value, _.word(word)) for word in PlanState]
    form = forms.Decide(request.POST or None, translate=_, initial={**found.row, "states": states})
    if request.method == "POST" and form.is_valid():
        said = {name: value if value != "" else None for name, value in form.cleaned_data.items()}
        try:
            made = keep.enter(request, tables.plan_entries, [{"plan_key": plan, **said}], DECIDED)
        except InputError as error:
            form.add_error(None, _.said(error))
        else:
            if made and said["state"] != found.row["state"]:
                name = _.word(PlanState(str(said["state"])))
                keep.add(
                    request,
                    {tables.plan_versions: plans.version(request.place.project, plan, name, made[0]["entered_by"])},
                )
            messages.success(request, _("Noted. The plan as it stands now is kept as a version."))
            return redirect("action-plan", request.place.slug, plan)
    shown = {"form": form, "plan": found}
    return render(request, "boards/plans/decide.html", shown, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def withdraw(request: PlaceRequest, plan: str) -> HttpResponse:
    """Take a plan away; its entries stay."""
    keep.find(request, plan)
    keep.enter(request, tables.plan_entries, [{"plan_key": plan, "withdrawn": True}], TOOK_OUT)
    messages.success(request, request.translate("The plan is taken away."))
    return redirect("plans", request.place.slug)
