"""The worker as people run it: killed in the middle of a build it comes back and goes on; a large file streams."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from tests.lib import postgresql
from tests.lib import web as running

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")]
PATIENCE = 150
MEBIBYTE = 1 << 20


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the environment says of the database; the test skips where PostgreSQL is not installed."""
    if request.param == "sqlite":
        return {}
    try:
        return {"BYGD_DATABASE": postgresql.fresh()}
    except LookupError as error:
        pytest.skip(str(error))


class Person:
    """Somebody at a browser without JavaScript."""

    def __init__(self, web: running.Web) -> None:
        self.web = web
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.post(web.way_in.removeprefix(web.address))

    def get(self, path: str) -> str:
        with self.opener.open(self.web.address + path, timeout=PATIENCE) as answer:
            return answer.read().decode()  # type: ignore[no-any-return]

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert found
        return found[1]

    def post(self, path: str, at: str = "", **said: str) -> str:
        form = urlencode({"csrfmiddlewaretoken": self.token(at or path), **said}).encode()
        with self.opener.open(Request(self.web.address + path, form), timeout=PATIENCE) as answer:
            return answer.read().decode()  # type: ignore[no-any-return]

    def until(self, path: str, pattern: str) -> str:
        end = time.monotonic() + PATIENCE
        while not re.search(pattern, text := self.get(path), re.DOTALL):
            assert time.monotonic() < end, text
            time.sleep(0.1)
        return text


def child_of(web: running.Web) -> int:
    """The process of the worker."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                number, parent = status.read_text().rsplit(")", 1)[0].split(" ")[0], status.read_text().rsplit(")")[-1]
                command = (status.parent / "cmdline").read_bytes()
            except OSError:
                continue
            if int(parent.split()[1]) == web.process.pid and b"bygd.web.work.worker" in command:
                return int(number)
        time.sleep(0.1)
    raise AssertionError("there is no worker")


@pytest.fixture
def empty_state(built_sample: Path, tmp_path: Path) -> Path:
    """The sample place as if nothing had ever been built."""
    folder = tmp_path / "place"
    shutil.copytree(built_sample, folder, symlinks=True, ignore=shutil.ignore_patterns("store", "snapshots", "current"))
    return folder


@pytest.fixture
def web(empty_state: Path, database: dict[str, str]) -> Iterator[running.Web]:
    with running.running(empty_state, **database) as started:
        yield started


def test_a_build_whose_worker_is_killed_is_resumed_and_comes_to_its_end(web: running.Web, empty_state: Path) -> None:
    person = Person(web)
    start = "/p/fyrhamn/builds/"
    person.post(f"{start}start", at=start)
    number = re.search(r"/jobs/(\d+)/stop", person.get(start))
    assert number
    progress = f"/p/fyrhamn/jobs/{number[1]}/progress"
    person.until(progress, r"Reading ledgers.*value=|Measuring")
    first = child_of(web)
    os.kill(first, signal.SIGKILL)
    made_before = {path.name for path in (empty_state / ".bygd" / "store").glob("[!.]*")}
    listed = person.until(start, r"<strong>(Done|Failed)</strong>")
    assert "<strong>Done</strong>" in listed
    assert child_of(web) != first
    assert (empty_state / ".bygd" / "current").exists()
    made_after = {path.name for path in (empty_state / ".bygd" / "store").glob("[!.]*")}
    assert made_before <= made_after, "what was made before is used, not made again"
    snapshot = re.search(r"snapshot (\w{12})", listed)
    assert snapshot and snapshot[1] in person.get("/p/fyrhamn/snapshots/")
    worker = child_of(web)
    web.process.terminate()
    web.process.wait(PATIENCE)
    end = time.monotonic() + PATIENCE
    while Path(f"/proc/{worker}").exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not Path(f"/proc/{worker}").exists(), "the worker ends with the web"


def memory(process: int, which: str) -> int:
    """Bytes that a process holds (VmRSS), or the most it held since that was last forgotten (VmHWM)."""
    found = re.search(rf"{which}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) << 10


def grown(process: int, work: Callable[[], object]) -> int:
    """Bytes by which a process grew at most while that was done."""
    Path(f"/proc/{process}/clear_refs").write_text("5")  # forgets the most it ever held
    before = memory(process, "VmRSS")
    work()
    return memory(process, "VmHWM") - before


def sent(person: Person, path: Path, boundary: str = "x0x") -> str:
    """Send a file as a browser does, from disk."""
    import http.client
    from urllib.parse import urlsplit

    address = "/p/fyrhamn/import/new/ledger"
    token = person.token(address)

    def part(name: str, value: str) -> bytes:
        return f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()

    head = part("csrfmiddlewaretoken", token) + part("anchor", "Fyrhamns kommun")
    head += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{path.name}"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    ).encode()
    tail = f"\r\n--{boundary}--\r\n".encode()
    jar = next(handler.cookiejar for handler in person.opener.handlers if isinstance(handler, HTTPCookieProcessor))
    connection = http.client.HTTPConnection(urlsplit(person.web.address).netloc, timeout=120)
    connection.putrequest("POST", address)
    connection.putheader("Cookie", "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar))
    connection.putheader("X-CSRFToken", token)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={boundary}")
    connection.putheader("Content-Length", str(len(head) + path.stat().st_size + len(tail)))
    connection.endheaders(head)
    with path.open("rb") as opened:
        while chunk := opened.read(MEBIBYTE):
            connection.send(chunk)
    connection.send(tail)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 302, answer.status
    return str(answer.headers["Location"])


def test_a_large_file_streams_to_the_disk_while_memory_stays_flat(
    built_sample: Path, tmp_path: Path, write_ledger: Callable[[Path, int], None]
) -> None:
    folder, large, steps = tmp_path / "place", tmp_path / "stor 2025.csv", list[str]()
    shutil.copytree(built_sample, folder, symlinks=True)
    write_ledger(large, 60 * MEBIBYTE)
    with running.running(folder) as web:
        person = Person(web)
        person.get("/p/fyrhamn/import/")
        # What most people ask for first is found beside this, and may take memory at the same moment: thrice it cannot.
        found = [grown(web.process.pid, lambda: steps.append(sent(person, large))) for _time in range(3)]
        assert min(found) < 20 * MEBIBYTE, f"{[one // MEBIBYTE for one in found]} MiB for a file of 60"
        for step in steps:
            person.until(step, "Which column is what")
        kept = list((folder / ".bygd" / "web" / "uploads").glob("*/*.csv"))
        assert {(path.name, path.stat().st_size) for path in kept} == {("stor 2025.csv", large.stat().st_size)}
        for step in steps:
            person.post(f"{step}leave", at=step)
        assert not any(path.exists() for path in kept)


@pytest.fixture
def write_ledger() -> Callable[[Path, int], None]:
    """Writes a ledger of about so many bytes."""

    def written(path: Path, size: int) -> None:
        rows = [
            f"2025-{1 + n % 12:02d}-01;Leverantör {n % 9973} AB;5599{n % 9973:06d};{n % 9999},{n % 100:02d}\n"
            for n in range(50_000)
        ]
        block = "".join(rows).encode()
        with path.open("wb") as opened:
            opened.write("Datum;Leverantör;Orgnr;Belopp\n".encode())
            for _ in range(size // len(block) + 1):
                opened.write(block)

    return written


DEAF = """
import os, sys, time
from bygd.web.work import building
def build(job, progress):
    progress("Measuring", 0, 1)
    time.sleep(600)
