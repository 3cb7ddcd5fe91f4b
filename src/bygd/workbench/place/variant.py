"""Variant: the profile as somebody asks for it: beside other peers, or as it was known up to a year."""

from collections.abc import Collection, Sequence

from bygd.countries.levels import area
from bygd.sources.errors import InputError
from bygd.tools import place as tool
from bygd.vocabulary.place_words import Level
from bygd.workbench.place import divisions, files, known, villages
from bygd.workbench.place.known import Known
from bygd.workbench.place.made import Series
from bygd.workbench.place.peers import Choice
from bygd.workbench.place.profile import Profile, home_municipality, named, profile, show
from bygd.workbench.place.reading import Readings
from bygd.workbench.project import Project

MOST_PEERS = 20


def variant(
    project: Project,
    area_id: str = "",
    *,
    peers: Sequence[str] = (),
    structure: Sequence[str] = (),
    number: int | None = None,
    until: str = "",
) -> Profile:
    """The profile of an area beside those `peers`, or the `number` nearest by that `structure`, up to a year.

    Nothing asked for, it is `profile`. Raises InputError for a peer that is no municipality, an indicator that the
    catalogue lacks, or an area that is none.
    """
    found = profile(project, area_id)
    if not (peers or structure or number or until):
        return found
    held, catalogue = known.load(project), found.readings.catalogue
    lost = [id for id in structure if id not in catalogue]
    if lost:
        raise InputError("The catalogue has no indicator {names}. See: bygd place list", names=lost)
    choice = found.peers
    if peers or structure or number:
        own = home_municipality(found.area, found.around)
        by = tuple(structure) or choice.structure
        choice = _choice(project, held, found.readings, own, peers[:MOST_PEERS], by, number)
    readings = found.readings
    if choice is not found.peers:
        parts = (
            [id for id, _ in villages.one(project, found.area.area_id).parts]
            if found.area.level is Level.VILLAGE
            else []
        )
        asked = {found.area.area_id, *parts, *(one.area_id for one in found.around)}
        asked |= {*divisions.older(project, asked), *(one.area_id for one in choice.peers)}
        every, steps = villages.every(project).values(), divisions.every(project)
        readings = Readings(held.of_areas(asked), catalogue, every, steps)
    if until:
        readings = Until(readings, until)
    beside = [named(project, held, one.area_id) for one in choice.peers]
    shown = [show(one, found.area, found.around, beside, readings, held.snapshot) for one in catalogue.values()]
    return Profile(
        found.area,
        tuple(one for one in shown if one is not None),
        tuple(one for one, seen in zip(catalogue.values(), shown, strict=True) if seen is None),
        found.around,
        choice,
        held.snapshot,
        readings,
    )


class Until(Readings):
    """Readings up to a year: what is newer is left out, of every area alike."""

    def __init__(self, whole: Readings, year: str) -> None:
        self.__dict__.update(whole.__dict__)
        self._made = {}
        self._year = year

    def series(self, area_id: str, indicator: str, breakdown: str = "") -> Series:
        """Readings by period, oldest first, none of a period that ends after the year."""
        found = super().series(area_id, indicator, breakdown)
        return {period: one for period, one in found.items() if period.rpartition("/")[2][:4] <= self._year}


def _choice(
    project: Project,
    held: Known,
    readings: Readings,
    own: str,
    peers: Sequence[str],
    structure: Sequence[str],
    number: int | None,
) -> Choice:
    """The peers asked for, each with its distance; those that people name need not be near."""
    catalogue = readings.catalogue
    wanted = [text if ":" in text else f"{project.country.code}:{text}" for text in peers]
    for id in wanted:
        if area(project.country, id).level is not Level.MUNICIPALITY:
            raise InputError("{code} is no municipality.", code=id)
    parts = {
        name.partition("@")[0]
        for id in structure
        for name in (id, *_made_of(catalogue[id].derived))
    }  # fmt: skip
    every = Readings(held.of_indicators(parts), catalogue)
    places = municipalities(held) | {own}
    values: dict[str, dict[str, float]] = {}
    for id in structure:
        latest = {place: every.latest(place, id) for place in places}
        values[id] = {place: one.value for place, one in latest.items() if one is not None and one.value is not None}
    near = tool.nearest(own, values, structure, len(places) if wanted else number or tool.NUMBER)
    if not wanted:
        return Choice(tuple(near), tuple(structure), False)
    by_id = {one.area_id: one for one in near}
    chosen = [by_id.get(id) or tool.Peer(id, float("nan"), {}) for id in dict.fromkeys(wanted) if id != own]
    return Choice(tuple(chosen), tuple(structure), True)


def municipalities(held: Known) -> set[str]:
    """Ids of the municipalities that anything is known of."""
    return {row["area_id"] for row in held.areas.to_pylist() if row["level"] == Level.MUNICIPALITY}


def _made_of(derived: object) -> Collection[str]:
    return (*getattr(derived, "of", ()), *getattr(derived, "per", ()))


def years(found: Profile) -> list[str]:
    """The years that anything shown of a profile is of, newest first."""
    return sorted({point.period.rpartition("/")[2][:4] for one in found.shown for point in one.over_time}, reverse=True)


def stamp(project: Project) -> tuple[tuple[str, int, int], ...]:
    """What tells whether anything that a profile is made of changed: names, times and sizes of its files."""
    paths = files.of(project)
    own = [*sorted(paths.own.glob("*.yaml")), *paths.values, *sorted(paths.divisions.glob("*.csv"))]
    listed = [*own, *([paths.pointer] if paths.pointer.exists() else [])]
    return tuple((path.name, (about := path.stat()).st_mtime_ns, about.st_size) for path in listed)
