"""One indicator: what it is, how it went, how it stands beside other places; the withheld and the missing as such."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from bygd.reports import Translator
from bygd.reports.grid import Grid
from bygd.reports.place import cards, one
from bygd.reports.place.values import part_text, text_of
from bygd.reports.section import Section
from bygd.web.pages.place.looked import Looked, kept, look, peer_names, title_of
from bygd.web.pages.place.views import speaking
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench.place import factsheet
from bygd.workbench.place.bounds import bounds

PREFIX = "of-"
OF_INCOME = ("income_groups", "income_mean", "income_median", "gini", "lowest_40_share", "highest_20_share")
"""Indicators on whose page it is told how income is shared, where groups of it are published."""


@needs(Right.SEE_POOL)
@require_safe
def indicator(request: PlaceRequest, id: str) -> HttpResponse:
    """The page of an indicator of the catalogue; it also says where nothing is known."""
    looked, _ = look(request), request.translate
    context: dict[str, Any] = {"looked": looked, "form": looked.form, "asked": looked.asked, "tab": "", "in_parts": []}
    if looked.profile is not None:
        found = looked.profile
        about = found.readings.catalogue.get(id)
        if about is None:
            raise Http404
        shown = found.one(id)
        pieces: dict[Any, Markup] = kept(looked.project, ("drawn", id, looked.asked, request.language), dict)
        context |= {
            "profile": found,
            "about": about,
            "shown": shown,
            "facts": cards.about(about, looked.currency, _),
            "card": cards.card(shown, looked.currency, _, title_of) if shown else [],
            "section": section(f"{PREFIX}{id}", looked, _),
            "measures": _measures(looked, _) if id in OF_INCOME else [],
            "rows": _rows(looked, id) if shown else [],
            "in_parts": _parts(looked, id, _),
        } | speaking(looked, request, pieces)
    return render(request, "place/indicator.html", context, status=400 if looked.form.errors else 200)


def section(name: str, looked: Looked, translate: Translator) -> Section | None:
    """Pictures and tables of an indicator, of those of income how it is shared too; None where nothing is known."""
    found, id = looked.found, name.removeprefix(PREFIX)
    shown = found.one(id)
    spread = factsheet.shared(found) if id in OF_INCOME else None
    told = one.shared(*spread, found.area.name, translate) if spread else None
    if shown is None:
        return Section(name, told[1].caption, pictures=(told[0],), grids=(told[1],)) if told else None
    names = peer_names(looked.project, found)
    ends = bounds(found, shown.indicator.id)
    picture, grid = one.beside(shown, found, names, ends, looked.currency, translate)
    over = one.over_time(shown, found, looked.currency, translate)
    is_drawn = sum(point.value is not None for point in shown.over_time) > 1
    pictures = (*([over] if is_drawn else []), *([picture] if picture else []))
    grids: tuple[Grid, ...] = (one.series(shown, found, names, translate), grid)
    if told:
        pictures, grids = (*pictures, told[0]), (*grids, told[1])
    return Section(name, text_of(shown.indicator.label, translate), pictures=pictures, grids=grids)


def _measures(looked: Looked, translate: Translator) -> list[tuple[str, str]]:
    """Measures of how income is shared; none where groups are not published."""
    spread = factsheet.shared(looked.found)
    return one.shared(*spread, looked.found.area.name, translate)[2] if spread else []


def _rows(looked: Looked, id: str) -> list[dict[str, Any]]:
    """Each period of ours with its status, newest first."""
    found = looked.found
    series = found.readings.series(found.area.area_id, id)
    return [{"period": period, "read": read} for period, read in reversed(series.items())]


def _parts(looked: Looked, id: str, translate: Translator) -> list[tuple[str, Any]]:
    """What is known of it in parts, such as ages or groups of income."""
    found = looked.found
    listed = found.readings.breakdowns(found.area.area_id, id)
    return [(part_text(name, translate), found.readings.latest(found.area.area_id, id, name))
            for name in listed[:100]]  # fmt: skip
