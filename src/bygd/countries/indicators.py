"""Indicators: the catalogue of what may be known of a place, as data; definitions are shared, sources the country's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bygd.countries.pack import Country, read_yaml
from bygd.parameters.strict import Safe
from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Series
from bygd.vocabulary.place_words import Aspect, Combining, Dimension, Direction, Level, Theme, Unit, ValueStatus
from bygd.vocabulary.words import Pillar

FOLDER, SOURCES = "indicators", "statistics.yaml"
LANGUAGES = {"en", "sv", "nl"}
KEYS = {
    "label", "definition", "unit", "direction", "pillar", "theme", "aspect", "dimension", "combine", "weight",
    "smallest", "rhythm", "caveats", "digits", "derived", "base", "sources",
}  # fmt: skip
SERIES_KEYS = {
    "source", "table", "query", "title", "factor", "offset", "levels", "vintage", "null_means", "verified", "checked",
    "note",
}  # fmt: skip

NEVER_ADDED = (
    Unit.PERCENT, Unit.PER_THOUSAND, Unit.RATIO, Unit.PER_KM2, Unit.YEARS, Unit.MICROGRAMS, Unit.RANK, Unit.DECILE,
)  # fmt: skip
"""Units of which the values of two areas are not those of both together when they are added."""


@dataclass(frozen=True)
class Derived:
    """Made from other indicators of the same area and period: sum of `of`, divided by the sum of `per`, `times`.

    Where `per` has no such period, the newest before it serves, at most so many `years` older.
    """

    of: tuple[str, ...]
    per: tuple[str, ...] = ()
    times: float = 1.0
    years: int = 0


@dataclass(frozen=True)
class Indicator:
    """One thing that may be known of a place.

    Texts are by language. `combine` says how values of small areas make a larger one, `weight` names the
    indicator they are averaged by; `base` the one that counts what the value rests on, for warnings of small numbers.
    `series` are where it comes from, the best first; none where no source is known.
    """

    id: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    unit: Unit
    direction: Direction
    theme: Theme
    aspect: Aspect
    combine: Combining
    smallest: Level
    rhythm: str
    pillar: Pillar | None = None
    dimension: Dimension | None = None
    weight: str = ""
    base: str = ""
    digits: int = 1
    caveats: Mapping[str, str] | None = None
    derived: Derived | None = None
    series: tuple[Series, ...] = ()
    is_own: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is a source for it, or it is made from others."""
        return bool(self.series) or self.derived is not None or self.is_own

    @property
    def parts(self) -> tuple[str, ...]:
        """The indicators it is made from."""
        named = (*self.derived.of, *self.derived.per) if self.derived else ()
        return tuple(name.partition("@")[0] for name in named)

    @property
    def is_verified(self) -> bool:
        """Whether somebody saw each of its sources under that id and title."""
        return bool(self.series) and all(one.verified for one in self.series)


def indicators(country: Country, own: Path | None = None) -> dict[str, Indicator]:
    """The catalogue of a country by id, in the order of the files: those its `statistics.yaml` lists, and one's own.

    There each has a list of series, nothing where no source is known, or `derived` where it is made of others.

    `own` is a file with indicators of the project. Raises InputError for what is missing or unknown.
    """
    defined = dict(_defined(country))
    listed: dict[str, Any] = {}
    for _pack, content in reversed(country.yaml(SOURCES)):
        listed |= content["indicators"]
    found = {}
    for id in sorted(listed, key=list(defined).index if set(listed) <= set(defined) else None):
        if id not in defined:
            raise InputError("{where} lists {name}, which is not defined.", where=SOURCES, name=id)
        told = listed[id] if isinstance(listed[id], Mapping) else {"sources": listed[id] or []}
        found[id] = _indicator(id, {**defined[id], **told}, f"{SOURCES} {id}")
    if own is not None and own.exists():
        for id, one in (yaml.load(own.read_bytes(), Safe) or {}).items():  # noqa: S506 - a safe loader
            found[id] = _indicator(id, one, f"{own.name} {id}", is_own=True)
    for one in found.values():
        lost = [id for id in _named(one) if id not in found]
        if lost:
            raise InputError("{where} rests on {name}, which is not defined.", where=one.id, name=lost)
    return found


