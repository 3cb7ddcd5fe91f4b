"""Every chart is drawn from a sample, compared with its snapshot, checked against Vega-Lite's schema and rendered."""

import inspect
import json
import os
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
import vl_convert
from shapely.geometry import box

import bygd.reports.charts
from bygd.reports.charts import areas, assessments, assets, kinds, place, plans, promises, shares
from bygd.reports.charts.flow import Band, Node, bands, flow
from bygd.reports.charts.tenders import by_weight, tornado
from bygd.reports.charts.theme import HATCHED, LABEL_LINE, NARROW, WIDE, bars, folded
from bygd.reports.charts.trend import trend
from bygd.reports.charts.waterfall import waterfall
from bygd.reports.drawing import VEGA_LITE, draw, framed
from bygd.reports.translate import Translator
from bygd.tools.assets import network
from bygd.vocabulary.planning import ActivityStanding

SNAPSHOTS = Path(__file__).parents[1] / "snapshots" / "charts"

BOUNDS = [
    {"name": "Registered office", "value": 0.18, "low": 0.16, "high": 0.24},
    {"name": "Branch", "value": 0.4, "low": 0.35, "high": 0.61},
]
PARTS = [
    {"name": "Private, independent", "value": 0.5, "is_doubt": False},
    {"name": "Public", "value": -0.01, "is_doubt": False},
    {"name": "Not known", "value": 0.25, "is_doubt": True},
]
MONEY = [{"name": "Cleaning & <care>", "value": 12_345_678}, {"name": "Food", "value": 1_234_567, "is_doubt": True}]
RINGS = [
    {"definition": definition, "ring": ring, "name": name, "share": share}
    for definition in ("Registered office", "Branch")
    for ring, name, share in (
        ("municipality", "In Bygdeby", 0.6),
        ("world", "Abroad", 0.3),
        ("unknown", "Not known", 0.1),
    )
]
YEARS = [
    {"year": year, "series": series, "value": value, "low": value - 0.1, "high": value + 0.1}
    for series, values in (("All institutions", (0.2, 0.3)), ("The same institutions in every year", (0.2, 0.25)))
    for year, value in zip((2024, 2025), values, strict=True)
]
SHARES = [{"area_id": "xx:1", "name": "Bygdeby", "share": 0.6}, {"area_id": "xx:2", "name": "Storstad", "share": 0.03}]
SHAPES = {"xx:1": box(13, 55, 14, 56), "xx:2": box(14, 55, 16, 56), "xx:3": box(13, 56, 16, 57)}

STEPS = [
    {"name": "Words of the name", "start": -9.0, "end": -2.5},
    {"name": "Spelling", "start": -2.5, "end": 4.0},
    {"name": "Address", "start": 4.0, "end": 3.5},
]

PROMISED = [
    {"name": "Work", "label": "4 of 6", "verified": 0.5, "waiting": 0.17, "disputed": 0.0, "expected": 0.8},
    {"name": "Climate & <soil>", "label": "1 of 4", "verified": 0.0, "waiting": 0.1, "disputed": 0.15, "expected": 0.2},
]
WEIGHED = [
    {"bid": bid, "x": x, "y": y}
    for bid, low, high in (("Alma AB", 80.0, 60.0), ("Bo & Co", 95.0, 40.0))
    for x, y in ((0.0, low), (1.0, high))
]
SWINGS = [
    {"name": "Q1", "less": -2.0, "more": 6.0, "now": 3.0},
    {"name": "price", "less": 1.0, "more": 4.0, "now": 3.0},
]
LORENZ = [{"people": 0.4, "income": 0.15}, {"people": 0.9, "income": 0.7}, {"people": 1.0, "income": 1.0}]

