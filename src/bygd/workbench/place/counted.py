"""Counted: what the registers that a place read count, as values of statistics; made once for each snapshot."""

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from bygd.countries.indicators import indicators
from bygd.countries.levels import area
from bygd.engine.base import to_arrow
from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Area
from bygd.vocabulary import tables
from bygd.vocabulary.place_words import Unit, ValueStatus
from bygd.vocabulary.said import N_, Said
from bygd.workbench import snapshot, store
from bygd.workbench.place.sets import Set, area_row, grained, read
from bygd.workbench.project import Project

if TYPE_CHECKING:
    from bygd.workbench.place.made import Reading

SOURCE = "world/registers"
RULES = "counted 2"
"""Changes with how counts become values."""
FOLDER = "place"
REGISTERED = (SOURCE,)
TOO_LITTLE = N_("The registers that were read hold too little of it to tell.")
ANYWHERE = N_("Up to {number} more may be here: the registers do not tell where they have their seat.")

_guard = threading.Lock()
"""Of threads that ask at once one counts; other processes write files of their own names."""


def counts(project: Project) -> Set | None:
    """The counts of the snapshot that the project stands on; None without one, or where no register was read."""
    pointer = project.state / snapshot.POINTER
    if not pointer.exists():
        return None
    name = pointer.read_text(encoding="utf-8").strip()
    table = project.state / "snapshots" / name / f"{tables.register_counts.__name__}.parquet"
    if not table.exists():
        return None
    key = store.fingerprint(RULES, name)[:12]
    folder = project.state / FOLDER
    values, lands = folder / f"counted-{key}.parquet", folder / f"counted-areas-{key}.parquet"
    with _guard:
        if not (values.exists() and lands.exists()):
            _make(project, snapshot.load(project, name), table, values, lands)
    return Set(values, lands, f"registers-{key}") if pq.read_metadata(values).num_rows else None


def registered(read: "Reading", value: float | None, most: float | None) -> "Reading":
    """A count as it is told: at least the number, at most with all that may be anywhere, or why there is none."""
    if value is None:
        return replace(read, warnings=(Said(TOO_LITTLE),))
    if most is None:
        return read
    return replace(read, low=value, high=most, warnings=(Said(ANYWHERE, number=round(most - value)),))


def spread(read: "Reading", parts: "Sequence[tuple[float, Reading]]") -> "Reading":
    """The sum of a village with its range: what may be anywhere may be in any of its parts, but once."""
    more = max((one.high - (one.value or 0.0) for _, one in parts if one.high is not None), default=0.0)
    why = tuple(one for one in read.warnings if one.message != ANYWHERE)
    if read.value is None or not more:
        return replace(read, warnings=why)
    told = (*why, Said(ANYWHERE, number=round(more)))
    return replace(read, low=read.value, high=read.value + more, warnings=told)


def _make(project: Project, one: snapshot.Snapshot, table: Path, values: Path, lands: Path) -> None:
    built = date.fromisoformat(one.manifest["built_at"][:10])
    files = [file for file in one.manifest["files"] if file["kind"] == "register"]
    about = {
        "vintage": "",
        "source": SOURCE,
        "source_table": ", ".join(dict.fromkeys(PurePath(file["path"]).name for file in files)),
        "source_title": ", ".join(dict.fromkeys(file.get("publisher") or PurePath(file["path"]).name for file in files))
        or None,
        "address": ", ".join(dict.fromkeys(file["path"] for file in files)),
    }
    found = {row["area_id"]: row for row in read(table.with_name("areas.parquet")).to_pylist()}
    units = {id: indicator.unit for id, indicator in indicators(project.country).items()}
    told: list[dict[str, Any]] = []
    areas: dict[str, dict[str, Any]] = {}
    for row in read(table).to_pylist():
        here = _level(project, row["area_id"])
        if here is None:
            continue
        day = row["told_on"] or built
        named = found.get(row["area_id"], {})
        parent = named.get("parent_id") or (project.place_id if here.code and here.vintage else None)
        areas[row["area_id"]] = area_row(
            row["area_id"], here.vintage, here.level, named.get("name") or here.code or project.country.name, parent
        )
        told.append(
            {
                **about,
                "area_id": row["area_id"],
                "vintage": here.vintage,
                "indicator": row["counted"],
                "period": row["period"] or str(day.year),
                "breakdown": row["part"],
                "value": row["number"],
                "high": row["most"],
                "low": None,
                "status": (ValueStatus.UNCOVERED if row["number"] is None else ValueStatus.OBSERVED).value,
                "unit": units.get(row["counted"], Unit.FIRMS).value,
                "fetched_on": day,
            }
        )
    values.parent.mkdir(parents=True, exist_ok=True)
    for old in {*values.parent.glob("counted-*.parquet")} - {values, lands}:
        old.unlink(missing_ok=True)
    for path, made in (
        (lands, to_arrow(tables.statistical_areas, areas.values())),
        (values, grained(to_arrow(tables.statistics, told)).sort_by("area_id")),
    ):
        beside = path.with_suffix(f".{os.getpid()}.part")
        pq.write_table(made, beside)
        beside.replace(path)


def _level(project: Project, area_id: str) -> Area | None:
    """The area as statistics have it, of the newest division; None where they know no such area, such as a ward."""
    try:
        return area(project.country, area_id)
    except InputError:
        return None
