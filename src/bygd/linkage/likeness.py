"""Likeness of two names, as numbers between 0 and 1: what the score is made from."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz import distance, fuzz, process
from scipy import sparse

from bygd.linkage.index import TokenIndex

Numbers = NDArray[Any]
Texts = NDArray[np.object_]

RARE = 40.0
"""Shared rarity counts in full from here: about three words that stand in one name each."""


def cosine(queries: sparse.csr_matrix, index: TokenIndex, core: Numbers, name: Numbers) -> Numbers:
    """Cosine of the rarity-weighted tokens of each pair (query row, name row)."""
    left, right = _rarities(queries[core], index), _rarities(index.tokens[name], index)
    squares = _sums(left.multiply(left)) * _sums(right.multiply(right))
    return np.minimum(_sums(left.multiply(right)) / np.sqrt(np.where(squares > 0, squares, 1)), 1)


def rank(asked: Texts, names: Texts, core: Numbers, cosines: Numbers, keep: int) -> Numbers:
    """Which pairs are worth comparing closely: positions of the `keep` best of each core.

    The cheap ranking is half the cosine, half the likeness of the words in alphabetical order.
    """
    value = np.round(0.5 * cosines + 0.005 * _pairwise(asked, names, fuzz.token_sort_ratio), 5)
    order = np.lexsort((np.arange(len(core)), -value, core))
    first = np.ones(len(order), dtype=bool)
    first[1:] = core[order][1:] != core[order][:-1]
    place = np.arange(len(order)) - np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    return np.sort(order[place < keep])


def compare(
    queries: sparse.csr_matrix, index: TokenIndex, core: Numbers, name: Numbers, asked: Texts, names: Texts
) -> pa.Table:
    """One row per pair: `core_id`, `name_id` and the measures of likeness.

    `covered` is the share of the supplier's words, by rarity, that the registered name has;
    `covers` the same the other way round; `rarity` how rare the shared words are. The others
    compare letters.
    """
    left, right = queries[core], index.tokens[name]
    words, words_right = _words(left, index), _words(right, index)
    found, found_right = _sums(words.multiply(right.sign())), _sums(words_right.multiply(left.sign()))
    squeezed = [np.array([text.replace(" ", "") for text in texts], dtype=object) for texts in (asked, names)]
    measures = {
        "cosine": cosine(queries, index, core, name),
        "covered": found / np.maximum(_sums(words), 1e-9),
        "covers": found_right / np.maximum(_sums(words_right), 1e-9),
        "rarity": np.minimum(found / RARE, 1),
        "sorted": _pairwise(asked, names, fuzz.token_sort_ratio) / 100,
        "squeezed": _pairwise(squeezed[0], squeezed[1], distance.Indel.normalized_similarity),
        "winkler": _pairwise(asked, names, distance.JaroWinkler.normalized_similarity),
        "partial": _pairwise(asked, names, fuzz.partial_ratio) / 100,
    }
    rounded = {name: np.round(values.astype(np.float64), 4) for name, values in measures.items()}
    return pa.table({"core_id": core, "name_id": name, **rounded})


def _pairwise(left: Texts, right: Texts, scorer: Any) -> Numbers:
    if not len(left):
        return np.empty(0)
    return np.asarray(process.cpdist(left, right, scorer=scorer, workers=2, dtype=np.float64))


def _rarities(tokens: sparse.csr_matrix, index: TokenIndex) -> sparse.csr_matrix:
    tokens.data = tokens.data.astype(np.float64) * index.rarity[tokens.indices]
    return tokens


def _words(tokens: sparse.csr_matrix, index: TokenIndex) -> sparse.csr_matrix:
    """Rarity of the words only; neighbours written as one weigh nothing."""
    rarity = np.where(tokens.data == 1, index.rarity[tokens.indices], 0).astype(np.float64)
    return sparse.csr_matrix((rarity, tokens.indices, tokens.indptr), tokens.shape)


def _sums(matrix: Any) -> Numbers:
    return np.asarray(matrix.sum(axis=1)).ravel()
