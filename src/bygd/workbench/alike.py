"""Alike: which short texts of people say something alike, told by their words; an offer, never a decision.

Words count from four letters on, and two are the same word where they begin alike and differ in little: *bus* and
*buses*, *kvällen* and *kvällar*. Likeness is the share of the shorter text's words that the other has too.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from rapidfuzz.distance import JaroWinkler

Key = TypeVar("Key", bound=Hashable)

LETTERS = re.compile(r"\w{4,}")
SAME_WORD = 0.88
"""Jaro–Winkler likeness from which two words are taken for one; chosen by trying on made-up ideas."""
SAME_START = 3
ALIKE = 0.4
FEWEST_WORDS = 2


def near(text: str, others: Mapping[Key, Iterable[str]]) -> list[Key]:
    """Which of the others are like a text, most first; each is known by one or several texts."""
    own = words(text)
    scores = {key: max((likeness(own, words(one)) for one in texts), default=0.0) for key, texts in others.items()}
    return sorted((key for key, score in scores.items() if score >= ALIKE), key=lambda key: -scores[key])


def words(text: str) -> frozenset[str]:
    """The words of a text that count."""
    return frozenset(LETTERS.findall(text.casefold()))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter text's words that the other has, from 0 to 1; 0 for texts of a single word."""
    short, long = sorted((one, other), key=len)
    if len(short) < FEWEST_WORDS:
        return 0.0
    return sum(any(_same(word, another) for another in long) for word in short) / len(short)


def _same(one: str, other: str) -> bool:
    return one[:SAME_START] == other[:SAME_START] and JaroWinkler.similarity(one, other) >= SAME_WORD
