"""Every page of the workbench, in every language and on a phone's width: accessible, whole, and nobody else's."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.lib import web as running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("every page"),
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
LANGUAGES = ("sv", "nl", "en")
WIDTHS = (1280, 320)
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def web(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Web]:
    folder = tmp_path_factory.mktemp("web") / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with running.running(folder) as started:
        yield started


@pytest.fixture(scope="module")
def signed_in(chromium: Any, web: running.Web) -> Any:
    """The cookies of the owner."""
    return running.owners_cookies(chromium, web)


@pytest.fixture(scope="module")
def walked(chromium: Any, web: running.Web, signed_in: Any) -> running.Walk:
    context = chromium.new_context(storage_state=signed_in)
    found = running.walk(context, [f"{web.address}/"])
    context.close()
    return found


def test_no_link_leads_nowhere(walked: running.Walk) -> None:
    assert walked.broken == []
    assert len(walked.pages) > 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_fits(
    chromium: Any, web: running.Web, signed_in: Any, walked: running.Walk, language: str, width: int
) -> None:
    """Axe finds nothing; nothing runs out of the window sideways; no error in the console; no other host is asked.

    What axe looks at is alike in both widths but for what is hidden, so on a phone it looks in one language.
    """
    context = chromium.new_context(
        storage_state=signed_in, viewport={"width": width, "height": 900}, locale=language, reduced_motion="reduce"
    )
    page, faults = context.new_page(), list[str]()
    here = urlsplit(web.address).netloc
    page.on("console", lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on(
        "request",
        lambda asked: (
            None
            if urlsplit(asked.url).netloc in (here, "") or asked.url.startswith("data:")
            else faults.append(f"other host: {asked.url}")
        ),
    )
    axe, wrong = Axe(), list[str]()
    for kind, address in sorted(walked.pages.items()):
        faults.clear()
        joined = "&" if "?" in address else "?"
        page.goto(f"{address}{joined}lang={language}", wait_until="load")
        looks = width == WIDTHS[0] or language == LANGUAGES[0]
        found = axe.run(page, options=TAGS).response["violations"] if looks else []
        wrong += [
            f"{kind}: {one['id']}: {json.dumps([node['html'][:160] for node in one['nodes'][:3]], ensure_ascii=False)}"
            for one in found
        ]
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if sideways > 0:
            wrong.append(f"{kind}: {sideways} px wider than the window")
        if page.locator("html").get_attribute("lang") != language:
            wrong.append(f"{kind}: not in {language}")
        wrong += [f"{kind}: {fault}" for fault in faults]
    context.close()
    assert wrong == []
