"""Slips of the pen: how many of them two words are apart."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import distance, process

MANY = 3
"""Stands for three slips and more, which nobody tells apart."""


def slips(left: NDArray[np.object_], right: NDArray[np.object_]) -> NDArray[Any]:
    """For each pair of words: letters more, less, other, or two turned round (Damerau–Levenshtein), up to MANY.

    Two letters turned round may have one between them that is on one side only ('ca', 'abc'): two slips. The distance
    that does without those is ten times as quick, never less, and more only where it says three.
    """
    if not len(left):
        return np.empty(0, np.int32)
    found = _distance(left, right, distance.OSA, MANY)
    unsure = np.flatnonzero(found == MANY)
    if len(unsure):
        found[unsure] = _distance(left[unsure], right[unsure], distance.DamerauLevenshtein, MANY - 1)
    return np.asarray(np.minimum(found, MANY))


def _distance(left: NDArray[np.object_], right: NDArray[np.object_], measure: Any, most: int) -> NDArray[Any]:
    return np.asarray(process.cpdist(left, right, scorer=measure.distance, score_cutoff=most, workers=2))
