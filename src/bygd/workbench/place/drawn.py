"""Drawn: a village drawn on a map becomes small areas, each with the share of its land that lies within."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union
from shapely.validation import make_valid

from bygd.countries.levels import area
from bygd.reports import boundaries
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.workbench.place import villages
from bygd.workbench.place.shapes import is_flat
from bygd.workbench.place.villages import Village
from bygd.workbench.project import Project

LEAST, WHOLE = 0.01, 0.99
"""Shares below the first are slips of the pen, from the second on the area is meant whole."""


@dataclass(frozen=True)
class Covered:
    """Areas that a drawn village covers, each with the share of its land; `outside` is the share of it in no area."""

    parts: tuple[tuple[str, float], ...]
    outside: float


def covered(polygons: Sequence[Any], shapes: Mapping[str, Any]) -> Covered:
    """Which areas of `shapes` (by id) polygons cover, and how much of each area's land.

    A share is of land, not of people: it is right where people live evenly. Raises InputError where the polygons are in
    degrees and the areas in metres or the other way round, and where they touch no area.
    """
    if is_flat(polygons) != is_flat(list(shapes.values())):
        raise InputError(
            "What was drawn and the boundaries are not in the same coordinates: one is in degrees, the other in "
            "metres. Save both in degrees (WGS 84)."
        )
    drawn = unary_union([make_valid(one) for one in polygons])
    parts, within = [], 0.0
    for area_id, shape in sorted(shapes.items()):
        share, here = _share(make_valid(shape), drawn)
        within += here
        if share >= LEAST:
            parts.append((area_id, 1.0 if share >= WHOLE else round(share, 3)))
    if not parts:
        raise InputError("The polygon touches none of the {number} small areas in the boundaries given.",
                         number=len(shapes))  # fmt: skip
    return Covered(tuple(parts), max(0.0, 1 - within / drawn.area))


def add(project: Project, id: str, name: str, polygon: Path, shapes: Sequence[Path]) -> Village:
    """Put a village together from the small areas that a drawn polygon covers, and keep it.

    `polygon` and `shapes` are GeoJSON; the latter hold the boundaries of small areas with their codes. For shares see
    `covered`; they can be changed afterwards. Raises InputError where the polygon touches no small area.
    """
    known = sorted(set(_codes(project, shapes)))
    found = covered(boundaries.shapes([polygon]), boundaries.read(shapes, project.country.code, known))
    parts = [area_id if share == 1 else f"{area_id}={share:.3f}" for area_id, share in found.parts]
    return villages.add(project, id, name, parts)


def _codes(project: Project, shapes: Sequence[Path]) -> Iterator[str]:
    """The ids of small areas among the properties of the boundaries' features."""
    for text in boundaries.texts(shapes):
        area_id = f"{project.country.code}:{text}"
        try:
            if area(project.country, area_id).level is Level.SMALL_AREA:
                yield area_id
        except InputError:
            continue


def _share(shape: BaseGeometry, drawn: Any) -> tuple[float, float]:
    """Share of the shape's land within, and that land; in degrees, which cancel out in so small an area."""
    within = float(shape.intersection(drawn).area)
    return (within / shape.area if shape.area > 0 else 0.0), within
