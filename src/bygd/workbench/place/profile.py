"""Profile: everything known of an area, each value with its method, beside what it lies in and places like it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from bygd.countries.indicators import Indicator, indicators
from bygd.countries.levels import area as area_of_id
from bygd.countries.levels import municipality_of
from bygd.sources.errors import InputError
from bygd.tools import place as tool
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.place_words import Direction, Level, ValueStatus
from bygd.vocabulary.said import Said
from bygd.workbench.place import divisions, files, known, older, villages
from bygd.workbench.place.known import Known
from bygd.workbench.place.peers import NEWEST, Choice, choice
from bygd.workbench.place.reading import Reading, Readings, base_of
from bygd.workbench.project import Project

PREFIX = "place."
SEVERAL = (Level.VILLAGE, Level.SMALL_AREA, Level.DISTRICT, Level.LOCALITY)
"""Levels at which several years are averaged where one has too few cases."""


@dataclass(frozen=True)
class Named:
    """An area as people know it."""

    area_id: str
    name: str
    level: Level
    vintage: str = ""
    parent_id: str = ""


@dataclass(frozen=True)
class Beside:
    """The value of an area that ours is compared with; of the peers it is their median."""

    area: Named
    value: float | None
    period: str


@dataclass(frozen=True)
class Shown:
    """One indicator of the area: the figure with its method, over time, beside others, and what to know of it.

    `rank` is among the peers and ours; None where it would be chance. `several` is the mean of the latest years,
    where one year has too few cases.
    """

    indicator: Indicator
    figure: Figure
    status: ValueStatus
    over_time: tuple[tool.Point, ...]
    beside: tuple[Beside, ...]
    rank: tool.Rank | None
    several: tool.Point | None
    warnings: tuple[Said, ...]
    tables: tuple[str, ...]
    fetched_on: str

    @property
    def value(self) -> float | None:
        """The figure's value."""
        return self.figure.value


@dataclass(frozen=True)
class Profile:
    """What is known of an area: what is shown, what of the catalogue is missing, and what it was made of."""

    area: Named
    shown: tuple[Shown, ...]
    missing: tuple[Indicator, ...]
    around: tuple[Named, ...]
    peers: Choice
    snapshot: str
    readings: Readings

    def one(self, indicator: str) -> Shown | None:
        """What is shown of an indicator, or None."""
        return next((one for one in self.shown if one.indicator.id == indicator), None)


def profile(project: Project, area_id: str = "", *, only: Collection[str] = ()) -> Profile:
    """Everything known of the place, of another area, or of a village (`village:id`); `only` names indicators.

    Raises InputError for an area of no level or a village that was never made.
    """
    held, catalogue = known.load(project), indicators(project.country, files.of(project).indicators)
    every = villages.every(project)
    own = named(project, held, area_id or project.place_id)
    around = _around(project, held, own)
    alike = choice(project, held, catalogue, home_municipality(own, around))
    parts = [id for id, _ in villages.one(project, own.area_id).parts] if own.level is Level.VILLAGE else []
    asked = {own.area_id, *parts, *(one.area_id for one in around)}
    asked |= divisions.older(project, asked)
    beside = {one.area_id for one in alike.peers} - asked
    rows = [*held.of_areas(asked), *held.of_areas(beside, newest=NEWEST)]
    readings = Readings(rows, catalogue, every.values(), divisions.every(project))
    peers = [named(project, held, one.area_id) for one in alike.peers]
    listed = [one for id, one in catalogue.items() if not only or id in only]
    shown = [show(one, own, around, peers, readings, held.snapshot) for one in listed]
    return Profile(
        own,
        tuple(one for one in shown if one is not None),
        tuple(
            one
            for one, found in zip(listed, shown, strict=True)
            if found is None and not readings.breakdowns(own.area_id, one.id)
        ),
        around,
        alike,
        held.snapshot,
        readings,
    )


def measure(project: Project, indicator: str, area_id: str = "") -> Figure | None:
    """The newest figure of one indicator, for a card or a goal; None where there is none or it is not in the catalogue.

    `indicator` may be written `indicator:id`. The figure's `snapshot` names the set of statistics it came from.
    """
    name = indicator.removeprefix("indicator:")
    catalogue = indicators(project.country, files.of(project).indicators)
    if name not in catalogue:
        return None
    held = known.load(project)
    own = named(project, held, area_id or project.place_id)
    every = villages.every(project)
    parts = (
        [id for id, _ in every[own.area_id.removeprefix(villages.PREFIX)].parts] if own.level is Level.VILLAGE else []
    )
    asked = {own.area_id, *parts, own.parent_id}
    asked |= divisions.older(project, asked)
    readings = Readings(held.of_areas(asked), catalogue, every.values(), divisions.every(project))
    found = show(catalogue[name], own, (), [], readings, held.snapshot)
    return found.figure if found is not None and found.figure.value is not None else None


