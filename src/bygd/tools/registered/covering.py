"""Covering: which areas the registers cover, as far as can be told from where they have anybody."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.tools.registered.seated import Cell
from bygd.vocabulary.words import Ring

WHOLE = 0.9
"""Share of a country's municipalities with an organisation from which on registers are taken to be of all of it."""

SMALL = """
    SELECT neighbourhood_id AS area_id FROM postcodes
    WHERE municipality_id = ? AND neighbourhood_id IS NOT NULL GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class Cover:
    """The areas of which there are counts, and those that the registers cover as a whole."""

    country: str
    home: str
    counties: dict[str, str]
    small: tuple[str, ...]
    areas: tuple[str, ...]
    whole: frozenset[str]

    def is_whole(self, area_id: str) -> bool:
        """Whether the registers hold all of the area, as far as can be told."""
        return area_id in self.whole

    def within(self, cell: Cell) -> Iterator[str | None]:
        """The areas that organisations lie in; None where nobody tells and they may be anywhere."""
        yield self.country
        if cell.area_id is not None:
            yield cell.area_id
            if cell.area_id in self.counties:
                yield self.counties[cell.area_id]
            if cell.small:
                yield cell.small
        elif not cell.is_elsewhere:
            yield None


def cover(engine: DuckEngine, place: Place, cells: Sequence[Cell]) -> Cover:
    """What is covered: municipalities with anybody; all of them where nearly all have, and then the country too."""
    municipalities = {
        row["area_id"]: row["parent_id"]
        for row in engine.rows(
            "SELECT area_id, parent_id FROM areas WHERE level = 'municipality' AND STARTS_WITH(area_id, ?)",
            f"{place.country}:",
        )
    }
    seen = {cell.area_id for cell in cells if cell.area_id in municipalities}
    is_whole = bool(municipalities) and len(seen) >= WHOLE * len(municipalities)
    held = set(municipalities) if is_whole else {area_id for area_id in seen if area_id}
    within: dict[str, set[str]] = defaultdict(set)
    for area_id, parent in municipalities.items():
        if parent and parent != place.country:
            within[parent].add(area_id)
    home = dict(place.rings).get(Ring.MUNICIPALITY, place.area_id)
    small = [row["area_id"] for row in engine.rows(SMALL, home)] if home in held else []
    counties = {area_id: county for county, listed in within.items() for area_id in listed}
    whole = {*held, *(county for county, listed in within.items() if listed <= held), *small}
    if is_whole:
        whole.add(place.country)
    areas = [place.country, *sorted(within), *sorted(held | ({home} & set(municipalities))), *small]
    return Cover(place.country, home, counties, tuple(small), tuple(areas), frozenset(whole))
