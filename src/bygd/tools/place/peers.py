"""Peers: municipalities that are like the place in structure, never in outcome, by a distance that is stated."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import fmean, pstdev

STRUCTURE = ("population", "density", "older_share", "children_share", "single_share")
"""What makes two places alike where nobody said otherwise."""
LOGGED = frozenset({"population", "density", "households", "jobs", "employed_residents"})
"""Sizes are compared by their ratio, not by their difference."""
NUMBER = 7
LEAST = 2
"""Least number of indicators that two places must both have."""


@dataclass(frozen=True)
class Peer:
    """A place that is like ours: how far off, and by how much on each indicator, in standard deviations."""

    area_id: str
    distance: float
    apart: Mapping[str, float]


def nearest(
    own: str,
    values: Mapping[str, Mapping[str, float]],
    structure: Sequence[str] = STRUCTURE,
    number: int = NUMBER,
    leave_out: Collection[str] = (),
) -> list[Peer]:
    """The places most like `own`, nearest first. `values` are by indicator, then by area.

    Distance: root of the mean square of differences in standard deviations over all places; sizes by their
    logarithm. Places that share fewer than two indicators with ours are left out. Empty where ours has none.
    """
    scaled = {id: _scaled(found, id in LOGGED) for id, found in values.items() if id in structure}
    found = []
    for area in sorted({area for one in scaled.values() for area in one} - {own} - set(leave_out)):
        apart = {id: one[area] - one[own] for id, one in scaled.items() if area in one and own in one}
        if len(apart) >= min(LEAST, len(structure)):
            found.append(Peer(area, sqrt(fmean(value * value for value in apart.values())), apart))
    return sorted(found, key=lambda one: (one.distance, one.area_id))[:number]


def _scaled(values: Mapping[str, float], logged: bool) -> dict[str, float]:
    given = {area: log(value) if logged else value for area, value in values.items() if not logged or value > 0}
    spread = pstdev(given.values()) if len(given) > 1 else 0.0
    middle = fmean(given.values()) if given else 0.0
    return {area: (value - middle) / spread for area, value in given.items()} if spread > 0 else {}
