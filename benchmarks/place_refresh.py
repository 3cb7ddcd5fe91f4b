"""How long a pass over all services of a country takes within their limits, and that a killed one repeats nothing.

    python benchmarks/place_refresh.py --areas 300 --indicators 60

Services on this machine speak as those of Sweden do and hold to what they allow: Kolada (25 ids a list, 5,000 rows a
page, 5 calls in 5 seconds), Statistics Sweden by both versions (150,000 cells, addresses of 2,100 signs, 30 and 10
calls in 10 seconds), the survey of health, Eurostat. More calls than that are answered with 429. Waiting is counted,
not waited for. Goal: all that has a source, at least 60 indicators of 300 areas, in one pass within fifteen minutes,
with progress; killed half way and started again, it asks for nothing twice but what was on its way. Values are made
up.
"""

import argparse
import json
import logging
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from math import prod
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.lib.statistical_services import answer, json_stat

from bygd import countries
from bygd.countries.indicators import indicators
from bygd.sources.statistics.caller import Caller
from bygd.sources.statistics.series import Series
from bygd.workbench import place, project
from bygd.workbench.place import villages
from bygd.workbench.place.refresh import wanted

GOAL = 900.0
YEARS = [str(year) for year in range(2013, 2025)]
CELLS, LONGEST, IDS, PAGE = 150_000, 2_100, 25, 5_000
SMALL = ("1291A0010", "1291A0020", "1291B0010", "1291B0020", "1291C0010", "1291C0020")
PARTS = ["-4", *(f"{start}-{start + 4}" for start in range(5, 80, 5)), "80-"]
FORK = multiprocessing.get_context("fork")


class Clock:
    """Real time and the time that would have been waited, the same for services and whoever asks them."""

    def __init__(self) -> None:
        self._waited = FORK.Value("d", 0.0)

    @property
    def waited(self) -> float:
        """Seconds."""
        return float(self._waited.value)

    def sleep(self, seconds: float) -> None:
        """Count the seconds."""
        with self._waited.get_lock():
            self._waited.value += seconds

    def __call__(self) -> float:
        """Seconds."""
        return time.monotonic() + self.waited


class Service:
    """A server of its own with a limit of calls; it keeps each question."""

    def __init__(self, stack: ExitStack, clock: Clock, calls: int, seconds: float) -> None:
        self.server = stack.enter_context(HTTPServer())
        self.asked, self.refused, self.first = list[str](), 0, 0
        self._clock, self._calls, self._seconds = clock, calls, seconds
        self._lately: deque[float] = deque()
        self.server.expect_request(re.compile(".*")).respond_with_handler(self._answered)

    def reply(self, request: Request) -> Response:
        """What is said to a question that is within the limit."""
        raise NotImplementedError

    def _answered(self, request: Request) -> Response:
        now = self._clock()
        while self._lately and now - self._lately[0] >= self._seconds:
            self._lately.popleft()
        if len(self._lately) >= self._calls:
            self.refused += 1
            return Response("Too many calls", 429, headers={"Retry-After": str(round(self._seconds))})
        self._lately.append(now)
        self.asked.append(f"{request.method} {request.url} {request.data.decode()}")
        return self.reply(request)


class Kolada(Service):
    """Every figure of every place that is asked for."""

    def __init__(self, stack: ExitStack, clock: Clock, series: Sequence[Series]) -> None:
        self.titles = {one.table or f"X{one.indicator}": one.title for one in series}
        super().__init__(stack, clock, 5, 5.0)

    def reply(self, request: Request) -> Response:
        """The list of figures, or their values."""
        if request.path == "/kpi":
            return self._page(request, [{"id": id, "title": title} for id, title in self.titles.items()])
        found = re.fullmatch(r"/data/kpi/(.+)/municipality/(.+)", request.path)
        ids, areas = (found[1].split(","), found[2].split(",")) if found else ([], [])
        if not found or len(ids) > IDS or len(areas) > IDS:
            return answer({"detail": "List should have at most 25 items"}, 422)
        return self._page(request, [
            {
                "kpi": id, "municipality": area, "period": year,
                "values": [{"gender": "T", "count": 1, "status": "", "value": _value(id, area, year)}],
            }
            for id in ids for area in areas for year in YEARS
        ])  # fmt: skip

    def _page(self, request: Request, rows: list[dict[str, Any]]) -> Response:
        number = int(request.args.get("page", 1))
        content: dict[str, Any] = {"values": rows[(number - 1) * PAGE : number * PAGE]}
        if number * PAGE < len(rows):
            content["next_url"] = f"{self.server.url_for(request.path)}?page={number + 1}&per_page={PAGE}"
        return answer(content)


