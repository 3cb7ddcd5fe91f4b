"""Statistics Sweden's database, version 1: tables by path, asked by POST."""

from collections.abc import Iterator, Sequence

from bygd.countries.se.sources._area_codes import area_of, code_of
from bygd.sources.statistics import pxweb
from bygd.sources.statistics.caller import Caller, Limit
from bygd.sources.statistics.series import Area, Part, Series

LIMIT = Limit(10, 10.0)

__all__ = ["LIMIT", "area_of", "code_of", "fetch", "read"]

read = pxweb.read


def fetch(caller: Caller, addresses: Sequence[str], series: Sequence[Series], areas: Sequence[Area]) -> Iterator[Part]:
    """The answers for those series and areas."""
    for one in series:
        here = [area for area in areas if area.level in one.levels]
        codes = [code for code in (code_of(area, one) for area in here) if code]
        if codes:
            yield from pxweb.fetch1(caller, addresses[0], one, codes)
