"""Alignment: which word of one name answers to which of the other, exactly, nearly, joined or by initials."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import distance, process
from scipy import sparse

if TYPE_CHECKING:
    from bygd.linkage.likeness import Names

Numbers = NDArray[Any]

ONE_SLIP, TWO_SLIPS, JOINED, BEGINS = 0.9, 0.75, 0.95, 0.6
"""Likeness of words: one letter wrong or two turned round; two such in a long word; the same letters with a blank
between; one the beginning of the other, as abbreviations and cut names are."""

SHORT, LONG = 4, 7
"""Least letters of the longer word for one slip and for two."""

BEGINNING = 3
"""Least letters of a beginning."""

AT_MOST = 64
"""Pairs of unmatched words looked at in one pair of names; of longer lists only the rarest words."""


@dataclass(frozen=True)
class Aligned:
    """One entry per pair of names; weights are rarities. `left_words` and `right_words` are (pair, word) unmatched."""

    cosine: Numbers
    left_sum: Numbers
    right_sum: Numbers
    left_matched: Numbers
    right_matched: Numbers
    left_missing: Numbers
    right_missing: Numbers
    left_unlike: Numbers
    right_unlike: Numbers
    near: Numbers
    initials: Numbers
    left_words: tuple[Numbers, Numbers]
    right_words: tuple[Numbers, Numbers]

    def count(self, words: tuple[Numbers, Numbers], mask: Numbers) -> Numbers:
        """How many of those unmatched words the mask holds, per pair."""
        pairs, codes = words
        return np.bincount(pairs[mask[codes]], minlength=len(self.cosine))


@dataclass(frozen=True)
class _Side:
    """Unmatched words of one side, one entry each: pair, word, weight and likeness to the best word of the other."""

    pair: Numbers
    word: Numbers
    weight: Numbers
    like: Numbers

    def sums(self, values: Numbers, pairs: int) -> Numbers:
        return np.bincount(self.pair, values, minlength=pairs)

    def greatest_unlike(self, pairs: int) -> Numbers:
        greatest = np.zeros(pairs)
        np.maximum.at(greatest, self.pair, np.where(self.like < BEGINS, self.weight, 0))
        return greatest


def align(asked: "Names", named: "Names", left: Numbers, right: Numbers) -> Aligned:
    """Align the words of each pair of rows of `asked` and `named`, which share one vocabulary."""
    pairs = len(left)
    words, others = asked.words[left], named.words[right]
    both = words.multiply(others.sign()).tocsr()
    lone, alone = _lone(words, both), _lone(others, both)
    ours, theirs, initials = _answered(asked, named, left, right, lone, alone)
    shared, squares = _sums(both), _sums(both.multiply(both))
    lengths = np.sqrt(_sums(words.multiply(words)) * _sums(others.multiply(others)))
    dot = squares + ours.sums(ours.weight**2 * ours.like, pairs)
    unlike = [side.sums(np.where(side.like < BEGINS, side.weight, 0), pairs) for side in (ours, theirs)]
    return Aligned(
        cosine=np.minimum(dot / np.maximum(lengths, 1e-9), 1),
        left_sum=_sums(words),
        right_sum=_sums(others),
        left_matched=shared + ours.sums(ours.weight * ours.like, pairs),
        right_matched=shared + theirs.sums(theirs.weight * theirs.like, pairs),
        left_missing=ours.greatest_unlike(pairs),
        right_missing=theirs.greatest_unlike(pairs),
        left_unlike=unlike[0],
        right_unlike=unlike[1],
        near=ours.sums((ours.like >= BEGINS) & (ours.like < JOINED), pairs),
        initials=initials,
        left_words=(ours.pair[ours.like < BEGINS], ours.word[ours.like < BEGINS]),
        right_words=(theirs.pair[theirs.like < BEGINS], theirs.word[theirs.like < BEGINS]),
    )


def _answered(
    asked: "Names", named: "Names", left: Numbers, right: Numbers, lone: sparse.csr_matrix, alone: sparse.csr_matrix
) -> tuple[_Side, _Side, Numbers]:
    """The unmatched words of either side with their likeness, and where a word is the other name's initials."""
    sizes, others = np.diff(lone.indptr), np.diff(alone.indptr)
    crossed = np.where(sizes * others <= AT_MOST, sizes * others, 0)
    rows = np.repeat(np.arange(len(left)), crossed)
    place = np.arange(len(rows)) - np.repeat(np.cumsum(crossed) - crossed, crossed)
    ours, theirs = lone.indptr[rows] + place // np.maximum(others[rows], 1), alone.indptr[rows] + place % np.maximum(
        others[rows], 1
    )
    like, is_part = _likeness(asked.vocabulary, lone.indices[ours], alone.indices[theirs])
    letters = np.array([len(word) for word in asked.vocabulary] or [0])
    pair_of = [np.repeat(np.arange(len(left)), n) for n in (sizes, others)]
    best, best_other = np.zeros(lone.nnz), np.zeros(alone.nnz)
    np.maximum.at(best, ours, like)
    np.maximum.at(best_other, theirs, like)
    for whole, mine, part in (
        (lone, ours, theirs),
        (alone, theirs, ours),
    ):
        held = is_part == (1 if whole is lone else 2)
        # A word whose beginning and end are words of the other side, and nothing between, is those two written as one.
        other = alone if whole is lone else lone
        filled = np.bincount(mine[held], letters[other.indices[part[held]]], minlength=whole.nnz)
        joined = filled == letters[whole.indices]
        target, source = (best, best_other) if whole is lone else (best_other, best)
        target[joined] = JOINED
        np.maximum.at(source, part[held & joined[mine]], JOINED)
    initials = np.zeros(len(left))
    for side, pair, names, rows_of, scores, others_of in (
        (lone, pair_of[0], named, right, best, (pair_of[1], best_other)),
        (alone, pair_of[1], asked, left, best_other, (pair_of[0], best)),
    ):
        is_initials = asked.vocabulary[side.indices] == names.initials[rows_of[pair]]
        is_initials &= scores < BEGINS
        scores[is_initials] = JOINED
        initials[pair[is_initials]] = 1
        others_of[1][initials[others_of[0]] == 1] = JOINED
    return (
        _Side(pair_of[0], lone.indices, lone.data, best),
        _Side(pair_of[1], alone.indices, alone.data, best_other),
        initials,
    )


