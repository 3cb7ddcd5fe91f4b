"""Our villages: put together from small areas, with weights, and with what can and cannot be said of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.countries.levels import area
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Combining, Level
from bygd.web.pages.place import covering
from bygd.web.pages.place.asked import Asked
from bygd.web.pages.place.covering import Line
from bygd.web.pages.place.forms import DrawnForm, VillageForm, initial_of
from bygd.web.pages.place.looked import answered, look, offers
from bygd.web.pages.place.views import speaking
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench.place import choosing, keeping, villages
from bygd.workbench.place.profile import Named

KEPT = N_("put a village together")
TOOK = N_("took a village away")


@needs(Right.SEE_POOL)
@require_safe
def listing(request: PlaceRequest) -> HttpResponse:
    """The villages there are, each with its areas and weights and what is known of it."""
    looked = look(request)
    context: dict[str, Any] = {
        "looked": looked, "form": looked.form, "asked": Asked(), "tab": "villages",
        "may_change": request.access.may(Right.FACILITATE), "villages": [],
    }  # fmt: skip
    try:
        names = {one.area_id: one.name for one in areas_of(request)}
        context["villages"] = [
            {"one": one, "profile": answered(request.place.project, Asked(one.area_id)), "names": names}
            for one in villages.every(request.place.project).values()
        ]
    except InputError as error:
        context["wrong"] = request.translate.said(error)
    context |= speaking(looked, request) | {"refused": _refused, "ways": Combining}
    return render(request, "place/villages.html", context)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def village(request: PlaceRequest, id: str = "") -> HttpResponse:
    """Put a village together, or change one; from a list, a map, or a line drawn around it."""
    project, _ = request.place.project, request.translate
    before = villages.every(project).get(id) if id else None
    if id and before is None:
        raise Http404
    areas = areas_of(request)
    initial: dict[str, Any] = {}
    if before:
        initial = {"id": before.id, "name": before.name, "basis": before.basis, "vintage": before.vintage}
        initial |= initial_of(areas, dict(before.parts))
    posted = request.method == "POST"
    outline, line = DrawnForm(translate=_), Line()
    if posted and request.POST.get("step") == "cover":
        outline = DrawnForm(request.POST, request.FILES, translate=_)
        line = covering.look(project, outline, areas, _)
        given = {**request.POST.dict(), **({"id": before.id} if before else {})}
        if line.weights:  # what the line covers stands in the place of what was chosen before
            given = {name: given.get(name, "") for name in ("name", "id")} | initial_of(areas, line.weights)
        form = VillageForm(translate=_, areas=areas, initial=given)
        posted = False
    else:
        form = VillageForm(request.POST if posted else None, translate=_, areas=areas, initial=initial)
    if before:
        form.fields["id"].disabled = True
    if posted and form.is_valid():
        given = form.cleaned_data
        try:
            if not before and given["id"] in villages.every(project):
                form.add_error("id", _("There is a village of that name. Change it instead."))
            else:
                chosen = form.chosen()
                vintage = villages.division_of(project, chosen, given["vintage"])
                was, basis = given["basis"], form.rests_on()
                made = villages.add(project, given["id"], given["name"], chosen, vintage=vintage, basis=basis)
                log.record(request, KEPT, made.area_id)
                messages.success(
                    request, _("{name} is kept, of {number} areas.", name=made.name, number=len(made.parts))
                )
                if was and not basis:
                    messages.info(
                        request,
                        _("You changed its shares, so they no longer rest on {basis}.", basis=_(was)),
                    )
                return redirect("place-villages", request.place.slug)
        except InputError as error:
            form.add_error(None, _.said(error))
    context = {
        "form": form, "before": before, "tab": "villages", "asked": Asked(), "outline": outline, "line": line,
        "map": covering.drawn_map(project, form, line, _),
    }  # fmt: skip
    return render(request, "place/village.html", context, status=422 if form.errors or outline.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def remove(request: PlaceRequest, id: str) -> HttpResponse:
    """Take a village away; its areas and their values stay."""
    try:
        keeping.remove_village(request.place.project, id)
    except InputError:
        raise Http404 from None
    log.record(request, TOOK, f"{villages.PREFIX}{id}")
    messages.success(
        request,
        request.translate(
            "The village was taken away. Its areas are there as before; what it was put together from lies in the "
            "folder place/removed."
        ),
    )
    return redirect("place-villages", request.place.slug)


def areas_of(request: PlaceRequest) -> list[Named]:
    """Small areas that something is known of, those chosen out of a list, and those of which boundaries are held."""
    project = request.place.project
    try:
        every = offers(project)[1]
    except InputError:
        every = ()
    listed = [one for one in every if one.level in (Level.SMALL_AREA, Level.DISTRICT, Level.LOCALITY)]
    known = {one.area_id for one in listed}
    code = project.country.code
    for row in sorted(choosing.chosen_areas(project), key=lambda row: row["vintage"], reverse=True):
        id = f"{code}:{row['code']}"
        if id not in known:
            known.add(id)
            level = area(project.country, id).level
            listed.append(Named(id, row["name"] or row["code"], level, row["vintage"], f"{code}:{row['parent']}"))
    return listed + covering.unknown(project, listed)


def _refused(profile: Any) -> list[Any]:
    """Indicators whose values can be neither added nor averaged over small areas, though the areas have them."""
    return [one for one in profile.shown if one.value is None and one.status.value == "not_applicable"]
