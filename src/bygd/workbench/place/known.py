"""Known: the statistics a project holds, fetched and its own, read by area or by indicator in milliseconds."""

import hashlib
import json
import os
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
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
from bygd.workbench.place import files, withholding
from bygd.workbench.place.withholding import OWN as OWN
from bygd.workbench.project import Project

KEY = tables.statistics.one_row_per
READ = [*KEY, "value", "status", "source_table", "fetched_on"]
"""What readings are made of."""
BELOW = (Level.VILLAGE, Level.SMALL_AREA, Level.LOCALITY, Level.DISTRICT)
"""Levels below the municipality."""
KEPT = 5
"""Sets of fetched statistics that are kept, so that a figure can be found again."""
RULES = b"withheld 2"
"""Changes with what is withheld of own values, so that none read by older rules are told."""


@dataclass(frozen=True, eq=False)
class Known:
    """The statistics of a project: rows of `statistics` and `statistical_areas`; `snapshot` names this very set.

    `kept` is for what others counted from it once and need again, such as what makes places alike.
    """

    values: pa.Table
    areas: pa.Table
    snapshot: str
    kept: dict[Any, Any] = field(default_factory=dict)

    def of_areas(
        self, area_ids: Collection[str], indicators: Collection[str] | None = None, newest: int = 0
    ) -> list[dict[str, Any]]:
        """Rows of those areas; of those indicators alone, and in so many newest periods, where given."""
        slices = [self.values.slice(*place) for area_id in area_ids for place in self._places.get(area_id, ())]
        found = pa.concat_tables(slices) if slices else self.values.slice(0, 0)
        if indicators is not None:
            found = found.filter(_among(found["indicator"], indicators))
        return _rows_of(_newest(found, newest))

    def said(self, area_ids: Collection[str]) -> list[tuple[str, str, str]]:
        """Of what anything is said in those areas: area, indicator and breakdown, each once."""
        slices = [self.values.slice(*place) for area_id in area_ids for place in self._places.get(area_id, ())]
        if not slices:
            return []
        names = ["area_id", "indicator", "breakdown"]
        found = pa.concat_tables(slices).select(names).group_by(names).aggregate([])
        return list(zip(*(found[name].to_pylist() for name in names), strict=True))

    def of_indicators(self, indicators: Collection[str], newest: int = 0) -> list[dict[str, Any]]:
        """What readings need of the rows of those indicators, of all areas; in so many newest periods, where given."""
        chosen = self.values.select(READ).filter(_among(self.values["indicator"], indicators))
        return _rows_of(_newest(chosen, newest))

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        """Where the rows of each area stand: they are sorted by area within each set."""
        found: dict[str, list[tuple[int, int]]] = {}
        at = 0
        runs = pc.run_end_encode(self.values["area_id"].combine_chunks(), run_end_type=pa.int32())
        for area_id, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            found.setdefault(area_id, []).append((at, end - at))
            at = end
        return found

    def own_sources(self) -> list[str]:
        """Who said the project's own values."""
        titles = self.values.filter(_among(self.values["source"], (OWN,)))["source_title"].unique().to_pylist()
        return sorted(title for title in titles if title)

    def area(self, area_id: str) -> dict[str, Any] | None:
        """What is known of an area, in its newest division; None where nothing is."""
        return self._areas.get(area_id)

    @cached_property
    def _areas(self) -> dict[str, dict[str, Any]]:
        return {row["area_id"]: row for row in sorted(self.areas.to_pylist(), key=lambda one: one["vintage"])}


def load(project: Project) -> Known:
    """All that is held; own values are read anew where their files changed. Raises InputError for a bad file.

    A set that was read once in this process is not read again: sets never change, only which one counts.
    """
    paths = files.of(project)
    about = _about(paths.pointer)
    parts: list[Path] = []
    lands: list[Path] = []
    names: list[str] = []
    if about:
        parts.append(paths.state / about["values"])
        lands.append(paths.state / about["areas"])
        names.append(about["snapshot"])
    if paths.values:
        values, areas, name = _own(project, paths)
        parts.append(values)
        lands.append(areas)
        names.append(name)
    if not parts:
        return Known(_empty(tables.statistics), _empty(tables.statistical_areas), "")
    return _together(tuple(parts), tuple(lands), "+".join(names))