MAPPED = [
    {
        "number": 1,
        "name": "Hall & <kitchen>",
        "layer": "premises",
        "freshness": "fresh",
        "longitude": 13.99,
        "latitude": 55.9,
    },
    {"number": 2, "name": "Meadow", "layer": "land", "freshness": "stale", "longitude": 14.002, "latitude": 55.904},
]
NETWORK = network(
    [
        {"asset_key": key, "layer": "organisation", "name": name, "sort": sort}
        for key, name, sort in (("a", "Bygdeby", "anchor"), ("b", "Bågé & Co", "firm"), ("c", "Odlarna", None))
    ],
    [{"from_key": "a", "to_key": "b", "kind": "buys_from"}],
)
ASKED = [
    {"name": "Multipliers matter", "low": 0, "first": 1, "median": 1, "third": 2, "high": 3, "before": 0},
    {"name": "It's a long question " * 4, "low": 2, "first": 2, "median": 2, "third": 2, "high": 2, "before": None},
]
LEVELS = ["Not begun", "First steps", "Under way", "It's a matter of course"]

DATED = [
    {"name": "Sell & <share>", "from": date(2026, 3, 1), "to": date(2026, 9, 30), "standing": ActivityStanding.OVERDUE},
    {
        "name": "It's a long name " * 3,
        "from": date(2026, 8, 1),
        "to": date(2027, 8, 31),
        "standing": ActivityStanding.LATE,
    },
]

CHARTS: dict[Callable[..., dict[str, Any]], tuple[tuple[Any, ...], dict[str, Any]]] = {
    shares.definitions: ((BOUNDS,), {"area": "Bygdeby"}),
    shares.rings: ((RINGS,), {}),
    shares.coverage: (([{"name": "The 10 largest", "value": 0.4}, {"name": "The 50 largest", "value": 0.8}],), {}),
    trend: ((YEARS,), {"area": "Bygdeby"}),
    kinds.ownership: ((PARTS,), {}),
    kinds.size: ((PARTS,), {}),
    kinds.leakage: ((MONEY,), {"area": "Bygdeby", "currency": "SEK"}),
    kinds.excluded: ((MONEY,), {"currency": "SEK"}),
    waterfall: ((STEPS,), {"name": "Bågé & Co's <AB>", "probability": 0.97}),
    areas.shares: ((SHARES, SHAPES), {"title": "Which municipalities does the money go to?"}),
    promises.delivered: ((PROMISED,), {}),
    plans.timetable: ((DATED, date(2026, 3, 1), date(2027, 8, 31), date(2026, 11, 22)), {}),
    tornado: ((SWINGS,), {"lead": "Lead in points"}),
    place.lorenz: ((LORENZ,), {"place": "Bygdeby", "gini": 0.351}),
    assets.places: ((MAPPED, SHAPES), {"title": "What is here, and where?"}),
    assets.ties: ((NETWORK,), {"title": "Who works with whom?"}),
    assessments.spreads: ((ASKED, LEVELS), {"title": "The eight principles"}),
    by_weight: ((WEIGHED, 0.5), {"what": "Weight of price", "result": "Points", "is_share": True}),
}


MARKS = ("theme", "flow", "beside", "panels", "pyramid", "timeline")
"""Modules that draw marks without Vega-Lite; the pages and sheets that show them test them."""


def named(chart: Callable[..., Any]) -> str:
    return f"{chart.__module__.rpartition('.')[2]}.{chart.__name__}"


def test_every_chart_is_tested() -> None:
    found = set()
    for module in iter_modules(bygd.reports.charts.__path__):
        if module.name not in MARKS:
            loaded = import_module(f"bygd.reports.charts.{module.name}")
            for function in vars(loaded).values():
                own = inspect.isfunction(function) and function.__module__ == loaded.__name__
                if (
                    own
                    and "translate" in inspect.signature(function).parameters
                    and not function.__name__.startswith("_")
                ):
                    found.add(function)
    assert found == set(CHARTS)


@pytest.mark.parametrize("chart", CHARTS, ids=named)
def test_chart(chart: Callable[..., dict[str, Any]]) -> None:
    """Set BYGD_ACCEPT=1 to accept a changed chart after having looked at it."""
    rows, options = CHARTS[chart]
    spec = chart(*rows, Translator("en"), **options)
    text = json.dumps(spec, indent=1, ensure_ascii=False) + "\n"
    snapshot = SNAPSHOTS / f"{named(chart)}.json"
    if os.environ.get("BYGD_ACCEPT"):
        snapshot.write_text(text, encoding="utf-8")
    assert text == snapshot.read_text(encoding="utf-8"), "look at the chart, then accept it with BYGD_ACCEPT=1"
    assert spec["description"] and spec["title"]["text"]


