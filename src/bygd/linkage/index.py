"""Token index: which names share rare tokens with a name, from a sparse matrix kept on disk."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bygd.engine import DuckEngine

FEW, MANY = 1 << 19, 1 << 23
"""Tokens are hashed to so many buckets; with a million names two tokens of one supplier and a wrong name meet by
accident once in millions of pairs. What meets by accident is compared word by word afterwards and falls away."""

FEW_NAMES = 10_000
"""Registers of up to so many names do with FEW buckets: opening them takes no time."""

READ_AT_MOST, READ_FOR_RIVALS = 10_000, 1_000
"""Names read for one query: its tokens are searched from the rarest on while they stand in so many names
together. It keeps the search linear in the register; the benchmark and the method page tell what it loses.
Where the very name stands in the register only its rivals are sought, which share its rarest words."""

RARITY_BASE = 1e6
"""Rarity is log(1 + RARITY_BASE / names with the token). It does not depend on how many names the
register holds, so that a register row that shares nothing with a supplier changes nothing for it."""

BATCH = 4_000_000
"""Products of one batch at most: a bound on memory, eight bytes each, and small enough for two threads to share."""

BLOCK = 1 << 19
"""Names that are searched at once: what is summed up for them stays in a processor's own cache."""

ROUNDING = 2e-5
"""Likeness that differs by more is not the same once it is rounded."""

PARTS = ("data", "indices", "indptr")

Numbers = NDArray[Any]


def rarity(names: Numbers) -> Numbers:
    """Rarity of tokens that stand in so many names each; what stands in none is as rare as half a name."""
    return np.log1p(RARITY_BASE / np.maximum(names, 0.5)).astype(np.float32)


@dataclass(frozen=True)
class TokenIndex:
    """For each token the names it stands in: row is the token's bucket, column the `name_id`.

    Values are weight times rarity, each name's length being one. `counts` tells how many names a bucket has.
    """

    by_token: sparse.csr_matrix
    counts: Numbers

    @classmethod
    def of(cls, tokens: sparse.csr_matrix) -> "TokenIndex":
        """The index of names whose tokens `read_tokens` read."""
        counts = np.bincount(tokens.indices, minlength=tokens.shape[1]).astype(np.float32)
        tokens.data *= rarity(counts)[tokens.indices]
        rows = np.repeat(np.arange(tokens.shape[0]), np.diff(tokens.indptr))
        length = np.sqrt(np.bincount(rows, tokens.data.astype(np.float64) ** 2, minlength=tokens.shape[0]))
        tokens.data /= length[rows].astype(np.float32)
        return cls(tokens.T.tocsr(), counts)

    def keep(self, folder: Path) -> None:
        """Write the arrays, each to a file that `kept` maps into memory: only what is looked at is read."""
        for part in PARTS:
            np.save(folder / f"{part}.npy", getattr(self.by_token, part))
        np.save(folder / "counts.npy", self.counts)

    @classmethod
    def kept(cls, folder: Path, names: int) -> "TokenIndex":
        """What `keep` wrote for so many names."""
        parts = [np.load(folder / f"{part}.npy", mmap_mode="r") for part in PARTS]
        counts = np.load(folder / "counts.npy", mmap_mode="r")
        return cls(sparse.csr_matrix(tuple(parts), shape=(len(counts), names)), counts)

    def search(
        self, queries: sparse.csr_matrix, top: int, at_most: Numbers
    ) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """For each batch of query rows: (query row, name row, likeness), the `top` names nearest by cosine.

        `at_most` names are read for each row. The nearest come first, and of those as near the lower name row.
        """
        weights = rarity(np.asarray(self.counts[queries.indices])) * queries.data
        rows = np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr))
        length = np.sqrt(np.bincount(rows, weights.astype(np.float64) ** 2, minlength=queries.shape[0]))
        queries = sparse.csr_matrix((weights / length[rows], queries.indices, queries.indptr), queries.shape)
        asked = self._searchable(queries.astype(np.float32), at_most)
        bounds = _batches(asked, self.counts)

        def find(bound: tuple[int, int]) -> tuple[Numbers, Numbers, Numbers]:
            return _nearest(_products(asked[bound[0] : bound[1]], self.by_token), top, bound[0])

        with ThreadPoolExecutor(2) as pool:
            yield from pool.map(find, bounds)

    def _searchable(self, queries: sparse.csr_matrix, at_most: Numbers) -> sparse.csr_matrix:
        """The queries with their rarest tokens only, as many as `at_most` names allow, and at least one."""
        counts = self.counts[queries.indices].astype(np.float64)
        row = np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr))
        order = np.lexsort((queries.indices, counts, row))
        read = np.cumsum(counts[order])
        before = np.concatenate(([0], read))[queries.indptr[row]]
        first_known = (read - before == counts[order]) & (counts[order] > 0)
        keep = order[((read - before <= at_most[row][order]) | first_known) & (counts[order] > 0)]
        return sparse.csr_matrix((queries.data[keep], (row[keep], queries.indices[keep])), shape=queries.shape)


