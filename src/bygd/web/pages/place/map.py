"""The map of an indicator: which areas, which indicator and which classes are chosen, and stand in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_safe
from markupsafe import Markup

from bygd.countries.indicators import Indicator
from bygd.reports import Translator
from bygd.reports.place import cards, told
from bygd.reports.place import map as drawing
from bygd.reports.place.differences import COUNTS
from bygd.reports.place.values import text_of
from bygd.reports.section import Section
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Classing
from bygd.web.pages.place.asked import Asked
from bygd.web.pages.place.looked import Looked, kept, look, title_of
from bygd.web.pages.place.views import speaking
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench.place import shapes
from bygd.workbench.place.mapped import Division, Mapped, divisions, mappable, mapped


@dataclass(frozen=True)
class MapAsked:
    """The question of a map: that of every page, and which areas, indicator and classes."""

    asked: Asked
    areas: str
    indicator: str
    classes: str

    def query(self, **more: Any) -> str:
        """The question as the query of an address."""
        return self.asked.query(areas=self.areas, indicator=self.indicator, classes=self.classes, **more)


@dataclass(frozen=True)
class Drawn:
    """A map that was asked for, and what else could be: `found` is None where nothing can be mapped, `why` says so."""

    form: "MapForm | None"
    asked: MapAsked
    found: Mapped | None
    why: str = ""


class MapForm(forms.Form):
    """Which areas, indicator and classes; lists, that work without a script."""

    def __init__(
        self, data: MultiValueDict[str, str], *, translate: Translator, offered: Sequence[Division],
        indicators: Sequence[Indicator],
    ) -> None:  # fmt: skip
        super().__init__(data, auto_id="map-%s")
        _ = translate
        wrong = {"invalid_choice": _("There is no such choice. Choose from the list.")}
        groups = [
            (_.word(theme), [(one.id, text_of(one.label, _)) for one in indicators if one.theme is theme])
            for theme in told.ORDER
        ]
        self.fields["indicator"] = forms.ChoiceField(
            choices=[group for group in groups if group[1]], required=False, label=_("Indicator"), error_messages=wrong
        )
        self.fields["areas"] = forms.ChoiceField(
            choices=[(one.id, drawing.division_text(one, _)) for one in offered], required=False, label=_("Areas"),
            error_messages=wrong,
        )  # fmt: skip
        self.fields["classes"] = forms.ChoiceField(
            choices=[(one.value, _.word(one)) for one in Classing], required=False, label=_("Classes"),
            error_messages=wrong,
        )  # fmt: skip


@needs(Right.SEE_POOL)
@require_safe
def map_(request: PlaceRequest) -> HttpResponse:
    """The map with its key, the table beside it, and the method card."""
    looked, _ = look(request), request.translate
    context: dict[str, Any] = {"looked": looked, "form": looked.form, "asked": looked.asked, "tab": "map"}
    context["may_bring"] = request.access.may(Right.ADD_REGISTER)
    status = 400 if looked.form.errors else 200
    if looked.profile is not None:
        answer = ask(request, looked)
        context |= {"profile": looked.profile, "why": answer.why, "choose": answer.form, "here_asked": answer.asked}
        if answer.form is not None and answer.form.errors:
            status = 400
        if answer.found is not None:
            found, one = answer.found, looked.profile.one(answer.found.indicator.id)
            key = ("drawn map", answer.asked, shapes.stamp(looked.project), request.language)
            pieces: dict[Any, Markup] = kept(looked.project, key, dict)
            about = (
                cards.card(one, looked.currency, _, title_of)
                if one
                else cards.about(found.indicator, looked.currency, _)
            )
            context |= {
                "found": found,
                "section": section(looked, answer, _),
                "rows": drawing.listed(found, looked.currency, _),
                "card": [*drawing.method(found, looked.currency, _), *about],
            } | speaking(looked, request, pieces)
    return render(request, "place/map.html", context, status=status)


def ask(request: PlaceRequest, looked: Looked) -> Drawn:
    """The map that the address asks for: rates before counts, the smallest areas first, where it names nothing."""
    _, project, profile = request.translate, looked.project, looked.found
    given = request.GET
    nothing = MapAsked(looked.asked, "", "", "")
    try:
        offered = kept(project, ("divisions", shapes.stamp(project)), lambda: divisions(project))
        if not offered:
            return Drawn(None, nothing, None)
        division = next((one for one in offered if one.id == given.get("areas")), offered[0])
        key = ("mappable", division.id, shapes.stamp(project), looked.asked.area)
        listed = kept(project, key, lambda: mappable(project, profile, division))
        usual = next((one.id for one in listed if one.unit not in COUNTS), listed[0].id if listed else "")
        form = MapForm(
            MultiValueDict(
                {
                    "indicator": [given.get("indicator") or usual], "areas": [given.get("areas") or division.id],
                    "classes": [given.get("classes") or Classing.QUANTILES.value],
                }
            ),
            translate=_, offered=offered, indicators=listed,
        )  # fmt: skip
        if not listed or not form.is_valid():
            return Drawn(form, nothing, None)
        said = form.cleaned_data
        asked = MapAsked(looked.asked, division.id, said["indicator"], said["classes"])
        found = kept(
            project,
            ("map", asked, shapes.stamp(project)),
            lambda: mapped(project, profile, division, said["indicator"], Classing(said["classes"]), looked.asked.year),
        )
        return Drawn(form, asked, found)
    except InputError as error:
        return Drawn(None, nothing, None, _.said(error))


def section(looked: Looked, answer: Drawn, translate: Translator) -> Section | None:
    """The section of an answered question; None where nothing can be mapped."""
    if answer.found is None:
        return None
    return drawing.section(answer.found, looked.currency, translate)
