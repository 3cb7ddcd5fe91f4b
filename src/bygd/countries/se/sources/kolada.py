"""Kolada: key figures by id, checked against their titles; regions are codes with noughts before."""

from collections.abc import Iterator, Sequence

from bygd.sources.statistics import keyfigures
from bygd.sources.statistics.caller import Caller, Limit
from bygd.sources.statistics.series import Area, Part, Series
from bygd.vocabulary.place_words import Level

LIMIT = Limit(5, 5.0)
"""None is published; this is kind to a small organisation."""
COUNTRY = "0000"

TOGETHER = "source"
"""All series are asked for together, not one by one."""

read = keyfigures.read


def code_of(area: Area, series: Series) -> str | None:
    """Kolada's code of an area; None below the municipality."""
    codes = {Level.COUNTRY: COUNTRY, Level.COUNTY: f"00{area.code}", Level.MUNICIPALITY: area.code}
    return codes.get(area.level)


def area_of(code: str, series: Series) -> tuple[str, str]:
    """The official code, blank for the country; there are no divisions to keep apart."""
    if code == COUNTRY:
        return "", ""
    return (code[2:] if code.startswith("00") else code), ""


def fetch(caller: Caller, addresses: Sequence[str], series: Sequence[Series], areas: Sequence[Area]) -> Iterator[Part]:
    """The answers for those figures and areas, as many in a call as Kolada takes."""
    levels = {level for one in series for level in one.levels}
    codes = [code for area in areas if area.level in levels if (code := code_of(area, series[0]))]
    if codes:
        yield from keyfigures.fetch(caller, addresses[0], series, list(dict.fromkeys(codes)))
