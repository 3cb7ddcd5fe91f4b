"""How fast the page of a place is made of cached statistics, for a country's worth of municipalities.

    python benchmarks/place.py --areas 300 --indicators 60 --years 12

Goal: a profile within 300 ms, 95 in 100; the fact sheet within two seconds. Statistics are made up.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bygd import countries
from bygd.countries.indicators import indicators
from bygd.vocabulary.place_words import Level
from bygd.workbench import place, project
from bygd.workbench.place import fetched, known, sets
from bygd.workbench.project import Project

GOAL = 0.3


def rows(country: Any, areas: int, number: int, years: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    codes = [one.code for one in country.conventions().areas if one.level != "neighbourhood"][:areas]
    listed = list(indicators(country).values())[:number]
    for area_id in [country.code, *(f"{country.code}:{code}" for code in codes)]:
        for one in listed:
            for year in range(2026 - years, 2026):
                yield {
                    "area_id": area_id, "vintage": "", "indicator": one.id, "period": str(year), "breakdown": "",
                    "value": chance.random() * 100, "status": "observed", "unit": one.unit.value, "source": "made/up",
                    "source_table": "T", "source_title": "made up", "address": "https://example.org",
                    "fetched_on": date(2026, 1, 1), "low": None, "high": None,
                }  # fmt: skip


def made(folder: Path, code: str, areas: int, number: int, years: int) -> Project:
    country = countries.load(code)
    own = next(one for one in country.conventions().areas if one.level == "municipality")
    here = project.create(folder, f"{code}:{own.code}", own.name)
    lands = [
        sets.area_row(f"{code}:{one.code}", "", Level(one.level), one.name, code)
        for one in country.conventions().areas
        if one.level in ("county", "municipality")
    ]
    fetched.save(here, rows(country, areas, number, years), lands)
    return here


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--country", default="se")
    parser.add_argument("--areas", type=int, default=311)
    parser.add_argument("--indicators", type=int, default=95)
    parser.add_argument("--years", type=int, default=12)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = made(Path(folder) / "p", given.country, given.areas, given.indicators, given.years)
        started = time.perf_counter()
        place.profile(here)
        first = time.perf_counter() - started
        taken: list[float] = []
        busy: list[float] = []
        for _ in range(given.times):
            started, used = time.perf_counter(), time.process_time()
            found = place.profile(here)
            taken.append(time.perf_counter() - started)
            busy.append(time.process_time() - used)
        started = time.perf_counter()
        place.sheet(here)
        sheet = time.perf_counter() - started
        held = known.load(here).values.num_rows
    worst = sorted(taken)[int(len(taken) * 0.95) - 1]
    kept = "within" if worst <= GOAL else "OVER"
    print(f"{held:,} values; profile of {len(found.shown)} indicators: first {first * 1000:.0f} ms,")
    print(
        f"median {statistics.median(taken) * 1000:.0f} ms, 95 in 100 {worst * 1000:.0f} ms ({kept} {GOAL * 1000:.0f});"
    )
    print(f"processor {statistics.median(busy) * 1000:.0f} ms, which what else the machine does changes least;")
    print(f"fact sheet {sheet * 1000:.0f} ms")


if __name__ == "__main__":
    main()
