"""How pages about people look that a walk along links does not come to: accessible and whole, in every language."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.lib import web as running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("looks of people"),
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
LOOKED = {(1280, "sv"), (320, "nl")}
OUTSIDE = ("login/", "password/reset/", "password/reset/done/", "password/reset/key/1-x/", "inactive/", "enter/x")


@pytest.fixture(scope="module")
def web(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Web]:
    folder = tmp_path_factory.mktemp("looks") / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with running.running(folder, "--worker", "none", BYGD_EMAIL_HOST="127.0.0.1", BYGD_EMAIL_PORT="9") as started:
        yield started


@pytest.fixture(scope="module")
def owner(chromium: Any, web: running.Web) -> Any:
    """The cookies of the owner."""
    return running.owners_cookies(chromium, web)


def fine(page: Any, width: int) -> None:
    """It fits; and axe, asked in one language for each width, finds nothing: elements are alike in all."""
    if (width, page.evaluate("document.documentElement.lang")) in LOOKED:
        found = Axe().run(page, options=TAGS).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_for_who_is_not_signed_in(chromium: Any, web: running.Web, language: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, locale=language)
    page = context.new_page()
    for path in OUTSIDE:
        page.goto(f"{web.address}/account/{path}")
        fine(page, width)
    page.goto(f"{web.address}/account/login/")
    page.fill("[name=login]", "nobody@example.org")
    page.fill("[name=password]", f"{language} {width}")
    page.locator("main form button").last.click()
    page.wait_for_selector(".summary")
    fine(page, width)
    context.close()


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_shown_once_and_what_was_wrong(
    chromium: Any, web: running.Web, owner: Any, language: str, width: int
) -> None:
    context = chromium.new_context(storage_state=owner, viewport={"width": width, "height": 800}, locale=language)
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{web.address}/")
    place = page.url
    page.goto(f"{web.address}/account/tokens")
    page.locator("main button.main").click()
    page.wait_for_selector(".summary")
    fine(page, width)
    page.fill("[name=name]", "figures")
    page.locator("main button.main").click()
    assert page.inner_text("code.secret").startswith("bygd_")
    fine(page, width)
    page.goto(f"{place}people/invite")
    page.locator("main button.main").click()
    page.wait_for_selector(".summary")
    fine(page, width)
    page.locator("main details summary").first.click()
    page.fill("[name=email]", f"{language}{width}@example.org")
    page.locator("[name=roles]").first.check()
    page.locator("main button.main").click()
    assert "/account/enter/" in page.inner_text("code.secret")
    fine(page, width)
    page.goto(f"{web.address}/account/2fa/totp/activate/")
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 0, "the picture of the key is drawn"
    fine(page, width)
    page.locator("main button.main").click()
    page.wait_for_selector(".summary")
    fine(page, width)
    page.goto(f"{place}log/?did=signed+in")
    fine(page, width)
    assert faults == []
    context.close()
