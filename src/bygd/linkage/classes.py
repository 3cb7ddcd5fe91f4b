"""Sorts of words: places, words of organisations beside another one, and words of public bodies."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bygd.engine import DuckEngine
from bygd.linkage.names import cleaned, fold
from bygd.linkage.words import one_spelling
from bygd.sources.conventions import Conventions

SHORTEST_PLACE = 4
"""Shorter words of place names, such as 'on' and 'the', say nothing about a place."""


def classes(engine: DuckEngine, conventions: Conventions, vocabulary: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """For each sort of word a mask over the vocabulary.

    'place' are words of the country's areas and of towns in the register; 'satellite' words tell a
    subsidiary, a fund or friends of an organisation from the organisation; 'public' words tell public
    bodies. The last two are the pack's.
    """
    satellites = {one_spelling(fold(word)) for word in conventions.satellite_words}
    public = {one_spelling(fold(word)) for word in conventions.public_words}
    towns = engine.rows(f"SELECT DISTINCT {cleaned('town')} AS town FROM organisations WHERE town IS NOT NULL")
    named = [row["town"] for row in towns] + [fold(area.name) for area in conventions.areas]
    places = {one_spelling(word) for name in named for word in name.split() if len(word) >= SHORTEST_PLACE}
    return {
        "place": _mask(vocabulary, places - satellites - public),
        "satellite": _mask(vocabulary, satellites),
        "public": _mask(vocabulary, public),
    }


def _mask(vocabulary: NDArray[Any], words: set[str]) -> NDArray[Any]:
    return np.fromiter((word in words for word in vocabulary), dtype=bool, count=len(vocabulary))
