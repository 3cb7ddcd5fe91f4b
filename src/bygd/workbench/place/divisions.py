"""Divisions of a project: correspondences that people brought, and what older areas the newer ones are made of."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from bygd import countries
from bygd.countries.levels import pattern_of
from bygd.engine import DuckEngine
from bygd.sources.description import Kind
from bygd.sources.errors import InputError
from bygd.sources.statistics import divisions as correspondences
from bygd.sources.statistics.divisions import Correspondence
from bygd.vocabulary.place_words import Level
from bygd.vocabulary.said import Said
from bygd.workbench import changing
from bygd.workbench.place import files
from bygd.workbench.project import Project

IN, OUT = ".csv", ".out"
"""Endings of files that count, and of files that were put by."""
NAME = re.compile(r"^[a-z0-9_]+-\d{4}-\d{4}$")


@dataclass(frozen=True)
class Walk:
    """A step from an older division to a newer one, by ids of areas instead of codes."""

    country: str
    pattern: str
    division: Correspondence

    def applies(self, area_id: str, vintage: str) -> bool:
        """Whether an area of that division is one that the step leads to."""
        country, _, code = area_id.partition(":")
        return (
            country == self.country
            and vintage == self.division.new_vintage
            and re.fullmatch(self.pattern, code) is not None
        )

    def tells_of(self, area_id: str) -> bool:
        """Whether it names that area by its code as one of the newer division."""
        return self.applies(area_id, self.division.new_vintage) and area_id.partition(":")[2] in self.division.into

    def origins(self, area_id: str) -> tuple[str, ...]:
        """The older areas that it is made of; none where nothing is told of it."""
        pairs = self.division.origins(area_id.partition(":")[2])
        return tuple(dict.fromkeys(f"{self.country}:{pair.old}" for pair in pairs if pair.old))


def every(project: Project) -> tuple[Walk, ...]:
    """The steps of a project, newest first. Raises InputError for a file that cannot be read."""
    found = []
    for path in _paths(project):
        about = path.stat()
        one = _read(path, about.st_mtime_ns, about.st_size)
        pattern = pattern_of(project.country, one.level, one.new_vintage)
        found.append(Walk(project.country.code, pattern, one))
    return tuple(sorted(found, key=lambda walk: walk.division.new_vintage, reverse=True))


def older(project: Project, area_ids: Iterable[str]) -> set[str]:
    """The ids of older areas that those are made of, through all steps; those of unchanged ones are their own."""
    found: set[str] = set()
    waiting = list(area_ids)
    walks = every(project)
    while walks and waiting:
        area_id = waiting.pop()
        for walk in walks:
            if walk.applies(area_id, walk.division.new_vintage):
                for origin in walk.origins(area_id):
                    if origin != area_id and origin not in found:
                        found.add(origin)
                        waiting.append(origin)
    return found


def older_areas(project: Project, areas: Collection[Any]) -> Iterator[tuple[Level, str, str]]:
    """Level, code and vintage of every older area that those are made of, so that their values can be fetched."""
    walks = every(project)
    waiting = [(area.level, area.code, area.vintage) for area in areas if area.vintage]
    seen = set(waiting)
    while walks and waiting:
        level, code, vintage = waiting.pop()
        area_id = f"{project.country.code}:{code}"
        for walk in walks:
            if walk.applies(area_id, vintage):
                for origin in walk.origins(area_id):
                    step = (level, origin.partition(":")[2], walk.division.old_vintage)
                    if step not in seen:
                        seen.add(step)
                        waiting.append(step)
                        yield step


@changing.by_one
def bring(project: Project, paths: Sequence[Path], source: str = "") -> list[tuple[Path, Correspondence]]:
    """Read files that tell what became of areas, and keep them as `place/divisions/*.csv`, one of each pair kept anew.

    A file of one's own has the columns `level, old_vintage, new_vintage, old, new` and where known `share`, `change`,
    `basis`, `source`. The publishers' own files are known by their columns. What was kept of the same pair before is
    put by, see `take_out`. Raises InputError where nobody knows them.
    """
    kept = []
    for one in read(project, paths, source):
        target = files.of(project).divisions / f"{name_of(one)}.csv"
        if target.exists():
            target.replace(target.with_suffix(OUT))
        correspondences.write(target, one)
        kept.append((target, one))
    return kept


def read(project: Project, paths: Sequence[Path], source: str = "") -> list[Correspondence]:
    """What those files tell, keeping nothing; for files and errors see `bring`."""
    found = _brought(project, paths, source)
    for one in found:
        correspondences.check(one, ", ".join(path.name for path in paths))
        pattern_of(project.country, one.level, one.new_vintage)  # kept, it would stop every page of the place
        if not NAME.match(name_of(one)):  # it names a file
            raise InputError("'{text}' is no year of a division. Write it as 2018.", text=one.old_vintage)
    return found


def name_of(one: Correspondence) -> str:
    """What it is called here: level, older and newer division."""
    return f"{one.level.value}-{one.old_vintage}-{one.new_vintage}"


@dataclass(frozen=True)
class Kept:
    """One that is kept, or was and can be put back (`is_out`); `brought_on` is the day its file was written.

    `division` is None of a file that cannot be read; `wrong` says why, and it can be taken out all the same.
    """

    name: str
    division: Correspondence | None
    brought_on: date
    is_out: bool
    wrong: Said | None = None


def kept(project: Project) -> list[Kept]:
    """Those that are kept, then those taken out, newest first; those that cannot be read with what is wrong."""
    found = []
    for ending in (IN, OUT):
        for path in sorted(files.of(project).divisions.glob(f"*{ending}")):
            about = path.stat()
            day = date.fromtimestamp(about.st_mtime)
            name, division, wrong = path.name.removesuffix(ending), None, None
            try:
                division = _read(path, about.st_mtime_ns, about.st_size)
                pattern_of(project.country, division.level, division.new_vintage)
            except InputError as error:
                division, wrong = None, error.said
            found.append(Kept(name, division, day, ending == OUT, wrong))
    return sorted(
        found,
        key=lambda one: (not one.is_out, one.division.new_vintage if one.division else "", one.name),
        reverse=True,
    )


@changing.by_one
def take_out(project: Project, name: str) -> None:
    """Take a division out; it is put by, in the place of one that was put by before. InputError where there is none."""
    _named(project, name, IN).replace(_path(project, name, OUT))


@changing.by_one
def put_back(project: Project, name: str) -> None:
    """Put one back that was put by; what is kept of the same pair changes places with it. InputError without one."""
    put_by, place = _named(project, name, OUT), _path(project, name, IN)
    beside = place.with_suffix(".part")
    if place.exists():
        place.replace(beside)
    put_by.replace(place)
    if beside.exists():
        beside.replace(put_by)


def _named(project: Project, name: str, ending: str) -> Path:
    path = _path(project, name, ending)
    if path not in files.of(project).divisions.glob(f"*{ending}"):
        raise InputError("There is no list of divisions called '{name}'.", name=name)
    return path


def _path(project: Project, name: str, ending: str) -> Path:
    return files.of(project).divisions / f"{name}{ending}"


def _brought(project: Project, paths: Sequence[Path], source: str) -> list[Correspondence]:
    from bygd.sources.files import peek

    headers = peek.headers(paths[0])
    if not source and any({"old", "new", "old_vintage", "new_vintage"} <= set(names) for names in headers):
        return [correspondences.read(path) for path in paths]
    described = [one for one in countries.sources(project.country) if one.kind is Kind.DIVISIONS]
    if source:
        chosen = [countries.source(source)]
        if chosen[0].kind is not Kind.DIVISIONS:
            raise InputError(
                "{name} is no source of {kind}, it holds {other}.",
                name=source,
                kind=Kind.DIVISIONS,
                other=chosen[0].kind,
            )
    else:
        chosen = [one for one in described if any(one.module.recognises(names) for names in headers)]
    if not chosen:
        raise InputError(
            "{file} is no list of what became of areas that is known here. Known: {known}. Or write one with the "
            "columns {columns}.",
            file=paths[0].name,
            known=[one.title for one in described] or "–",
            columns=correspondences.COLUMNS,
        )
    with DuckEngine() as engine:
        return list(chosen[0].read(engine, list(paths)))


def _paths(project: Project) -> list[Path]:
    return sorted(files.of(project).divisions.glob(f"*{IN}"))


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _size: int) -> Correspondence:
    return correspondences.read(path)
