"""The map: which municipalities the money goes to."""

from collections.abc import Mapping, Sequence
from typing import Any

from shapely.geometry import mapping
from shapely.geometry.polygon import orient

from bygd.reports.charts.theme import CONFIG, INK, lines
from bygd.reports.translate import Translator

Rows = Sequence[Mapping[str, Any]]

CLASSES = (0.0001, 0.01, 0.05, 0.2)
"""Lower ends of the classes of shares; a map in five shades can still be told apart in grey."""

SHADES = ("#ffffff", "#dce9f3", "#8cbbdd", "#2f75b0", "#0b3c6f")

FINENESS = 500
"""Boundaries are drawn no finer than this many steps across the map."""

NAMED = 4
MARGIN = 0.15


def within_reach(rows: Rows, boundaries: Mapping[str, Any], home: str) -> dict[str, Any]:
    """The shapes to draw, simplified; empty where neither the rows nor the place has one among them.

    All that are given are drawn, since distance is what the map shows.
    """
    wanted = {str(row["area_id"]) for row in rows} | {home}
    if not wanted & boundaries.keys():
        return {}
    left, low, right, high = (
        reduce(found.bounds[side] for found in boundaries.values())
        for side, reduce in ((0, min), (1, min), (2, max), (3, max))
    )
    step = max(right - left, high - low) / FINENESS
    return {area: found.simplify(step, preserve_topology=True) for area, found in sorted(boundaries.items())}


def shares(rows: Rows, shapes: Mapping[str, Any], translate: Translator, *, width: int = 680) -> dict[str, Any]:
    """A map of municipalities shaded by their share of purchases, the largest named.

    Rows have `area_id`, `name` and `share`; `shapes` are shapely geometries by area id, in degrees
    or in any flat projection.
    """
    _ = translate
    share = {row["area_id"]: float(row["share"]) for row in rows}
    bounds = [found.bounds for found in shapes.values()]
    flat = any(abs(side) > 360 for box in bounds for side in box)
    tall = (max(b[3] for b in bounds) - min(b[1] for b in bounds)) / max(
        (max(b[2] for b in bounds) - min(b[0] for b in bounds)) * (1.0 if flat else 0.55), 1e-9
    )
    labels = [_class_label(number, translate) for number in range(len(SHADES))]
    features = [
        {
            "type": "Feature",
            "geometry": _wound(found, flat),
            "properties": {"class": labels[_class(share.get(area, 0.0))]},
        }
        for area, found in shapes.items()
    ]
    named = [row for row in rows if row["area_id"] in shapes][:NAMED]
    points = [
        {
            "x": round(shapes[row["area_id"]].representative_point().x, 4),
            "y": round(shapes[row["area_id"]].representative_point().y, 4),
            "label": f"{row['name']} {translate.percent(row['share'])}",
        }
        for row in named
    ]
    projection = {"type": "identity", "reflectY": True} if flat else {"type": "mercator"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": lines(_("Which municipalities does the money go to?"), width)},
        "description": "; ".join(f"{row['name']}: {translate.percent(row['share'])}" for row in rows[:10]),
        "width": width - 20,
        "height": round(min(max(tall * width * 0.8, 240), 620)),
        "config": CONFIG,
        "projection": projection,
        "layer": [
            {
                "data": {"values": features},
                "mark": {"type": "geoshape", "stroke": "#555555", "strokeWidth": 0.4},
                "encoding": {
                    "color": {
                        "field": "properties.class",
                        "type": "nominal",
                        "scale": {"domain": labels, "range": list(SHADES)},
                        "legend": {
                            "title": _("Share of purchases"),
                            "orient": "bottom",
                            "columns": 2 if width < 480 else 5,
                            "symbolType": "square",
                            "symbolStrokeColor": "#333333",
                            "symbolStrokeWidth": 0.8,
                        },
                    }
                },
            },
            *(
                {
                    "data": {"values": points},
                    "mark": {"type": "text", "fontWeight": "bold", **halo},
                    "encoding": {
                        "longitude": {"field": "x", "type": "quantitative"},
                        "latitude": {"field": "y", "type": "quantitative"},
                        "text": {"field": "label", "type": "nominal"},
                    },
                }
                for halo in ({"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 4}, {"color": INK})
            ),
        ],
    }


def _class(share: float) -> int:
    return sum(share >= lower for lower in CLASSES)


def _class_label(number: int, translate: Translator) -> str:
    """What a shade means, in words."""
    if number == 0:
        return translate("Nothing")
    low = translate.percent(CLASSES[number - 1])
    if number == len(CLASSES):
        return translate("{low} or more", low=low)
    high = translate.percent(CLASSES[number])
    return translate("Less than {high}", high=high) if number == 1 else translate("{low} to {high}", low=low, high=high)


def _wound(found: Any, flat: bool) -> dict[str, Any]:
    """A geometry as GeoJSON with rounded corners; on the globe, rings run the way Vega expects."""
    if not flat:
        parts = getattr(found, "geoms", [found])
        wound = [orient(part, sign=-1.0) for part in parts if part.geom_type == "Polygon"]
        found = wound[0] if len(wound) == 1 else type(found)(wound) if wound else found
    digits = 0 if flat else 4
    return _rounded(mapping(found), digits)


def _rounded(geometry: Mapping[str, Any], digits: int) -> dict[str, Any]:
    def trim(part: Any) -> Any:
        if isinstance(part, (int, float)):
            return round(part, digits)
        return [trim(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": trim(geometry["coordinates"])}
