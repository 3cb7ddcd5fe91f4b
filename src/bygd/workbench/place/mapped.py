"""Mapped: an indicator in each area of a level, with the area's boundary, in classes; or why there is no value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bygd.countries.indicators import Indicator
from bygd.tools import place as tool
from bygd.tools.place.classes import Class, class_of, classes
from bygd.vocabulary.place_words import Classing, Level
from bygd.workbench.place import divisions as steps
from bygd.workbench.place import known, shapes, villages
from bygd.workbench.place.known import Known
from bygd.workbench.place.profile import Named, Profile
from bygd.workbench.place.reading import Reading, Readings, base_of
from bygd.workbench.project import Project

LEAST = 2
"""A map of fewer areas tells nothing."""
SMALL = (Level.SMALL_AREA, Level.DISTRICT, Level.LOCALITY)
HALF = 0.5


@dataclass(frozen=True)
class Division:
    """Areas that can be mapped together: small areas of the place, the county's municipalities, or all there are."""

    id: str
    level: Level
    within: str
    areas: tuple[Named, ...]


@dataclass(frozen=True)
class Spot:
    """One area of the map. `read` is None where nothing is known of it, `class_` where it has no value."""

    number: int
    area: Named
    shape: Any | None
    read: Reading | None
    low: float | None
    high: float | None
    class_: int | None
    is_chosen: bool


@dataclass(frozen=True)
class Mapped:
    """A map before it is drawn; `period` is blank where no area has a value."""

    indicator: Indicator
    division: Division
    period: str
    how: Classing
    classes: tuple[Class, ...]
    spots: tuple[Spot, ...]
    files: tuple[str, ...]

    @property
    def is_flat(self) -> bool:
        """Whether the boundaries are in metres, not in degrees."""
        return shapes.is_flat([one.shape for one in self.spots if one.shape is not None])


def divisions(project: Project) -> list[Division]:
    """What can be mapped: levels of which at least two areas have boundaries, the smallest areas first.

    Raises InputError for a file of boundaries that cannot be read.
    """
    held = known.load(project)
    every = [*_small(project, held), *_municipalities(project, held)]
    found = shapes.shapes(project, {area.area_id for one in every for area in one.areas})
    said = {row["area_id"] for row in held.areas.to_pylist()} | set(found)
    every = [replace(one, areas=tuple(area for area in one.areas if area.area_id in said)) for one in every]
    return [one for one in every if sum(area.area_id in found for area in one.areas) >= LEAST]


def mapped(
    project: Project, profile: Profile, division: Division, indicator: str, how: Classing, until: str = ""
) -> Mapped:
    """An indicator in the areas of a division, in the newest period that half of those ever known have a value of.

    The area of the profile, or those that a village is put together of, are `is_chosen`. `until` is a year. Values are
    those that may be told; see `withholding`. What an older division says of an area goes over as in its profile.
    """
    one = profile.readings.catalogue[indicator]
    ids = [area.area_id for area in division.areas]
    held = known.load(project)
    rows = held.of_areas({*ids, *steps.older(project, ids)}, _needed(one, profile))
    readings = Readings(rows, profile.readings.catalogue, (), steps.every(project))
    period = _period(readings, ids, indicator, until)
    found = shapes.shapes(project, ids)
    own = profile.area
    chosen = {id for id, _ in villages.one(project, own.area_id).parts} if own.level is Level.VILLAGE else {own.area_id}
    reads = {id: readings.series(id, indicator).get(period) for id in ids}
    values = {id: read.value for id, read in reads.items() if read is not None and read.value is not None}
    sorted_in = classes(list(values.values()), how)
    spots = []
    for number, area in enumerate(division.areas, start=1):
        read, value = reads[area.area_id], values.get(area.area_id)
        base = base_of(readings, area.area_id, one, period) if value is not None else None
        low, high = (tool.interval(value, one.unit, base) if value is not None else None) or (None, None)
        class_ = class_of(value, sorted_in) if value is not None else None
        shape = found.get(area.area_id)
        spots.append(Spot(number, area, shape, read, low, high, class_, area.area_id in chosen))
    files = tuple(path.name for path, *_ in shapes.stamp(project))
    return Mapped(one, division, period, how, tuple(sorted_in), tuple(spots), files)


