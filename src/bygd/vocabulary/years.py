"""Years of money: the month in which they begin, and what a year is called that does not begin in January."""

import re
from collections.abc import Mapping
from typing import Any

JANUARY = 1
PERIOD = re.compile(r"([0-9]{4})(?:[-–]([0-9]{4}))?")


def begins(manifest: Mapping[str, Any]) -> int:
    """The month in which the years of a snapshot begin, those of every institution alike."""
    return int((manifest.get("settings") or {}).get("year_starts") or JANUARY)


def named(year: int, month: int = JANUARY) -> str:
    """A year as people call it: 2024, or 2024/25 where it does not begin in January.

    Addresses, and files that programs read, keep the number: that of the calendar year in which it begins.
    """
    return str(year) if month == JANUARY else f"{year}/{(year + 1) % 100:02}"


def period(text: str, month: int = JANUARY) -> str:
    """A figure's period with its years as people call them: 2016–2018, or 2016/17–2018/19. Other texts stay."""
    found = PERIOD.fullmatch(text)
    return "–".join(named(int(year), month) for year in found.groups() if year) if found else text
