"""The map: which municipalities the money goes to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shapely.geometry import box, mapping
from shapely.geometry.polygon import orient

from bygd.reports.charts.theme import CONFIG, INK, MIDDLE, WIDE, lines
from bygd.reports.translate import Translator

Rows = Sequence[Mapping[str, Any]]

CLASSES = (0.0001, 0.01, 0.05, 0.2)
"""Lower ends of the classes of shares; a map in five shades can still be told apart in grey."""

SHADES = ("#ffffff", "#dce9f3", "#8cbbdd", "#2f75b0", "#0b3c6f")

FINENESS = 500
"""Boundaries are drawn no finer than this many steps across the map."""

NAMED = 8
"""At most so many areas are named on the map, none so near another that the names collide."""

REACH = 1.5
"""How far around the place the nearer map goes, in sizes of the place."""


def simplified(boundaries: Mapping[str, Any]) -> dict[str, Any]:
    """The shapes no finer than can be seen, in order of their ids."""
    left, low, right, high = _bounds(boundaries.values())
    step = max(right - left, high - low) / FINENESS
    return {area: found.simplify(step, preserve_topology=True) for area, found in sorted(boundaries.items())}


def around(boundaries: Mapping[str, Any], home: str) -> dict[str, Any]:
    """The shapes near the area of that id: those that touch a square several times its size."""
    left, low, right, high = boundaries[home].bounds
    reach = max(right - left, high - low) * REACH
    square = box(left - reach, low - reach, right + reach, high + reach)
    return {area: found for area, found in boundaries.items() if found.intersects(square)}


def _bounds(shapes: Iterable[Any]) -> tuple[float, float, float, float]:
    """Left, low, right and high end of shapes together."""
    sides = list(zip(*(found.bounds for found in shapes), strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))


def shares(
    rows: Rows, shapes: Mapping[str, Any], translate: Translator, *, title: str, width: int = WIDE
) -> dict[str, Any]:
    """A map of municipalities shaded by their share of purchases, the largest named.

    Rows have `area_id`, `name` and `share`; `shapes` are shapely geometries by area id, in degrees
    or in any flat projection.
    """
    _ = translate
    share = {row["area_id"]: float(row["share"]) for row in rows}
    left, low, right, high = _bounds(shapes.values())
    flat = any(abs(side) > 360 for side in (left, low, right, high))
    tall = (high - low) / max((right - left) * (1.0 if flat else 0.55), 1e-9)
    labels = [_class_label(number, translate) for number in range(len(SHADES))]
    features = [
        {
            "type": "Feature",
            "geometry": _wound(found, flat),
            "properties": {"class": labels[_class(share.get(area, 0.0))]},
        }
        for area, found in shapes.items()
    ]
    points: list[dict[str, Any]] = []
    for row in rows:
        if row["area_id"] in shapes and len(points) < NAMED:
            middle = shapes[row["area_id"]].representative_point()
            near = ((right - left) * 0.25 * WIDE / width, (high - low) * 0.05)
            if all(abs(middle.x - p["x"]) > near[0] or abs(middle.y - p["y"]) > near[1] for p in points):
                label = f"{row['name']} {translate.percent(row['share'])}"
                points.append({"x": round(middle.x, 4), "y": round(middle.y, 4), "label": label})
    projection = {"type": "identity", "reflectY": True} if flat else {"type": "mercator"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": lines(title, width)},
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
                            "columns": 2 if width < MIDDLE else 5,
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