def save(project: Project, rows: Iterable[Mapping[str, Any]], areas: Iterable[Mapping[str, Any]]) -> str:
    """Keep a set of fetched statistics and make it the one that counts; gives its name.

    Written beside, then the pointer is swapped: a killed process leaves the old set whole.
    """
    paths = files.of(project)
    paths.state.mkdir(parents=True, exist_ok=True)
    values = _grained(to_arrow(tables.statistics, rows).sort_by([(name, "ascending") for name in KEY]))
    lands = to_arrow(tables.statistical_areas, areas).sort_by([("area_id", "ascending"), ("vintage", "ascending")])
    name = _fingerprint(values)
    for what, table in (("values", values), ("areas", lands)):
        beside = paths.state / f".{what}.part"
        pq.write_table(table, beside)
        beside.replace(paths.state / f"{what}-{name}.parquet")
    about = {
        "snapshot": f"statistics-{name}",
        "values": f"values-{name}.parquet",
        "areas": f"areas-{name}.parquet",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    write_json(paths.pointer, about)
    _prune(paths.state, name)
    return about["snapshot"]


def fetched(project: Project) -> list[dict[str, Any]]:
    """The rows of the set of fetched statistics that counts, one's own left out."""
    paths = files.of(project)
    about = _about(paths.pointer)
    return list(_read_table(paths.state / about["values"]).to_pylist()) if about else []


def fetched_areas(project: Project) -> list[dict[str, Any]]:
    """The areas of the set of fetched statistics that counts."""
    paths = files.of(project)
    about = _about(paths.pointer)
    return list(_read_table(paths.state / about["areas"]).to_pylist()) if about else []


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write beside, flush, swap."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8") as opened:
        json.dump(content, opened, ensure_ascii=False)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(path)


_own_guard = threading.Lock()
"""Of threads that ask at once one reads the project's own values; other processes write files of their own names."""


def _own(project: Project, paths: files.Files) -> tuple[Path, Path, str]:
    """The project's own values, from Parquet made of the same files, or read."""
    digest = hashlib.sha256(RULES)
    for path in [*paths.values, *([paths.indicators] if paths.indicators.exists() else [])]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    key = digest.hexdigest()[:12]
    values, lands = paths.state / f"own-{key}.parquet", paths.state / f"own-areas-{key}.parquet"
    with _own_guard:
        if not (values.exists() and lands.exists()):
            rows, areas = _read(project, paths.values)
            paths.state.mkdir(parents=True, exist_ok=True)
            for old in paths.state.glob("own-*.parquet"):
                old.unlink(missing_ok=True)
            for path, table in (
                (lands, to_arrow(tables.statistical_areas, areas)),
                (values, _grained(to_arrow(tables.statistics, rows)).sort_by("area_id")),
            ):
                beside = path.with_suffix(f".{os.getpid()}.part")
                pq.write_table(table, beside)
                beside.replace(path)
    return values, lands, f"own-{key}"


@lru_cache(maxsize=8)
def _together(parts: tuple[Path, ...], lands: tuple[Path, ...], name: str) -> Known:
    """The sets of those files as one; their names hold what is in them, so that a name never means two things."""
    values = pa.concat_tables([_read_table(path) for path in parts])
    return Known(values, _one_each(pa.concat_tables([_read_table(path) for path in lands])), name)


def _read_table(path: Path) -> pa.Table:
    """A file as a table, without what `read_table` loads for folders of files."""
    with pq.ParquetFile(path) as opened:
        return opened.read()


