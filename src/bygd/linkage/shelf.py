"""Shelf: registered names on disk, fetched by their ids or by what they are squeezed to, without reading the others."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bygd.engine import DuckEngine

NAMES, SQUEEZED, OWNERS = "names.arrow", "squeezed", "owners"

# All that is looked at of a name that some supplier may mean, with what the register says of its organisation.
SHELVED = """
    SELECT n.org_id, n.name, n.is_other, n.is_ended, n.form, n.core, o.postcode, o.town, o.registered_on, o.ended_on,
        o.industry
    FROM linkage_names n JOIN organisations o USING (org_id) ORDER BY n.name_id
"""

HASHED = "SELECT hash(squeezed) AS squeezed, hash(org_id) AS owner FROM linkage_names ORDER BY name_id"

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Lookup:
    """Which rows have a text, by the text's hash: DuckDB's `hash`, in rising order, and the rows in that order.

    Different texts may have the same hash, once in many billions: whoever asks looks at the texts again.
    """

    hashes: Numbers
    ids: Numbers

    @classmethod
    def of(cls, hashes: Numbers, ids: Numbers | None = None) -> "Lookup":
        """The lookup of rows by their hashes; without `ids` rows are numbered from nought."""
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], (order if ids is None else ids[order]).astype(np.int32))

    def keep(self, folder: Path, name: str) -> None:
        """Write both arrays to files that `kept` maps into memory."""
        np.save(folder / f"{name}_hashes.npy", self.hashes)
        np.save(folder / f"{name}_ids.npy", self.ids)

    @classmethod
    def kept(cls, folder: Path, name: str) -> "Lookup":
        """What `keep` wrote."""
        return cls(*(np.load(folder / f"{name}_{part}.npy", mmap_mode="r") for part in ("hashes", "ids")))

    def find(self, asked: Numbers) -> tuple[Numbers, Numbers]:
        """Pairs (place in `asked`, row) of all rows that have one of the hashes."""
        order = np.argsort(asked)  # so that the file is walked through once
        first, last = (np.searchsorted(self.hashes, asked[order], side=side) for side in ("left", "right"))
        found = last - first
        place = np.repeat(order, found)
        within = np.arange(len(place)) - np.repeat(np.cumsum(found) - found, found)
        return place, np.asarray(self.ids[np.repeat(first, found) + within])


@dataclass(frozen=True)
class Shelf:
    """The register's names in the order of their ids, in batches; on disk only what is fetched is read."""

    batches: tuple[pa.RecordBatch, ...]
    squeezed: Lookup
    owners: Lookup

    @classmethod
    def of(cls, engine: DuckEngine) -> "Shelf":
        """The names of `linkage_names`, in memory."""
        read = engine.batches(SHELVED)
        return cls(_batches(read.schema, list(read)), *_lookups(engine))

    @classmethod
    def keep(cls, engine: DuckEngine, folder: Path) -> None:
        """Write the names of `linkage_names` into the folder."""
        read = engine.batches(SHELVED)
        with pa.OSFile(str(folder / NAMES), "wb") as file, pa.ipc.new_file(file, read.schema) as writer:
            for batch in read:
                writer.write_batch(batch)
        for name, lookup in zip((SQUEEZED, OWNERS), _lookups(engine), strict=True):
            lookup.keep(folder, name)

    @classmethod
    def kept(cls, folder: Path) -> "Shelf":
        """What `keep` wrote, mapped into memory."""
        read = pa.ipc.open_file(pa.memory_map(str(folder / NAMES)))
        batches = [read.get_batch(number) for number in range(read.num_record_batches)]
        return cls(_batches(read.schema, batches), Lookup.kept(folder, SQUEEZED), Lookup.kept(folder, OWNERS))

    def __len__(self) -> int:
        return int(self._starts[-1])

    @cached_property
    def _starts(self) -> Numbers:
        return np.cumsum([0, *(batch.num_rows for batch in self.batches)])

    def take(self, ids: Numbers, columns: list[str] | None = None) -> pa.Table:
        """The names with those ids, which must rise: `name_id` and the columns of SHELVED, or those named."""
        cuts = np.searchsorted(ids, self._starts)
        parts = [
            (batch.select(columns) if columns else batch).take(pa.array(ids[low:high] - start))
            for batch, low, high, start in zip(self.batches, cuts[:-1], cuts[1:], self._starts[:-1], strict=True)
        ]
        schema = self.batches[0].select(columns).schema if columns else self.batches[0].schema
        return pa.Table.from_batches(parts, schema).append_column("name_id", pa.array(ids.astype(np.int32)))


def _batches(schema: pa.Schema, read: list[pa.RecordBatch]) -> tuple[pa.RecordBatch, ...]:
    """The batches; an empty one of a register without names."""
    return tuple(read) or (pa.RecordBatch.from_pylist([], schema=schema),)


def _lookups(engine: DuckEngine) -> tuple[Lookup, Lookup]:
    hashed = engine.arrow(HASHED)
    return Lookup.of(hashed["squeezed"].to_numpy()), Lookup.of(hashed["owner"].to_numpy())