def obtainable(found: Mapping[str, Indicator]) -> set[str]:
    """Which of them have a source, or are made of others that all do."""
    known = {id for id, one in found.items() if one.series}
    while made := {id for id, one in found.items() if id not in known and one.derived and set(one.parts) <= known}:
        known |= made
    return known


def _defined(country: Country) -> Iterator[tuple[str, dict[str, Any]]]:
    for pack in reversed(country.lineage()):
        for path in sorted((pack.folder / FOLDER).glob("*.yaml")):
            content = read_yaml(path)
            for id, one in content["indicators"].items():
                yield id, {**content.get("defaults", {}), **one}


def _named(one: Indicator) -> tuple[str, ...]:
    return (*one.parts, *([one.weight] if one.weight else []), *([one.base] if one.base else []))


def _indicator(id: str, content: Mapping[str, Any], where: str, *, is_own: bool = False) -> Indicator:
    unknown = sorted(set(content) - KEYS)
    if unknown:
        raise InputError("{where} has unknown keys: {unknown}. Known: {keys}.", where=where, unknown=unknown, keys=KEYS)
    for name in ("label", "definition"):
        texts = content.get(name) or {}
        if not isinstance(texts, Mapping) or not set(texts) <= LANGUAGES or (not is_own and set(texts) != LANGUAGES):
            raise InputError(
                "{where} lacks {missing}.", where=where, missing=f"{name} ({', '.join(sorted(LANGUAGES))})"
            )
        if not texts:
            raise InputError("{where} lacks {missing}.", where=where, missing=name)
    try:
        derived = content.get("derived")
        return Indicator(
            id=id,
            label=content["label"],
            definition=content["definition"],
            unit=Unit(content["unit"]),
            direction=Direction(content["direction"]),
            theme=Theme(content["theme"]),
            aspect=Aspect(content["aspect"]),
            combine=_combining(content),
            smallest=Level(content["smallest"]),
            rhythm=str(content["rhythm"]),
            pillar=Pillar(content["pillar"]) if content.get("pillar") else None,
            dimension=Dimension(content["dimension"]) if content.get("dimension") else None,
            weight=content.get("weight", ""),
            base=content.get("base", ""),
            digits=int(content.get("digits", 1)),
            caveats=content.get("caveats"),
            derived=_derived(derived) if derived else None,
            series=tuple(_series(id, content["unit"], one, where) for one in content.get("sources") or ()),
            is_own=is_own,
        )
    except KeyError as error:
        raise InputError("{where} lacks {missing}.", where=where, missing=str(error)) from None
    except ValueError as error:
        raise InputError("{where} cannot be read: {why}.", where=where, why=str(error)) from None


def _combining(content: Mapping[str, Any]) -> Combining:
    """How small areas are put together; what somebody wrote of their own is not believed where it cannot be."""
    said = Combining(content["combine"])
    return Combining.NONE if said is Combining.SUM and Unit(content["unit"]) in NEVER_ADDED else said


def _derived(content: Mapping[str, Any]) -> Derived:
    of, per = tuple(content["of"]), tuple(content.get("per", ()))
    return Derived(of, per, float(content.get("times", 1)), int(content.get("years", 0)))


def _series(id: str, unit: str, content: Mapping[str, Any], where: str) -> Series:
    unknown = sorted(set(content) - SERIES_KEYS)
    if unknown:
        raise InputError(
            "{where} has unknown keys: {unknown}. Known: {keys}.", where=where, unknown=unknown, keys=SERIES_KEYS
        )
    return Series(
        indicator=id,
        source=content["source"],
        unit=unit,
        table=str(content.get("table", "")),
        query=content.get("query") or {},
        title=content.get("title", ""),
        factor=float(content.get("factor", 1)),
        offset=float(content.get("offset", 0)),
        levels=tuple(Level(level) for level in content["levels"]),
        vintage=str(content.get("vintage", "")),
        null_means=ValueStatus(content.get("null_means", ValueStatus.MISSING)),
        verified=bool(content.get("verified", False)),
        checked=content.get("checked"),
        note=content.get("note", ""),
    )
