"""How fast the web answers while twenty people click, on a project of any size.

    python benchmarks/pages.py --payments 10000000 --suppliers 40000 --keep /tmp/large
    python benchmarks/pages.py --keep /tmp/large --seconds 120

Goals: half of the pages within 150 ms and 95 in 100 within 400 ms of server time (header `Server-Timing`), no page
over 300 kB before its pictures, first answer within 3 s of the start. Pages and pictures are counted apart. `busy` are
the milliseconds that an answer kept a processor; what else the machine does changes them least.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import httpx2 as httpx
from generate import arguments, generate
from measure import command
from project import BYGD

MEDIAN, MOST, WEIGHT, COLD = 150, 400, 300_000, 3.0
PICTURE = re.compile(r'<img class="chart" src="([^"]+)"')
CASE = re.compile(r'href="(/p/[^/]+/review/case/[^"?#]+)')
OFFERED = re.compile(r'<input type="checkbox" name="(year|size|ownership|category)" value="([^"]+)"')
SUPPLIER = re.compile(r'href="(/p/[^/]+/suppliers/[^"?#]+)')
FILTERED = 6
"""Values of each filter that people choose from: the same ones again and again."""

TABS = ("overview", "flow", "places", "owners", "leaves", "suppliers", "left-out")
SECTIONS = ("flow", "rings", "ownership", "size")
"""Those that have a table whatever the ledgers hold."""

PEOPLE = """
import json, os, sys
from pathlib import Path
from bygd.web import start
folder = Path(sys.argv[1])
start.prepare([folder], Path(os.environ["BYGD_STATE"]))
from django.conf import settings
from django.test import Client
from bygd.web.people.models import Membership, Person
from bygd.web.places.models import Place
place = Place.objects.get(folder=str(folder.resolve()))
anchors = list(dict.fromkeys(entry.source for entry in place.project.ledgers))
cookies = []
for number in range(int(sys.argv[2])):
    person = Person.objects.create_user(f"clicker-{number}@example.org")
    Membership.objects.create(person=person, place=place, role="analyst")
    for anchor in anchors if number % 2 else anchors[:1]:
        Membership.objects.create(person=person, place=place, role="anchor_member", anchor=anchor)
    client = Client()
    client.force_login(person)
    cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
print(json.dumps([place.slug, settings.SESSION_COOKIE_NAME, cookies]))
"""
"""Makes people with accounts, every second of them a member of all anchors, and signs them in."""


@dataclass(frozen=True)
class Answer:
    """One answer: what kind of page, milliseconds in the server, those a processor was busy, queries, bytes, status."""

    kind: str
    ms: float
    busy: float
    queries: int
    weight: int
    status: int


@contextmanager
def served(folder: Path, state: Path) -> Iterator[tuple[str, float]]:
    """`bygd web` over the folder: its address, and the seconds from its start to its first answer."""
    began = time.perf_counter()
    words = [*BYGD, "-C", str(folder), "web", "--no-browser", "--port", "0"]
    environment = {**os.environ, "BYGD_STATE": str(state), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=sys.stderr, text=True, env=environment) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://[\d.:]+\d", line)
            if not found:
                raise SystemExit(f"bygd web did not start: {line}")
            httpx.get(found[0] + "/health", timeout=60)
            yield found[0], time.perf_counter() - began
        finally:
            process.terminate()
            process.wait(30)


class Person:
    """Somebody who clicks, as people do: mostly the same pages, often with another filter, sometimes a file."""

    def __init__(self, address: str, slug: str, cookie: tuple[str, str], seed: int, heard: list[Answer]) -> None:
        self.at = f"/p/{slug}"
        self.chance = random.Random(seed)
        self.heard = heard
        self.client = httpx.Client(base_url=address, cookies=dict([cookie]), timeout=120)
        self.cases: list[str] = []
        self.suppliers: list[str] = []
        self.offered: dict[str, list[str]] = {}

    def click(self) -> None:
        """One page, and the pictures on it."""
        kinds = {
            self.start: 10, self.pool: 18, self.own: 22, self.rows: 8, self.queue: 8, self.case: 14,
            self.list_suppliers: 6, self.supplier: 8, self.table: 3, self.help: 3,
        }  # fmt: skip
        self.chance.choices(list(kinds), list(kinds.values()))[0]()

    def get(self, kind: str, path: str, **query: object) -> str:
        """Ask for a page and for the pictures on it."""
        said = {name: value for name, value in query.items() if value}
        answer = self.client.get(path + ("?" + urlencode(said, doseq=True) if said else ""))
        if answer.status_code >= 400:
            print(f"  {answer.status_code} {answer.url}", file=sys.stderr)
        timing = answer.headers.get("server-timing", "")
        took, queries = re.search(r"app;dur=([\d.]+)", timing), re.search(r'desc="(\d+)"', timing)
        busy = re.search(r"cpu;dur=([\d.]+)", timing)
        told = Answer(
            kind,
            float(took[1]) if took else -1,
            float(busy[1]) if busy else -1,
            int(queries[1]) if queries else -1,
            len(answer.content),
            answer.status_code,
        )
        self.heard.append(told)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return ""
        for picture in PICTURE.findall(answer.text):
            self.get("picture", unescape(picture))
        return answer.text

    def filters(self) -> dict[str, object]:
        """What somebody might choose of what pages offered: mostly one filter, at times two values of it."""
        if not self.offered or self.chance.random() < 0.3:
            return {}
        name = self.chance.choice(list(self.offered))
        values = self.offered[name][:FILTERED]
        return {name: self.chance.sample(values, min(len(values), self.chance.choice((1, 1, 1, 2))))}

    def start(self) -> None:
        """The start page."""
        self.get("start", f"{self.at}/")

    def pool(self) -> None:
        """A page of all institutions together."""
        by = self.chance.choice(("seat", "seat", "branch", "either"))
        tab = self.chance.choice([tab for tab in TABS if tab != "suppliers"])
        self.get("money, all anchors", f"{self.at}/money/{tab}", by=by)

    def own(self) -> None:
        """A page of one's own anchors, mostly filtered."""
        tab = self.chance.choice(TABS)
        text = self.get("money, own anchors", f"{self.at}/money/{tab}", scope="own", **self.filters())
        for name, value in OFFERED.findall(text) if not self.offered else ():
            self.offered.setdefault(name, []).append(unescape(value))

    def rows(self) -> None:
        """Payments behind a figure."""
        self.get("payments", f"{self.at}/money/rows", page=self.chance.randint(1, 20), **self.filters())

    def queue(self) -> None:
        """The queue of review."""
        self.cases = CASE.findall(self.get("review queue", f"{self.at}/review/")) or self.cases

    def case(self) -> None:
        """One case of it."""
        if not self.cases:
            self.queue()
        if self.cases:
            self.get("review case", unescape(self.chance.choice(self.cases)))

    def list_suppliers(self) -> None:
        """A page of the list of suppliers."""
        page = self.chance.randint(1, 5)
        self.suppliers = SUPPLIER.findall(self.get("suppliers", f"{self.at}/suppliers/", page=page)) or self.suppliers

    def supplier(self) -> None:
        """One of them."""
        if not self.suppliers:
            self.list_suppliers()
        if self.suppliers:
            self.get("supplier", unescape(self.chance.choice(self.suppliers)))

    def table(self) -> None:
        """A table as a file."""
        section = self.chance.choice(SECTIONS)
        self.get("file of a table", f"{self.at}/money/table/{section}/0.{self.chance.choice(('csv', 'xlsx'))}")

    def help(self) -> None:
        """A page of help."""
        self.get("help", f"/help/{self.chance.choice(('', 'method/spend', 'words'))}")


