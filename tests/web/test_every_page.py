"""Every page of the workbench, in every language and on a phone's width: accessible, whole, and nobody else's."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.lib import web as running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("every page"),
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
LANGUAGES = ("sv", "nl", "en")
WIDE, NARROW = ({"width": width, "height": 900} for width in (1280, 320))
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
LOOK = f"scrollTo(0, document.body.scrollHeight), axe.run({json.dumps(OPTIONS)}).then(found => found.violations)"
"""What axe is asked: at the foot of the page, where a bar that sticks to the window lies over nothing."""


def looked_at_in(kind: str) -> str:
    """The language in which axe looks at pages of a kind: one of them, for elements and colours are alike in all.

    Pages take turns, so that what all have (the menu, filters, tables) is looked at in every language.
    """
    return LANGUAGES[crc32(kind.encode()) % len(LANGUAGES)]


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
    assert 3 < len(walked.pages) < 200, "the walk was cut short"


@pytest.mark.slow(seconds=60)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_and_fits(
    chromium: Any, web: running.Web, signed_in: Any, walked: running.Walk, language: str
) -> None:
    """Axe finds nothing; nothing runs out of the window sideways; no error in the console; no other host is asked.

    Each page is loaded once, every second one on a phone, and the window then made as wide as the other.
    """
    context = chromium.new_context(storage_state=signed_in, viewport=WIDE, locale=language, reduced_motion="reduce")
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
    wrong, sizes = list[str](), (WIDE, NARROW)
    for kind, address in sorted(walked.pages.items()):
        faults.clear()
        joined = "&" if "?" in address else "?"
        page.goto(f"{address}{joined}lang={language}", wait_until="load")
        if page.locator("html").get_attribute("lang") != language:
            wrong.append(f"{kind}: not in {language}")
        for number, size in enumerate(sizes):
            if number:
                page.set_viewport_size(size)
            if size is WIDE and language == looked_at_in(kind):
                page.evaluate(Axe().axe_script)  # half a megabyte, read only where it is asked
                wrong += [
                    f"{kind}: {one['id']}: "
                    + json.dumps([node["html"][:160] for node in one["nodes"][:3]], ensure_ascii=False)
                    for one in page.evaluate(LOOK)
                ]
            sideways = page.evaluate(SIDEWAYS)
            if sideways > 0:
                wrong.append(f"{kind}: {sideways} px wider than a window of {size['width']}")
        sizes = sizes[::-1]
        wrong += [f"{kind}: {fault}" for fault in faults]
    context.close()
    assert wrong == []


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
def test_menu_and_headings_of_the_board_are_whole(
    chromium: Any, web: running.Web, signed_in: Any, walked: running.Walk, language: str
) -> None:
    """The menu of who may do most stands on one line; no heading of the board is cut within a word."""
    context = chromium.new_context(storage_state=signed_in, viewport=WIDE)
    page = context.new_page()
    page.goto(f"{next(at for at in walked.pages.values() if at.endswith('/plan/board/'))}?lang={language}")
    tops = [item.bounding_box()["y"] for item in page.locator("nav.main.wide li").all()]
    assert len(tops) > 3 and len(set(tops)) == 1
    cut = """headings => headings.filter(one => {
        one.style.overflowWrap = 'normal'; one.style.hyphens = 'none'; return one.scrollWidth > one.clientWidth;
    }).map(one => one.textContent)"""
    found = page.locator(".line h2").evaluate_all(cut)
    assert page.locator(".line h2").count() == 5 and found == []
    context.close()
