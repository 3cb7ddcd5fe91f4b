"""Years: values over time, averaged over several years where one year has too few cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One value at one time."""

    period: str
    value: float | None
    vintage: str = ""
    """The division of areas that it was published for, where areas are drawn anew."""


def average(points: Sequence[Point], bases: Mapping[str, float], years: int = 3) -> Point | None:
    """The mean of the latest years, each weighing by what it rests on where that is known; None of fewer than two.

    Years without a value are left out and not taken as nought; the period is `first/last`.
    """
    latest = [one for one in sorted(points, key=lambda one: one.period) if one.value is not None][-years:]
    if len(latest) < 2 or any(not one.period[:4].isdigit() for one in latest):
        return None
    weights = [bases.get(one.period, 0.0) for one in latest]
    if not all(weights):
        weights = [1.0] * len(latest)
    total = sum(weight * (one.value or 0.0) for one, weight in zip(latest, weights, strict=True))
    return Point(f"{latest[0].period}/{latest[-1].period}", total / sum(weights))


def change(points: Sequence[Point]) -> tuple[Point, Point] | None:
    """The first and the last point that have a value; None where there are not two."""
    known = [one for one in sorted(points, key=lambda one: one.period) if one.value is not None]
    return (known[0], known[-1]) if len(known) > 1 else None