def named(project: Project, held: Known, area_id: str) -> Named:
    """The area of an id. Raises InputError for one of no level, or a village that was never made."""
    if area_id.startswith(villages.PREFIX):
        village = villages.one(project, area_id)
        return Named(area_id, village.name, Level.VILLAGE, village.vintage, village.parent)
    found = held.area(area_id)
    if found is not None:
        name = project.place_name if area_id == project.place_id else found["name"]
        return Named(area_id, name, Level(found["level"]), found["vintage"], found["parent_id"] or "")
    one = area_of_id(project.country, area_id)
    listed = {area.code: area for area in project.country.conventions().areas}
    here = listed.get(one.code)
    name = project.country.name if not one.code else here.name if here else one.code
    parent = here.parent if here else municipality_of(project.country, one) or ""
    code = project.country.code
    return Named(area_id, name, one.level, one.vintage, f"{code}:{parent}" if parent else code if one.code else "")


def _around(project: Project, held: Known, own: Named) -> tuple[Named, ...]:
    """The areas that ours lies in, smallest first, up to the country."""
    found: list[Named] = []
    step = own.parent_id
    while step and step != own.area_id and step not in {one.area_id for one in found}:
        try:
            found.append(named(project, held, step))
        except InputError:
            break
        step = found[-1].parent_id
    country = project.country.code
    if own.area_id != country and country not in {one.area_id for one in found}:
        found.append(named(project, held, country))
    return tuple(found)


def home_municipality(own: Named, around: Iterable[Named]) -> str:
    """The id of the municipality that an area is or lies in, of which peers are sought; blank where it is in none."""
    return next((one.area_id for one in (own, *around) if one.level is Level.MUNICIPALITY), "")


def show(
    one: Indicator, own: Named, around: Sequence[Named], peers: Sequence[Named], readings: Readings, snapshot: str
) -> Shown | None:
    """What is shown of an indicator in an area, beside what it lies in and its peers; None where nothing is known.

    `readings` hold the values of all those areas, `snapshot` names the set of statistics that they are of.
    """
    read = readings.latest(own.area_id, one.id)
    if read is None:
        return None
    series = readings.series(own.area_id, one.id)
    points = tuple(tool.Point(when, found.value, found.vintage) for when, found in series.items())
    base = base_of(readings, own.area_id, one, read.period)
    chance = tool.interval(read.value, one.unit, base) if read.value is not None else None
    low, high = (read.low, read.high) if read.low is not None or read.high is not None else chance or (None, None)
    warnings, several = list(read.warnings), None
    if read.value is not None and own.level in SEVERAL and tool.is_few(read.value, one.unit, base):
        warnings.append(Said("It rests on few people; a single year moves much by chance."))
        bases = {point.period: base_of(readings, own.area_id, one, point.period) or 0.0 for point in points}
        several = tool.average(points, bases)
    if one.id == "job_ratio" and (doubt := tool.doubt(read.value)):
        warnings.append(doubt)
    apart = readings.older_divisions(own.area_id, one.id)
    if apart:
        warnings.append(Said("Values of older divisions ({vintages}) are not joined with these.", vintages=apart))
    warnings += older.told(series, own.vintage, readings.is_joined(own.area_id, own.vintage))
    figure = Figure(
        id=f"{PREFIX}{one.id}",
        value=read.value,
        unit=one.unit.value,
        low=low,
        high=high,
        coverage=read.coverage,
        definition=one.definition.get("en") or next(iter(one.definition.values())),
        period=read.period,
        anchor=None,
        sources=read.sources,
        snapshot=snapshot,
    )
    beside = [_beside(area, one, readings) for area in around]
    alike = [readings.latest(area.area_id, one.id) for area in peers]
    values = [found.value for found in alike if found is not None and found.value is not None]
    if values:
        peer = Named("peers", "", Level.MUNICIPALITY)
        beside.append(Beside(peer, median(values), max(found.period for found in alike if found is not None)))
    rank = _rank(one, (low, high), peers, alike, readings) if own.level is Level.MUNICIPALITY else None
    return Shown(
        one, figure, read.status, points, tuple(beside), rank, several, tuple(warnings), read.tables, read.fetched_on
    )


def _beside(area: Named, one: Indicator, readings: Readings) -> Beside:
    read = readings.latest(area.area_id, one.id)
    return Beside(area, read.value if read else None, read.period if read else "")


def _rank(
    one: Indicator,
    own: tuple[float | None, float | None],
    peers: Sequence[Named],
    alike: Sequence[Reading | None],
    readings: Readings,
) -> tool.Rank | None:
    if one.direction is Direction.NEITHER or own[0] is None or own[1] is None:
        return None
    others = []
    for area, read in zip(peers, alike, strict=True):
        if read is None or read.value is None:
            continue
        others.append(tool.interval(read.value, one.unit, base_of(readings, area.area_id, one, read.period)))
    return tool.rank((own[0], own[1]), others, one.direction)
