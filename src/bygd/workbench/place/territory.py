"""Territory: what a project was given of the areas below the municipality, level by level, and what is missing."""

from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from bygd import countries
from bygd.countries.levels import Published, area, drawn, published
from bygd.sources.description import Kind, SourceDescription
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.workbench.place import choosing, divisions, intake, known, shapes
from bygd.workbench.place.choosing import Group
from bygd.workbench.place.divisions import Kept
from bygd.workbench.project import Project


@dataclass(frozen=True)
class Held:
    """One level: its `name` in the country, and what there is of it.

    `groups` are areas chosen out of lists, `bounded` how many areas of the place have boundaries, `kept` what is told
    of older divisions, and `lost` pairs of divisions, older first, between which values do not go over since nobody
    brought what became of the areas. `where` is where lists and boundaries are to be had.
    """

    level: Level
    name: str
    vintages: tuple[str, ...]
    groups: tuple[Group, ...]
    bounded: int
    kept: tuple[Kept, ...]
    lost: tuple[tuple[str, str], ...]
    where: tuple[Published, ...]

    @property
    def chosen(self) -> tuple[Group, ...]:
        """The areas that count."""
        return tuple(one for one in self.groups if not one.is_out)


def every(project: Project) -> list[Held]:
    """The levels that the country draws anew now and then. Raises InputError for a file that cannot be read."""
    groups, kept = choosing.groups(project), divisions.kept(project)
    small = {one.code: one.level for one in shapes.small_areas(project)}
    country = project.country
    for id in shapes.shapes(project, {f"{country.code}:{code}" for code in intake.codes(project)}):
        small.setdefault(id.partition(":")[2], area(country, id).level)
    years = _years(project)
    found = []
    for one in drawn(project.country):
        own = tuple(here for here in kept if here.division and here.division.level is one.level)
        found.append(
            Held(
                one.level,
                one.name,
                one.vintages,
                tuple(group for group in groups if group.level is one.level),
                sum(level is one.level for level in small.values()),
                own,
                tuple(_lost(one.vintages, own, years.get(one.level, set()))),
                tuple(place for place in published(project.country) if one.level in place.levels),
            )
        )
    return found


def spoilt(project: Project) -> list[Kept]:
    """Lists of what became of areas that cannot be read, those that count first; they stop every figure over time."""
    return [one for one in divisions.kept(project) if one.wrong]


def lists(project: Project) -> list[SourceDescription]:
    """The files of publishers that tell what became of areas, as the country's readers know them."""
    return [one for one in countries.sources(project.country) if one.kind is Kind.DIVISIONS]


def _lost(vintages: tuple[str, ...], kept: tuple[Kept, ...], held: set[str]) -> list[tuple[str, str]]:
    """Divisions that follow each other and nobody joined: of both where there are two, else of those with values."""
    there = {(one.division.old_vintage, one.division.new_vintage) for one in kept if one.division and not one.is_out}
    wanted = sorted(vintages) if len(vintages) == 2 else sorted(held & set(vintages))
    return [pair for pair in pairwise(wanted) if pair not in there]


def _years(project: Project) -> dict[Level, set[str]]:
    """The divisions that values are held of, by level."""
    found: dict[Level, set[str]] = {}
    with suppress(InputError):  # the pages of the place say what is wrong with them
        for row in known.load(project).areas.to_pylist():
            found.setdefault(Level(row["level"]), set()).add(row["vintage"])
    return found
