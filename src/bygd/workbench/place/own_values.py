"""Own values: those of a project's own files, read once as long as these are the same, and withheld where few."""

import hashlib
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bygd import countries
from bygd.countries.indicators import indicators
from bygd.countries.levels import area, municipality_of
from bygd.engine.base import to_arrow
from bygd.sources.description import Kind
from bygd.sources.errors import InputError
from bygd.sources.statistics import own
from bygd.sources.statistics.series import Area
from bygd.vocabulary import tables
from bygd.vocabulary.place_words import Level
from bygd.workbench.place import files, villages, withholding
from bygd.workbench.place.counted import SOURCE as REGISTERS
from bygd.workbench.place.sets import Set, area_row, grained
from bygd.workbench.place.withholding import OWN as OWN
from bygd.workbench.project import Project

BELOW = (Level.VILLAGE, Level.SMALL_AREA, Level.LOCALITY, Level.DISTRICT)
"""Levels below the municipality."""
RULES = b"withheld 3"
"""Changes with what is withheld of own values, so that none read by older rules are told."""

_guard = threading.Lock()
"""Of threads that ask at once one reads the project's own values; other processes write files of their own names."""


def counts(project: Project) -> Set | None:
    """The project's own values, from Parquet made of the same files, or read; None where there are none. Raises
    InputError for a bad file.
    """
    paths = files.of(project)
    if not paths.values:
        return None
    digest = hashlib.sha256(RULES)
    for path in [*paths.values, *(path for path in (paths.indicators, paths.villages) if path.exists())]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    key = digest.hexdigest()[:12]
    values, lands = paths.state / f"own-{key}.parquet", paths.state / f"own-areas-{key}.parquet"
    with _guard:
        if not (values.exists() and lands.exists()):
            rows, areas = _read(project, paths.values)
            paths.state.mkdir(parents=True, exist_ok=True)
            for old in paths.state.glob("own-*.parquet"):
                old.unlink(missing_ok=True)
            for path, table in (
                (lands, to_arrow(tables.statistical_areas, areas)),
                (values, grained(to_arrow(tables.statistics, rows)).sort_by("area_id")),
            ):
                beside = path.with_suffix(f".{os.getpid()}.part")
                pq.write_table(table, beside)
                beside.replace(path)
    return Set(values, lands, f"own-{key}")


def _read(project: Project, paths: Sequence[Path]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    catalogue = indicators(project.country, files.of(project).indicators)
    credited, ours = published(project), {one.area_id: one for one in villages.every(project).values()}
    rows: list[dict[str, Any]] = []
    areas: dict[tuple[str, str], dict[str, Any]] = {}
    for path in paths:
        day = date.fromtimestamp(path.stat().st_mtime)
        for one in own.read(path):
            if one.indicator not in catalogue:
                raise InputError(
                    "{file} names the indicator {name}, which is not in the catalogue. Add it to {own}.",
                    file=path.name,
                    name=one.indicator,
                    own="place/indicators.yaml",
                )
            area_id = _id(project, one.area)
            level, vintage = one.level, one.vintage
            if area_id.startswith(villages.PREFIX):
                if area_id not in ours:
                    continue  # taken away since; its values count again when it is put together anew
                level, vintage = Level.VILLAGE, ""
            elif level is None:
                found = area(project.country, area_id, one.vintage)
                level, vintage = found.level, found.vintage
            rows.append(
                {
                    "area_id": area_id,
                    "vintage": vintage,
                    "indicator": one.indicator,
                    "period": one.period,
                    "breakdown": one.breakdown,
                    "value": one.value,
                    "low": None,
                    "high": None,
                    "status": one.status.value,
                    "unit": catalogue[one.indicator].unit.value,
                    "source": credited.get(one.source, OWN),
                    "source_table": path.name,
                    "source_title": one.source or None,
                    "address": path.name,
                    "fetched_on": day,
                }
            )
            known = areas.get((area_id, vintage))
            if area_id in ours:
                continue  # villages are listed where they are put together
            if known is None or (one.name and known["name"] == one.area):
                areas[area_id, vintage] = area_row(
                    area_id, vintage, level, one.name or one.area, one.parent and _id(project, one.parent)
                )
    counted = [row for row in rows if row["source"] == OWN]
    withholding.withhold(counted, _parents(project, areas.values()))
    withholding.of_villages(counted, {id: [part for part, _ in one.parts] for id, one in ours.items()})
    return rows, list(areas.values())


def published(project: Project) -> dict[str, str]:
    """Sources whose files people bring, by what their values are credited to: an office published, and withheld."""
    return {
        one.attribution: one.id
        for one in countries.sources(project.country)
        if one.kind is Kind.STATISTICS and not one.addresses and one.id not in (OWN, REGISTERS)
    }


def check_credit(credited: Mapping[str, str], source: str) -> None:
    """Raise InputError where values of one's own are credited as `published` ones are, which are not withheld here."""
    if source in credited:
        raise InputError(
            "'{source}' cannot be the source of values of your own: its files are read by {reader}. Bring its file "
            "that way, or name the source otherwise.",
            source=source,
            reader=credited[source],
        )


def _parents(project: Project, areas: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The municipality or other area that each small area lies in, as it is told or as its code says."""
    found = {}
    for row in areas:
        if row["level"] in BELOW:
            here = Area(Level(row["level"]), row["area_id"].partition(":")[2], row["vintage"])
            parent = municipality_of(project.country, here)
            within = row["parent_id"] or (f"{project.country.code}:{parent}" if parent else "")
            if within:
                found[row["area_id"]] = within
    return found


def _id(project: Project, code: str) -> str:
    country = project.country.code
    is_whole = code == country or code.startswith((f"{country}:", villages.PREFIX))
    return code if is_whole else f"{country}:{code}"
