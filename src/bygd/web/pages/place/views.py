"""The page of the place: sentences first, then pictures by theme, each with its table and method cards."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from bygd.reports.documents.page import drawn
from bygd.reports.grid import Head, Kind, shown
from bygd.reports.place import cards, differences, sections, told
from bygd.reports.place.values import label_text, mark, range_text, text_of, value_text, why_none
from bygd.reports.section import Picture, Section
from bygd.reports.translate import DASH
from bygd.web.pages.place.looked import Looked, kept, look, title_of
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

PARTS = ("population_by_age", "income_groups", "firms_by_form", "firms_by_size")
"""Indicators that are known in parts alone, and are not missing for having no total."""


@needs(Right.SEE_POOL)
@require_safe
def place(request: PlaceRequest) -> HttpResponse:
    """What is known of an area, the figures that differ most said first."""
    looked, _ = look(request), request.translate
    context: dict[str, Any] = {"looked": looked, "form": looked.form, "asked": looked.asked, "tab": "place"}
    if looked.profile is not None:
        found = looked.profile
        made: dict[str, Any] = kept(
            looked.project,
            ("page", looked.asked, request.language),
            lambda: {
                "lead": list(told.sentences(found, looked.currency, _)),
                "differ": differences.differences(found, looked.currency, _),
                "first": [one for one in (sections.ages(found, _), sections.jobs(found, looked.currency, _)) if one],
                "themes": [(one, listed) for one, listed in sections.themes(found, looked.currency, _)],
                "drawn": {},
            },
        )
        context |= made
        jobs = [one for id in sections.OF_JOBS if (one := found.one(id)) is not None]
        context |= {
            "jobs": jobs,
            "profile": found,
            "missing": [
                one
                for one in found.missing
                if not (one.id in PARTS and found.readings.breakdowns(found.area.area_id, one.id))
            ],
        } | speaking(looked, request, made["drawn"])
    status = 400 if looked.form.errors else 200
    return render(request, "place/page.html", context, status=status)


def speaking(looked: Looked, request: PlaceRequest, done: dict[Any, Markup] | None = None) -> dict[str, Any]:
    """How templates write values, ranges, names and cards, and draw pictures; what is drawn is kept in `done`."""
    _, currency = request.translate, looked.currency
    held: dict[Any, Markup] = {} if done is None else done

    def svg(section: Section, picture: Picture, size: str) -> Markup:
        key = (section.id, picture.name, size, _.language)
        if key not in held:
            held[key] = drawn(picture, size, _)
        return held[key]

    def value(one: Any, number: float | None = None, *, bare: bool = False) -> str:
        shown = one.value if number is None else number
        return value_text(shown, one.indicator.unit, one.indicator.digits, currency, _, bare=bare)

    def ends(one: Any) -> str:
        figure, indicator = one.figure, one.indicator
        return range_text(figure.low, figure.high, indicator.unit, indicator.digits, currency, _)

    def written(cell: Any, head: Head, digits: int | None = None) -> str:
        """A cell as it reads: numbers of one indicator with its decimals, others with at most two."""
        if isinstance(cell, float) and head.kind is Kind.NUMBER:
            return _.number(cell, 2) if digits is None else _.fixed(cell, digits)
        return shown(cell, head.kind, _)

    return {
        "svg": svg,
        "value": value,
        "ends": ends,
        "why_none": lambda status: why_none(status, _),
        "mark": lambda status: mark(status, _),
        "label": lambda indicator: text_of(indicator.label, _),
        "label_unit": lambda indicator: label_text(indicator.label, indicator.unit, _),
        "fetched": lambda read: _.day(date.fromisoformat(read.fetched_on)) if read.fetched_on else DASH,
        "dict_of": lambda one: {beside.area.area_id: beside.value for beside in one.beside},
        "is_number": lambda head: head.kind is not Kind.TEXT,
        "written": written,
        "card_of": lambda one: cards.card(one, currency, _, lambda source: _(title_of(source))),
        "is_small": lambda profile: profile.area.level.value in ("village", "small_area", "district", "locality"),
    }
