"""Made: one value of an area at one time, and how several make another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bygd.tools.place import WEAKEST
from bygd.vocabulary.place_words import ValueStatus
from bygd.vocabulary.said import Said

HAVING = (
    ValueStatus.ESTIMATED, ValueStatus.PROVISIONAL, ValueStatus.BREAK, ValueStatus.REVISED, ValueStatus.OBSERVED,
)  # fmt: skip
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


def before(series: Series, period: str, years: int) -> Reading | None:
    """The reading of a period; else the newest with a value of at most so many years before, where years are asked."""
    if period in series or not years or not period.isdigit():
        return series.get(period)
    asked = (str(int(period) - back) for back in range(1, years + 1))
    return next((series[when] for when in asked if when in series and series[when].value is not None), None)


def within(read: Reading, above: Sequence[Reading], below: Sequence[Reading], times: float) -> Reading:
    """What is made of counts, with the bounds of what is divided, and told where what it is divided by is older."""
    if read.value is None:
        return read
    older = sorted({one.period for one in below} - {read.period})
    if older:
        read = replace(read, warnings=(*read.warnings, Said("It is divided by the number of {year}.", year=older[0])))
    if len(above) != 1 or above[0].high is None:
        return read
    return replace(read, low=(above[0].low or above[0].value or 0.0) * times, high=above[0].high * times)


def at(series: Series, period: str) -> float | None:
    """The value of a period, else of the newest before it, else of the newest; None where there is none."""
    known = {when: read.value for when, read in series.items() if read.value is not None}
    before = [when for when in known if when <= period]
    return known[max(before or known)] if known else None
