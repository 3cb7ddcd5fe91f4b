"""A service of data sets as CSV with offsets, as Nomis is: at most 25,000 rows an answer, areas by official code."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bygd.sources.errors import InputError
from bygd.sources.statistics.caller import Answer, Caller
from bygd.sources.statistics.cells import breakdown, plain_period
from bygd.sources.statistics.series import Observation, Part, Series
from bygd.sources.statistics.signs import status
from bygd.sources.statistics.splitting import chunks

ROWS = 25_000
AREAS = 100
CSV = "text/csv"


def fetch(caller: Caller, base: str, series: Sequence[Series], areas: Sequence[str]) -> Iterator[Part]:
    """The answers for those series and areas. `query`: `select` by dimension, `date`, `breakdown` by dimension.

    A data set that has another name than expected is left out, and `caller.notes` says so. Raises InputError where
    fewer rows come than the service counts.
    """
    for one in series:
        title = _title(caller.get(f"{base}/{one.table}.def.sdmx.json").json())
        if one.title.casefold() not in title.casefold():
            caller.notes.append(f"{one.table} is '{title}'; '{one.title}' was expected. It was not read.")
            continue
        for codes in chunks(areas, AREAS):
            yield from _asked(caller, base, one, codes, title)


def read(part: Part) -> Iterator[tuple[Series, Observation]]:
    """What an answer says. In the series' query `breakdown` maps dimensions to what bygd calls them, `names` their
    codes to other texts, `total` lists codes that mean all, `sum` dimensions that are added up: a sum with a part
    withheld or missing is so itself.
    """
    (series,) = part.series
    named: Mapping[str, str] = series.query.get("breakdown") or {}
    texts: Mapping[str, Mapping[str, str]] = series.query.get("names") or {}
    totals = set(map(str, series.query.get("total") or ()))
    sums: dict[tuple[str, str, str], Observation] = {}
    for row in _rows(part.answer):
        if _is_of_another(row.get("GEOGRAPHY_TYPE") or "", series.vintage):
            continue
        text = (row.get("OBS_VALUE") or "").strip()
        value = float(text) if text else None
        sign = row.get("OBS_STATUS_NAME") or row.get("OBS_STATUS") or ""
        codes = {name: _code(row, name, part.answer.address) for name in named}
        parts = {called: texts.get(name, {}).get(codes[name], codes[name]) for name, called in named.items()}
        found = Observation(
            series.indicator,
            row["GEOGRAPHY_CODE"],
            plain_period(row["DATE"]),
            breakdown(parts, totals),
            value,
            status(value, "" if value is not None else sign, series.null_means),
            part.titles.get(series.indicator, ""),
        )
        if not series.query.get("sum"):
            yield series, found
            continue
        key = (found.code, found.period, found.breakdown)
        sums[key] = _added(sums[key], found) if key in sums else found
    yield from ((series, found) for found in sums.values())


def _asked(caller: Caller, base: str, one: Series, codes: tuple[str, ...], title: str) -> Iterator[Part]:
    """The answers for those areas; what is to be added up is asked for so few that it stands on one page."""
    chosen = {name: ",".join(map(str, values)) for name, values in (one.query.get("select") or {}).items()}
    asked = {"geography": ",".join(codes), "date": str(one.query.get("date", "latest")), **chosen}
    text = "&".join(f"{name}={quote(value, safe=',')}" for name, value in asked.items())
    answers = _pages(caller, f"{base}/{one.table}.data.csv?{text}&RecordLimit={ROWS}")
    if not one.query.get("sum"):
        yield from (Part((one,), answer, {"geography": codes}, {one.indicator: title}) for answer in answers)
        return
    first = next(answers)
    if next(answers, None) is None:
        yield Part((one,), first, {"geography": codes}, {one.indicator: title})
        return
    if len(codes) < 2:
        raise InputError("{where} has more rows of one area than an answer holds.", where=first.address)
    middle = len(codes) // 2
    for half in (codes[:middle], codes[middle:]):
        yield from _asked(caller, base, one, half, title)


def _added(one: Observation, other: Observation) -> Observation:
    if one.value is None:
        return one
    return other if other.value is None else replace(one, value=one.value + other.value)


def _is_of_another(kind: str, vintage: str) -> bool:
    """Whether a row is of areas drawn for another year: a code may be that of two divisions, and is then told twice."""
    year = re.match(r"(\d{4}) super output areas", kind)
    return year is not None and bool(vintage) and year[1] != vintage


def _code(row: Mapping[str, str], name: str, where: str) -> str:
    if name.upper() not in row:
        raise InputError("{where} left out {name}. Nothing of it was used.", where=where, name=name)
    return row[name.upper()]


def _pages(caller: Caller, address: str) -> Iterator[Answer]:
    done, count = 0, 1
    while done < count:
        answer = caller.get(f"{address}&RecordOffset={done}", accept=CSV)
        yield answer
        rows = _rows(answer)
        if not rows:
            if done < count and done:
                raise InputError("{where} gave {found} of {size} rows.", where=answer.address, found=done, size=count)
            return
        done += len(rows)
        # Without a count, a full page means that there may be more: guests' answers are cut off without a word.
        count = int(rows[0].get("RECORD_COUNT") or (done + 1 if len(rows) >= ROWS else done))


def _rows(answer: Answer) -> list[dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    if rows and not {"GEOGRAPHY_CODE", "DATE", "OBS_VALUE"} <= set(rows[0]):
        raise InputError("{where} has an answer of another form than expected.", where=answer.address)
    return rows


def _title(content: Any) -> str:
    try:
        family = content["structure"]["keyfamilies"]["keyfamily"][0]
        return str(family["name"]["value"])
    except (KeyError, IndexError, TypeError):
        return ""
