"""Spread: lowest, quartiles and highest of answers from 0 to 3, told only where enough people answered."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

LEVELS = (0, 1, 2, 3)


@dataclass(frozen=True)
class Spread:
    """How many answered, and the answers at the ends, the quartiles and the middle; None where too few did."""

    count: int
    low: int | None = None
    first: int | None = None
    median: int | None = None
    third: int | None = None
    high: int | None = None

    @property
    def is_told(self) -> bool:
        """Whether enough people answered."""
        return self.median is not None

    @property
    def is_apart(self) -> bool:
        """Whether people see it differently: half of the answers reach over two levels or more."""
        return self.first is not None and self.third is not None and self.third - self.first >= 2


def spread(levels: Iterable[int], fewest: int) -> Spread:
    """The spread of answers. Each quartile is an answer somebody gave (nearest rank), since levels have no halves."""
    listed = sorted(levels)
    if len(listed) < max(fewest, 1):
        return Spread(len(listed))
    first, median, third = (listed[math.ceil(share * len(listed)) - 1] for share in (0.25, 0.5, 0.75))
    return Spread(len(listed), listed[0], first, median, third, listed[-1])
