"""Portraits: the wheel of broad prosperity and the doughnut, with their tables; the missing is shown as missing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bygd.reports import Translator
from bygd.reports.place import cards, doughnut, scoring, wheel
from bygd.reports.section import Picture, Section
from bygd.vocabulary.place_words import ECOLOGICAL, SOCIAL, Aspect, Dimension, Lens
from bygd.web.pages.place.looked import look, title_of
from bygd.web.pages.place.views import speaking
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench.place.profile import Profile

KINDS = ("wheel", "doughnut")


@needs(Right.SEE_POOL)
@require_safe
def portrait(request: PlaceRequest, kind: str) -> HttpResponse:
    """One of the two portraits of an area."""
    if kind not in KINDS:
        raise Http404
    looked = look(request)
    context: dict[str, Any] = {"looked": looked, "form": looked.form, "asked": looked.asked, "tab": kind}
    if looked.profile is not None:
        found = looked.profile
        _ = request.translate
        holds = wheel.holds if kind == "wheel" else doughnut.holds
        card = cards.portrait(found, holds, _, lambda source: _(title_of(source)))
        context |= {"profile": found, "section": section(kind, found, _), "card": card} | speaking(looked, request)
        if kind == "doughnut":
            context |= {"lenses": lenses(found), "social": SOCIAL}
        else:
            context |= {"parts_of": aspects(found)}
    return render(request, "place/portrait.html", context, status=400 if looked.form.errors else 200)


def section(kind: str, profile: Profile, translate: Translator) -> Section:
    """The portrait as a section: picture and table."""
    module = wheel if kind == "wheel" else doughnut
    marks = wheel.wheel(profile, translate) if kind == "wheel" else doughnut.doughnut(profile, translate)
    pictures = (Picture(kind, marks, module.narrow(profile, translate)),)
    return Section(kind, marks["title"], pictures=pictures, grids=(module.table(profile, translate),))


def lenses(profile: Profile) -> list[tuple[Lens, list[tuple[Dimension, list[Any]]]]]:
    """What is shown by lens and dimension; a dimension of which nothing is known stands there empty."""
    found = []
    for lens in Lens:
        is_social = lens in (Lens.LOCAL_SOCIAL, Lens.GLOBAL_SOCIAL)
        is_global = lens in (Lens.GLOBAL_SOCIAL, Lens.GLOBAL_ECOLOGICAL)
        found.append(
            (
                lens,
                [
                    (
                        dimension,
                        [
                            one
                            for one in scoring.of_dimension(profile, dimension)
                            if (one.indicator.aspect is Aspect.ELSEWHERE) is is_global
                        ],
                    )
                    for dimension in (SOCIAL if is_social else ECOLOGICAL)
                ],
            )
        )
    return found


def aspects(profile: Profile) -> list[tuple[Aspect, list[Any]]]:
    """What is shown by aspect of broad prosperity."""
    return [(aspect, [one for one in profile.shown if one.indicator.aspect is aspect]) for aspect in Aspect]
