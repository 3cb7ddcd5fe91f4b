"""How long a pass over a service takes within its limits, and that one which was stopped goes on without asking again.

    python benchmarks/place_refresh.py --indicators 60 --areas 300

A service on this machine speaks as Kolada does (25 ids a list, 5,000 rows a page, 5 calls in 5 seconds). Waiting is
counted and not waited for. Goal: 60 indicators of 300 areas in one pass within fifteen minutes, with progress; stopped
half way and started again, it asks for nothing twice. Values are made up.
"""

import argparse
import logging
import re
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.lib.statistical_services import KeyFigures

from bygd import countries
from bygd.countries.indicators import indicators
from bygd.sources.statistics.caller import Caller
from bygd.workbench import place, project

SOURCE, GOAL = "se/kolada", 900.0
YEARS = range(2013, 2025)


class Service(KeyFigures):
    """Every figure of every place that is asked for, twelve years each."""

    def _data(self, request: Request) -> Response:
        self.calls += 1
        found = re.fullmatch(r"/v3/data/kpi/(.+)/municipality/(.+)", request.path)
        assert found and len(found[1].split(",")) <= 25 and len(found[2].split(",")) <= 25
        rows = [
            {
                "kpi": id, "municipality": area, "period": year,
                "values": [{"gender": "T", "count": 1, "status": "", "value": hash((id, area, year)) % 1000}],
            }
            for id in found[1].split(",") for area in found[2].split(",") for year in YEARS
        ]  # fmt: skip
        return self._paged(request, rows, 5000)


class Clock:
    """Real time, and the time that would have been waited."""

    def __init__(self) -> None:
        self.waited = 0.0

    def sleep(self, seconds: float) -> None:
        """Count the seconds."""
        self.waited += seconds

    def __call__(self) -> float:
        """Seconds."""
        return time.perf_counter() + self.waited


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--indicators", type=int, default=60)
    parser.add_argument("--areas", type=int, default=300)
    given = parser.parse_args()
    country = countries.load("se")
    catalogue = indicators(country)
    series = {id: next((one for one in of.series if one.source == SOURCE), None) for id, of in catalogue.items()}
    chosen = [id for id, one in series.items() if one is not None][: given.indicators]
    titles = {one.table or f"X{id}": one.title for id in chosen if (one := series[id]) is not None}
    with HTTPServer() as server, tempfile.TemporaryDirectory() as folder:
        service = Service(server, titles, page=5000)
        addresses = {source.id: [server.url_for("/none")] for source in countries.sources(country) if source.addresses}
        server.expect_request(re.compile("/none.*")).respond_with_data("not this one", 404)
        addresses[SOURCE] = [server.url_for("/v3")]
        here = project.create(Path(folder) / "a", "se:1291", "Simrishamn")
        clock, told = Clock(), list[str]()
        caller = partial(Caller, sleep=clock.sleep, clock=clock)
        started = time.perf_counter()
        done = _pass(here, chosen, addresses, caller, lambda what, _at, _of: told.append(what))
        real = time.perf_counter() - started
        areas = len({row["area_id"] for row in place.load(here).areas.to_pylist()})
        whole = service.calls
        print(f"{len(chosen)} indicators, {areas} areas, {done.values:,} values; {len(done.failures)} sources failed")
        print(f"{whole} calls; {real:.1f} s at work, {clock.waited:.0f} s waited for the limit; {len(told)} steps told")
        again = project.create(Path(folder) / "b", "se:1291", "Simrishamn")
        service.calls = 0

        class Stopped(Caller):
            """Killed half way."""

            def get(self, *args: Any, **more: Any) -> Any:
                """As ever, until half of the calls were made."""
                if service.calls >= whole // 2:
                    raise KeyboardInterrupt
                return super().get(*args, **more)

        stopping = partial(Stopped, sleep=clock.sleep, clock=clock)
        try:
            _pass(again, chosen, addresses, stopping, lambda *_: None)
        except KeyboardInterrupt:
            print(f"stopped after {service.calls} calls")
        rest = _pass(again, chosen, addresses, caller, lambda *_: None)
        print(f"gone on: {rest.resumed}; {service.calls} calls in all, {rest.values:,} values")
        kept = real + clock.waited <= GOAL and service.calls == whole and rest.values == done.values
        print("within the goal" if kept and areas >= given.areas else "OVER the goal")


def _pass(here: Any, only: list[str], addresses: Any, caller: Any, progress: Any) -> Any:
    return place.refresh(here, only=only, addresses=addresses, caller=caller, progress=progress)


if __name__ == "__main__":
    main()
