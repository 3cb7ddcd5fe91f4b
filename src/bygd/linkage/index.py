"""Token index: names as rows of a sparse matrix, and the names nearest to a name."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bygd.engine import DuckEngine

BUCKETS = 1 << 23
"""Tokens are hashed to this many columns; with a million names two tokens of one supplier and a
wrong name meet by accident once in millions of pairs."""

JOINED_WEIGHT = 0.6
"""A pair of neighbouring words written as one weighs less than a word; it finds split and joined words."""

READ_AT_MOST = 10_000
"""Names read for one query: its tokens are searched from the rarest on while they stand in so many names
together. It keeps the search linear in the register; the benchmark and the method page tell what it loses."""

RARITY_BASE = 1e6
"""Rarity is log(1 + RARITY_BASE / names with the token). It does not depend on how many names the
register holds, so that a register row that shares nothing with a supplier changes nothing for it."""

BATCH = 15_000_000
"""Products of one batch at most: a bound on memory, eight bytes each."""

Numbers = NDArray[Any]


@dataclass(frozen=True)
class TokenIndex:
    """Names as sparse rows of token weights; row i is the name with `name_id` i.

    `counts` and `rarity` are per bucket, `norms` (length of the weighted row) per row.
    """

    tokens: sparse.csr_matrix
    counts: Numbers
    rarity: Numbers
    norms: Numbers

    @classmethod
    def of(cls, tokens: sparse.csr_matrix) -> "TokenIndex":
        """The index of names whose tokens `read_tokens` read."""
        counts = np.bincount(tokens.indices, minlength=BUCKETS).astype(np.float32)
        known = np.flatnonzero(counts)
        rarity = np.full(BUCKETS, np.log1p(2 * RARITY_BASE), dtype=np.float32)
        rarity[known] = np.log1p(RARITY_BASE / counts[known])
        return cls(tokens, counts, rarity, _norms(tokens, rarity))

    def search(self, queries: sparse.csr_matrix, top: int) -> Iterator[tuple[Numbers, Numbers]]:
        """For each batch of query rows: pairs (query row, name row), the `top` names nearest by cosine.

        Ties at the end of the list are broken by the lower name row.
        """
        asked = _weighted(self._searchable(queries), self.rarity)
        names = _weighted(self.tokens, self.rarity)
        names.data /= np.repeat(self.norms, np.diff(names.indptr))
        by_token = names.T.tocsr()
        bounds = _batches(asked, self.counts)

        def find(bound: tuple[int, int]) -> tuple[Numbers, Numbers]:
            return _nearest(asked[bound[0] : bound[1]] @ by_token, top, bound[0])

        with ThreadPoolExecutor(2) as pool:
            yield from pool.map(find, bounds)

    def _searchable(self, queries: sparse.csr_matrix) -> sparse.csr_matrix:
        """The queries with their rarest tokens only, as many as READ_AT_MOST allows, and at least one."""
        counts = self.counts[queries.indices].astype(np.float64)
        row = np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr))
        order = np.lexsort((queries.indices, counts, row))
        read = np.cumsum(counts[order])
        before = np.concatenate(([0], read))[queries.indptr[row]]
        first_known = (read - before == counts[order]) & (counts[order] > 0)
        keep = order[((read - before <= READ_AT_MOST) | first_known) & (counts[order] > 0)]
        return sparse.csr_matrix((queries.data[keep], (row[keep], queries.indices[keep])), shape=queries.shape)


def read_tokens(engine: DuckEngine, relation: str, rows: int) -> sparse.csr_matrix:
    """One row per name: weight 1 for its words, JOINED_WEIGHT for neighbours written as one."""
    found = engine.arrow(
        f"""
        WITH worded AS (SELECT name_id, string_split(core, ' ') AS words FROM {relation} WHERE core <> ''),
        spread AS (
            SELECT name_id, unnest(words) AS token, 1 AS is_word FROM worded
            UNION ALL
            SELECT name_id, unnest(list_transform(list_zip(words[:-2], words[2:]), lambda p: p[1] || p[2])), 0
            FROM worded WHERE len(words) > 1
        )
        SELECT CAST(name_id AS INTEGER) AS name_id, CAST(hash(token) % {BUCKETS} AS INTEGER) AS bucket,
            CAST(is_word AS TINYINT) AS is_word
        FROM spread
        """
    )
    name, bucket, is_word = (found[column].to_numpy() for column in ("name_id", "bucket", "is_word"))
    weight = np.where(is_word == 1, np.float32(1), np.float32(JOINED_WEIGHT))
    matrix = sparse.csr_matrix((weight, (name, bucket)), shape=(rows, BUCKETS), dtype=np.float32)
    matrix.sum_duplicates()
    np.minimum(matrix.data, 1, out=matrix.data)
    return matrix


def _weighted(tokens: sparse.csr_matrix, rarity: Numbers) -> sparse.csr_matrix:
    """The same rows with each token's weight times its rarity."""
    return sparse.csr_matrix((tokens.data * rarity[tokens.indices], tokens.indices, tokens.indptr), tokens.shape)


def _norms(tokens: sparse.csr_matrix, rarity: Numbers) -> Numbers:
    """Length of each weighted row; one where the row is empty."""
    rows = np.repeat(np.arange(tokens.shape[0]), np.diff(tokens.indptr))
    squares = (tokens.data * rarity[tokens.indices]).astype(np.float64) ** 2
    norms = np.sqrt(np.bincount(rows, squares, minlength=tokens.shape[0]))
    return np.where(norms > 0, norms, 1).astype(np.float32)


def _batches(asked: sparse.csr_matrix, counts: Numbers) -> list[tuple[int, int]]:
    """Ranges of query rows that have BATCH products together."""
    touched = np.concatenate(([0], np.cumsum(counts[asked.indices], dtype=np.float64)))[asked.indptr]
    bounds, start = [], 0
    for row in range(1, asked.shape[0] + 1):
        if row == asked.shape[0] or touched[row + 1] - touched[start] > BATCH:
            bounds.append((start, row))
            start = row
    return bounds


def _nearest(products: sparse.csr_matrix, top: int, offset: int) -> tuple[Numbers, Numbers]:
    rows, names = [], []
    for row in range(products.shape[0]):
        start, end = products.indptr[row], products.indptr[row + 1]
        found, values = products.indices[start:end], np.round(products.data[start:end], 5)
        if len(values) > top:
            least = np.partition(values, len(values) - top)[len(values) - top]
            kept = values >= least
            found, values = found[kept], values[kept]
            found = found[np.lexsort((found, -values))[:top]]
        rows.append(np.full(len(found), row + offset))
        names.append(found)
    if not rows:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.concatenate(rows), np.concatenate(names)
