"""Alignment: which word of one name answers to which of the other, exactly, nearly, joined or by initials."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import distance, process
from scipy import sparse

from bygd.linkage.slips import MANY, slips

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
"""Pairs of unmatched words looked at in one pair of names; longer names than that are compared by their letters."""


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

    @classmethod
    def of(cls, lone: sparse.csr_matrix) -> "_Side":
        pair = np.repeat(np.arange(lone.shape[0]), np.diff(lone.indptr))
        return cls(pair, lone.indices, lone.data, np.zeros(lone.nnz))

    def sums(self, values: Numbers, pairs: int) -> Numbers:
        return np.bincount(self.pair, values, minlength=pairs)

    def greatest_unlike(self, pairs: int) -> Numbers:
        greatest = np.zeros(pairs)
        np.maximum.at(greatest, self.pair, np.where(self.like < BEGINS, self.weight, 0))
        return greatest

    def unmatched(self) -> tuple[Numbers, Numbers]:
        return self.pair[self.like < BEGINS], self.word[self.like < BEGINS]


def align(asked: "Names", named: "Names", left: Numbers, right: Numbers) -> Aligned:
    """Align the words of each pair of rows of `asked` and `named`, which share one vocabulary."""
    pairs = len(left)
    words, others = asked.words[left], named.words[right]
    both = words.multiply(others.sign()).tocsr()
    lone, alone = _lone(words, both), _lone(others, both)
    ours, theirs = _Side.of(lone), _Side.of(alone)
    _answer(ours, theirs, *_crossed(lone, alone), asked.vocabulary)
    initials = np.zeros(pairs)
    for mine, their in ((asked.initials, named.initials), (asked.short_initials, named.short_initials)):
        _spell_out(ours, theirs, asked.vocabulary, their[right], initials)
        _spell_out(theirs, ours, asked.vocabulary, mine[left], initials)
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
        left_words=ours.unmatched(),
        right_words=theirs.unmatched(),
    )


def _crossed(lone: sparse.csr_matrix, alone: sparse.csr_matrix) -> tuple[Numbers, Numbers]:
    """Every unmatched word of one side with every one of the other side of the same pair, as entries of either."""
    sizes, others = np.diff(lone.indptr), np.diff(alone.indptr)
    crossed = np.where(sizes * others <= AT_MOST, sizes * others, 0)
    rows = np.repeat(np.arange(len(sizes)), crossed)
    place = np.arange(len(rows)) - np.repeat(np.cumsum(crossed) - crossed, crossed)
    width = np.maximum(others[rows], 1)
    return lone.indptr[rows] + place // width, alone.indptr[rows] + place % width


def _answer(ours: _Side, theirs: _Side, mine: Numbers, other: Numbers, vocabulary: NDArray[np.object_]) -> None:
    """Set the likeness of words that are near one another, or two of which are one of the other side."""
    like, part = _likeness(vocabulary, ours.word[mine], theirs.word[other])
    np.maximum.at(ours.like, mine, like)
    np.maximum.at(theirs.like, other, like)
    letters = np.array([len(word) for word in vocabulary] or [0])
    _join(ours, theirs, mine[part == 1], other[part == 1], letters)
    _join(theirs, ours, other[part == 2], mine[part == 2], letters)


def _join(whole: _Side, parts: _Side, mine: Numbers, other: Numbers, letters: Numbers) -> None:
    """A word whose beginning and end are words of the other side, and nothing between, is those two written as one."""
    filled = np.bincount(mine, letters[parts.word[other]], minlength=len(whole.word))
    is_joined = filled == letters[whole.word]
    whole.like[is_joined] = JOINED
    np.maximum.at(parts.like, other[is_joined[mine]], JOINED)


def _spell_out(
    ours: _Side, theirs: _Side, vocabulary: NDArray[np.object_], spelled: NDArray[np.object_], initials: Numbers
) -> None:
    """A word that is the initials of the other name answers to all of it; `initials` is set to 1 for such pairs."""
    found = (vocabulary[ours.word] == spelled[ours.pair]) & (ours.like < BEGINS)
    ours.like[found] = JOINED
    initials[ours.pair[found]] = 1
    theirs.like[initials[theirs.pair] == 1] = JOINED


def _likeness(words: NDArray[np.object_], left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    """Likeness of pairs of words, and which is the beginning or end of the other: the right (1) or the left (2)."""
    letters = np.array([len(word) for word in words])
    mine, other = letters[left], letters[right]
    shorter, longer = np.minimum(mine, other), np.maximum(mine, other)
    apart = np.full(len(left), MANY)
    near = np.flatnonzero((longer - shorter < MANY) & (longer >= SHORT))
    apart[near] = slips(words[left[near]], words[right[near]])
    begins = _has_end(words, left, right, shorter, 0, distance.Prefix)
    ends = _has_end(words, left, right, shorter, -1, distance.Postfix)
    like = np.select(
        [apart == 1, (apart == 2) & (longer >= LONG), begins & (shorter >= BEGINNING)], [ONE_SLIP, TWO_SLIPS, BEGINS]
    )
    is_part = (shorter < longer) & (shorter > 1) & (begins | ends)
    return like, np.where(is_part, np.where(mine > other, 1, 2), 0)


def _has_end(
    words: NDArray[np.object_], left: Numbers, right: Numbers, shorter: Numbers, place: int, end: Any
) -> NDArray[np.bool_]:
    """Whether the longer word of each pair begins, or ends, with the shorter: few have the same letter there."""
    letter = np.array([ord(word[place]) if word else 0 for word in words], dtype=np.int32)
    found = np.asarray(letter[left] == letter[right])
    asked = np.flatnonzero(found)
    if len(asked):
        alike = process.cpdist(words[left[asked]], words[right[asked]], scorer=end.similarity, workers=2)
        found[asked] = alike == shorter[asked]
    return found


def _lone(words: sparse.csr_matrix, both: sparse.csr_matrix) -> sparse.csr_matrix:
    """The words that the other side has not."""
    lone = (words - both).tocsr()
    lone.eliminate_zeros()
    return lone


def _sums(matrix: Any) -> Numbers:
    return np.asarray(matrix.sum(axis=1)).ravel()