def _likeness(vocabulary: NDArray[np.object_], left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    """Likeness of pairs of words, and whether the right is a beginning or end of the left (1), or the left of it (2)."""
    if not len(left):
        return np.empty(0), np.empty(0, np.int64)
    codes, back = np.unique(left.astype(np.int64) * len(vocabulary) + right, return_inverse=True)
    ours, theirs = vocabulary[codes // len(vocabulary)], vocabulary[codes % len(vocabulary)]
    slips = process.cpdist(ours, theirs, scorer=distance.DamerauLevenshtein.distance, score_cutoff=2, workers=2)
    like, part = np.zeros(len(codes)), np.zeros(len(codes), np.int64)
    for place, (one, other, slip) in enumerate(zip(ours, theirs, slips, strict=True)):
        longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
        begins = longer.startswith(shorter)
        if slip == 1 and len(longer) >= SHORT:
            like[place] = ONE_SLIP
        elif slip == 2 and len(longer) >= LONG:
            like[place] = TWO_SLIPS
        elif begins and len(shorter) >= BEGINNING:
            like[place] = BEGINS
        if len(shorter) < len(longer) and len(shorter) > 1 and (begins or longer.endswith(shorter)):
            part[place] = 1 if longer is one else 2
    return like[back], part[back]


def _lone(words: sparse.csr_matrix, both: sparse.csr_matrix) -> sparse.csr_matrix:
    """The words that the other side has not."""
    lone = (words - both).tocsr()
    lone.eliminate_zeros()
    return lone


def _sums(matrix: Any) -> Numbers:
    return np.asarray(matrix.sum(axis=1)).ravel()
