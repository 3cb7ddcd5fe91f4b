"""OData, third and fourth version, as Statistics Netherlands speaks them: measures by area, pages by next link.

The fourth wants `Accept: application/json` and filters by name; its search answers with what was not asked for and is
never used. The third marks what is unknown, withheld or impossible as text, so that it is read untyped.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bygd.sources.errors import InputError
from bygd.sources.statistics.caller import Answer, Caller, following
from bygd.sources.statistics.cells import plain_period
from bygd.sources.statistics.series import Observation, Part, Series
from bygd.sources.statistics.signs import status
from bygd.sources.statistics.splitting import Selection, split
from bygd.vocabulary.place_words import ValueStatus

LONGEST = 2_000
"""Signs of an address: some servers take no longer query."""
PADDED = {"WijkenEnBuurten": 10}
"""Codes of these dimensions have this length in the third version, with spaces after."""


def fetch4(caller: Caller, base: str, series: Sequence[Series], areas: Sequence[str]) -> Iterator[Part]:
    """The answers of the fourth version. `query` holds `area`, `measure`, and `period` or `time`; see `checked`.

    A table with more dimensions has `select`: one code of each, such as all ages.
    """
    for (table, _), listed in _tables(series).items():
        where = f"{base}/{table}"
        titles = _titles(caller, f"{where}/MeasureCodes", "Identifier")
        known = checked(caller, listed, titles, where)

        def address(part: Selection, where: str = where, known: Sequence[Series] = tuple(known)) -> str:
            dimension = str(known[0].query["area"])
            here = " or ".join(f"{dimension} eq '{code}'" for code in part["area"])
            what = " or ".join(f"Measure eq '{measure}'" for measure in part["measure"])
            return f"{where}/Observations?$filter={quote(f'({here}) and ({what}){_chosen(known[0])}')}"

        for part in _split(known, areas, address):
            yield from _parts(caller, address(part), _of(known, part), part["area"], titles)


def fetch3(caller: Caller, base: str, series: Sequence[Series], areas: Sequence[str]) -> Iterator[Part]:
    """The answers of the third version: as `fetch4`, with the names of columns as measures."""
    for (table, _), listed in _tables(series).items():
        where = f"{base}/{table}"
        titles = _titles(caller, f"{where}/DataProperties", "Key")
        known = checked(caller, listed, titles, where)

        def address(part: Selection, where: str = where, known: Sequence[Series] = tuple(known)) -> str:
            first = known[0].query
            columns = [first["area"], *([first["time"]] if "time" in first else []), *part["measure"]]
            width = PADDED.get(str(first["area"]), 0)
            here = " or ".join(f"{first['area']} eq '{code:<{width}}'" for code in part["area"])
            only = quote(f"({here}){_chosen(known[0])}")
            return f"{where}/UntypedDataSet?$filter={only}&$select={quote(','.join(columns))}&$format=json"

        for part in _split(known, areas, address):
            yield from _parts(caller, address(part), _of(known, part), part["area"], titles)


def read4(part: Part) -> Iterator[tuple[Series, Observation]]:
    """What an answer of the fourth version says. Years of which nothing is told yet are left out."""
    yield from _published(_read4(part))


def _read4(part: Part) -> Iterator[tuple[Series, Observation]]:
    by_measure: dict[str, list[Series]] = defaultdict(list)
    for one in part.series:
        by_measure[str(one.query["measure"])].append(one)
    for row in _values(part.answer):
        value = row.get("Value")
        sign = str(row.get("ValueAttribute") or "")
        for series in by_measure.get(str(row.get("Measure")), ()):
            yield _observation(part, series, row, None if value is None else float(value), sign)


def read3(part: Part) -> Iterator[tuple[Series, Observation]]:
    """What an answer of the third version says: a point is unknown or withheld, x is withheld, nothing cannot occur.

    Years of which nothing is told yet are left out.
    """
    yield from _published(_read3(part))


def _read3(part: Part) -> Iterator[tuple[Series, Observation]]:
    for row in _values(part.answer):
        for series in part.series:
            measure = str(series.query["measure"])
            if measure not in row:
                raise InputError(
                    "{where} left out {name}. Nothing of it was used.", where=part.answer.address, name=measure
                )
            given = row[measure]
            text = "" if given is None else str(given).strip()
            if text in ("", ".", "-", "x"):
                means = {".": series.null_means, "x": ValueStatus.SUPPRESSED}.get(text, ValueStatus.NOT_APPLICABLE)
                yield _observation(part, series, row, None, "", means)
            else:
                yield _observation(part, series, row, float(text.replace(",", ".")), "")


def _published(seen: Iterable[tuple[Series, Observation]]) -> Iterator[tuple[Series, Observation]]:
    """Without the years of a table of many years of which no area has anything but that it cannot occur.

    Such a table has a cell of each year for each measure, and what is not published yet is said to be impossible.
    """
    found = list(seen)
    told = {(series.indicator, one.period) for series, one in found if one.status is not ValueStatus.NOT_APPLICABLE}
    yield from (
        (series, one) for series, one in found if "period" in series.query or (series.indicator, one.period) in told
    )


def _split(
    known: Sequence[Series], areas: Sequence[str], address: Callable[[Selection], str]
) -> list[dict[str, tuple[str, ...]]]:
    """Areas and measures in parts whose address is short enough for any server."""
    if not known or not areas:
        return []
    measures = tuple(dict.fromkeys(str(one.query["measure"]) for one in known))
    whole = {"area": tuple(areas), "measure": measures}
    return split(whole, len(areas) * len(measures), lambda part: len(address(part)), LONGEST)


def _of(series: Sequence[Series], part: Selection) -> list[Series]:
    return [one for one in series if str(one.query["measure"]) in part["measure"]]


def checked(caller: Caller, series: Sequence[Series], titles: Mapping[str, str], where: str) -> list[Series]:
    """The series whose measure is there under the title expected; `caller.notes` says which are not.

    A measure may be given by several names, since tables were seen to change them; the first that is there is taken.
    """
    kept = []
    for one in series:
        given = one.query["measure"]
        names = [str(name) for name in given] if isinstance(given, list) else [str(given)]
        measure = next((name for name in names if name in titles), "")
        if not measure:
            caller.notes.append(f"{where} has no measure {' or '.join(names)}. {one.indicator} was not read.")
        elif one.title.casefold() not in titles[measure].casefold():
            caller.notes.append(f"{where}: {measure} is '{titles[measure]}'; '{one.title}' was expected.")
        else:
            kept.append(replace(one, query={**one.query, "measure": measure}))
    return kept


def _observation(
    part: Part,
    series: Series,
    row: Mapping[str, Any],
    value: float | None,
    sign: str,
    means: ValueStatus | None = None,
) -> tuple[Series, Observation]:
    query = series.query
    period = str(query["period"]) if "period" in query else plain_period(str(row[query["time"]]))
    found = Observation(
        series.indicator,
        str(row[query["area"]]).strip(),
        period,
        str(query.get("part") or ""),
        value,
        status(value, sign, means or series.null_means),
        part.titles.get(series.indicator, ""),
    )
    return series, found


def _tables(series: Sequence[Series]) -> dict[tuple[str, str], list[Series]]:
    """Series by table and by what is chosen of it: each is asked for at once."""
    found: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for one in series:
        found[one.table, _chosen(one)].append(one)
    return found


def _chosen(series: Series) -> str:
    """What is chosen of other dimensions, as the end of a filter."""
    return "".join(f" and {name} eq '{code}'" for name, code in sorted((series.query.get("select") or {}).items()))


def _titles(caller: Caller, address: str, key: str) -> dict[str, str]:
    return {
        str(row[key]): str(row.get("Title") or "")
        for answer in _pages(caller, address)
        for row in _values(answer)
        if row.get(key)
    }


def _parts(
    caller: Caller, address: str, series: Sequence[Series], codes: tuple[str, ...], titles: Mapping[str, str]
) -> Iterator[Part]:
    named = {one.indicator: titles[str(one.query["measure"])] for one in series}
    for answer in _pages(caller, address):
        yield Part(tuple(series), answer, {"area": codes}, named)


def _pages(caller: Caller, address: str) -> Iterator[Answer]:
    seen: set[str] = set()
    while address and address not in seen:
        seen.add(address)
        answer = caller.get(address)
        yield answer
        content: Any = answer.json()
        address = following(content.get("@odata.nextLink") or content.get("odata.nextLink"), address)


def _values(answer: Answer) -> list[Mapping[str, Any]]:
    content: Any = answer.json()
    if not isinstance(content, dict) or not isinstance(content.get("value"), list):
        raise InputError("{where} has an answer of another form than expected.", where=answer.address)
    return list(content["value"])
