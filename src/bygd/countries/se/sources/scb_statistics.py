"""Statistics Sweden's database, version 2: tables by id, areas with the mark of their division."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from bygd.countries.se.sources._area_codes import area_of, code_of
from bygd.sources.errors import InputError
from bygd.sources.statistics import pxweb
from bygd.sources.statistics.caller import Caller, Limit
from bygd.sources.statistics.series import Area, Part, Series

LIMIT = Limit(30, 10.0)
__all__ = ["LIMIT", "area_of", "code_of", "fetch", "read"]

read = pxweb.read


def fetch(caller: Caller, addresses: Sequence[str], series: Sequence[Series], areas: Sequence[Area]) -> Iterator[Part]:
    """The answers for those series and areas, from the first address that is there."""
    base, most = _base(caller, addresses)
    for one in series:
        here = [area for area in areas if area.level in one.levels]
        codes = [code for code in (code_of(area, one) for area in here) if code]
        if codes:
            yield from pxweb.fetch2(caller, base, one, codes, "sv", most)


def _base(caller: Caller, addresses: Sequence[str]) -> tuple[str, int | None]:
    """The first address that tells its settings, and how many cells it gives at once: the interface moved already.

    How many calls it takes in how many seconds is kept to from then on: 3 in one and 30 in ten were both seen in 2026.
    """
    for address in addresses:
        try:
            told: Any = caller.get(f"{address}/config").json()
        except InputError:
            continue
        calls, seconds = (told.get(name) for name in ("maxCallsPerTimeWindow", "timeWindow"))
        if calls and seconds:
            caller.limits[urlsplit(address).netloc] = Limit(int(calls), float(seconds))
        return address, int(told.get("maxDataCells") or 0) or None
    return addresses[-1], None
