"""The web as people run it: a process of its own, a browser, and a walk over all its pages."""

import os
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

COMMAND = [sys.executable, "-c", "from bygd.cli import main; main()"]
CHROMIUM = "/usr/bin/chromium"
PATIENCE = 120_000
"""Milliseconds that a page may take on a machine that does much else; how quick pages are is measured elsewhere."""
PREPARE = "import sys; from pathlib import Path; from bygd.web import start; start.prepare([], Path(sys.argv[1]))"
WAY_IN = re.compile(r"https?://\S+/account/enter/\S+")
AT = re.compile(r"The workbench is at (https?://\S+?)\. ")


@dataclass
class Web:
    """A running web: its address, the link that lets its owner in, its process and all it said so far."""

    address: str
    way_in: str
    process: "subprocess.Popen[str]"
    said: list[str] = field(default_factory=list)


@contextmanager
def running(folder: Path, *words: str, **environment: str) -> Iterator[Web]:
    """`bygd web` over a project folder on a free port, until the block ends.

    A web on SQLite that never ran there begins with a copy of a database that was migrated once: that an empty one is
    migrated is tested where the first administrator is let in (tests/web/people/test_first.py).
    """
    command = [*COMMAND, "-C", str(folder), "web", "--no-browser", "--port", "0", *words]
    kept = elsewhere()
    state = Path(environment.get("BYGD_STATE") or folder / ".bygd" / "web")
    if "BYGD_DATABASE" not in environment and not (state / "web.sqlite3").exists():
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        (state / "web.sqlite3").write_bytes(migrated())
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**kept, "PYTHONUNBUFFERED": "1", **environment},
    ) as process:
        said: list[str] = []
        try:
            for line in process.stdout or ():
                said.append(line)
                if WAY_IN.search(line):
                    break
            text = "".join(said)
            at, way_in = AT.search(text), WAY_IN.search(text)
            assert at and way_in, text
            yield Web(at[1], way_in[0], process, said)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def elsewhere() -> dict[str, str]:
    """What programs started by tests know of this process: all but where its own web keeps things."""
    return {name: value for name, value in os.environ.items() if name not in ("BYGD_STATE", "BYGD_DATABASE")}


@cache
def migrated() -> bytes:
    """A SQLite database of the present schema with nobody in it, made once in a process."""
    with tempfile.TemporaryDirectory(prefix="bygd-migrated-") as state:
        subprocess.run([sys.executable, "-c", PREPARE, state], check=True, env=elsewhere(), timeout=300)
        left = list(Path(state).glob("web.sqlite3-*"))
        assert not left, f"not all is in the database yet: {left}"
        return (Path(state) / "web.sqlite3").read_bytes()


@contextmanager
def browser() -> Iterator[Any]:
    """Debian's Chromium; its pages are waited for with PATIENCE, and a press waits for the page that it leads to."""
    from playwright.sync_api import sync_playwright

    make_patient()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE)
        try:
            yield opened
        finally:
            opened.close()


@cache
def make_patient() -> None:
    """Have every context wait with PATIENCE, and every press until what it led to has come whole.

    By itself a press returns when its answer begins: what is then read at once (an address, a count, a script's
    answer) is read of a document that is half there, or not yet, on a machine that does much else.
    """
    from playwright.sync_api import Browser, Locator, Page

    def patient(make: Callable[..., Any]) -> Callable[..., Any]:
        def made(self: Any, **wishes: Any) -> Any:
            found = make(self, **wishes)
            found.set_default_timeout(PATIENCE)
            return found

        return made

    def whole(press: Callable[..., None]) -> Callable[..., None]:
        def pressed(self: Any, *words: Any, **wishes: Any) -> None:
            press(self, *words, **wishes)
            getattr(self, "page", self).wait_for_load_state()

        return pressed

    for make in ("new_context", "new_page"):
        setattr(Browser, make, patient(getattr(Browser, make)))
    for kind in (Locator, Page):
        kind.click = whole(kind.click)  # type: ignore[method-assign]


def enter(page: Any, web: Web) -> None:
    """Go in by the owner's link."""
    page.goto(web.way_in)
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/p/"))


@dataclass
class Walk:
    """What a walk over all pages found: one address for each kind of page, and links that lead nowhere."""

    pages: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


NOT_PAGES = re.compile(r"\.(csv|xlsx|docx|pdf|json|parquet|png|svg|zip|ics)($|\?)|format=|/static/|/download")


def walk(context: Any, starts: Sequence[str], most: int = 200) -> Walk:
    """Follow links from those addresses, in a signed-in browser context, one page of each kind.

    Two addresses are of one kind when they differ in numbers, keys and what stands behind the question mark.
    """
    found, waiting, seen = Walk(), deque(starts), set(starts)
    host = urlsplit(starts[0]).netloc
    while waiting and len(found.pages) < most:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind in found.pages:
            continue
        response = context.request.get(address, max_redirects=5)
        if response.status >= 400:
            found.broken.append(f"{response.status} {address}")
            continue
        headers = response.headers
        if "text/html" not in headers.get("content-type", "") or "attachment" in headers.get("content-disposition", ""):
            continue
        found.pages[kind] = address
        for href in re.findall(r'<a\b[^>]*?\bhref="([^"#]+)', response.text()):
            link = urljoin(response.url, href.replace("&amp;", "&"))
            if urlsplit(link).netloc == host and link not in seen and not NOT_PAGES.search(link):
                seen.add(link)
                waiting.append(link)
    return found


def kind_of(address: str) -> str:
    """What is alike in addresses of one kind of page."""
    parts = []
    for part in urlsplit(address).path.split("/"):
        is_key = bool(re.search(r"\d{2,}|^m?\d+$|[0-9a-f]{8}|:", part)) and not re.fullmatch(r"\d-draft", part)
        # All texts of a kind are shown by one page, all indicators, and all principles of which a card is made.
        is_text = (parts[1:2] == ["help"] and len(parts) > 2) or parts[-1:] in (["indicator"], ["card"])
        is_policy = "policies" in parts[-2:] and part not in ("", "bring")  # a country's, and each of them: one page
        parts.append("*" if is_key or is_text or is_policy else part)
    return "/".join(parts)


def owners_cookies(browser: Any, web: Web) -> Any:
    """The cookies of the owner, for contexts that are signed in from the start."""
    context = browser.new_context()
    enter(context.new_page(), web)
    state = context.storage_state()
    context.close()
    return state
