"""Boundaries of the made-up areas: rounded cells around their middles, so that the map has something to show."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
import shapely.affinity
from shapely.geometry import MultiPoint, Point, mapping, shape

REACH = 0.3
"""Degrees around the middle of an area that belong to it, unless another area's middle is nearer."""
CORNERS = 3
"""Corners of a cell per quarter of the round."""


def write(path: Path, areas: Iterable[Mapping[str, Any]]) -> None:
    """A GeoJSON file with one polygon for each area, with its code and name."""
    listed = list(areas)
    middles = [Point(area["at"][1], area["at"][0]) for area in listed]
    nearest = shapely.voronoi_polygons(MultiPoint(middles), extend_to=MultiPoint(middles).buffer(2 * REACH))
    features = [
        {
            "type": "Feature",
            "properties": {"code": area["code"], "name": area["name"]},
            "geometry": _cell(middle, nearest),
        }
        for area, middle in zip(listed, middles, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def write_within(path: Path, within: Path, code: str, areas: Iterable[tuple[str, str, tuple[float, float]]]) -> None:
    """A GeoJSON file that divides the area of that code in another file: codes, names and places within it."""
    features = json.loads(within.read_text(encoding="utf-8"))["features"]
    whole = next(shape(one["geometry"]) for one in features if one["properties"]["code"] == code)
    listed = list(areas)
    middles = [Point(at[1], at[0]) for _, _, at in listed]
    nearest = shapely.voronoi_polygons(MultiPoint(middles), extend_to=whole)
    parts = [next(cell for cell in nearest.geoms if cell.contains(middle)).intersection(whole) for middle in middles]
    features = [
        {
            "type": "Feature",
            "properties": {"desokod": code, "name": name},
            "geometry": dict(mapping(shapely.set_precision(part, 0.001))),
        }
        for (code, name, _), part in zip(listed, parts, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _cell(middle: Point, nearest: Any) -> dict[str, Any]:
    own = next(cell for cell in nearest.geoms if cell.contains(middle))
    # A degree of longitude is about half a degree of latitude this far north.
    round_it = shapely.affinity.scale(middle.buffer(REACH, quad_segs=CORNERS), xfact=2.0)
    return dict(mapping(shapely.set_precision(own.intersection(round_it), 0.001)))