building.build = build
from bygd.web.work.worker import main
main()
"""


def test_work_that_does_not_hear_is_ended_with_its_worker_which_begins_anew(empty_state: Path) -> None:
    with running.running(empty_state, "--worker", "none") as web:
        person = Person(web)
        start = "/p/fyrhamn/builds/"
        assert "its worker is not running" in _progress(person, person.post(f"{start}start", at=start))
        environment = {"BYGD_STATE": str(empty_state / ".bygd" / "web"), "BYGD_PLACES": str(empty_state)}
        setup = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'bygd.web.settings'; django.setup()\n"
        kept = {name: value for name, value in os.environ.items() if name not in ("BYGD_DATABASE", "BYGD_STATE")}
        with subprocess.Popen([sys.executable, "-c", setup + DEAF], env={**kept, **environment}) as worker:
            try:
                number = re.search(r"/jobs/(\d+)/stop", person.get(start))
                assert number
                person.until(f"/p/fyrhamn/jobs/{number[1]}/progress", "Measuring")
                person.post(f"/p/fyrhamn/jobs/{number[1]}/stop", at=start)
                person.until(start, "<strong>Stopped</strong>")
                person.post(f"{start}start", at=start)
                person.until(start, "<strong>Done</strong>")
                assert worker.poll() is None
            finally:
                worker.terminate()


def _progress(person: Person, page: str) -> str:
    number = re.search(r"/jobs/(\d+)/stop", page)
    assert number
    return person.get(f"/p/fyrhamn/jobs/{number[1]}/progress")
