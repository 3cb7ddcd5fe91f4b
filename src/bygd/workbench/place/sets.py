"""Sets: statistics as files of Parquet, with one row a key."""

from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from bygd.engine.base import arrow_schema
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.place_words import Level

KEY = tables.statistics.one_row_per


class Set(NamedTuple):
    """Two files, of values and of their areas; `name` means what is in them and nothing else."""

    values: Path
    areas: Path
    name: str


def read(path: Path) -> pa.Table:
    """A file as a table, without what `read_table` loads for folders of files."""
    with pq.ParquetFile(path) as opened:
        return opened.read()


def values(path: Path) -> pa.Table:
    """A file of `statistics`; sets of earlier versions lack columns that may be empty, which are added."""
    found, schema = read(path), arrow_schema(tables.statistics)
    for name, column in tables.statistics.columns().items():
        if name not in found.column_names and column.optional:
            found = found.append_column(name, pa.nulls(found.num_rows, schema.field(name).type))
    return found.select(schema.names)


def area_row(area_id: str, vintage: str, level: Level, name: str, parent: str | None) -> dict[str, Any]:
    """A row of `statistical_areas`."""
    return {"area_id": area_id, "vintage": vintage, "level": level.value, "name": name, "parent_id": parent or None}


def grained(table: pa.Table) -> pa.Table:
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