def _newest(table: pa.Table, number: int) -> pa.Table:
    """The rows of so many newest periods; all where none is asked for."""
    return (
        table.filter(_among(table["period"], sorted(table["period"].unique().to_pylist())[-number:]))
        if number
        else table
    )


def _among(column: pa.ChunkedArray, wanted: Collection[str]) -> pa.ChunkedArray:
    """Whether each value is one of those. They are taken from the column itself: for a text made Arrow anew, pyarrow
    loads pandas where somebody installed it, 0.2 s.
    """
    every = column.unique()
    kept = [every.slice(place, 1) for place, text in enumerate(every.to_pylist()) if text in wanted]
    return pc.is_in(column, pa.concat_arrays(kept) if kept else every.slice(0, 0))


def _rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """The rows as mappings; column by column, which is much quicker than row by row."""
    columns = [column.to_pylist() for column in table.columns]
    return [dict(zip(table.column_names, row, strict=True)) for row in zip(*columns, strict=True)]


def _read(project: Project, paths: Sequence[Path]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    catalogue = indicators(project.country, files.of(project).indicators)
    credited = published(project)
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
            if level is None:
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
            if known is None or (one.name and known["name"] == one.area):
                areas[area_id, vintage] = area_row(
                    area_id, vintage, level, one.name or one.area, one.parent and _id(project, one.parent)
                )
    withholding.withhold([row for row in rows if row["source"] == OWN], _parents(project, areas.values()))
    return rows, list(areas.values())


def published(project: Project) -> dict[str, str]:
    """Sources whose files people bring, by what their values are credited to: an office published, and withheld."""
    return {
        one.attribution: one.id
        for one in countries.sources(project.country)
        if one.kind is Kind.STATISTICS and not one.addresses and one.id != OWN
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


def area_row(area_id: str, vintage: str, level: Level, name: str, parent: str | None) -> dict[str, Any]:
    """A row of `statistical_areas`."""
    return {"area_id": area_id, "vintage": vintage, "level": level.value, "name": name, "parent_id": parent or None}


def _id(project: Project, code: str) -> str:
    country = project.country.code
    return code if code == country or code.startswith(f"{country}:") else f"{country}:{code}"


def _grained(table: pa.Table) -> pa.Table:
    """The table, once it is found to have one row a key. Raises InputError."""
    counts = table.group_by(list(KEY)).aggregate([("value", "count")])
    if counts.num_rows != table.num_rows:
        seen: set[tuple[Any, ...]] = set()
        for row in table.select(list(KEY)).to_pylist():
            key = tuple(row.values())
            if key in seen:
                raise InputError("There are two values of {what}. Take one away.", what=", ".join(filter(None, key)))
            seen.add(key)
    return table


def _one_each(areas: pa.Table) -> pa.Table:
    """The last row of each area and division."""
    keys = zip(areas["area_id"].to_pylist(), areas["vintage"].to_pylist(), strict=True)
    last = {key: place for place, key in enumerate(keys)}
    if len(last) == areas.num_rows:
        return areas
    return pa.concat_tables([areas.slice(place, 1) for place in sorted(last.values())]).combine_chunks()


def _about(pointer: Path) -> dict[str, Any]:
    return dict(json.loads(pointer.read_text(encoding="utf-8"))) if pointer.exists() else {}


def _empty(table: Any) -> pa.Table:
    return to_arrow(table, [])


def _fingerprint(table: pa.Table) -> str:
    digest = hashlib.sha256()
    for row in table.select([*KEY, "value", "status"]).to_pylist():
        digest.update(repr(tuple(row.values())).encode())
    return digest.hexdigest()[:12]


def _prune(state: Path, name: str) -> None:
    sets = sorted(state.glob("values-*.parquet"), key=lambda path: path.stat().st_mtime)
    for path in sets[:-KEPT]:
        if name not in path.name:
            path.unlink()
            path.with_name(path.name.replace("values-", "areas-")).unlink(missing_ok=True)
