"""Refresh: fetch every indicator's series for the place and its likes, in one pass that can be stopped and resumed."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bygd import countries
from bygd.countries.indicators import Indicator, indicators
from bygd.countries.levels import area as area_of_id
from bygd.sources.description import SourceDescription
from bygd.sources.errors import InputError
from bygd.sources.statistics.caller import USUAL, Caller, Limit
from bygd.sources.statistics.series import Area, Observation, Part, Series
from bygd.vocabulary.place_words import Level
from bygd.vocabulary.said import N_
from bygd.workbench.bench import Progress, quiet
from bygd.workbench.place import divisions, fetched, files, sets, villages
from bygd.workbench.place.changes import Change, compared
from bygd.workbench.project import Project

WAITING = N_("The service asks to wait")
RESUMED_WITHIN = timedelta(days=7)
"""A pass that was stopped longer ago begins anew: what it fetched is no longer what the services say."""


@dataclass
class Refreshed:
    """What a pass did: the snapshot it made, what changed, what the sources would not give, and calls made.

    `put_off` names services that asked to come back later: the pass goes on with them when it is started again.
    """

    snapshot: str
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[tuple[str, InputError]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    calls: int = 0
    values: int = 0
    resumed: bool = False
    put_off: list[str] = field(default_factory=list)


def refresh(
    project: Project,
    *,
    only: Sequence[str] = (),
    peers: bool = True,
    offline: bool = False,
    progress: Progress = quiet,
    addresses: Mapping[str, Sequence[str]] | None = None,
    caller: Callable[..., Caller] = Caller,
) -> Refreshed:
    """Fetch what the catalogue knows a source of, for the place, what it lies in, its villages' areas and its likes.

    `only` names indicators; `peers` takes all municipalities of the country, to compare with. A source that
    fails leaves its old values standing and is told in `failures`. Killed, the pass goes on where it stood when it is
    started again. `addresses` replace those of sources, for tests. Raises InputError for an unknown indicator.
    """
    paths = files.of(project)
    catalogue = indicators(project.country, paths.indicators)
    unknown = sorted(set(only) - set(catalogue))
    if unknown:
        raise InputError("The catalogue has no indicator {names}. See: bygd place list", names=unknown)
    asked = [one for id, one in catalogue.items() if not only or id in only]
    areas = wanted(project, peers)
    since, resumed = _started(project, asked, areas)
    listed = list(_by_source(asked))
    done = Refreshed("", resumed=resumed, unknown=[one.id for one in asked if not one.is_known])
    bases = {source.id: tuple((addresses or {}).get(source.id, source.addresses)) for source, _ in listed}
    limits = _limits((source, bases[source.id]) for source, _ in listed)
    rows: list[dict[str, Any]] = []
    answered: set[tuple[str, str]] = set()
    failed: set[tuple[str, str]] = set()  # of two tables of a source, the other may have come
    with caller(paths.answers, limits=limits, since=since, offline=offline) as asks:
        for place, (source, series) in enumerate(listed):
            tell = _telling(progress, place, len(listed))
            tell(source.title)
            asks.waiting = lambda _host, _seconds, tell=tell: tell(WAITING)  # type: ignore[misc]
            pairs = {(one.indicator, one.source) for one in series}
            try:
                found = _one_each(_rows(project, source, bases[source.id], series, areas, asks, tell))
            except InputError as error:
                failed |= pairs
                done.failures.append((", ".join(dict.fromkeys(one.indicator for one in series)), error))
                continue
            rows += found
            answered |= pairs
        progress("", len(listed), len(listed))
        done.calls, done.notes, done.put_off = asks.calls, asks.notes, sorted(asks.put_off)
    old = fetched.rows(project)
    kept, done.changes = compared(old, rows, answered - failed)
    done.snapshot, done.values = fetched.save(project, kept, _all_areas(project, areas)), len(kept)
    _written(project, done)
    if not done.put_off:
        paths.unfinished.unlink(missing_ok=True)
    return done


def wanted(project: Project, peers: bool = True) -> list[Area]:
    """The areas to ask for: country, counties, municipalities, small areas of villages and of `place/areas.csv`.

    And the older areas that those are made of, where somebody brought what became of them.
    """
    country = project.country
    own = area_of_id(country, project.place_id)
    found = [Area(Level.COUNTRY, ""), own]
    for one in country.conventions().areas:
        level = Level(one.level)
        if level is Level.COUNTY or (peers and level is Level.MUNICIPALITY):
            found.append(Area(level, one.code))
    for village in villages.every(project).values():
        found += [area_of_id(country, id, village.vintage) for id, _ in village.parts]
    for row in _listed(project):
        found.append(area_of_id(country, f"{country.code}:{row['code']}", row.get("vintage") or ""))
    found += [Area(*step) for step in divisions.older_areas(project, found)]
    return list(dict.fromkeys(found))


def _listed(project: Project) -> list[dict[str, str]]:
    """Rows of `place/areas.csv`: code, and where given name, vintage and parent. Raises InputError without a code."""
    path = files.of(project).areas
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = [{name: (text or "").strip() for name, text in row.items() if name} for row in csv.DictReader(opened)]
    if any(not row.get("code") for row in rows):
        raise InputError("{where} has no {name}.", where="place/areas.csv", name="code")
    return rows


def _rows(
    project: Project,
    source: SourceDescription,
    base: Sequence[str],
    series: Sequence[Series],
    areas: Sequence[Area],
    asks: Caller,
    tell: Callable[[str], None],
) -> Iterator[dict[str, Any]]:
    module = source.module
    by_id = {(one.level, one.code): one for one in areas}
    asked_for = {one.code for one in by_id.values()}
    part: Part
    for part in module.fetch(asks, base, series, areas):
        tell(source.title)  # after each answer: whoever watches may stop the pass here
        for one, seen in module.read(part):
            code, vintage = module.area_of(seen.code, one)
            if code in asked_for:
                yield _row(project, one, seen, code, vintage, part)


def _row(project: Project, series: Series, seen: Observation, code: str, vintage: str, part: Part) -> dict[str, Any]:
    country = project.country.code
    return {
        "area_id": f"{country}:{code}" if code else country,
        "vintage": vintage,
        "indicator": seen.indicator,
        "period": seen.period,
        "breakdown": seen.breakdown,
        "value": None if seen.value is None else seen.value * series.factor + series.offset,
        "status": seen.status.value,
        "unit": series.unit,
        "source": series.source,
        "source_table": series.table or seen.title,
        "source_title": seen.title or None,
        "address": part.answer.address[:300],
        "low": None,
        "high": None,
        "fetched_on": part.answer.fetched_on,
    }


def _by_source(asked: Iterable[Indicator]) -> Iterator[tuple[SourceDescription, list[Series]]]:
    """Series by source: all of the source or of a table at once where it takes them together, else one by one."""
    by_source: dict[str, list[Series]] = {}
    for indicator in asked:
        for one in indicator.series:
            by_source.setdefault(one.source, []).append(one)
    for id, series in sorted(by_source.items()):
        source = countries.source(id)
        if getattr(source.module, "fetch", None) is None:
            continue
        together = getattr(source.module, "TOGETHER", "")
        if together == "source":
            yield source, series
        elif together == "table":
            tables = dict.fromkeys(one.table for one in series)
            yield from ((source, [one for one in series if one.table == table]) for table in tables)
        else:
            yield from ((source, [one]) for one in series)


def _telling(progress: Progress, place: int, total: int) -> Callable[[str], None]:
    return lambda what: progress(what, place, total)


def _limits(sources: Iterable[tuple[SourceDescription, Sequence[str]]]) -> dict[str, Limit]:
    """By host; of several sources at one host, the limit of the strictest."""
    found: dict[str, Limit] = {}
    for source, bases in sources:
        own: Limit = getattr(source.module, "LIMIT", USUAL)
        for host in {urlsplit(base).netloc for base in bases}:
            found[host] = min(found.get(host, own), own, key=lambda one: one.calls / one.seconds)
    return found


def _started(project: Project, asked: Sequence[Indicator], areas: Sequence[Area]) -> tuple[datetime, bool]:
    """When the pass began: that of an unfinished one that asks the same and is not too old, or now."""
    path, now = files.of(project).unfinished, datetime.now(UTC)
    what = hashlib.sha256(repr(([one.series for one in asked], areas)).encode()).hexdigest()[:16]
    if path.exists():
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["what"] == what and now - datetime.fromisoformat(told["at"]) < RESUMED_WITHIN:
            return datetime.fromisoformat(told["at"]), True
    files.write_json(path, {"what": what, "at": now.isoformat()})
    return now, False


def _one_each(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a key: an area that two answers told of is kept once; what they tell differently is an error."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = tuple(row[name] for name in sets.KEY)
        other = found.setdefault(key, row)
        if other["value"] != row["value"]:
            raise InputError(
                "{source} gave two values of {what}: {one} and {other}. The catalogue must say which part is meant.",
                source=row["source"],
                what=", ".join(filter(None, key)),
                one=str(other["value"]),
                other=str(row["value"]),
            )
    return list(found.values())


def _all_areas(project: Project, areas: Sequence[Area]) -> list[dict[str, Any]]:
    """The areas that were asked for, and those of earlier passes whose values stand."""
    now = _areas(project, areas)
    here = {(row["area_id"], row["vintage"]) for row in now}
    return [*now, *(row for row in fetched.areas(project) if (row["area_id"], row["vintage"]) not in here)]


def _areas(project: Project, areas: Sequence[Area]) -> list[dict[str, Any]]:
    country = project.country
    names = {one.code: one for one in country.conventions().areas}
    told = {row["code"]: row for row in _listed(project)}
    rows = []
    for one in areas:
        listed = names.get(one.code)
        area_id = f"{country.code}:{one.code}" if one.code else country.code
        name = country.name if not one.code else listed.name if listed else one.code
        name = told.get(one.code, {}).get("name") or name
        if area_id == project.place_id:
            name = project.place_name
        parent = f"{country.code}:{listed.parent}" if listed and listed.parent else country.code if one.code else None
        if one.level in (Level.SMALL_AREA, Level.DISTRICT, Level.LOCALITY):
            own = told.get(one.code, {}).get("parent")
            parent = f"{country.code}:{own}" if own else project.place_id
        rows.append(sets.area_row(area_id, one.vintage, one.level, name, parent))
    return rows


def _written(project: Project, done: Refreshed) -> None:
    """One line of what changed, for those who ask later."""
    path = files.of(project).changes
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "snapshot": done.snapshot,
        "changes": [asdict(change) for change in done.changes],
    }
    with path.open("a", encoding="utf-8") as opened:
        opened.write(json.dumps(line, ensure_ascii=False) + "\n")
