"""Nomis: data sets by id, areas by official code; super output areas belong to the census they were drawn for."""

from collections.abc import Iterator, Sequence

from bygd.sources.statistics import nomis
from bygd.sources.statistics.caller import Caller, Limit
from bygd.sources.statistics.series import Area, Part, Series
from bygd.vocabulary.place_words import Level

LIMIT = Limit(2, 1.0)
"""None is published; a public client keeps to this."""
COUNTRIES = ("K02000001", "K03000001", "K04000001", "E92000001")
DRAWN_ANEW = (Level.SMALL_AREA, Level.DISTRICT)

read = nomis.read


def code_of(area: Area, series: Series) -> str | None:
    """The code of an area; None where the series is of another census's areas."""
    if area.level is Level.COUNTRY:
        return str(series.query.get("country", COUNTRIES[0]))
    if area.level in DRAWN_ANEW and area.vintage != series.vintage:
        return None
    return area.code


def area_of(code: str, series: Series) -> tuple[str, str]:
    """The code, blank for the country, and the census that a super output area was drawn for."""
    if code in COUNTRIES:
        return "", ""
    return code, series.vintage if code[:3] in ("E01", "E02", "W01", "W02") else ""


def fetch(caller: Caller, addresses: Sequence[str], series: Sequence[Series], areas: Sequence[Area]) -> Iterator[Part]:
    """The answers for those series and areas."""
    for one in series:
        here = [area for area in areas if area.level in one.levels]
        codes = [code for code in (code_of(area, one) for area in here) if code]
        if codes:
            yield from nomis.fetch(caller, addresses[0], [one], codes)