@pytest.mark.parametrize("chart", CHARTS, ids=named)
def test_chart_fits_the_schema_of_vega_lite(chart: Callable[..., dict[str, Any]]) -> None:
    import altair

    rows, options = CHARTS[chart]
    altair.Chart.from_dict(chart(*rows, Translator("en"), **options), validate=True)


@pytest.mark.parametrize("language", ["sv", "nl"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("chart", CHARTS, ids=named)
def test_chart_is_drawn_without_warnings(
    chart: Callable[..., dict[str, Any]], width: int, language: str, capfd: pytest.CaptureFixture[str]
) -> None:
    rows, options = CHARTS[chart]
    translate = Translator(language)
    spec = chart(*rows, translate, **options, width=width)
    vl_convert.vegalite_to_vega(spec, vl_version=VEGA_LITE, show_warnings=True)
    svg = draw(spec, "it", translate)
    assert 'role="img"' in svg and "<title id=" in svg and "<desc id=" in svg
    assert HATCHED not in svg, "doubt is hatched"
    assert "<script" not in svg and "style=" not in svg and "href=" not in svg
    assert "Cleaning & <" not in svg
    assert float(svg.split('viewBox="0 0 ')[1].split()[0]) <= width + 40
    assert capfd.readouterr().err == ""


def test_numbers_on_axes_follow_the_language() -> None:
    rows, options = CHARTS[kinds.ownership]
    swedish = draw(kinds.ownership(*rows, Translator("sv"), **options), "it", Translator("sv"))
    assert "20\u00a0%" in swedish and "20%" not in swedish


def test_flow_keeps_thickness_and_escapes_names() -> None:
    rows = [{"from": "A & B", "to": "In <Bygdeby>", "amount": 30}, {"from": "A & B", "to": "Abroad", "amount": 10}]
    columns = [
        ("Who pays", [Node("A & B", 40.0, "#000000", "40")]),
        ("Where", [Node("In <Bygdeby>", 30.0, "#000000", "30"), Node("Abroad", 10.0, HATCHED, "10")]),
    ]
    marks, view = flow(columns, [bands(rows, "from", "to")], width=WIDE)
    assert columns[0][1][0].taken["out"] == pytest.approx(columns[0][1][0].height)
    svg = framed(marks, "it", view, "How?", "So & so")
    assert "A &amp; B" in svg and "In &lt;Bygdeby&gt;" in svg and "So &amp; so" in svg
    assert 'fill="url(#it-doubt)"' in svg


def test_flow_leaves_out_what_cannot_be_drawn() -> None:
    rows = [{"from": "A", "to": "B", "amount": -30}, {"from": "A", "to": "C", "amount": 10}]
    assert bands(rows, "from", "to") == [Band("A", "C", 10.0)]


@pytest.mark.parametrize(("language", "month"), [("sv", "okt. 2026"), ("nl", "okt 2026"), ("en", "Oct 2026")])
def test_months_of_a_timetable_have_their_names(language: str, month: str) -> None:
    rows, options = CHARTS[plans.timetable]
    translate = Translator(language)
    assert f">{month}<" in draw(plans.timetable(*rows, translate, **options), "timetable", translate)


def test_a_row_of_a_narrow_chart_is_as_high_as_its_name() -> None:
    rows = [
        {"name": name, "value": 1, "label": "1", "is_doubt": False}
        for name in ("Grants", "Pay, pensions and payroll deductions")
    ]
    low, high = (bars("T", "D", NARROW, some, axis="x")["height"] / len(some) for some in (rows[:1], rows))
    assert folded(rows[1]["name"], NARROW).count("\n") == 2 and low < high >= 3 * LABEL_LINE
