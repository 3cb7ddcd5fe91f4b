"""Lots: a purchase split by area, kind and time; who could then bid, and what the rules say."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bygd.reports import Translator
from bygd.reports import gaps as told
from bygd.reports.grid import Kind as Cell
from bygd.reports.grid import shown
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.gaps import Gap, Splitting, split
from bygd.tools.gaps.lots import MOST_PARTS, MOST_YEARS
from bygd.tools.procurement import Kind, Part
from bygd.vocabulary.money import rounded
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.gaps.asked import Seen, see
from bygd.web.procurements.gaps.one import able_firms
from bygd.web.procurements.gaps.telling import buying, parts, speaking
from bygd.workbench import asking, gaps, lawful

NUMBERS = {
    "years": (N_("For how many years?"), N_("Options to prolong included."), MOST_YEARS),
    "areas": (N_("Split by area into"), N_("Such as districts, schools or homes."), MOST_PARTS),
    "kinds": (N_("Split by what is bought into"), N_("Such as bread, fruit and fish, each by itself."), MOST_PARTS),
    "periods": (N_("Split in time into"), N_("Contracts that follow one another."), MOST_PARTS),
}
MOST_FIRMS, MOST_SHOWN = 2000, 50
SPLIT = ("value", *NUMBERS, "parts", "what")


class Ask(forms.Form):
    """What is bought, for how much and how long, and how it is split."""

    def __init__(self, data: Mapping[str, Any], *, translate: Translator, seen: Seen, gap: Gap | None) -> None:
        asked = {name: data[name] for name in SPLIT if data.get(name)}
        first = {"value": str(rounded(gap.whole, 0)) if gap else "", **dict.fromkeys(NUMBERS, "1")}
        first["kind"] = gap.kind if gap else ""
        super().__init__({**first, **asked} if "value" in asked else None, initial=first, auto_id="lots-%s")
        _, speak = translate, Translator(translate.language, lawful.PACKAGE)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is bought?"), choices=[(one.kind, told.label(one, _)) for one in seen.gaps if one.kind]
        )
        self.fields["value"] = forms.CharField(
            label=_("Value of the whole purchase, over all its years"),
            help_text=_(
                "In {currency}, without VAT. At first it is what is bought of it in a year.", currency=seen.currency
            ),
            max_length=40,
            error_messages={"required": _("Give the value of the whole purchase.")},
        )
        for name, (label, hint, most) in NUMBERS.items():
            wrong = _("Give a whole number from 1 to {most}.", most=_.number(most))
            self.fields[name] = forms.IntegerField(
                label=_(label), help_text=_(hint), min_value=1, max_value=most,
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
            )  # fmt: skip
        self.fields["parts"] = forms.CharField(
            label=_("Values of the lots, if they are not equal"),
            help_text=_("One on each line. Together they must come to the whole."),
            max_length=4000,
            required=False,
            widget=forms.Textarea({"rows": 3}),
        )
        self.fields["what"] = forms.ChoiceField(
            label=_("Kind of purchase"),
            choices=[("", _("As the category's words say")), *((one.value, speak.word(one)) for one in Kind)],
            required=False,
        )


@needs(Right.SEE_POOL)
@require_safe
def lots(request: PlaceRequest) -> HttpResponse:
    """The form and, where it is filled in, what the split comes to. The address holds all of it."""
    seen = see(request)
    if seen.held is None:
        return render(request, "procurements/gaps/nothing.html")
    kind = request.GET.get("kind")
    gap = seen.one(kind) if kind is not None else next((one for one in seen.listed() if one.kind), None)
    if gap is None and kind:
        raise Http404
    form = Ask(request.GET.dict(), translate=request.translate, seen=seen, gap=gap)
    found: Splitting | None = None
    if gap is not None and form.is_bound and form.is_valid():
        try:
            found = _split(seen, gap, form.cleaned_data, request.language)
        except InputError as error:
            form.add_error("parts" if form.cleaned_data["parts"] else "value", request.translate.said(error))
    context = {**speaking(request, seen), "lots_form": form, "gap": gap, "found": found}
    if found is not None and gap is not None:
        context |= _told(request, seen, gap, found, form)
    return render(request, "procurements/gaps/lots.html", context, status=400 if form.errors else 200)


def _bidders(seen: Seen, gap: Gap, found: Splitting) -> dict[str, Any]:
    """Firms that may be named and could carry the smallest lot, those that could not carry the whole marked."""
    smallest = min(found.lots, key=lambda lot: lot.value)
    able = [one for one in able_firms(seen, gap, MOST_FIRMS) if smallest.fits[one.size]]
    return {
        "bidders": able[:MOST_SHOWN],
        "gained": {one.org_id for one in able if not found.whole.fits[one.size]},
        "places": Counter(one.area for one in able if one.area).most_common(),
        "more_bidders": max(0, len(able) - MOST_SHOWN),
    }


def _split(seen: Seen, gap: Gap, given: Mapping[str, Any], language: str) -> Splitting:
    marks = asking.groups(language, seen.project.country.code)
    value = asking.money(given["value"], seen.project.country.code, groups=marks)
    years, areas, kinds, periods = (given[name] for name in NUMBERS)
    wanted = gaps.typed(value, years, areas, kinds, periods, given["parts"], marks)
    return split(wanted, gaps.able(seen.project, seen.currency, date.today()), gap.counts)


def _told(request: PlaceRequest, seen: Seen, gap: Gap, found: Splitting, form: Ask) -> dict[str, Any]:
    _, speak = request.translate, Translator(request.language, lawful.PACKAGE)
    kind = Kind(form.cleaned_data["what"]) if form.cleaned_data["what"] else None
    route = gaps.of_lots(seen.project, gap.label, found, buying(seen, kind), seen.currency)
    unit = _.symbol(seen.currency)
    return {
        "grid": told.splitting(found, _),
        "cell": lambda value, head: shown(value, head.kind, _),
        "heading": lambda head: head.titled(unit),
        "is_number": lambda head: head.kind is not Cell.TEXT,
        "route": route,
        "groups": list(parts(route.answer, speak)) if route else [],
        "leads": [lawful.row(one, seen.currency, speak) for one in (route.of(Part.REGIME, Part.DUTY) if route else ())],
        "headings": lawful.HEADINGS,
        "speak": speak,
        "advice": speak(lawful.ADVICE),
        **_bidders(seen, gap, found),
    }
