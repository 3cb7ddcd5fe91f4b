"""Days: the last day of a period that begins with an event."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
SATURDAY = 5
MONTHS = {"months": 1, "years": 12}

Works = Callable[[date], bool]
"""Whether a day is a working day."""


class Counting(StrEnum):
    """Whether the day of the event counts."""

    AFTER = "after"
    """The day of the event does not count: six months after 15 January end on 15 July."""
    INCLUDING = "including"
    """The period begins with the day of the event: six months end on 14 July."""


class Holidays(StrEnum):
    """Whether public holidays count among working days."""

    LEFT_OUT = "left_out"
    """They are no working days."""
    UNKNOWN = "unknown"
    """Nobody read whether they are. The last day is then counted as if they were, and so never too late."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last day of a period.

    `moved_from` is the day on which it would end, where that is no working day and law moves it to the next. `stays`:
    it is no working day, and no rule that moves it is known. `perhaps` is the later day on which it ends if public
    holidays are no working days, where that is not known.
    """

    day: date
    moved_from: date | None = None
    stays: bool = False
    perhaps: date | None = None


def moved(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def is_weekday(day: date) -> bool:
    """Whether that is no Saturday or Sunday."""
    return day.weekday() < SATURDAY


def last_day(
    start: date,
    length: int,
    unit: str,
    counting: Counting,
    works: Works = is_weekday,
    *,
    moves: bool = False,
    holidays: Holidays = Holidays.LEFT_OUT,
) -> Last:
    """The last day of a period of days, working days, months or years that an event on `start` begins.

    `moves`: where it is no working day, law moves it to the next one.
    """
    if unit == "working_days":
        first = start if counting is Counting.INCLUDING else start + DAY
        exact = _working(first, length, works)
        if holidays is Holidays.LEFT_OUT:
            return Last(exact)
        surely = _working(first, length, is_weekday)
        return Last(surely, perhaps=exact if exact > surely else None)
    end = moved(start, length * MONTHS[unit]) if unit in MONTHS else start + length * DAY
    if counting is Counting.INCLUDING:
        end -= DAY
    if works(end):
        return Last(end)
    return Last(_working(end, 1, works), moved_from=end) if moves else Last(end, stays=True)


def _working(day: date, number: int, works: Works) -> date:
    """The working day of that number, counted from a day on, itself the first if it is one."""
    while True:
        number -= works(day)
        if number <= 0:
            return day
        day += DAY
