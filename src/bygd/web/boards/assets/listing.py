"""Listing: the map with its list, by layer, and as files for other programs."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from markupsafe import Markup

from bygd.reports import boundaries, drawing
from bygd.reports.charts import assets as charts
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.tools import assets as tool
from bygd.tools.assets import Freshness
from bygd.vocabulary import tables
from bygd.vocabulary.mapping import AssetLayer
from bygd.web.boards.entries import met
from bygd.web.pages.money.files import attachment
from bygd.web.pages.review.chosen import folded
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.workbench import assets
from bygd.workbench.assets import writing
from bygd.workbench.entered import Row
from bygd.workbench.project import Project

TYPES = {
    "geojson": "application/geo+json",
    "umap": "application/json",
    "csv": "text/csv; charset=utf-8",
}
WIDTHS = (("wide", WIDE), ("narrow", NARROW))
A_PAGE = 100
MOST_DRAWN = 400
"""More points than that would not be told apart; the filters choose among them."""
MOST_READ = 60 << 20
TO_SEE = "to_see"


@needs(Right.SEE_POOL)
@require_GET
def listing(request: PlaceRequest) -> HttpResponse:
    """What stands on the map, filtered; with `format` as a file."""
    wrong, today, _ = met(request, tables.asset_entries, tables.relation_entries), date.today(), request.translate
    project = request.place.project
    rows: list[Row] = [] if wrong else assets.assets(project)
    limits = assets.limits(project.country, today)
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:100] for name in ("text", "layer", "seen")}
    shown = [
        {**row, "number": number, "freshness": tool.freshness(row["last_seen"], today, limits)}
        for number, row in enumerate(rows, start=1)
    ]
    shown = [row for row in shown if _fits(row, asked)]
    ending = request.GET.get("format", "")
    if ending in TYPES:
        log.record(request, "exported", f"assets.{ending}, {len(shown)}")
        return _file(request, ending, shown)
    placed = [row for row in shown if row["latitude"] is not None][:MOST_DRAWN]
    layers = tool.layers(rows, today, limits)
    rest = {name: value for name, value in asked.items() if value}
    context = {
        "page": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "maps": _maps(request, placed) if placed else (),
        "unplaced": len(shown) - sum(row["latitude"] is not None for row in shown),
        "layers": layers,
        "hours": sum((layer.hours for layer in layers), start=layers[0].hours * 0),
        "to_see": sum(layer.to_see for layer in layers),
        "asked": asked,
        "query": f"{urlencode(rest)}&" if rest else "",
        "kinds": AssetLayer,
        "seen": [(TO_SEE, _("To be looked at")), *((one, _.word(one)) for one in Freshness)],
        "stale": Freshness.STALE,
        "wrong": wrong,
        "all": len(rows),
        "limits": limits,
        "may_change": request.access.may(Right.FACILITATE),
    }  # fmt: skip
    return render(request, "boards/assets/list.html", context)


def shapes(project: Project) -> Mapping[str, Any]:
    """Boundaries of the areas, as far as the project has them; read once for a snapshot."""
    paths = [project.path(file) for entry in project.boundaries for file in entry.files]
    opened = held.current(project)
    if opened is None or not paths or any(not one.exists() or one.stat().st_size > MOST_READ for one in paths):
        return {}

    def make(engine: Any) -> Mapping[str, Any]:
        known = [row["area_id"] for row in engine.rows("SELECT area_id FROM areas")]
        return boundaries.read(paths, project.country.code, known)

    found: Mapping[str, Any] = opened.answer(("money", "boundaries", tuple(paths)), make)
    is_flat = any(abs(side) > 360 for one in found.values() for side in one.bounds)
    return {} if is_flat else found


def _fits(row: Row, asked: Mapping[str, str]) -> bool:
    said = folded(" ".join(str(row[name] or "") for name in ("name", "place_name", "owner", "used_by", "note")))
    seen = asked["seen"]
    return (
        (not asked["layer"] or row["layer"] == asked["layer"])
        and (not seen or row["freshness"] == seen or (seen == TO_SEE and row["freshness"] is not Freshness.FRESH))
        and all(word in said for word in folded(asked["text"]).split())
    )


def _maps(request: PlaceRequest, rows: list[Row]) -> list[tuple[str, Markup]]:
    _ = request.translate
    title = _("What is here, and where?")
    areas = shapes(request.place.project)
    return [
        (name, drawing.draw(charts.places(rows, areas, _, title=title, width=width), f"map-{name}", _))
        for name, width in WIDTHS
    ]


def _file(request: PlaceRequest, ending: str, rows: list[Row]) -> HttpResponse:
    if ending == "csv":
        made = writing.table(rows)
    elif ending == "umap":
        made = writing.umap(rows, request.place.name, request.translate)
    else:
        made = writing.geojson(rows)
    answer = HttpResponse(made, content_type=TYPES[ending])
    answer["Content-Disposition"] = attachment(request, f"assets.{ending}")
    return answer
