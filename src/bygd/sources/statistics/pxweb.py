"""PxWeb, both versions: metadata first, selections within the limits, each answer checked against what was asked.

Version 2 is asked by GET, version 1 by POST. Rules learnt from public clients: one key a variable (later ones are
dropped in silence), codes named one by one instead of wildcards, `+` and letters beyond ASCII escaped.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bygd.sources.errors import InputError
from bygd.sources.statistics.caller import Answer, Caller, Refused
from bygd.sources.statistics.cells import observations
from bygd.sources.statistics.jsonstat import codes_of
from bygd.sources.statistics.series import Observation, Part, Series
from bygd.sources.statistics.splitting import Selection, split

CELLS, LONGEST = 150_000, 2_000
TOO_MUCH = (400, 403, 404, 413, 414)
"""What services say of too many cells (400, 403, 413) or too long an address (404, 414); 429 is too many calls."""
LAST = 12
"""Newest periods that are fetched where the catalogue does not say."""


@dataclass(frozen=True)
class Table:
    """What a table's metadata say: title, codes of each variable, and those that may be left out of a question."""

    title: str
    codes: Mapping[str, tuple[str, ...]]
    may_be_left_out: frozenset[str]


def fetch2(
    caller: Caller, base: str, series: Series, areas: Sequence[str], language: str, most: int | None = None
) -> Iterator[Part]:
    """The answers of a table of version 2 for those codes of areas, `most` cells each. InputError; see `selection`."""
    where = f"{base}/tables/{quote(series.table)}"
    table = _table2(caller.get(f"{where}/metadata?lang={language}").json(), where)
    lists: dict[str, str] = dict(series.query.get("codelists") or {})
    for variable, name in lists.items():
        codes = _listed(caller, f"{base}/codelists/{quote(name)}?lang={language}") or tuple(areas)
        table = Table(table.title, {**table.codes, variable: codes}, table.may_be_left_out)

    def address(part: Selection) -> str:
        chosen = [f"codelist[{name}]={quote(code)}" for name, code in sorted(lists.items())]
        chosen += [f"valueCodes[{quote(name)}]={quote(','.join(codes), safe=',')}" for name, codes in part.items()]
        text = "&".join(one.replace("[", "%5B").replace("]", "%5D") for one in chosen)
        return f"{where}/data?lang={language}&outputFormat=json-stat2&{text}"

    wanted = selection(table, series, areas, caller, where)
    for part in split(wanted, most or CELLS, lambda one: len(address(one)), LONGEST) if wanted else []:
        yield from _halved(caller, series, part, table.title, lambda one: caller.get(address(one)))


def fetch1(caller: Caller, base: str, series: Series, areas: Sequence[str], most: int | None = None) -> Iterator[Part]:
    """The answers of a table of version 1, whose `table` is its path; `most` cells in one answer.

    Raises InputError; see `selection`.
    """
    where = f"{base}/{series.table}"
    table = _table1(caller.get(where).json(), where)

    def ask(part: Selection) -> Answer:
        query = [{"code": name, "selection": {"filter": "item", "values": list(codes)}} for name, codes in part.items()]
        body = {"query": query, "response": {"format": "json-stat2"}}
        return caller.post(where, json.dumps(body, ensure_ascii=False).encode())

    wanted = selection(table, series, areas, caller, where)
    for part in split(wanted, most or CELLS, lambda _: 0, LONGEST) if wanted else []:
        yield from _halved(caller, series, part, table.title, ask)


def read(part: Part) -> Iterator[tuple[Series, Observation]]:
    """What an answer says; see `cells.observations`."""
    return observations(part)


def selection(
    table: Table, series: Series, areas: Sequence[str], caller: Caller, where: str
) -> dict[str, tuple[str, ...]]:
    """Which codes of which variables to ask for; empty where the table knows none of the areas.

    Raises InputError where the table is another than the catalogue thinks: its title, a variable or a code.
    """
    if series.title and series.title.casefold() not in table.title.casefold():
        raise InputError(
            "{where} is now called '{title}'; '{expected}' was expected. Nothing was read.",
            where=where,
            title=table.title,
            expected=series.title,
        )
    query = series.query
    area, time = str(query["area"]), str(query["time"])
    known = set(table.codes.get(area, ()))
    here = tuple(code for code in areas if code in known)
    if len(here) < len(areas):
        caller.notes.append(f"{where} does not know {len(areas) - len(here)} of {len(areas)} areas.")
    periods = sorted(table.codes.get(time, ()))
    wanted: dict[str, tuple[str, ...]] = {area: here, time: tuple(periods[-int(query.get("last", LAST)) :])}
    for name, codes in (query.get("select") or {}).items():
        wanted[name] = table.codes.get(name, ()) if codes == "*" else tuple(map(str, codes))
    for name, codes in wanted.items():
        lost = [code for code in codes if code not in set(table.codes.get(name, ()))]
        if lost or (name != area and not codes):
            raise InputError("{where} has no longer {codes} of {name}.", where=where, codes=lost[:5], name=name)
    new = sorted(set(table.codes) - set(wanted) - table.may_be_left_out)
    if new:
        raise InputError(
            "{where} has a new variable: {name}. The catalogue must say which part.", where=where, name=new
        )
    return wanted if here else {}


def _listed(caller: Caller, address: str) -> tuple[str, ...]:
    """The codes of a list; none where the service does not tell lists: it then refuses a wrong code itself."""
    try:
        answer: Any = caller.get(address).json()
    except Refused:
        return ()
    return tuple(str(one["code"]) for one in answer.get("values", ()))


def _halved(caller: Caller, series: Series, part: Selection, title: str, ask: Any) -> Iterator[Part]:
    """The part's answer; a service that says it is too large is asked for halves."""
    try:
        answer = ask(part)
    except Refused as error:
        larger = max(part, key=lambda name: len(part[name]))
        if error.status not in TOO_MUCH or len(part[larger]) < 2:
            raise
        middle = len(part[larger]) // 2
        for codes in (part[larger][:middle], part[larger][middle:]):
            yield from _halved(caller, series, {**part, larger: codes}, title, ask)
        return
    yield Part((series,), answer, part, {series.indicator: title})


def _table2(content: Any, where: str) -> Table:
    try:
        dimensions = {name: content["dimension"][name] for name in content["id"]}
        codes = {name: codes_of(one["category"]) for name, one in dimensions.items()}
        free = {name for name, one in dimensions.items() if (one.get("extension") or {}).get("elimination")}
        return Table(str(content["label"]), codes, frozenset(free))
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError("{where} has metadata of another form than expected.", where=where) from error


def _table1(content: Any, where: str) -> Table:
    try:
        codes = {one["code"]: tuple(map(str, one["values"])) for one in content["variables"]}
        free = {one["code"] for one in content["variables"] if one.get("elimination")}
        return Table(str(content["title"]), codes, frozenset(free))
    except (KeyError, TypeError) as error:
        raise InputError("{where} has metadata of another form than expected.", where=where) from error
