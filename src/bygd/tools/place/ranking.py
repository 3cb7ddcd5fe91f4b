"""Ranking: where a place stands among others, told only as the range of ranks that chance leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass

from bygd.vocabulary.place_words import Direction


@dataclass(frozen=True)
class Rank:
    """From the best to the worst rank that intervals allow, among so many."""

    best: int
    worst: int
    among: int


def rank(own: tuple[float, float], others: Sequence[tuple[float, float] | None], direction: Direction) -> Rank | None:
    """The range of ranks of an interval among others' intervals; 1 is best.

    None where more is neither better nor worse, where there are no others, or where one has no interval: a rank
    without one would be chance told as merit.
    """
    if direction is Direction.NEITHER or not others or any(one is None for one in others):
        return None
    known = [one for one in others if one is not None]
    more = direction is Direction.MORE
    better = sum(1 for low, high in known if (low > own[1] if more else high < own[0]))
    worse = sum(1 for low, high in known if (high < own[0] if more else low > own[1]))
    return Rank(1 + better, 1 + len(known) - worse, 1 + len(known))
