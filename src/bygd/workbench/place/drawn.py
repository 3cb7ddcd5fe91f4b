"""Drawn: a village drawn on a map becomes small areas, each with the share of its land that lies within."""

from collections.abc import Iterator, Sequence
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
from bygd.workbench.place.villages import Village
from bygd.workbench.project import Project

LEAST, WHOLE = 0.01, 0.99
"""Shares below the first are slips of the pen, from the second on the area is meant whole."""


def add(project: Project, id: str, name: str, polygon: Path, shapes: Sequence[Path]) -> Village:
    """Put a village together from the small areas that a drawn polygon covers, and keep it.

    `polygon` and `shapes` are GeoJSON; the latter hold the boundaries of small areas with their codes. A share is of
    land, not of people: it is right where people live evenly, and can be changed afterwards. Raises InputError where
    the polygon touches no small area.
    """
    drawn = unary_union([make_valid(shape) for shape in boundaries.shapes([polygon])])
    known = sorted(set(_codes(project, shapes)))
    found = boundaries.read(shapes, project.country.code, known)
    parts = []
    for area_id, shape in sorted(found.items()):
        share = _share(make_valid(shape), drawn)
        if share >= LEAST:
            parts.append(area_id if share >= WHOLE else f"{area_id}={share:.3f}")
    if not parts:
        raise InputError(
            "The polygon in {file} touches none of the {number} small areas in the boundaries given.",
            file=polygon.name,
            number=len(found),
        )
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


def _share(shape: BaseGeometry, drawn: Any) -> float:
    """Share of the shape's land within; in degrees, which cancel out in so small an area."""
    return float(shape.intersection(drawn).area / shape.area) if shape.area > 0 else 0.0
