"""Versions of a plan: kept, listed, and two of them compared."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.vocabulary import tables
from bygd.vocabulary.planning import PlanPart
from bygd.web.boards.plans import keep
from bygd.web.boards.plans.forms import LABELS, Version
from bygd.web.pages.review.deciding import by
from bygd.web.pages.review.signed import signers
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import plans
from bygd.workbench.plans import Plan

KEPT = N_("kept a version of an action plan")
NOW = "now"


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def versions(request: PlaceRequest, plan: str) -> HttpResponse:
    """The versions, and what differs between two of them: by themselves the last one and the plan as it stands now."""
    found, _ = keep.find(request, plan), request.translate
    form = Version(request.POST or None, translate=_)
    may_change = request.access.may(Right.FACILITATE)
    if request.method == "POST" and may_change and form.is_valid():
        said = form.cleaned_data
        try:
            made = plans.version(request.place.project, plan, said["name"], by(request), said["note"])
        except InputError as error:
            form.add_error(None, _.said(error))
        else:
            keep.add(request, {tables.plan_versions: made})
            log.record(request, KEPT, plan)
            messages.success(request, _("The plan as it stands now is kept as a version."))
            return redirect("action-plan-versions", request.place.slug, plan)
    numbers = [str(row["number"]) for row in found.versions]
    first = _asked(request.GET.get("from"), numbers, numbers[-1] if numbers else NOW)
    second = _asked(request.GET.get("to"), numbers, NOW)
    before, after = _at(request, found, first), _at(request, found, second)
    shown: dict[str, Any] = {
        "plan": found,
        "form": form,
        "first": first,
        "second": second,
        "differences": tool.differences(before.parts, after.parts),
        "labels": LABELS,
        "kinds": PlanPart,
        "called": signers((row["entered_by"] for row in found.versions), _),
        "may_change": may_change,
    }
    return render(request, "boards/plans/versions.html", shown, status=422 if form.errors else 200)


def _asked(text: str | None, known: list[str], otherwise: str) -> str:
    return text if text in (*known, NOW) else otherwise


def _at(request: PlaceRequest, plan: Plan, number: str) -> Plan:
    row = next((one for one in plan.versions if str(one["number"]) == number), None)
    then = plans.find(request.place.project, plan.key, row["holds_at"]) if row else plan
    return then or plan
