"""JSON-stat by GET, as Eurostat and others give it: one address a series, areas as repeated parameters."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from bygd.sources.statistics import jsonstat
from bygd.sources.statistics.caller import Caller, Refused
from bygd.sources.statistics.cells import observations
from bygd.sources.statistics.series import Observation, Part, Series
from bygd.sources.statistics.splitting import chunks

AREAS = 50
TOO_MUCH = 413
LATER = "ASYNCHRONOUS_RESPONSE"
"""Said with status 413, or as a warning with 200, where the answer is being prepared; the same question is right."""


def fetch(caller: Caller, base: str, series: Sequence[Series], areas: Sequence[str]) -> Iterator[Part]:
    """The answers for those series and areas; `query` holds `area`, `time`, `select` and what `cells` asks for.

    A data set with another title than expected is left out, and `caller.notes` says so.
    """
    for one in series:
        for codes in chunks(areas, AREAS):
            yield from _asked(caller, base, one, codes)


def read(part: Part) -> Iterator[tuple[Series, Observation]]:
    """What an answer says; see `cells.observations`."""
    return observations(part)


def _asked(caller: Caller, base: str, one: Series, codes: tuple[str, ...]) -> Iterator[Part]:
    chosen = [(name, str(code)) for name, listed in (one.query.get("select") or {}).items() for code in listed]
    chosen += [(str(one.query["area"]), code) for code in codes]
    text = "&".join(f"{quote(name)}={quote(code)}" for name, code in chosen)
    try:
        answer = caller.get(f"{base}/{quote(one.table)}?format=JSON&lang=EN&{text}", later=LATER)
    except Refused as error:
        if error.status != TOO_MUCH or len(codes) < 2:
            raise
        middle = len(codes) // 2
        yield from _asked(caller, base, one, codes[:middle])
        yield from _asked(caller, base, one, codes[middle:])
        return
    found = jsonstat.read(answer.json(), answer.address)
    if one.title.casefold() not in found.label.casefold():
        caller.notes.append(f"{one.table} is '{found.label}'; '{one.title}' was expected. It was not read.")
        return
    known = set(found.codes.get(str(one.query["area"]), ()))
    missing = [code for code in codes if code not in known]
    if missing:
        caller.notes.append(f"{one.table} does not know {len(missing)} of {len(codes)} areas.")
    asked = {name: tuple(map(str, listed)) for name, listed in (one.query.get("select") or {}).items()}
    yield Part((one,), answer, asked, {one.indicator: found.label})