def clicked(address: str, signed_in: list[object], seconds: float, think: float) -> list[Answer]:
    """All answers that the people got in so many seconds."""
    slug, name, cookies = signed_in
    heard: list[Answer] = []
    until = time.monotonic() + seconds

    def use(number: int, cookie: str) -> None:
        person = Person(address, str(slug), (str(name), cookie), number, heard)
        pause = random.Random(1000 + number)
        time.sleep(pause.uniform(0, think))
        while time.monotonic() < until:
            person.click()
            time.sleep(pause.uniform(0.3, 1.7) * think)

    threads = [threading.Thread(target=use, args=pair) for pair in enumerate(cookies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


def line(kind: str, answers: list[Answer]) -> str:
    """What is printed of some answers."""
    times = sorted(answer.ms for answer in answers)
    late = times[min(len(times) - 1, int(len(times) * 0.95))]
    busy = sorted(answer.busy for answer in answers)
    faults = sum(answer.status >= 400 for answer in answers)
    return (
        f"  {kind:<22}{len(times):>6}{statistics.median(times):>9.0f}{late:>9.0f}{times[-1]:>9.0f}"
        f"{statistics.median(busy):>9.0f}{busy[min(len(busy) - 1, int(len(busy) * 0.95))]:>9.0f}"
        f"{max(a.weight for a in answers) / 1000:>9.0f}{max(a.queries for a in answers):>9}{faults:>8}"
    )


def main() -> None:
    parser = arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    parser.set_defaults(suppliers=40_000, organisations=200_000)
    parser.add_argument("--keep", type=Path, help="a folder whose project is used, made there where there is none")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=4, help="mean seconds between two clicks of a person")
    parser.add_argument("--warm", type=float, default=30, help="seconds after the start before anybody clicks")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="bygd-benchmark-"))
    state = Path(tempfile.mkdtemp(prefix="bygd-web-"))
    try:
        if not (folder / "bygd.toml").exists():
            generate(folder, given.payments, given.organisations, given.suppliers, given.numbered)
        if not (folder / ".bygd" / "current").exists():
            built = command(folder, [*BYGD, "build"])
            print(f"built in {built.seconds:.0f} s with {built.peak / 1e9:.1f} GB")
        made = subprocess.run(
            [sys.executable, "-c", PEOPLE, str(folder), str(given.people)],
            env={**os.environ, "BYGD_STATE": str(state)}, capture_output=True, text=True,
        )  # fmt: skip
        if made.returncode:
            raise SystemExit(made.stderr)
        with served(folder, state) as (address, cold):
            print(f"cold start: {cold:.1f} s (goal {COLD:.0f})")
            time.sleep(given.warm)
            heard = clicked(address, json.loads(made.stdout), given.seconds, given.think)
        by_kind = defaultdict(list)
        for answer in heard:
            by_kind[answer.kind].append(answer)
        heads = ("asked", "median", "95 %", "worst", "busy", "95 %", "kB", "queries", "faults")
        print(f"  {'':<22}" + "".join(f"{head:>{6 if head == 'asked' else 9}}" for head in heads))
        for kind in sorted(by_kind):
            print(line(kind, by_kind[kind]))
        pages = [answer for answer in heard if answer.kind != "picture"]
        print(line("all pages", pages))
        print(f"  goals: {MEDIAN} ms, {MOST} ms, {WEIGHT // 1000} kB; load of the machine {os.getloadavg()[0]:.1f}")
    finally:
        shutil.rmtree(state, ignore_errors=True)
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
