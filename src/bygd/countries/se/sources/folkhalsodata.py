"""The Public Health Agency's database: what the national survey of health says by municipality, over four years."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bygd.countries.se.sources._area_codes import area_of, code_of
from bygd.sources.statistics import pxweb
from bygd.sources.statistics.caller import Caller, Limit
from bygd.sources.statistics.series import Area, Observation, Part, Series

__all__ = ["LIMIT", "area_of", "code_of", "fetch", "read"]

LIMIT = Limit(10, 10.0)
"""Far below the thousand calls in ten seconds that a region's handbook of its portal speaks of."""
CELLS = 1_000
"""The most values of one answer, by the same handbook (Region Halland)."""
YEARS = re.compile(r"^\d{4}-(\d{4})$")


def fetch(caller: Caller, addresses: Sequence[str], series: Sequence[Series], areas: Sequence[Area]) -> Iterator[Part]:
    """The answers for those series and areas."""
    for one in series:
        here = [area for area in areas if area.level in one.levels]
        codes = [code for code in (code_of(area, one) for area in here) if code]
        if codes:
            yield from pxweb.fetch1(caller, addresses[0], one, codes, CELLS)


def read(part: Part) -> Iterator[tuple[Series, Observation]]:
    """What an answer says; a mean of four years bears the last of them as its period."""
    for series, seen in pxweb.read(part):
        years = YEARS.match(seen.period)
        yield series, replace(seen, period=years[1]) if years else seen
