"""Held index: a register's index kept open between batches, so that a batch costs its own search and no more.

Does what `linkage.candidates.propose` does, step by step; a test holds the two together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse

from bygd.engine import DuckEngine
from bygd.linkage import likeness
from bygd.linkage.candidates import CANDIDATES, PASSING, _column, _same_name, _texts
from bygd.linkage.comparison import compare
from bygd.linkage.index import Numbers, TokenIndex, _batches, _nearest, _weighted, read_tokens
from bygd.linkage.numbers import propose_numbers
from bygd.linkage.options import Options
from bygd.linkage.readings import read_queries
from bygd.linkage.store import open_index
from bygd.sources.conventions import Conventions
from bygd.vocabulary import tables

NAMES = "linkage_names"
"""Stays in the engine as long as the index is held; the other passing relations are let go of."""


@dataclass(frozen=True)
class HeldIndex:
    """The index of a register's names, and the same turned, so that the names with a token stand together."""

    index: TokenIndex
    by_token: sparse.csr_matrix
    names: pa.ChunkedArray

    @classmethod
    def open(cls, engine: DuckEngine, conventions: Conventions, folder: Path) -> "HeldIndex":
        """The index of the register in the engine, from the folder or made and kept there."""
        index = open_index(engine, conventions, folder)
        weighted = _weighted(index.tokens, index.rarity)
        weighted.data /= np.repeat(index.norms, np.diff(weighted.indptr))
        return cls(index, weighted.T.tocsr(), _column(engine, NAMES))

    def propose(self, engine: DuckEngine, conventions: Conventions, chosen: Options) -> None:
        """Read suppliers; write link_candidates."""
        propose_numbers(engine, conventions.schemes)
        read_queries(engine, conventions)
        cores = _column(engine, "linkage_cores")
        queries = read_tokens(engine, "linkage_cores", len(cores))
        pairs = [_same_name(engine, chosen)]
        for core, name in self._nearest(engine, queries, chosen.found):
            alike = likeness.cosine(queries, self.index, core, name)
            best = likeness.rank(_texts(cores, core), _texts(self.names, name), core, alike, chosen.compared)
            pairs.append(np.column_stack([core[best], name[best]]))
        core, name = np.unique(np.concatenate(pairs), axis=0).T
        texts = _texts(cores, core), _texts(self.names, name)
        engine.put("linkage_likeness", likeness.compare(queries, self.index, core, name, *texts))
        compare(engine, conventions)
        engine.sql(tables.link_candidates, CANDIDATES, chosen.kept)
        for passing in PASSING:
            if f"linkage_{passing}" != NAMES:
                engine.forget(f"linkage_{passing}")

    def _nearest(self, engine: DuckEngine, queries: sparse.csr_matrix, top: int) -> Iterator[tuple[Numbers, Numbers]]:
        unsure: Any = engine.arrow("SELECT name_id FROM linkage_cores WHERE NOT is_sure ORDER BY name_id")
        rows = unsure["name_id"].to_numpy()
        asked = _weighted(self.index._searchable(queries[rows]), self.index.rarity)
        for start, end in _batches(asked, self.index.counts):
            row, name = _nearest(asked[start:end] @ self.by_token, top, start)
            yield rows[row], name
