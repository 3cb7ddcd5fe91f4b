"""Cells of a JSON-stat answer as observations, after it was checked that what was asked for is what came."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bygd.sources.errors import InputError
from bygd.sources.statistics import jsonstat
from bygd.sources.statistics.jsonstat import Cell, Dataset
from bygd.sources.statistics.series import Observation, Part, Series
from bygd.sources.statistics.signs import CANNOT_OCCUR, status
from bygd.vocabulary.place_words import ValueStatus

TIME = re.compile(r"^(\d{4})(?:M(\d\d)|[KQ](\d)|-Q?(\d\d?)|JJ00)?$")


def observations(part: Part) -> Iterator[tuple[Series, Observation]]:
    """What a JSON-stat answer says of its series. Raises InputError where cells that were asked for are missing.

    In the series' query `area` and `time` name those dimensions, `breakdown` maps dimensions to what bygd calls them,
    `names` their codes to other texts, `total` lists codes that mean all, `sum` dimensions whose codes are added,
    `share` the codes of a dimension that are told as per cent of all of its codes that were asked for;
    `from` and `until` are the first and the last period that count, for the service gives noughts or nothing outside a
    division's years. A sum or share with a part withheld or missing is so itself.
    """
    (series,) = part.series
    found = jsonstat.read(part.answer.json(), part.answer.address)
    check(found, part.asked, part.answer.address)
    area, time = str(series.query["area"]), str(series.query["time"])
    named: Mapping[str, str] = series.query.get("breakdown") or {}
    totals = set(map(str, series.query.get("total") or ()))
    texts: Mapping[str, Mapping[str, str]] = series.query.get("names") or {}
    first, last = str(series.query.get("from") or ""), str(series.query.get("until") or "")
    for cell in _shared(_summed(found.cells(), set(series.query.get("sum") or ())), series.query.get("share") or {}):
        period = plain_period(cell.codes[time])
        value, what = cell.value, status(cell.value, cell.sign, series.null_means)
        if (first and period < first) or (last and period > last):
            value, what = None, ValueStatus.MISSING
        parts = {named[name]: texts.get(name, {}).get(code, code) for name, code in cell.codes.items() if name in named}
        yield (
            series,
            Observation(
                series.indicator,
                cell.codes[area],
                period,
                breakdown(parts, totals),
                value,
                what,
                part.titles.get(series.indicator, found.label),
            ),
        )


def _summed(cells: Iterable[Cell], names: set[str]) -> Iterable[Cell]:
    """The cells with those dimensions added up; the sign of a part without value becomes that of the sum."""
    if not names:
        return cells
    sums: dict[tuple[tuple[str, str], ...], Cell] = {}
    for cell in cells:
        key = tuple((name, code) for name, code in cell.codes.items() if name not in names)
        known = sums.get(key)
        if known is None:
            sums[key] = Cell(dict(key), cell.value, cell.sign)
        elif known.value is not None:
            value = None if cell.value is None else known.value + cell.value
            sums[key] = Cell(known.codes, value, known.sign if cell.value is not None else cell.sign)
    return sums.values()


def _shared(cells: Iterable[Cell], share: Mapping[str, Sequence[str]]) -> Iterable[Cell]:
    """Per cent that the named codes of the dimensions are of all their codes; of nothing there is no share."""
    if not share:
        return cells
    named = {name: set(codes) for name, codes in share.items()}
    kept = list(cells)
    parts = (one for one in kept if all(one.codes[name] in codes for name, codes in named.items()))
    wholes = {tuple(one.codes.items()): one for one in _summed(kept, set(named))}
    return [_per_cent(part, wholes[tuple(part.codes.items())]) for part in _summed(parts, set(named))]


def _per_cent(part: Cell, whole: Cell) -> Cell:
    if part.value is None or whole.value is None:
        return Cell(whole.codes, None, whole.sign)
    if not whole.value:
        return Cell(whole.codes, None, CANNOT_OCCUR)
    return Cell(whole.codes, 100 * part.value / whole.value, whole.sign)


def check(found: Dataset, asked: Mapping[str, Sequence[str]], where: str) -> None:
    """Raise InputError where an answer lacks codes that were asked for: services drop some in silence."""
    for name, codes in asked.items():
        missing = sorted(set(codes) - set(found.codes.get(name, ())))
        if missing:
            raise InputError(
                "{where} was asked for {number} codes of {name} and left out {missing}. Nothing of it was used.",
                where=where,
                number=len(codes),
                name=name,
                missing=missing[:5],
            )


def breakdown(codes: Mapping[str, str], totals: set[str]) -> str:
    """Parts as text, in order of their names; codes that mean all are left out."""
    return ";".join(f"{name}={code}" for name, code in sorted(codes.items()) if code not in totals)


def plain_period(text: str) -> str:
    """A service's period as bygd writes it: 2024, 2024-06, 2024Q2; any other text as it is."""
    found = TIME.match(text.strip())
    if found is None:
        return text.strip()
    year, month, quarter, other = found.groups()
    if month or (other and "Q" not in text):
        return f"{year}-{int(month or other):02}"
    return f"{year}Q{quarter or other}" if quarter or other else year
