"""Made: one value of an area at one time, and how several make another."""

from collections.abc import Sequence
from dataclasses import dataclass

from bygd.tools.place import WEAKEST
from bygd.vocabulary.place_words import ValueStatus
from bygd.vocabulary.said import Said

HAVING = (ValueStatus.ESTIMATED, ValueStatus.PROVISIONAL, ValueStatus.OBSERVED)
"""Statuses of which there is a value."""


@dataclass(frozen=True)
class Reading:
    """One value of one area at one time, with its bounds, what it rests on and where it came from."""

    period: str
    value: float | None
    status: ValueStatus
    sources: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    fetched_on: str = ""
    vintage: str = ""
    low: float | None = None
    high: float | None = None
    coverage: float | None = 1.0
    warnings: tuple[Said, ...] = ()


Series = dict[str, Reading]


def joined(period: str, value: float | None, parts: Sequence[Reading]) -> Reading:
    """A reading made of others: all their sources, the weakest status, the newest day."""
    status = min((one.status for one in parts), key=WEAKEST.index, default=ValueStatus.MISSING)
    if value is None and status in HAVING:
        status = ValueStatus.MISSING
    return Reading(
        period,
        value,
        status,
        tuple(dict.fromkeys(source for one in parts for source in one.sources)),
        tuple(dict.fromkeys(table for one in parts for table in one.tables)),
        max((one.fetched_on for one in parts), default=""),
        next((one.vintage for one in parts if one.vintage), ""),
        coverage=min((one.coverage for one in parts if one.coverage is not None), default=None),
        warnings=tuple(dict.fromkeys(warning for one in parts for warning in one.warnings)),
    )


def at(series: Series, period: str) -> float | None:
    """The value of a period, else of the newest before it, else of the newest; None where there is none."""
    known = {when: read.value for when, read in series.items() if read.value is not None}
    before = [when for when in known if when <= period]
    return known[max(before or known)] if known else None
