"""Any JSON-stat data set at an address of its own; the series says which dimension is what."""

from collections.abc import Iterator, Sequence

from bygd.sources.errors import InputError
from bygd.sources.statistics import cells, jsonstat
from bygd.sources.statistics.caller import USUAL, Caller
from bygd.sources.statistics.series import Area, Part, Series

LIMIT = USUAL

read = cells.observations


def code_of(area: Area, series: Series) -> str | None:
    """The official code, or what the series says stands for it."""
    named: dict[str, str] = series.query.get("codes") or {}
    return named.get(area.code, area.code)


def area_of(code: str, series: Series) -> tuple[str, str]:
    """The official code that the publisher's stands for."""
    named: dict[str, str] = series.query.get("codes") or {}
    return next((own for own, theirs in named.items() if theirs == code), code), series.vintage


def fetch(caller: Caller, addresses: Sequence[str], series: Sequence[Series], areas: Sequence[Area]) -> Iterator[Part]:
    """The data set at each series' address, whole. Raises InputError where its title is not the expected one."""
    for one in series:
        answer = caller.get(str(one.query["address"]))
        label = jsonstat.read(answer.json(), answer.address).label
        if one.title.casefold() not in label.casefold():
            raise InputError(
                "{where} is now called '{title}'; '{expected}' was expected. Nothing was read.",
                where=answer.address,
                title=label,
                expected=one.title,
            )
        yield Part((one,), answer, {}, {one.indicator: label})
