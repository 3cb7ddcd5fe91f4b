"""Levels: which level of statistics an area's code is of, and which divisions into small areas there are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bygd.countries.pack import Country
from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Area
from bygd.vocabulary.place_words import Level


@dataclass(frozen=True)
class Drawn:
    """A level below the municipality: what the country calls it, and its divisions, that of key figures first."""

    level: Level
    name: str
    vintages: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """Where lists of areas of some levels and their boundaries are to be had."""

    levels: tuple[Level, ...]
    title: str
    publisher: str
    page: str
    verified: bool


def drawn(country: Country) -> list[Drawn]:
    """The levels that are drawn anew now and then, as the packs have them."""
    return [
        Drawn(Level(one["level"]), one.get("name", ""), tuple(one["vintages"]))
        for _pack, content in country.yaml("areas.yaml")
        for one in content.get("statistics", ())
        if one.get("vintages")
    ]


def published(country: Country) -> list[Published]:
    """Where one gets lists and boundaries."""
    return [
        Published(tuple(Level(level) for level in one["levels"]), one["title"], one["publisher"], one["page"],
                  bool(one["verified"]))
        for _pack, content in country.yaml("areas.yaml")
        for one in content.get("lists", ())
    ]  # fmt: skip


def area(country: Country, area_id: str, vintage: str = "") -> Area:
    """The area of an id (`xx:code`, or the country itself), in a division; the newest where none is given.

    Raises InputError for a code of no level, or a division that the pack does not know.
    """
    code, _, rest = area_id.partition(":")
    if not rest:
        if code != country.code:
            raise InputError("'{text}' is no area. Write country and official code, such as xx:1234.", text=area_id)
        return Area(Level.COUNTRY, "")
    for _pack, content in country.yaml("areas.yaml"):
        for one in content.get("statistics", ()):
            if re.fullmatch(one["pattern"], rest):
                known: Sequence[str] = one.get("vintages", ())
                if vintage and known and vintage not in known:
                    raise InputError(
                        "{area} is no area of the division of {vintage}. Known: {known}.",
                        area=area_id,
                        vintage=vintage,
                        known=known,
                    )
                return Area(Level(one["level"]), rest, (vintage or known[0]) if known else "")
    raise InputError("'{code}' is the code of no level of areas that statistics are known of.", code=rest)


def pattern_of(country: Country, level: Level, vintage: str) -> str:
    """The form of codes of a level in a division. Raises InputError where the pack knows no such division."""
    known: dict[str, str] = {}
    for _pack, content in country.yaml("areas.yaml"):
        for one in content.get("statistics", ()):
            if one["level"] == level.value:
                known |= dict.fromkeys(one.get("vintages", ()), one["pattern"])
    if vintage not in known:
        raise InputError(
            "{level} has no division of {vintage} here. Known: {known}.",
            level=level.value,
            vintage=vintage or "–",
            known=list(known) or "–",
        )
    return known[vintage]


def municipality_of(country: Country, one: Area) -> str | None:
    """The code of the municipality that a small area lies in, where its code says so."""
    digits = next((area.code for area in country.conventions().areas if area.level == Level.MUNICIPALITY), "")
    listed = {area.code for area in country.conventions().areas if area.level == Level.MUNICIPALITY}
    if one.code[: len(digits)] in listed and len(one.code) > len(digits):
        return one.code[: len(digits)]
    number = re.match(r"[A-Z]{2}(\d{4})", one.code)
    found = f"{digits[:2]}{number[1]}" if number and digits[:2].isalpha() else None
    return found if found in listed and found != one.code else None
