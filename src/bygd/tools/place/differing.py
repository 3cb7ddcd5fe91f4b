"""Differing: how far a value lies from another place's, as places differ; and whether chance could explain it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import pstdev

LEAST_PLACES = 4
"""With fewer places than that it is not known how much places differ."""

MOST = 3.0
"""Deviations from which on a difference is great, whatever their number."""
LEAST = 0.02
"""A smaller share is no difference worth a sentence."""


@dataclass(frozen=True)
class Difference:
    """A difference, by how many standard deviations between places; None where those are not known.

    `share` is the difference by the other's value, None where that is nought. `is_beyond_chance` is False where the
    other's value lies in the range of ours, None where ours has no range.
    """

    difference: float
    share: float | None
    deviations: float | None
    is_beyond_chance: bool | None

    @property
    def size(self) -> float:
        """By what differences are ordered: the share, the more so the more it is beside how places differ."""
        deviations = min(abs(self.deviations), MOST) if self.deviations is not None else 1.0
        return deviations * abs(self.share or 0.0)


def differing(
    own: float, other: float, bounds: tuple[float | None, float | None], places: Sequence[float]
) -> Difference:
    """How `own`, with its `bounds`, differs from `other`; `places` are the values of places of the same kind."""
    spread = pstdev(places) if len(places) >= LEAST_PLACES else 0.0
    low, high = bounds
    beyond = None if low is None or high is None else not low <= other <= high
    return Difference(
        own - other,
        (own - other) / abs(other) if other else None,
        (own - other) / spread if spread > 0 else None,
        beyond,
    )
