"""What both versions of the service of Statistics Netherlands share: its codes of areas, and tables asked for whole."""

from collections.abc import Callable, Iterator, Sequence

from bygd.sources.statistics.caller import Caller, Limit
from bygd.sources.statistics.series import Area, Part, Series
from bygd.vocabulary.place_words import Level

Fetch = Callable[[Caller, str, Sequence[Series], Sequence[str]], Iterator[Part]]

LIMIT = Limit(5, 5.0)
"""None is published."""
COUNTRIES = ("NL00", "NL01")
YEARLY = (Level.SMALL_AREA, Level.DISTRICT)


def code_of(area: Area, series: Series) -> str | None:
    """The source's code of an area; None where the series is of another year's districts."""
    if area.level is Level.COUNTRY:
        return str(series.query.get("country", COUNTRIES[0]))
    if area.level in YEARLY and area.vintage != series.vintage:
        return None
    return area.code


def area_of(code: str, series: Series) -> tuple[str, str]:
    """The code, blank for the country, and the year of the division that a district or neighbourhood belongs to."""
    if code in COUNTRIES:
        return "", ""
    return code, series.vintage if code[:2] in ("WK", "BU") else ""


def fetched(
    fetch: Fetch, caller: Caller, address: str, series: Sequence[Series], areas: Sequence[Area]
) -> Iterator[Part]:
    """The answers for those series and areas, all measures of a table at once; `fetch` asks for one table."""
    for table in dict.fromkeys((one.table, one.vintage) for one in series):
        same = [one for one in series if (one.table, one.vintage) == table]
        levels = {level for one in same for level in one.levels}
        codes = [code for area in areas if area.level in levels if (code := code_of(area, same[0]))]
        if codes:
            yield from fetch(caller, address, same, list(dict.fromkeys(codes)))
