"""Review by keyboard in a browser, and by plain forms where there is no JavaScript."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.lib import web as running

from bygd.vocabulary import tables
from bygd.workbench import decisions, project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("review in a browser"),
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def folder(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built_sample, tmp_path_factory.mktemp("keys") / "place", symlinks=True))


@pytest.fixture(scope="module")
def web(folder: Path) -> Iterator[running.Web]:
    with running.running(folder, "--worker", "none") as started:
        yield started


@pytest.fixture(scope="module")
def state(chromium: Any, web: running.Web) -> Any:
    return running.owners_cookies(chromium, web)


def said(folder: Path) -> list[str]:
    rows = decisions.read(project.read(folder), tables.link_decisions)
    return [row["judgement"] for row in rows if row["decided_by"] != "Provgranskare"]


def slug(page: Any, web: running.Web) -> str:
    page.goto(web.address)
    found = re.search(r"/p/([^/]+)/", page.url)
    assert found
    return f"{web.address}/p/{found[1]}/review/"


def settled(page: Any) -> None:
    """Wait until what came has taken its place."""
    page.locator(".htmx-request, .htmx-swapping, .htmx-settling").first.wait_for(state="detached")


def test_a_case_after_the_other_by_keys_alone(chromium: Any, web: running.Web, state: Any, folder: Path) -> None:
    context = chromium.new_context(storage_state=state, locale="en")
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(slug(page, web) + "?order=score")  # Enter takes only what is likelier than not
    page.get_by_role("link", name="Begin with the first").click()
    page.locator(".keys button").wait_for()  # the keys say themselves when they listen
    name, before = page.locator("#name"), len(said(folder))

    def press(key: str) -> str:
        """Press, and wait until another case stands there; gives its name."""
        old = page.url
        page.keyboard.press(key)
        page.wait_for_url(lambda url: url != old)
        settled(page)
        return str(name.inner_text())

    first = name.inner_text()
    chosen = page.locator('#case input[name="org_id"]:checked')
    best = chosen.get_attribute("value")
    page.keyboard.press("j")
    assert chosen.get_attribute("value") != best
    page.keyboard.press("k")
    assert chosen.get_attribute("value") == best
    page.locator("#name").focus()
    second = press("Enter")
    assert second != first and page.locator("#told").inner_text().startswith(f"Saved: {first}")
    assert page.evaluate("document.activeElement.id") == "name" and page.title().startswith(second)
    assert press("n") != second
    assert said(folder)[before:] == ["same", "absent"]
    third = name.inner_text()
    assert press("s") != third and len(said(folder)) == before + 2, "skipping stores nothing"
    press("u")
    assert press("z") and said(folder)[before:] == ["same", "absent", "unsure", "unsure"]

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("stad and nu")
    assert page.input_value("#q") == "stad and nu" and len(said(folder)) == before + 4, "letters in a field are letters"
    page.fill("#q", "stad")
    page.keyboard.press("Enter")
    page.locator("#found .option").first.wait_for()
    assert page.locator("#found input:checked").count() == 1
    found = page.locator("#found input:checked").get_attribute("value")
    press("y")
    rows = decisions.read(project.read(folder), tables.link_decisions)
    assert rows[-1]["org_id"] == found

    number = len(said(folder))
    for _ in range(2):  # what comes by itself has its best candidate chosen
        while not page.locator('#case input[name="org_id"]').count():
            press("s")
        assert chosen.count() == 1
        press("y")
    assert said(folder)[number:] == ["same", "same"]
    while page.locator('#case input[name="org_id"]').count() < 2:
        press("s")
    first_candidate = chosen.get_attribute("value")
    page.keyboard.press("d")
    page.locator("#case .denied").first.wait_for(state="attached")
    settled(page)
    assert chosen.count() == 1 and chosen.get_attribute("value") != first_candidate

    page.get_by_role("button", name="Turn the keys off").click()
    page.locator("#name").focus()
    page.keyboard.press("y")
    page.reload()
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert len(said(folder)) == number + 3, "keys that were turned off do nothing"
    page.get_by_role("button", name="Turn the keys on").click()
    page.locator("details[data-why] summary").first.click()
    page.locator("details[data-why] svg").first.wait_for()
    assert faults == []

    number = len(said(folder))
    page.route(
        "**/review/case/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.locator("#name").focus()
    page.keyboard.press("u")
    page.get_by_text("nothing is known to be stored").wait_for()
    assert page.evaluate("document.activeElement.id") == "failed" and len(said(folder)) == number
    page.unroute("**/review/case/**")
    press("u")
    assert len(said(folder)) == number + 1, "the same key does it once the workbench answers again"
    context.close()


def test_without_javascript_the_same_forms_do_it(chromium: Any, web: running.Web, state: Any, folder: Path) -> None:
    context = chromium.new_context(storage_state=state, locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto(slug(page, web))
    page.get_by_role("link", name="Begin with the first").click()
    before, first = len(said(folder)), page.locator("#name").inner_text()
    assert page.get_by_role("button", name="Turn the keys off").count() == 0
    page.get_by_role("button", name="Not sure").click()
    assert page.locator("#name").inner_text() != first
    assert f"Saved: {first}" in page.locator("main").inner_text()
    page.get_by_role("button", name="Take the last one back").click()
    assert page.locator("#name").inner_text() == first
    assert said(folder)[before:] == ["unsure", "unsure"]
    page.fill("#q", "stad")
    page.get_by_role("button", name="Search").click()
    assert page.locator("#found .option").count() > 0
    page.locator("#found input").first.check()
    page.get_by_role("button", name="It is the one chosen").click()
    assert said(folder)[before:] == ["unsure", "unsure", "same"]
    page.goto(slug(page, web) + "batch?order=score")
    page.locator('input[name="case"]').first.check()
    page.get_by_role("button", name="Accept those ticked").click()
    assert "1 candidate was accepted" in page.locator("main").inner_text()
    context.close()
