"""Known: the statistics a project holds, fetched and its own, read by area or by indicator in milliseconds."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bygd.engine.base import to_arrow
from bygd.vocabulary import tables
from bygd.workbench.place import counted, fetched, own_values, sets
from bygd.workbench.place.withholding import OWN as OWN
from bygd.workbench.project import Project

READ = [*sets.KEY, "value", "low", "high", "status", "source_table", "fetched_on"]
"""What readings are made of."""


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

    def titles(self, source: str) -> list[str]:
        """Where a source's values say they are from: who said the project's own, whose registers were read."""
        titles = self.values.filter(_among(self.values["source"], (source,)))["source_title"].unique().to_pylist()
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
    held = tuple(
        found for found in (fetched.counts(project), own_values.counts(project), counted.counts(project)) if found
    )
    return _together(held) if held else Known(_empty(tables.statistics), _empty(tables.statistical_areas), "")


@lru_cache(maxsize=8)
def _together(held: tuple[sets.Set, ...]) -> Known:
    """The sets as one; their names hold what is in them, so that a name never means two things."""
    values = pa.concat_tables([sets.values(one.values) for one in held])
    areas = pa.concat_tables([sets.read(one.areas) for one in held])
    return Known(values, _one_each(areas), "+".join(one.name for one in held))


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


def _one_each(areas: pa.Table) -> pa.Table:
    """The last row of each area and division."""
    keys = zip(areas["area_id"].to_pylist(), areas["vintage"].to_pylist(), strict=True)
    last = {key: place for place, key in enumerate(keys)}
    if len(last) == areas.num_rows:
        return areas
    return pa.concat_tables([areas.slice(place, 1) for place in sorted(last.values())]).combine_chunks()


def _empty(table: Any) -> pa.Table:
    return to_arrow(table, [])
