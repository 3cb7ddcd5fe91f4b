"""Series, Area, Part and Observation: what is asked of a service, of which areas, what came, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bygd.sources.statistics.caller import Answer
from bygd.vocabulary.place_words import Level, ValueStatus


@dataclass(frozen=True)
class Area:
    """One area to ask for: its level, the official code without country, and the vintage of its division."""

    level: Level
    code: str
    vintage: str = ""


@dataclass(frozen=True)
class Series:
    """One indicator at one source: the table and how it is asked.

    `query` is in the source's own words, see each reader. `title` is a text that the source's title of the
    series must contain, or nothing is read. `factor` turns the source's values into the indicator's unit, and
    `offset` is added after: a share of those who are not is -1 times and 100 more.
    `null_means` is what an empty cell means where the source gives no sign.
    """

    indicator: str
    source: str
    unit: str
    table: str = ""
    query: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    factor: float = 1.0
    offset: float = 0.0
    levels: tuple[Level, ...] = ()
    vintage: str = ""
    null_means: ValueStatus = ValueStatus.MISSING
    verified: bool = False
    checked: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One answer, the series and areas it was asked for, and the title the source gave."""

    series: tuple[Series, ...]
    answer: Answer
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Observation:
    """One value as the source gave it: its code of the area, period, breakdown, and the value or why there is none."""

    indicator: str
    code: str
    period: str
    breakdown: str
    value: float | None
    status: ValueStatus
    title: str = ""
