"""Likeness of pairs of names, as numbers: which words agree, how rare they are, how like the letters are."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import distance, fuzz, process
from scipy import sparse

from bygd.linkage.alignment import Aligned, align
from bygd.linkage.index import rarity

Numbers = NDArray[Any]
Texts = NDArray[np.object_]

NOT_ZERO = 1e-9
"""Stands for the rarity of a name without words, so that shares of it are shares of something."""

NEARLY_THE_NAME = 0.97
"""From this likeness by the cheap ranking on a name was found: what follows matters as rivals only."""


def rank(asked: Texts, names: Texts, core: Numbers, cosines: Numbers, keep: int, beside: int) -> Numbers:
    """Which pairs are worth comparing closely: positions of the `keep` best of each core.

    The cheap ranking is half the cosine, half the likeness of the words in alphabetical order. Where the best is
    nearly the name, `beside` are enough.
    """
    value = np.round(0.5 * cosines + 0.005 * _pairwise(asked, names, fuzz.token_sort_ratio), 5)
    order = np.lexsort((-value, core))  # which is stable
    first = np.ones(len(order), dtype=bool)
    first[1:] = core[order][1:] != core[order][:-1]
    begins = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    enough = np.where(value[order[begins]] >= NEARLY_THE_NAME, min(beside, keep), keep)
    return np.sort(order[np.arange(len(order)) - begins < enough])


class Names:
    """The words of names: `rows` maps a name_id to a row of `words`, a sparse matrix of rarities over `vocabulary`.

    `initials` are those of names of three words or more, `short_initials` those that leave out words that are small.
    """

    def __init__(self, read: pa.Table, vocabulary: pa.Array, names: Numbers, is_small: Numbers) -> None:
        ids = read["name_id"].to_numpy()
        codes = read["code"].to_numpy()
        first = np.flatnonzero(np.diff(ids, prepend=-1)) if len(ids) else np.empty(0, np.int64)
        self.ids = ids[first]
        ends = np.append(first[1:], len(ids))[: len(first)]
        self.vocabulary = np.array(vocabulary.to_pylist(), dtype=object)
        self.weights = rarity(names).astype(np.float64)
        words, bounds = vocabulary.take(pa.array(codes)), np.append(first, len(ids))
        self.texts, self.squeezed = _joined(words, bounds, " "), _joined(words, bounds, "")
        self.letters = np.array([len(text) for text in self.squeezed], dtype=np.int64)
        initials = _joined(pc.utf8_slice_codeunits(words, 0, 1), bounds, "")
        letters = pc.if_else(pa.array(is_small[codes]), "", pc.utf8_slice_codeunits(words, 0, 1))
        self.initials = np.where(ends - first > 2, initials, "")
        self.short_initials = _other(_joined(letters, bounds, ""), initials)
        self.first, self.last = codes[first], codes[ends - 1]
        rows = np.repeat(np.arange(len(first)), ends - first)
        # A last word that is the initials of the words before it says nothing new.
        others = np.array([text[:-1] for text in initials], dtype=object)
        own = (ends - first > 3) & (self.vocabulary[self.last] == others)
        kept = np.ones(len(codes), dtype=bool)
        kept[(ends - 1)[own.astype(bool)]] = False
        shape = (len(first), len(self.vocabulary))
        self.words = sparse.csr_matrix((self.weights[codes[kept]], (rows[kept], codes[kept])), shape=shape)
        self.words.sum_duplicates()
        self.words.data = self.weights[self.words.indices]

    def rows(self, ids: Numbers) -> Numbers:
        """Rows of names by their ids, all of which must have been read."""
        return np.searchsorted(self.ids, ids)


def _joined(words: pa.Array, bounds: Numbers, between: str) -> Texts:
    """The words from each bound to the next as one text."""
    lists = pa.ListArray.from_arrays(pa.array(bounds.astype(np.int32)), words)
    return np.array(pc.binary_join(lists, between).to_pylist(), dtype=object)


def _other(short: Texts, initials: Texts) -> Texts:
    """Initials without those of small words, where they are others, and of three words or more."""
    lengths = np.array([len(text) for text in short], dtype=np.int64)
    return np.where((lengths > 2) & (short != initials), short, "")


def compare(asked: Names, named: Names, core: Numbers, name: Numbers, classes: Mapping[str, Numbers]) -> pa.Table:
    """One row per pair of name_ids: `core_id`, `name_id` and the measures of likeness.

    `covered` is the share of the supplier's words, by rarity, that the registered name has, `covers` the same the other
    way round; `rarity` how rare what they share is; `missing` and `extra` the rarest word of the supplier's name
    without its like in the other, and of the registered name; `conflict` how rare the words are that either side has
    instead of the other's. `classes` are words by the sort they are of, as a mask over the vocabulary: how many of them
    stand on one side only. The others compare letters.
    """
    left, right = asked.rows(core), named.rows(name)
    found = align(asked, named, left, right)
    texts = asked.texts[left], named.texts[right]
    squeezed = asked.squeezed[left], named.squeezed[right]
    same = (squeezed[0] == squeezed[1]).astype(bool)
    words = np.diff(asked.words.indptr)[left], np.diff(named.words.indptr)[right]
    measures = {
        "cosine": found.cosine,
        "covered": found.left_matched / np.maximum(found.left_sum, NOT_ZERO),
        "covers": found.right_matched / np.maximum(found.right_sum, NOT_ZERO),
        # Of a name that differs in blanks only, the words as they stand in the register count.
        "rarity": np.where(same, found.right_sum, np.minimum(found.left_matched, found.right_matched)),
        "missing": found.left_missing,
        "extra": found.right_missing,
        "conflict": np.minimum(found.left_unlike, found.right_unlike),
        "misspelled": found.near,
        "initials": found.initials,
        "sorted": _pairwise(*texts, fuzz.token_sort_ratio) / 100,
        "subset": _pairwise(*texts, fuzz.token_set_ratio) / 100,
        "letters": _pairwise(*squeezed, distance.Indel.normalized_similarity),
        "winkler": _pairwise(*texts, distance.JaroWinkler.normalized_similarity),
        "partial": _pairwise(*texts, fuzz.partial_ratio) / 100,
        "first_word": asked.first[left] == named.first[right],
        "last_word": asked.last[left] == named.last[right],
        "starts": _pairwise(*squeezed, distance.Prefix.similarity)
        == np.minimum(asked.letters[left], named.letters[right]),
        "words": np.where(same, words[1], words[0]),
        "words_named": words[1],
        "length": asked.letters[left],
        **_one_sided(found, classes),
    }
    rounded = {key: np.round(np.asarray(values, dtype=np.float64), 4) for key, values in measures.items()}
    return pa.table({"core_id": core, "name_id": name, **rounded})


def _one_sided(found: Aligned, classes: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """How many unmatched words of each sort the supplier's name has, and the registered one (`other_…`)."""
    counted = {}
    for sort, mask in classes.items():
        counted[f"{sort}_word"] = found.count(found.left_words, mask)
        counted[f"other_{sort}_word"] = found.count(found.right_words, mask)
    return counted


def _pairwise(left: Texts, right: Texts, scorer: Any) -> Numbers:
    if not len(left):
        return np.empty(0)
    return np.asarray(process.cpdist(left, right, scorer=scorer, workers=2, dtype=np.float64))
