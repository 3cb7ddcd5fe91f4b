"""Covering: which small areas a line drawn around a village covers, and the map that it is drawn on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from bygd.reports import Translator, boundaries
from bygd.reports.charts.village_map import village_map
from bygd.reports.drawing import framed
from bygd.sources.errors import InputError
from bygd.web.pages.place.forms import DrawnForm, VillageForm
from bygd.workbench.place import drawn, shapes
from bygd.workbench.place.profile import Named
from bygd.workbench.project import Project

FAR = 0.05
"""From this share of what was drawn on it is told that it lies in no area."""


@dataclass(frozen=True)
class Line:
    """A line around a village: its polygons, the share of each area's land within, and its share in no area."""

    polygons: tuple[Any, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    outside: float = 0.0

    @property
    def is_far(self) -> bool:
        """Whether much of it lies in no area that boundaries are held of."""
        return self.outside >= FAR


def look(project: Project, form: DrawnForm, areas: Collection[Named], translate: Translator) -> Line:
    """The line of a posted form, what cannot be read told on the form; without weights where it covers nothing."""
    if not form.is_valid():
        return Line()
    name = "outline" if form.cleaned_data.get("outline") is not None else "drawn"
    try:
        found = _shapes(project, areas)
        if not found:
            raise InputError("No boundaries of areas of this place are held. Bring a GeoJSON file of them.")
        polygons = boundaries.polygons(form.text())
        within = drawn.covered(polygons, found)
        return Line(tuple(polygons), dict(within.parts), within.outside)
    except InputError as error:
        form.add_error(name, translate.said(error))
        return Line()


def drawn_map(project: Project, form: VillageForm, line: Line, translate: Translator) -> Markup | None:
    """The map of the areas of the form, filled by how much of each belongs; None without boundaries of two or more."""
    _ = translate
    try:
        found = _shapes(project, form.areas)
    except InputError:
        return None
    if len(found) < 2:
        return None
    shares = form.shares()
    rows = [
        {
            "key": str(number),
            "number": number + 1,
            "name": one.name,
            "shape": found[one.area_id],
            "share": shares[number],
        }
        for number, one in enumerate(form.areas)
        if one.area_id in found
    ]
    title = _("Areas to choose from, with the numbers of the list")
    marks = village_map(rows, title, _("Dark: all of the area belongs. Light: a part of it."), line.polygons)
    return framed(marks["marks"], "village", marks["view"], marks["title"], marks["description"])


def unknown(project: Project, listed: Collection[Named]) -> list[Named]:
    """Areas of the place that boundaries are held of, and nothing else; they are fetched once they belong."""
    known = {one.area_id for one in listed}
    levels = {one.level for one in listed}
    try:
        found = shapes.small_areas(project)
    except InputError:
        return []
    made = [Named(f"{project.country.code}:{one.code}", one.code, one.level, one.vintage) for one in found]
    return [one for one in made if one.area_id not in known and (not levels or one.level in levels)]


def _shapes(project: Project, areas: Collection[Named]) -> dict[str, Any]:
    """Boundaries of those areas, of the smallest level that has them: areas that lie over each other are not mapped."""
    for level in dict.fromkeys(one.level for one in sorted(areas, key=lambda one: ORDER.index(one.level.value))):
        found = shapes.shapes(project, {one.area_id for one in areas if one.level is level})
        if found:
            return found
    return {}


ORDER = ["small_area", "locality", "district"]
