"""Peers of a project: which places ours is compared with, by which structure, chosen by distance or by people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bygd.countries.indicators import Indicator
from bygd.countries.levels import area
from bygd.sources.errors import InputError
from bygd.tools import place as tool
from bygd.vocabulary.place_words import Level
from bygd.workbench.place import files
from bygd.workbench.place.known import Known
from bygd.workbench.place.reading import Readings
from bygd.workbench.project import Project

NEWEST = 3
"""Periods in which the newest value of a place is sought."""


@dataclass(frozen=True)
class Choice:
    """The places compared with: nearest by `structure`, or named by people, and then `is_chosen`."""

    peers: tuple[tool.Peer, ...]
    structure: tuple[str, ...]
    is_chosen: bool


def choice(project: Project, held: Known, catalogue: Mapping[str, Indicator], own: str) -> Choice:
    """The peers of a municipality: as `place/peers.yaml` says (`areas`, or `structure` and `number`), else the nearest.

    Raises InputError for an indicator that is not in the catalogue.
    """
    told = _told(_path(project))
    structure = tuple(told.get("structure") or tool.STRUCTURE)
    lost = [id for id in structure if id not in catalogue]
    if lost and told.get("structure"):
        raise InputError("The catalogue has no indicator {names}. See: bygd place list", names=lost)
    structure = tuple(id for id in structure if id in catalogue)
    if told.get("areas"):
        code = project.country.code
        named = [text if ":" in text else f"{code}:{text}" for text in map(str, told["areas"])]
        return Choice(tuple(tool.Peer(id, 0.0, {}) for id in named if id != own), structure, True)
    if not own:
        return Choice((), structure, False)
    key = ("structure", structure)
    if key not in held.kept:
        held.kept[key] = _values(held, catalogue, structure)
    values: dict[str, dict[str, float]] = held.kept[key]
    return Choice(tuple(tool.nearest(own, values, structure, int(told.get("number", tool.NUMBER)))), structure, False)


def _values(held: Known, catalogue: Mapping[str, Indicator], structure: Sequence[str]) -> dict[str, dict[str, float]]:
    """The newest values of what makes places alike, by indicator and municipality."""
    parts = {name for id in structure for name in (id, *_made_of(catalogue[id]))}
    readings = Readings(held.of_indicators(parts, NEWEST), catalogue)
    places = [row["area_id"] for row in held.areas.to_pylist() if row["level"] == Level.MUNICIPALITY]
    found: dict[str, dict[str, float]] = {}
    for id in structure:
        latest = {place: readings.latest(place, id) for place in places}
        found[id] = {place: one.value for place, one in latest.items() if one is not None and one.value is not None}
    return found


def choose(
    project: Project, areas: Sequence[str] = (), structure: Sequence[str] = (), number: int | None = None
) -> None:
    """Keep which places to compare with, or by what they are sought; nothing given goes back to the usual.

    Raises InputError for a code that is no municipality.
    """
    for text in areas:
        code = text if ":" in text else f"{project.country.code}:{text}"
        if area(project.country, code).level is not Level.MUNICIPALITY:
            raise InputError("{code} is no municipality.", code=text)
    told = {"areas": list(areas), "structure": list(structure), "number": number}
    path = _path(project)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(yaml.safe_dump({name: value for name, value in told.items() if value}), encoding="utf-8")
    beside.replace(path)


def _made_of(one: Indicator) -> tuple[str, ...]:
    return tuple(name.partition("@")[0] for name in (*one.derived.of, *one.derived.per)) if one.derived else ()


def _path(project: Project) -> Path:
    return files.of(project).own / "peers.yaml"


def _told(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}
