"""Ties: pairs of ledger suppliers that look like one organisation, and how far they are followed."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from bygd.vocabulary.words import GroupBasis

WINDOW = 12
"""How many names after it in the alphabet a name is compared with: work grows with the suppliers, not their square."""

Column = NDArray[np.object_]
Pairs = NDArray[np.int64]
"""Two columns: rows of the suppliers that are tied."""


def stars(bucket: Column) -> Pairs:
    """Ties from the first row of every bucket to its others; rows whose bucket is None are in none."""
    rows = np.flatnonzero(bucket != np.array(None))
    if not len(rows):
        return np.empty((0, 2), np.int64)
    _, first, inverse = np.unique(bucket[rows].astype(str), return_index=True, return_inverse=True)
    pairs: Pairs = np.column_stack([rows[first][inverse], rows])
    others: Pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return others


def neighbours(bucket: Column, text: Column) -> Pairs:
    """Pairs within one bucket that stand near each other in the alphabet, read forwards or backwards."""
    rows = np.flatnonzero(bucket != np.array(None))
    found = [np.empty((0, 2), np.int64)]
    backwards = np.array([word[::-1] for word in text], dtype=object)
    for column in (text, backwards):
        order = np.array(sorted(rows, key=lambda row: (bucket[row], column[row], row)), dtype=np.int64)
        for step in range(1, min(WINDOW, len(order) - 1) + 1):
            left, right = order[:-step], order[step:]
            same = bucket[left] == bucket[right]
            found.append(np.column_stack([left[same], right[same]]))
    pairs: Pairs = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    return pairs


def alike(pairs: Pairs, text: Column, digits: Column, least: float) -> Pairs:
    """Those pairs whose names share most of the words of the shorter one, and every number in them."""
    left, right = pairs.T
    ratio = cpdist(text[left], text[right], scorer=fuzz.token_set_ratio)
    kept: Pairs = pairs[(ratio >= least) & (digits[left] == digits[right])]
    return kept


def between(pairs: Pairs, bucket: Column, anchor: Column, least: int) -> Pairs:
    """Those of the pairs, which are alike and in one bucket, that join two anchors with one series of buckets.

    Two anchors have one series where at least `least` of the buckets that both use, and half of them all, hold such a
    pair.
    """
    left, right = (side[anchor[pairs[:, 0]] != anchor[pairs[:, 1]]] for side in pairs.T)
    met = {(bucket[a], *sorted((anchor[a], anchor[b]))) for a, b in zip(left, right, strict=True)}
    alike = Counter((one, other) for _, one, other in met)
    users: dict[Any, set[str]] = defaultdict(set)
    for number, who in zip(bucket, anchor, strict=True):
        if number is not None:
            users[number].add(who)
    shared = Counter(both for found in users.values() for both in combinations(sorted(found), 2))
    one_series = {both for both, number in alike.items() if number >= least and 2 * number >= shared[both]}
    kept = [(a, b) for a, b in zip(left, right, strict=True) if tuple(sorted((anchor[a], anchor[b]))) in one_series]
    return np.array(kept, np.int64).reshape(-1, 2)


def misspelled(pairs: Pairs, squeezed: Column, digits: Column, shortest: int, long: int) -> Pairs:
    """Those pairs whose names are one slip of the pen apart, or two where both are long."""
    left, right = pairs.T
    length = np.minimum(*(np.array([len(word) for word in squeezed[side]], dtype=int) for side in (left, right)))
    allowed = np.where(length >= long, 2, np.where(length >= shortest, 1, 0))
    distance = cpdist(squeezed[left], squeezed[right], scorer=OSA.distance, score_cutoff=2)
    kept: Pairs = pairs[(distance <= allowed) & (digits[left] == digits[right])]
    return kept


@dataclass
class Knots:
    """Suppliers tied into groups that never hold two numbers of one scheme or two legal forms.

    `split` counts the ties that were not followed for that reason.
    """

    keys: Column
    numbers: Column
    forms: Column
    split: int = 0
    _root: list[int] = field(default_factory=list)
    _known: dict[int, dict[str, str]] = field(default_factory=dict)
    _basis: dict[int, GroupBasis] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._root = list(range(len(self.keys)))
        for row, (number, form) in enumerate(zip(self.numbers, self.forms, strict=True)):
            known = {number.split(":")[0]: number} if number else {}
            self._known[row] = known | ({"form": form} if form else {})

    def follow(self, pairs: Pairs, basis: GroupBasis) -> None:
        """Tie every pair unless what their groups know clashes. Ties followed first stand."""
        for left, right in pairs.tolist():
            a, b = self._find(left), self._find(right)
            if a != b:
                if any(self._known[a].get(what, value) != value for what, value in self._known[b].items()):
                    self.split += 1
                    continue
                self._root[max(a, b)] = min(a, b)
                self._known[min(a, b)].update(self._known[max(a, b)])
            for row in (left, right):
                self._basis.setdefault(row, basis)

    def rows(self) -> list[dict[str, Any]]:
        """Rows of supplier_groups, by supplier_key; the keys given must be in order."""
        return [
            {
                "supplier_key": self.keys[row],
                "group_key": self.keys[self._find(row)],
                "basis": basis.value,
                "number_id": self.numbers[row],
            }
            for row, basis in sorted(self._basis.items())
        ]

    def _find(self, row: int) -> int:
        root = row
        while self._root[root] != root:
            root = self._root[root]
        while self._root[row] != root:
            self._root[row], row = root, self._root[row]
        return root