def buckets(names: int) -> int:
    """How many buckets a register of so many names is given."""
    return FEW if names <= FEW_NAMES else MANY


def read_tokens(engine: DuckEngine, statement: str, rows: int, buckets: int) -> sparse.csr_matrix:
    """One row per name from a statement that gives (name_id, token, weight); the greatest weight of a token counts."""
    found = engine.arrow(
        f"""
        SELECT CAST(name_id AS INTEGER) AS name_id, CAST(hash(token) % {buckets} AS INTEGER) AS bucket,
            CAST(max(weight) AS FLOAT) AS weight
        FROM ({statement}) WHERE token <> '' GROUP BY ALL
        """
    )
    name, bucket, weight = (found[column].to_numpy() for column in ("name_id", "bucket", "weight"))
    matrix = sparse.csr_matrix((weight, (name, bucket)), shape=(rows, buckets), dtype=np.float32)
    matrix.sum_duplicates()
    return matrix


def _batches(asked: sparse.csr_matrix, counts: Numbers) -> list[tuple[int, int]]:
    """Ranges of query rows that have BATCH products together."""
    touched = np.concatenate(([0], np.cumsum(counts[asked.indices], dtype=np.float64)))[asked.indptr]
    bounds, start = [], 0
    for row in range(1, asked.shape[0] + 1):
        if row == asked.shape[0] or touched[row + 1] - touched[start] > BATCH:
            bounds.append((start, row))
            start = row
    return bounds


def _products(asked: sparse.csr_matrix, by_token: sparse.csr_matrix) -> sparse.csr_matrix:
    """The queries times the names that have their tokens, block by block."""
    if by_token.shape[1] <= BLOCK:
        return asked @ by_token
    tokens, at = np.unique(asked.indices, return_inverse=True)
    asked = sparse.csr_matrix((asked.data, at.astype(np.int32), asked.indptr), (asked.shape[0], len(tokens)))
    known = by_token[tokens]
    blocks = [asked @ known[:, start : start + BLOCK] for start in range(0, known.shape[1], BLOCK)]
    return sparse.hstack(blocks, format="csr")


def _nearest(products: sparse.csr_matrix, top: int, offset: int) -> tuple[Numbers, Numbers, Numbers]:
    ends, sizes = products.indptr, np.diff(products.indptr)
    least = np.zeros(len(sizes), np.float32)
    for row in np.flatnonzero(sizes > top):
        values = products.data[ends[row] : ends[row + 1]]
        least[row] = np.partition(values, -top)[-top] - ROUNDING
    found = np.flatnonzero(products.data >= np.repeat(least, sizes))
    rows, names = np.searchsorted(ends, found, side="right") - 1, products.indices[found]
    likeness = np.round(products.data[found], 5).astype(np.float64)
    order = np.lexsort((names, -likeness, rows))
    kept = order[np.arange(len(order)) - np.searchsorted(rows, rows) < top]
    return rows[kept] + offset, names[kept], likeness[kept]
