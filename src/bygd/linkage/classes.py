"""Sorts of words: places, words of organisations beside another one, and words of public bodies."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bygd.linkage.names import fold
from bygd.linkage.words import SHORTEST_PLACE, one_spelling
from bygd.sources.conventions import Conventions


def classes(
    conventions: Conventions, vocabulary: NDArray[Any], is_place: NDArray[np.bool_]
) -> dict[str, NDArray[np.bool_]]:
    """For each sort of word a mask over the vocabulary.

    'place' are words of the country's areas and of towns in the register (`is_place`); 'satellite' words
    tell a subsidiary, a fund or friends of an organisation from the organisation; 'public' words tell
    public bodies. The last two are the pack's.
    """
    satellites = {one_spelling(fold(word)) for word in conventions.satellite_words}
    public = {one_spelling(fold(word)) for word in conventions.public_words}
    areas = {one_spelling(word) for area in conventions.areas for word in fold(area.name).split()}
    named = {word for word in areas if len(word) >= SHORTEST_PLACE}
    return {
        "place": (is_place | mask(vocabulary, named)) & ~mask(vocabulary, satellites | public),
        "satellite": mask(vocabulary, satellites),
        "public": mask(vocabulary, public),
    }


def mask(vocabulary: Sequence[str] | NDArray[Any], words: set[str]) -> NDArray[np.bool_]:
    """Which words of the vocabulary are among those."""
    return np.fromiter((word in words for word in vocabulary), dtype=bool, count=len(vocabulary))
