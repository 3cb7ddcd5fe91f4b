"""Parts of a plan: entered, changed, taken out and put back."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary.planning import PlanPart
from bygd.web.boards.plans import forms, keep
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import asking, plans
from bygd.workbench.plans import Plan
from bygd.workbench.plans.known import Row

ENTERED = N_("entered a part of an action plan")
UNDID = N_("undid a change of an action plan")


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest, plan: str, kind: str) -> HttpResponse:
    """Enter a goal, an activity, an indicator, money or a section."""
    if kind not in list(PlanPart):
        raise Http404
    return _entered(request, keep.find(request, plan), PlanPart(kind), None)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def change(request: PlaceRequest, plan: str, part: str) -> HttpResponse:
    """Change a part."""
    found = keep.find(request, plan)
    row = _find(found, part)
    return _entered(request, found, PlanPart(row["kind"]), row)


@needs(Right.FACILITATE)
@require_POST
def undo(request: PlaceRequest, plan: str, part: str) -> HttpResponse:
    """Put a part back as it was before its latest change."""
    _find(keep.find(request, plan), part)
    keep.undo(request, keep.PARTS, part, UNDID)
    messages.success(request, request.translate("Undone. It stands as it did before."))
    return redirect("action-plan", request.place.slug, plan)


@needs(Right.FACILITATE)
@require_POST
def take_out(request: PlaceRequest, plan: str, part: str) -> HttpResponse:
    """Take a part out of the plan; versions keep it."""
    _find(keep.find(request, plan), part)
    keep.enter(request, keep.PARTS, [{"part_key": part, "withdrawn": True}], ENTERED)
    messages.success(request, request.translate("Taken out of the plan. Its versions keep it."))
    return redirect("action-plan", request.place.slug, plan)


def _entered(request: PlaceRequest, plan: Plan, kind: PlanPart, before: Row | None) -> HttpResponse:
    first = {name: request.GET.get(name, "") for name in ("parent_key", "heading")}
    form = forms.Part(
        request.POST if request.method == "POST" else None, translate=request.translate, kind=kind, plan=plan,
        currency=request.place.project.country.currency,
        marks=asking.groups(request.language, request.place.project.country.code),
        initial={**first, **_typed(before or {})},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = {name: value if value != "" else None for name, value in form.cleaned_data.items()}
        key = before["part_key"] if before else plans.key(plan.key, uuid4().hex)
        own = {} if before else {"plan_key": plan.key, "kind": kind.value}
        try:
            keep.enter(request, keep.PARTS, [{"part_key": key, **own, **said}], ENTERED)
        except InputError as error:
            form.add_error(None, request.translate.said(error))
        else:
            messages.success(request, request.translate("Entered."))
            return redirect("action-plan", request.place.slug, plan.key)
    template = plan.template
    section = (
        next((one for one in template.sections if before and one.id == before["heading"]), None) if template else None
    )
    shown = {"form": form, "plan": plan, "kind": kind, "part": before, "section": section}
    return render(request, "boards/plans/part.html", shown, status=422 if form.errors else 200)


def _typed(row: Row) -> Row:
    """Values as they are typed: numbers without noughts at their end."""
    numbers = {name: f"{row[name]:f}".removesuffix(".00") for name in forms.NUMBERS if row.get(name) is not None}
    return {**row, **numbers}


def _find(plan: Plan, part: str) -> Row:
    row = next((one for one in plan.parts if one["part_key"] == part), None)
    if row is None:
        raise Http404
    return row
