"""How unequal: Gini, Theil, Palma, 20/20 and percentile ratios, from single values or from groups.

From groups, Gini and Theil leave out what differs within a group and so are lower bounds; shares and percentiles are
read off the Lorenz curve, straight between its points. Method: docs/method/place.md
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bygd.sources.errors import InputError
from bygd.vocabulary.said import N_

GROUPED = N_("from groups: what differs within a group is left out, so that the true figure is no lower")
SINGLE = N_("from single values")


@dataclass(frozen=True)
class Inequality:
    """Measures of one distribution; None where one is not defined. `method` says from what, `groups` how many."""

    gini: float
    theil_t: float
    theil_l: float | None
    palma: float | None
    top_bottom_fifth: float | None
    p90_p10: float | None
    method: str
    groups: int


def inequality(means: Sequence[float], numbers: Sequence[float] | None = None) -> Inequality:
    """Measures of values, or of groups with those means and numbers of members.

    Gini has n as its denominator. Theil T takes nought times its logarithm as nought; Theil L is not defined
    where a value is nought. Palma is the share of the top tenth by that of the lowest four tenths. Raises InputError
    for negative values, and where nobody has anything. Cowell, Measuring Inequality (2011).
    """
    x = np.asarray(means, dtype=float)
    n = np.ones_like(x) if numbers is None else np.asarray(numbers, dtype=float)
    x, n = x[n > 0], n[n > 0]
    if x.size == 0 or (x < 0).any() or not (n * x).sum() > 0:
        raise InputError("Inequality is measured of values that are not negative and not all nought.")
    order = np.argsort(x, kind="stable")
    x, n = x[order], n[order]
    people, money = n / n.sum(), n * x / (n * x).sum()
    p, q = np.concatenate([[0.0], people.cumsum()]), np.concatenate([[0.0], money.cumsum()])
    gini = 1.0 - float(((q[1:] + q[:-1]) * np.diff(p)).sum())
    relative = x / float((people * x).sum())
    positive = relative > 0
    theil_t = float((people[positive] * relative[positive] * np.log(relative[positive])).sum())
    theil_l = float(-(people * np.log(relative)).sum()) if positive.all() else None

    def lorenz(at: float) -> float:
        return float(np.interp(at, p, q))

    def percentile(at: float) -> float:
        """The value at a part of the people: groups stand at the middle of their part."""
        return float(np.interp(at, p[:-1] + people / 2, x))

    return Inequality(
        gini,
        theil_t,
        theil_l,
        _ratio(1 - lorenz(0.9), lorenz(0.4)),
        _ratio(1 - lorenz(0.8), lorenz(0.2)),
        _ratio(percentile(0.9), percentile(0.1)),
        SINGLE if numbers is None else GROUPED,
        int(x.size),
    )


def _ratio(above: float, below: float) -> float | None:
    return above / below if below > 0 else None
