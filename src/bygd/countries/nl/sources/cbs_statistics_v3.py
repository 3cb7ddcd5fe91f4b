"""Statistics Netherlands, version 3: key figures of municipalities, districts and neighbourhoods of one year."""

from collections.abc import Iterator, Sequence

from bygd.countries.nl.sources._cbs import LIMIT, area_of, code_of, fetched
from bygd.sources.statistics import odata
from bygd.sources.statistics.caller import Caller
from bygd.sources.statistics.series import Area, Part, Series

__all__ = ["LIMIT", "TOGETHER", "area_of", "code_of", "fetch", "read"]

TOGETHER = "table"
"""Series of a table are asked for together; a table that fails takes no other with it."""

read = odata.read3


def fetch(caller: Caller, addresses: Sequence[str], series: Sequence[Series], areas: Sequence[Area]) -> Iterator[Part]:
    """The answers for those series and areas, all measures of a table at once."""
    yield from fetched(odata.fetch3, caller, addresses[0], series, areas)