def mappable(project: Project, profile: Profile, division: Division) -> list[Indicator]:
    """Indicators that at least two areas of a division say something of."""
    held = known.load(project)
    ids = {area.area_id for area in division.areas}
    told: dict[str, set[str]] = {}
    for area_id, indicator, breakdown in held.said(ids):
        if not breakdown:
            told.setdefault(indicator, set()).add(area_id)
    found = {id for id, areas in told.items() if len(areas) >= LEAST}
    return [
        one
        for id, one in profile.readings.catalogue.items()
        if id in found or (one.parts and found.issuperset(one.parts))
    ]


def _small(project: Project, held: Known) -> list[Division]:
    """Areas below the municipality, by level; each in the newest division that anything is known of."""
    rows = sorted(held.areas.to_pylist(), key=lambda row: row["vintage"])
    listed = {
        row["area_id"]: Named(row["area_id"], row["name"], Level(row["level"]), row["vintage"], row["parent_id"] or "")
        for row in rows
        if row["level"] in SMALL and _is_within(row, project.place_id, rows)
    }
    for one in shapes.small_areas(project):
        id = f"{project.country.code}:{one.code}"
        listed.setdefault(id, Named(id, one.code, one.level, one.vintage, project.place_id))
    found = []
    for level in SMALL:
        areas = [one for one in listed.values() if one.level is level]
        newest = max((one.vintage for one in areas), default="")
        last = sorted((one for one in areas if one.vintage == newest), key=lambda one: (one.name, one.area_id))
        found.append(Division(level.value, level, project.place_name, tuple(last)))
    return found


def _municipalities(project: Project, held: Known) -> list[Division]:
    rows = {row["area_id"]: row for row in held.areas.to_pylist()}
    code = project.country.code
    areas = {
        f"{code}:{one.code}": Named(f"{code}:{one.code}", one.name, Level.MUNICIPALITY, "", f"{code}:{one.parent}")
        for one in project.country.conventions().areas
        if one.level == Level.MUNICIPALITY
    }
    for id, row in rows.items():
        if row["level"] == Level.MUNICIPALITY:
            name = project.place_name if id == project.place_id else row["name"]
            areas[id] = Named(id, name, Level.MUNICIPALITY, "", row["parent_id"] or "")
    every = tuple(sorted(areas.values(), key=lambda one: (one.name, one.area_id)))
    home = areas.get(project.place_id)
    near = tuple(one for one in every if home and one.parent_id == home.parent_id)
    county = rows.get(home.parent_id, {}).get("name") if home else None
    return [
        Division("county", Level.MUNICIPALITY, county or (home.parent_id if home else ""), near),
        Division("country", Level.MUNICIPALITY, project.country.name, every),
    ]


def _is_within(row: dict[str, Any], place: str, rows: Sequence[dict[str, Any]]) -> bool:
    parents = {one["area_id"]: one["parent_id"] for one in rows}
    step, seen = row["parent_id"], set[str]()
    while step and step not in seen and step != place:
        seen.add(step)
        step = parents.get(step)
    return bool(step == place)


def _needed(one: Indicator, profile: Profile) -> set[str]:
    """The indicators that its values are made of and rest on."""
    names = {one.id, one.base, one.weight, *one.parts}
    more = {profile.readings.catalogue[name].base for name in names if name}
    return {name for name in names | more if name}


def _period(readings: Readings, ids: Sequence[str], indicator: str, until: str) -> str:
    """The newest period that half of the areas ever told of are told in; so that one early area is no map."""
    series = [readings.series(id, indicator) for id in ids]
    known_of = sum(bool(one) for one in series)
    counts: dict[str, int] = {}
    for one in series:
        for period in one:
            if not until or period.rpartition("/")[2][:4] <= until:
                counts[period] = counts.get(period, 0) + 1
    return max((period for period, number in counts.items() if number >= known_of * HALF), default="")