class Tables(Service):
    """The tables that series are of, by PxWeb's first or second version, or as Eurostat gives them."""

    def __init__(
        self, stack: ExitStack, clock: Clock, series: Sequence[Series], regions: Sequence[str], calls: int,
        years: Sequence[str] = YEARS,
    ) -> None:  # fmt: skip
        self.titles: dict[str, str] = {}
        self.codes: dict[str, dict[str, list[str]]] = {}
        self.regions = list(regions)
        for one in series:
            self.titles[one.table] = " ".join((self.titles.get(one.table, ""), one.title))
            chosen = {name: PARTS if codes == "*" else codes for name, codes in one.query.get("select", {}).items()}
            wanted = {one.query["area"]: regions, one.query["time"]: years, **chosen}
            table = self.codes.setdefault(one.table, {})
            for name, codes in wanted.items():
                table[name] = list(dict.fromkeys([*table.get(name, []), *map(str, codes)]))
        super().__init__(stack, clock, calls, 10.0)

    def reply(self, request: Request) -> Response:
        """Settings, a list of codes, what a table is of, or its values."""
        if len(request.url) > LONGEST:
            return Response("URI Too Long", 414)
        if request.path == "/config":
            return answer({"maxDataCells": CELLS})
        if request.path.startswith("/codelists/"):
            return answer({"values": [{"code": code} for code in self.regions]})
        table = request.path.removeprefix("/tables/").removeprefix("/")
        table, what = (
            (table.rpartition("/")[0], table.rpartition("/")[2]) if "/tables/" in request.path else (table, "")
        )
        known = self.codes[table]
        if what == "metadata":
            found = json_stat(self.titles[table], known, lambda _: None)
            for name in found["dimension"]:
                found["dimension"][name]["extension"] = {"elimination": True}
            return answer({**found, "value": None, "status": None})
        if what == "data":
            names = {f"valueCodes[{name}]": name for name in known}
            return self._data(
                table, {names[key]: text.split(",") for key, text in request.args.items() if key in names}
            )
        if request.method == "POST":
            told = {one["code"]: one["selection"]["values"] for one in json.loads(request.data)["query"]}
            return self._data(table, told)
        if "format" in request.args:  # Eurostat
            chosen = {name: request.args.getlist(name) for name in known if name in request.args}
            return self._data(table, {**known, **chosen})
        told = [{"code": name, "values": codes, "elimination": True} for name, codes in known.items()]
        return answer({"title": self.titles[table], "variables": told})

    def _data(self, table: str, chosen: dict[str, list[str]]) -> Response:
        if prod(map(len, chosen.values())) > CELLS:
            return Response("Too many cells", 403)
        return answer(json_stat(self.titles[table], chosen, lambda one: _value(table, *one.values())))


def _value(*what: str) -> float:
    return float(hash(what) % 1000)


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--indicators", type=int, default=60)
    parser.add_argument("--areas", type=int, default=300)
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clock = Clock()
        here = _project(folder / "a")
        services = _services(stack, clock, here)
        addresses = {id: [one.server.url_for("")] for id, one in services.items()}
        caller, told = partial(Caller, sleep=clock.sleep, clock=clock), list[str]()
        started, work = time.perf_counter(), time.process_time()
        done = _pass(here, addresses, caller, lambda what, _at, _of: told.append(what))
        real, work = time.perf_counter() - started, time.process_time() - work
        held = place.load(here)
        found = len(set(held.values["indicator"].to_pylist()))
        areas = len(set(held.areas["area_id"].to_pylist()))
        whole = sum(len(one.asked) for one in services.values())
        failed = [f"{names}: {error}" for names, error in done.failures]
        print(f"{found} indicators, {areas} areas, {done.values:,} values; {len(failed)} sources failed", *failed)
        for id, one in services.items():
            print(f"  {id}: {len(one.asked)} calls, {one.refused} refused as too many")
        print(f"{whole} calls; {clock.waited:.0f} s waited for limits; {real:.0f} s at work, services' own included "
              f"({work:.1f} s of a processor); {len(told)} steps told")  # fmt: skip
        kept = real + clock.waited <= GOAL and not done.failures
        again = _project(folder / "b")
        killed = _killed(lambda: _pass(again, addresses, caller, lambda *_: None), services, whole // 2)
        waited = clock.waited
        rest = _pass(again, addresses, caller, lambda *_: None)
        asked = Counter(text for one in services.values() for text in one.asked[one.first :])
        twice = sum(number - 1 for number in asked.values())
        print(
            f"killed after {killed} calls; gone on: {rest.resumed}, {rest.calls} calls and "
            f"{clock.waited - waited:.0f} s of waiting more; {twice} calls made twice; {rest.values:,} values"
        )
        kept = kept and twice <= 1 and rest.resumed and rest.values == done.values
        print("within the goal" if kept and areas >= given.areas and found >= given.indicators else "OVER the goal")


def _project(folder: Path) -> Any:
    made = project.create(folder, "se:1291", "Simrishamn")
    villages.add(made, "byn", "Byn", SMALL)
    return made


def _services(stack: ExitStack, clock: Clock, here: Any) -> dict[str, Service]:
    """One of each source that the catalogue names, with all areas that are asked for."""
    by_source: dict[str, list[Series]] = {}
    for one in indicators(here.country).values():
        for series in one.series:
            by_source.setdefault(series.source, []).append(series)
    found: dict[str, Service] = {}
    for id, series in by_source.items():
        if id == "se/kolada":
            found[id] = Kolada(stack, clock, series)
            continue
        module: Any = countries.source(id).module
        codes = [code for one in series for area in wanted(here) if (code := module.code_of(area, one))]
        years = [f"{int(year) - 3}-{year}" for year in YEARS] if id == "se/folkhalsodata" else YEARS
        calls = {"se/scb_statistics": 30, "eu/eurostat": 50}.get(id, 10)
        found[id] = Tables(stack, clock, series, list(dict.fromkeys(codes)), calls, years)
    return found


def _killed(run: Callable[[], Any], services: dict[str, Service], after: int) -> int:
    """Have it run in a process, which is killed once about so many calls were made; gives how many."""
    for one in services.values():
        one.first = len(one.asked)

    def calls() -> int:
        return sum(len(one.asked) - one.first for one in services.values())

    process = FORK.Process(target=run)
    process.start()
    while process.is_alive() and calls() < after:
        time.sleep(0.001)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return calls()


def _pass(here: Any, addresses: Any, caller: Any, progress: Any) -> Any:
    return place.refresh(here, addresses=addresses, caller=caller, progress=progress)


if __name__ == "__main__":
    main()
