"""Feasible: whether a panel that meets all quotas can be made, and where not, what stands in the way.

People alike in all that counts are one kind, so the question is how many to take of each kind: a small
integer programme, solved exactly (HiGHS, by scipy).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bygd.sources.errors import InputError
from bygd.tools.lottery.pool import Member, Quota

Kind = tuple[str, ...]
"""Values of the features that have quotas, in the order of `features`."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A quota that would have to give way: by how many its least is too high, or its most too low."""

    quota: Quota
    too_high: int
    too_low: int


def features(quotas: Sequence[Quota]) -> tuple[str, ...]:
    """The features that have quotas."""
    return tuple(dict.fromkeys(quota.feature for quota in quotas))


def kind_of(one: Member, asked: Sequence[str]) -> Kind:
    """What counts of somebody."""
    return tuple(one.features[feature] for feature in asked)


def possible(available: Mapping[Kind, int], taken: Mapping[Kind, int], size: int, quotas: Sequence[Quota]) -> bool:
    """Whether those taken can be filled up to a whole panel from those available, all quotas met."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to come, and seldom asked for

    kinds = sorted({*available, *taken})
    if not kinds:
        return False
    least = np.array([taken.get(kind, 0) for kind in kinds], dtype=float)
    most = least + np.array([available.get(kind, 0) for kind in kinds], dtype=float)
    rows, low, high = _rows(kinds, size, quotas)
    solved = milp(
        np.zeros(len(kinds)),
        constraints=LinearConstraint(rows, low, high),
        bounds=Bounds(least, most),
        integrality=np.ones(len(kinds)),
    )
    if solved.status not in (0, 2):  # neither solved nor shown to have no solution
        raise InputError("Whether these quotas can be met could not be told. Take fewer features.")
    return bool(solved.status == 0)


def lacking(pool: Sequence[Member], size: int, quotas: Sequence[Quota]) -> tuple[Lack, ...] | None:
    """The least that quotas must give way so that a panel can be made; () where they need not.

    None where the pool is too small. Of several ways that are as small one is told.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    if len(pool) < size:
        return None
    asked = features(quotas)
    held = Counter(kind_of(one, asked) for one in pool)
    kinds = sorted(held)
    if possible(held, {}, size, quotas):
        return ()
    rows, low, high = _rows(kinds, size, quotas)
    # Beside how many of each kind: for each quota by how much its least is missed, and its most passed.
    many = len(quotas)
    under, over = np.zeros((len(rows), many)), np.zeros((len(rows), many))
    for number in range(many):
        under[number + 1, number], over[number + 1, number] = 1, -1
    upper = np.concatenate([[held[kind] for kind in kinds], np.full(2 * many, float(size))])
    solved = milp(
        np.concatenate([np.zeros(len(kinds)), np.ones(2 * many)]),
        constraints=LinearConstraint(np.hstack([rows, under, over]), low, high),
        bounds=Bounds(np.zeros(len(upper)), upper),
        integrality=np.ones(len(upper)),
    )
    found = np.round(solved.x[len(kinds) :]).astype(int)
    return tuple(
        Lack(quota, int(found[place]), int(found[many + place]))
        for place, quota in enumerate(quotas)
        if found[place] or found[many + place]
    )


def _rows(kinds: Sequence[Kind], size: int, quotas: Sequence[Quota]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The panel's size, and each quota, as rows over kinds with what each may come to."""
    asked = features(quotas)
    rows = [np.ones(len(kinds))]
    rows += [
        np.array([kind[asked.index(quota.feature)] == quota.value for kind in kinds], dtype=float) for quota in quotas
    ]
    low = np.array([size, *(quota.least for quota in quotas)], dtype=float)
    high = np.array([size, *(quota.most for quota in quotas)], dtype=float)
    return np.array(rows), low, high
