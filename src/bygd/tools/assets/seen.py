"""Seen: how long ago somebody last saw that an item on the map is so."""

from dataclasses import dataclass
from datetime import date

from bygd.vocabulary.words import Word


class Freshness(Word):
    """Whether an item on the map can be relied on."""

    FRESH = "fresh", "Seen lately"
    AGEING = "ageing", "To be looked at again"
    STALE = "stale", "Out of date"
    NEVER = "never", "Nobody said when it was seen"


@dataclass(frozen=True)
class Limits:
    """Months after which an item is to be looked at again, and after which it counts as out of date."""

    fresh: int = 12
    stale: int = 24


def freshness(last_seen: date | None, today: date, limits: Limits) -> Freshness:
    """How an item stands on a day; one seen in the future counts as seen lately."""
    if last_seen is None:
        return Freshness.NEVER
    months = (today.year - last_seen.year) * 12 + today.month - last_seen.month - (today.day < last_seen.day)
    if months < limits.fresh:
        return Freshness.FRESH
    return Freshness.AGEING if months < limits.stale else Freshness.STALE
