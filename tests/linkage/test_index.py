"""The search by tokens: the nearest names in one order, however the names are shared out to be searched."""

from typing import Any

import numpy as np
import pytest
from scipy import sparse

from bygd.linkage import index
from bygd.linkage.index import TokenIndex

NAMES = [[0], [0, 1], [0, 1], [1], [0, 2], [0], [3]]
"""Tokens of each name; the first and the sixth, and the second and the third, are as near to whatever is asked."""


def tokens(names: list[list[int]]) -> sparse.csr_matrix:
    pairs = [(name, token) for name, of in enumerate(names) for token in of]
    rows, columns = zip(*pairs, strict=True)
    return sparse.csr_matrix((np.ones(len(pairs), np.float32), (rows, columns)), shape=(len(names), 8))


def found(queries: list[list[int]], top: int) -> list[list[int]]:
    """The names found for each query, nearest first."""
    searched = TokenIndex.of(tokens(NAMES)).search(tokens(queries), top, np.full(len(queries), 100))
    pairs: list[tuple[Any, Any]] = [pair for rows, names, _ in searched for pair in zip(rows, names, strict=True)]
    return [[name for row, name in pairs if row == query] for query in range(len(queries))]


@pytest.mark.parametrize("block", [1, 2, 3, 1 << 19])
def test_the_nearest_come_first_and_of_those_as_near_the_lower_name(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "BLOCK", block)
    assert found([[0], [7], [0, 1]], 30) == [[0, 5, 1, 2, 4], [], [1, 2, 3, 0, 5, 4]]
    assert found([[0], [7], [0, 1]], 1) == [[0], [], [1]]
    assert found([[0], [3]], 3) == [[0, 5, 1], [6]]
