"""Public pages of plans: the plan as it stands, and while it is out for consultation a form; no login, no cookies."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports import Translator
from bygd.reports.paper.page import drawn_blocks
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary.planning import PlanPart, PlanState
from bygd.web import guard
from bygd.web.boards.plans.forms import Reply
from bygd.web.boards.plans.models import Answer
from bygd.web.guard import Turned
from bygd.web.people.gate import open_to_all
from bygd.web.places.models import Place
from bygd.workbench import plans
from bygd.workbench.boards.checks import check_texts
from bygd.workbench.plans import Plan, told

SAID = {
    Turned.STALE: N_("The page had been open for too long. Your text is still here: send it again."),
    Turned.QUICK: N_("That was quicker than the page can tell a person from a machine. Send it again."),
    Turned.FLOOD: N_(
        "Many answers have come in from where you are. Your text is still here: try again in ten minutes."
    ),
    Turned.ELSEWHERE: N_("Your browser does not say that the answer was sent from this page. Send it again from here."),
}
STATUS = {Turned.FLOOD: 429, Turned.ELSEWHERE: 403}


def opened(place: Place) -> list[dict[str, Any]]:
    """The plans of a place that everybody may read."""
    try:
        return [row for row in plans.plans(place.project) if row["is_public"]]
    except InputError:
        return []


@open_to_all
@require_safe
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """The plans that everybody may read."""
    place = _place(slug)
    rows = opened(place)
    if not rows:
        raise Http404
    return render(request, "boards/plans/open_list.html", {"where": place, "rows": rows, "states": PlanState})


@open_to_all
@never_cache
@csrf_exempt  # no cookies here: see `guard`
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str, plan: str) -> HttpResponse:
    """One plan; a POST brings an answer to the consultation, which nobody sees before it was read."""
    place = _place(slug)
    found = _find(place, plan)
    translate: Translator = request.translate  # type: ignore[attr-defined]
    form = Reply(request.POST or None, translate=translate, parts=_parts(found))
    if request.method != "POST":
        return _shown(request, place, found, form, 200)
    if not is_consulted(found):
        return redirect("open-plan", slug, plan)
    turned = guard.turned(request, plan, str(request.POST.get("token", "")))
    if turned is Turned.AGAIN:
        return redirect(_thanks(request, slug, plan))
    if turned is not None:
        form.add_error(None, translate(SAID[turned]))
        return _shown(request, place, found, form, STATUS.get(turned, 400))
    if form.is_valid():
        try:
            said = form.cleaned_data
            check_texts([said["text"], said["sender"] or "-"], place.project)
        except InputError as error:
            form.add_error("text", translate.said(error))
        else:
            if not said["website"]:  # whoever filled in the trap is thanked and forgotten
                Answer.objects.create(
                    place=place, plan_key=plan, part_key=said["part"], text=said["text"], sender=said["sender"]
                )
            return redirect(_thanks(request, slug, plan))
    guard.release(str(request.POST["token"]))
    return _shown(request, place, found, form, 400)


@open_to_all
@require_safe
def sent(request: HttpRequest, slug: str, plan: str) -> HttpResponse:
    """That an answer came in, and what happens with it."""
    place = _place(slug)
    return render(request, "boards/plans/open_sent.html", {"where": place, "plan": _find(place, plan)})


def is_consulted(plan: Plan) -> bool:
    """Whether answers are welcome today."""
    until = plan.row["consulted_until"]
    return plan.row["state"] == PlanState.CONSULTATION and (until is None or until >= date.today())


def _shown(request: HttpRequest, place: Place, found: Plan, form: Reply, status: int) -> HttpResponse:
    translate: Translator = request.translate  # type: ignore[attr-defined]
    form.data = {**dict(form.data.items()), "token": guard.token(found.key)} if form.is_bound else form.data
    form.initial["token"] = guard.token(found.key)
    titles = {row["part_key"]: row["title"] for row in found.parts}
    shown = {
        "where": place,
        "plan": found,
        "listed": drawn_blocks(told.paper(found, place.name, date.today(), translate), translate),
        "period": told.period(found, translate),
        "answers": Answer.objects.filter(place=place, plan_key=found.key, is_shown=True),
        "titles": titles,
        "is_open": is_consulted(found),
        "form": form,
    }
    return render(request, "boards/plans/open.html", shown, status=status)


def _thanks(request: HttpRequest, slug: str, plan: str) -> str:
    language: str = request.language  # type: ignore[attr-defined]
    return f"{reverse('open-plan-sent', args=[slug, plan])}?lang={language}"


def _parts(plan: Plan) -> list[tuple[str, str]]:
    return [(row["part_key"], row["title"]) for row in plan.parts if row["kind"] in (PlanPart.SECTION, PlanPart.GOAL)]


def _place(slug: str) -> Place:
    found = Place.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _find(place: Place, key: str) -> Plan:
    try:
        found = plans.find(place.project, key)
    except InputError:
        found = None
    if found is None or not found.row["is_public"]:
        raise Http404
    return found
