"""Classes: values of areas sorted into a few classes for a map, by a method that is stated."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bygd.vocabulary.place_words import Classing

MOST = 5
"""So many shades can be told apart in grey print."""


@dataclass(frozen=True)
class Class:
    """Values from `low` to `high`, and how many areas have one. The upper end is within, the lower only of the first
    class or where the class before ends below it."""

    low: float
    high: float
    number: int


def classes(values: Sequence[float], how: Classing, most: int = MOST) -> list[Class]:
    """At most so many classes, the lowest first; empty without values, one where all are alike.

    Quantiles: each class has as many areas as equal values allow, its ends are the smallest and largest value in it.
    Equal steps: the way from smallest to largest value in equal parts; a class may be empty.
    """
    ordered = sorted(values)
    if not ordered:
        return []
    if ordered[0] == ordered[-1]:
        return [Class(ordered[0], ordered[-1], len(ordered))]
    if how is Classing.STEPS:
        return _steps(ordered, min(most, len(set(ordered))))
    return _quantiles(ordered, min(most, len(set(ordered))))


def class_of(value: float, found: Sequence[Class]) -> int:
    """Which class a value is in, from 0; the first whose upper end it does not pass."""
    return next((number for number, one in enumerate(found) if value <= one.high), len(found) - 1)


def _quantiles(ordered: Sequence[float], number: int) -> list[Class]:
    ends = sorted({ordered[-(-len(ordered) * part // number) - 1] for part in range(1, number + 1)})
    found, before = [], None
    for end in ends:
        here = [value for value in ordered if (before is None or value > before) and value <= end]
        found.append(Class(here[0], here[-1], len(here)))
        before = end
    return found


def _steps(ordered: Sequence[float], number: int) -> list[Class]:
    low, high = ordered[0], ordered[-1]
    ends = [low + (high - low) * part / number for part in range(number)] + [high]
    return [
        Class(begin, end, sum((value > begin or (place == 0 and value == begin)) and value <= end for value in ordered))
        for place, (begin, end) in enumerate(pairwise(ends))
    ]
