"""Met: the registered names that suppliers' names were compared with the last time, kept with the register's index."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import rapidfuzz
from numpy.typing import NDArray

from bygd.linkage.options import Options
from bygd.sources.conventions import Conventions

SHAPED_BY = ("alignment", "classes", "likeness", "met", "pairs", "slips")
"""Modules that decide what is met and measured, beside those of the index: other code meets anew."""

NO_FILE = Path()

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Met:
    """Names that were asked for, and one row for every registered name that one of them was compared with.

    `asked` are the names, each with how widely it was searched for; `pairs` their place in `asked` and the `name_id`
    of the register as one number, in rising order; `searched` whether it was the search that found the pair, and
    `measures` what `likeness.compare` measured, row by row. All of it depends on the two names and on the register
    only, so that a later run gets from here what it would find anew.
    """

    file: Path = NO_FILE
    asked: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    pairs: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    searched: Numbers = field(default_factory=lambda: np.empty(0, bool))
    measures: pa.Table | None = None
    again: "list[tuple[pa.Array, Numbers, Numbers, pa.Table]]" = field(default_factory=list)

    @classmethod
    def kept(cls, folder: Path, conventions: Conventions, options: Options) -> "Met":
        """What the last run left in the folder of the index; nothing where code, words or options were others."""
        words = conventions.public_words, conventions.areas
        shaped = repr((_code(), rapidfuzz.__version__, words, options))
        file = folder / f"met-{hashlib.sha256(shaped.encode()).hexdigest()[:16]}.arrow"
        try:
            table = pa.ipc.open_file(pa.memory_map(str(file))).read_all()
        except (FileNotFoundError, pa.ArrowInvalid):  # None yet, or one that is cut off.
            return cls(file)
        asked = table["asked"].combine_chunks()
        pairs = paired(asked.indices.to_numpy(), table["name_id"].to_numpy())
        searched = table["searched"].to_numpy()
        return cls(file, asked.dictionary, pairs, searched, table.drop_columns(["asked", "name_id", "searched"]))

    def find(self, asked: pa.Array) -> Numbers:
        """The place of each name in `asked`, −1 where it was not met."""
        return np.asarray(pc.fill_null(pc.index_in(asked, self.asked), -1).to_numpy(), dtype=np.int64)

    def found(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """Pairs (position in `places`, name_id) that the search found; places are of `find`."""
        first, last = (np.searchsorted(self.pairs, (places + after) << 32) for after in (0, 1))
        found = np.where(places < 0, 0, last - first)
        position = np.repeat(np.arange(len(places)), found)
        row = np.arange(len(position)) - np.repeat(np.cumsum(found) - found, found) + first[position]
        return position[self.searched[row]], (self.pairs[row] & 0xFFFFFFFF)[self.searched[row]]

    def rows(self, places: Numbers, name: Numbers) -> Numbers:
        """The row of each pair of a place and a name_id, −1 where it was not compared."""
        wanted = paired(places, name)
        row = np.searchsorted(self.pairs, wanted)
        is_there = np.append(self.pairs, -1)[row] == wanted
        return np.where(is_there & (places >= 0), row, -1)

    def beside(self, fresh: pa.Table, core: Numbers, name: Numbers, rows: Numbers) -> pa.Table:
        """The measures of all pairs (core, name): of `rows` where they are known, and in turn of `fresh` where not."""
        if self.measures is None:
            return fresh
        known = rows >= 0
        before = self.measures.take(pa.array(rows[known]))
        for column, ids in (("core_id", core), ("name_id", name)):
            before = before.append_column(column, pa.array(ids[known]))
        order = np.argsort(np.concatenate([np.flatnonzero(known), np.flatnonzero(~known)]))
        return pa.concat_tables([before.select(fresh.column_names), fresh]).take(pa.array(order))

    def meet(self, asked: pa.Array, core: Numbers, searched: Numbers, measured: pa.Table) -> None:
        """Take note of names and of all that they were compared with: `core` is a pair's position in `asked`."""
        if self.file != NO_FILE:
            self.again.append((asked, core, searched, measured))

    def keep(self) -> None:
        """Write what was met since this was opened in the place of what was met before; what nobody asked for goes."""
        if not self.again:
            return
        asked = pa.concat_arrays([noted[0] for noted in self.again]).dictionary_encode()
        if pc.all(pc.is_in(asked.dictionary, self.asked)).as_py() and len(asked.dictionary) == len(self.asked):
            return
        starts = np.cumsum([0, *(len(noted[0]) for noted in self.again)])
        codes = asked.indices.to_numpy()
        place = np.concatenate([codes[noted[1] + start] for noted, start in zip(self.again, starts[:-1], strict=True)])
        table = pa.concat_tables([noted[3].append_column("searched", pa.array(noted[2])) for noted in self.again])
        # The same name may have been asked for in both halves.
        _, rows = np.unique(paired(place, table["name_id"].to_numpy()), return_index=True)
        column = pa.DictionaryArray.from_arrays(pa.array(place[rows].astype(np.int32)), asked.dictionary)
        table = table.drop_columns(["core_id"]).take(pa.array(rows)).append_column("asked", column).combine_chunks()
        beginning = self.file.with_suffix(".beginning")
        with pa.OSFile(str(beginning), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
        for other in self.file.parent.glob("met-*.arrow"):
            other.unlink()
        beginning.rename(self.file)


def paired(left: Numbers, right: Numbers) -> Numbers:
    """Two numbers as one that sorts by the first, then by the second, which is no less than nought."""
    return left.astype(np.int64) << 32 | right.astype(np.int64)


@cache
def _code() -> str:
    texts = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in SHAPED_BY)
    return hashlib.sha256(b"".join(texts)).hexdigest()
