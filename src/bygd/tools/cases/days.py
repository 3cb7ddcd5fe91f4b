"""Days: the last day of a period that begins with an event."""

import calendar
from datetime import date, timedelta
from enum import StrEnum

SATURDAY = 5


class Counting(StrEnum):
    """How days of a period are counted."""

    AFTER = "after"
    """The day of the event does not count: six months after 15 January end on 15 July."""
    INCLUDING = "including"
    """The period begins with the day of the event: six months end on 14 July."""
    WORKING_INCLUDING = "working_including"
    """Mondays to Fridays, beginning with the day of the event. Public holidays are not left out, so that the real last
    day may be later and never earlier."""


def moved(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def last_day(start: date, length: int, unit: str, counting: Counting) -> date:
    """The last day of a period of days, months or years that an event on `start` begins."""
    if counting is Counting.WORKING_INCLUDING:
        day, left = start, length
        while True:
            left -= day.weekday() < SATURDAY
            if left <= 0:
                return day
            day += timedelta(days=1)
    end = start + timedelta(days=length) if unit == "days" else moved(start, length * (12 if unit == "years" else 1))
    return end - timedelta(days=1) if counting is Counting.INCLUDING else end
