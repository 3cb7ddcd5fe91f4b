"""Eurostat: data sets as JSON-stat; a series names Eurostat's code of each area that it is of."""

from collections.abc import Iterator, Sequence

from bygd.sources.statistics import statistical_office
from bygd.sources.statistics.caller import Caller, Limit
from bygd.sources.statistics.series import Area, Part, Series

LIMIT = Limit(5, 5.0)
"""None is published."""

read = statistical_office.read


def code_of(area: Area, series: Series) -> str | None:
    """Eurostat's code, where the series names one for the official code; blank is the country."""
    named: dict[str, str] = series.query.get("codes") or {}
    return named.get(area.code)


def area_of(code: str, series: Series) -> tuple[str, str]:
    """The official code that Eurostat's stands for."""
    named: dict[str, str] = series.query.get("codes") or {}
    return next((own for own, theirs in named.items() if theirs == code), code), ""


def fetch(caller: Caller, addresses: Sequence[str], series: Sequence[Series], areas: Sequence[Area]) -> Iterator[Part]:
    """The answers for those series and areas."""
    for one in series:
        codes = [code for area in areas if area.level in one.levels if (code := code_of(area, one))]
        if codes:
            yield from statistical_office.fetch(caller, addresses[0], [one], codes)
