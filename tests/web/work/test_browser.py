"""Bringing files in a browser: with the bar of progress, and without JavaScript."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.lib import web as running

from .conftest import LEDGER

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
NEW = "/p/fyrhamn/import/new/ledger"
NOTE_THE_BAR = """() => {
  const bar = document.getElementById("sending");
  const note = () => { if (!bar.hidden) sessionStorage.bar = "shown"; };
  new MutationObserver(note).observe(bar, {attributes: true});
}"""
"""Noted where the next page can read it: a small file is sent before anybody looks."""


@pytest.fixture(scope="module")
def web(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Web]:
    folder = tmp_path_factory.mktemp("browser") / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with running.running(folder) as started:
        yield started


@pytest.fixture(scope="module")
def cookies(chromium: Any, web: running.Web) -> Any:
    return running.owners_cookies(chromium, web)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    (tmp_path / "reskontra.csv").write_bytes(LEDGER)
    return tmp_path / "reskontra.csv"


def violations(page: Any) -> list[str]:
    """What axe finds on a page that no link leads to, in the width of a phone as well."""
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"too wide for {width}"
        found += [
            f"{one['id']} at {width}: {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]
        ]
    return found


def test_a_file_is_sent_with_progress_and_its_page_follows(
    chromium: Any, web: running.Web, cookies: Any, ledger: Path, tmp_path: Path
) -> None:
    context = chromium.new_context(storage_state=cookies)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(web.address + NEW)
    (tmp_path / "empty.csv").touch()
    page.set_input_files("input[type=file]", str(tmp_path / "empty.csv"))
    page.locator("#bring button").click()
    page.locator("#unsent").wait_for(state="visible")
    assert "empty" in page.locator("#unsent").inner_text() and page.locator("#bring button").is_enabled()

    page.evaluate(NOTE_THE_BAR)
    page.set_input_files("input[type=file]", str(ledger))
    page.locator("#bring button").click()
    page.locator("h1", has_text="Which column is what?").wait_for()
    assert page.evaluate("sessionStorage.bar") == "shown"
    assert "/import/" in page.url and "Anna" not in page.content()
    assert violations(page) == []
    page.locator("button", has_text="Check the whole file").click()
    page.locator("h1", has_text="What will be taken in").wait_for()
    assert violations(page) == []
    page.locator("button", has_text="Leave it").click()
    assert faults == []
    context.close()


def look_again(page: Any, heading: str) -> None:
    """Follow the link that asks anew until the page has that heading."""
    for _ in range(400):
        if page.locator("h1").inner_text() == heading:
            return
        again = page.locator("a", has_text="Look again how far it is")
        page.wait_for_timeout(300)
        if again.count():
            again.click()
    assert page.locator("h1").inner_text() == heading


def test_the_same_goes_without_javascript(chromium: Any, web: running.Web, cookies: Any, ledger: Path) -> None:
    context = chromium.new_context(storage_state=cookies, java_script_enabled=False)
    page = context.new_page()
    page.goto(web.address + NEW)
    page.set_input_files("input[type=file]", str(ledger))
    page.locator("#bring button").click()
    look_again(page, "Which column is what?")
    page.locator("button", has_text="Check the whole file").click()
    look_again(page, "What will be taken in")
    page.locator("button", has_text="Leave it").click()
    page.get_by_text("was deleted").first.wait_for()
    context.close()
