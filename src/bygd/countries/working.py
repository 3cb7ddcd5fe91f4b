"""Working days: no Saturday, Sunday or public holiday, by the library `holidays`, which is kept up for all."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import holidays

from bygd.countries.pack import Country

Calendar = Sequence[str]
"""A country's code, perhaps a part of it, and categories of days besides those of its public holidays."""


def is_working(day: date, calendars: Sequence[Calendar]) -> bool:
    """Whether that is no Saturday or Sunday, and a holiday in none of the calendars."""
    return day.weekday() < 5 and not any(day in _holidays(*one) for one in calendars)


def is_working_day(country: Country, day: date) -> bool:
    """Whether it is a working day there; a holiday of any part counts where law differs by part."""
    return is_working(day, country.setting("holidays", ()))


@cache
def _holidays(code: str, part: str = "", *also: str) -> holidays.HolidayBase:
    return holidays.country_holidays(code, subdiv=part or None, categories=("public", *also))
