"""Shapes: boundaries of areas out of the files that the project was given, for maps and for drawing a village."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from bygd import countries
from bygd.countries import Country
from bygd.countries.levels import area, municipality_of
from bygd.reports import boundaries
from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Area
from bygd.vocabulary.place_words import Level
from bygd.workbench.place.own_values import BELOW
from bygd.workbench.project import Project

MOST_BYTES = 200_000_000
"""Larger files are passed over: a page that reads them would keep everybody waiting. Pages and `bygd place` say so."""
Stamp = tuple[tuple[Path, int, int], ...]


def stamp(project: Project) -> Stamp:
    """The project's files of boundaries that are there, with times and sizes: what is kept holds as long as these."""
    return tuple(one for one in _files(project) if one[2] <= MOST_BYTES)


def passed_over(project: Project) -> list[tuple[str, int]]:
    """Names and bytes of the project's files of boundaries that are too large for maps of the place."""
    return [(path.name, size) for path, _, size in _files(project) if size > MOST_BYTES]


def told_of(project: Project, path: Path, known: Collection[str]) -> tuple[int, int, list[Area]]:
    """Of a file: its features, how many municipalities of the country, and the smaller areas of the place.

    Those are areas whose codes say that they lie in it, and those `known` (codes) to.
    """
    country = project.country
    towns = {f"{country.code}:{one.code}" for one in country.conventions().areas if one.level == Level.MUNICIPALITY}
    about = path.stat()
    file = ((path, about.st_mtime_ns, about.st_size),)
    small = {one.code: one for one in _small_areas(country.code, project.place_id.partition(":")[2], file)}
    others = {f"{country.code}:{code}" for code in known if code not in small}
    for id in boundaries.read([path], country.code, others):
        small[id.partition(":")[2]] = area(country, id)
    return boundaries.number(path), len(boundaries.read([path], country.code, towns)), list(small.values())


def shapes(project: Project, area_ids: Collection[str]) -> dict[str, Any]:
    """Geometries by area id, of those areas that have one. Raises InputError for a file that is no GeoJSON."""
    return dict(_read(project.country.code, stamp(project), frozenset(area_ids)))


def small_areas(project: Project) -> list[Area]:
    """Areas below the municipality that the files hold boundaries of and whose codes say that they lie in the place."""
    return list(_small_areas(project.country.code, project.place_id.partition(":")[2], stamp(project)))


def is_flat(found: Collection[Any]) -> bool:
    """Whether shapes are in metres of some projection, not in degrees."""
    return any(abs(side) > 360 for one in found for side in one.bounds)


def _files(project: Project) -> Stamp:
    listed = [project.path(file) for entry in project.boundaries for file in entry.files]
    about = [(path, path.stat()) for path in listed if path.exists()]
    return tuple((path, one.st_mtime_ns, one.st_size) for path, one in about)


@lru_cache(maxsize=8)
def _read(country: str, files: Stamp, area_ids: frozenset[str]) -> dict[str, Any]:
    return boundaries.read([path for path, *_ in files], country, area_ids)


@lru_cache(maxsize=4)
def _small_areas(code: str, home: str, files: Stamp) -> tuple[Area, ...]:
    country, found = countries.load(code), []
    for text in sorted(boundaries.texts([path for path, *_ in files])):
        try:
            one = area(country, f"{code}:{text}")
        except InputError:
            continue
        if one.level in BELOW and one.level is not Level.VILLAGE and _lies_in(country, one, home):
            found.append(one)
    return tuple(found)


def _lies_in(country: Country, one: Area, home: str) -> bool:
    """As its code says: that of the municipality stands in it. A made-up place is in no list of municipalities."""
    return municipality_of(country, one) == home or (one.code.startswith(home) and one.code != home)
