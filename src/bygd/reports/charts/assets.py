"""Pictures of what residents mapped: a map of points with numbers, and who works with whom."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from shapely.geometry import box

from bygd.reports.charts.theme import CONFIG, INK, MIDDLE, WIDE, lines
from bygd.reports.translate import Translator
from bygd.tools.assets import Freshness, Network
from bygd.vocabulary.mapping import AssetLayer, OrganisationSort

Rows = Sequence[Mapping[str, Any]]

COLOURS = ("#0b3c6f", "#b5541c", "#5b7f2b", "#7a4b9c", "#1f7a8c", "#7a4b00", "#a4201c")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-left")
"""Each layer and each sort has a colour and a shape of its own, so that grey print tells them apart."""
LEAST = 0.006
"""A map is never nearer than so many degrees of latitude across, some 700 metres."""
METRES = 111_320
NAMED = 24
"""In pictures with more organisations, only those who bridge and the largest are named."""


def places(
    rows: Rows, shapes: Mapping[str, Any], translate: Translator, *, title: str, width: int = WIDE
) -> dict[str, Any]:
    """A map of points, numbered as in the table beside it; those out of date are hollow.

    Rows have `number`, `name`, `layer`, `freshness`, `longitude` and `latitude`; `shapes` are boundaries in degrees by
    area, drawn where they pass. North is up; the length of the bar is written on it.
    """
    _ = translate
    low, high = min(row["latitude"] for row in rows), max(row["latitude"] for row in rows)
    left, right = min(row["longitude"] for row in rows), max(row["longitude"] for row in rows)
    squeeze = max(math.cos(math.radians((low + high) / 2)), 0.05)
    tall = 1.1 if width < MIDDLE else 0.68
    reach = max((high - low) / tall, (right - left) * squeeze, LEAST) * 0.6
    across, up = (left + right) / 2 * squeeze, (low + high) / 2
    half = (reach, reach * tall)
    layers = [layer for layer in AssetLayer if any(row["layer"] == layer for row in rows)]
    labels = [_.word(layer) for layer in layers]
    numbers = [list(AssetLayer).index(layer) for layer in layers]
    colours, signs = [COLOURS[number] for number in numbers], [SHAPES[number] for number in numbers]
    points = [
        {
            "x": round(row["longitude"] * squeeze, 6), "y": round(row["latitude"], 6), "number": str(row["number"]),
            "layer": _.word(AssetLayer(row["layer"])), "old": row["freshness"] == Freshness.STALE,
        }
        for row in rows
    ]  # fmt: skip
    view = box((across - half[0]) / squeeze, up - half[1], (across + half[0]) / squeeze, up + half[1])
    bar = _round(half[0] * METRES / 2)
    start, y = across - half[0] * 0.95, up - half[1] * 0.93
    x_scale = {"domain": [across - half[0], across + half[0]], "nice": False, "zero": False}
    y_scale = {"domain": [up - half[1], up + half[1]], "nice": False, "zero": False}
    x = {"field": "x", "type": "quantitative", "scale": x_scale, "axis": None}
    y_ = {"field": "y", "type": "quantitative", "scale": y_scale, "axis": None}
    told = _.fixed(bar / 1000, 1 if bar < 1000 else 0) + " km"
    return {
        **_frame(title, "; ".join(f"{row['number']} {row['name']}" for row in rows[:40]), width),
        "height": round((width - 20) * tall),
        "layer": [
            {
                "data": {"values": list(_outlines(shapes, view, squeeze))},
                "mark": {"type": "line", "stroke": "#8a8a8a", "strokeWidth": 1, "strokeDash": [5, 3], "clip": True},
                "encoding": {"x": x, "y": y_, "detail": {"field": "ring"}, "order": {"field": "place"}},
            },
            *(
                {
                    "data": {"values": [point for point in points if point["old"] is is_old]},
                    "mark": {"type": "point", "size": 150, "strokeWidth": 2, "opacity": 1, "filled": not is_old},
                    "encoding": {"x": x, "y": y_, **_told_apart("layer", labels, colours, signs, width)},
                }
                for is_old in (False, True)
            ),
            *(
                {
                    "data": {"values": points},
                    "mark": {"type": "text", "dx": 12, "dy": -8, "align": "left", "fontWeight": "bold", **halo},
                    "encoding": {"x": x, "y": y_, "text": {"field": "number", "type": "nominal"}},
                }
                for halo in _HALO
            ),
            {
                "data": {"values": [{"x": start, "x2": start + bar / METRES, "y": y}]},
                "mark": {"type": "rule", "strokeWidth": 3, "color": INK},
                "encoding": {"x": x, "x2": {"field": "x2"}, "y": y_},
            },
            {
                "data": {"values": [{"x": start, "y": y, "text": told}]},
                "mark": {"type": "text", "align": "left", "dy": -9},
                "encoding": {"x": x, "y": y_, "text": {"field": "text"}},
            },
        ],
    }  # fmt: skip


def ties(network: Network, translate: Translator, *, title: str, width: int = WIDE) -> dict[str, Any]:
    """Organisations and the ties between them; the more somebody bridges, the larger the sign."""
    _ = translate
    few = {one.key for one in sorted(network.members, key=lambda one: (-one.betweenness, -one.ties))[:NAMED]}
    at = {one.key: one for one in network.members}
    sorts = [sort for sort in OrganisationSort if any(one.sort is sort for one in network.members)]
    unsaid = _("Sort not said")
    labels = [*(_.word(sort) for sort in sorts), *([unsaid] if any(one.sort is None for one in at.values()) else [])]
    kinds = list(OrganisationSort)
    colours = [COLOURS[kinds.index(sort)] for sort in sorts] + ["#767676"] * (len(labels) - len(sorts))
    signs = [SHAPES[kinds.index(sort)] for sort in sorts] + ["circle"] * (len(labels) - len(sorts))
    points = [
        {
            "x": one.x, "y": one.y, "size": 120 + 900 * one.betweenness,
            "sort": _.word(one.sort) if one.sort else unsaid,
            "name": _shortened(one.name, 16 if width < MIDDLE else 26) if one.key in few else "",
            "side": one.x > 0.5,
        }
        for one in network.members
    ]  # fmt: skip
    lines_ = [
        {"x": at[tie.first].x, "y": at[tie.first].y, "x2": at[tie.second].x, "y2": at[tie.second].y}
        for tie in network.ties
    ]
    x = {"field": "x", "type": "quantitative", "scale": {"domain": [-0.04, 1.04]}, "axis": None}
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [-0.04, 1.04]}, "axis": None}
    return {
        **_frame(title, "; ".join(f"{one.name}: {one.ties}" for one in network.members[:40]), width),
        "height": 420 if width < MIDDLE else 480,
        "layer": [
            {
                "data": {"values": lines_},
                "mark": {"type": "rule", "strokeWidth": 1.5, "color": "#8a8a8a"},
                "encoding": {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}},
            },
            {
                "data": {"values": points},
                "mark": {"type": "point", "filled": True, "opacity": 1, "stroke": "#ffffff", "strokeWidth": 1},
                "encoding": {
                    "x": x, "y": y, **_told_apart("sort", labels, colours, signs, width),
                    "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
                },
            },
            *(
                {
                    "data": {"values": [one for one in points if one["side"] is is_right]},
                    "mark": {
                        "type": "text", "align": "right" if is_right else "left", "dx": -4 if is_right else 4,
                        "dy": -15, **halo,
                    },
                    "encoding": {"x": x, "y": y, "text": {"field": "name", "type": "nominal"}},
                }
                for halo in _HALO
                for is_right in (False, True)
            ),
        ],
    }  # fmt: skip


_HALO: tuple[dict[str, Any], ...] = ({"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 3}, {"color": INK})


def _frame(title: str, description: str, width: int) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": lines(title, width)},
        "description": description,
        "width": width - 20,
        "config": {**CONFIG, "view": {"stroke": "#b0b0b0"}},
    }


def _told_apart(field: str, labels: list[str], colours: list[str], signs: list[str], width: int) -> dict[str, Any]:
    legend = {"title": None, "orient": "bottom", "columns": 2 if width < MIDDLE else 4, "symbolSize": 120}
    return {
        "color": {"field": field, "type": "nominal", "scale": {"domain": labels, "range": colours}, "legend": legend},
        "shape": {"field": field, "type": "nominal", "scale": {"domain": labels, "range": signs}, "legend": legend},
    }


def _outlines(shapes: Mapping[str, Any], view: Any, squeeze: float) -> Iterator[dict[str, Any]]:
    """Boundaries that pass through the view, as points of lines."""
    number = 0
    for _area, found in sorted(shapes.items()):
        for part in _lines(found.boundary.intersection(view)):
            number += 1
            for place, (x, y, *_rest) in enumerate(part.coords):
                yield {"x": round(x * squeeze, 6), "y": round(y, 6), "ring": number, "place": place}


def _lines(found: Any) -> Iterable[Any]:
    return [part for part in getattr(found, "geoms", [found]) if part.geom_type == "LineString" and not part.is_empty]


def _round(metres: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is no longer."""
    size = 10 ** math.floor(math.log10(max(metres, 10)))
    return float(next(times * size for times in (5, 2, 1) if times * size <= metres or times == 1))


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
