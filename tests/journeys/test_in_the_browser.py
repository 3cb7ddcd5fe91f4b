"""From an empty project to a published figure in the browser, and two people at once."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.lib import postgresql
from tests.lib import web as running

from bygd.workbench import project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser journeys"),
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
NO_BUILD = "() => document.querySelector('main')?.innerText.includes('A build is under way') === false"
ANOTHER = "name => (document.querySelector('h1')?.innerText ?? name) !== name"


@pytest.fixture
def on_postgresql() -> dict[str, str]:
    """What the environment says of the database; the test skips where PostgreSQL is not installed."""
    try:
        return {"BYGD_DATABASE": postgresql.fresh()}
    except LookupError as error:
        pytest.skip(str(error))


def bring(page: Any, place: str, kind: str, file: Path, anchor: str = "") -> None:
    """Bring a file in and take it in as it was read."""
    page.goto(f"{place}/import/new/{kind}")
    page.locator("input[type=file]").set_input_files(str(file))
    if anchor:
        page.get_by_label("Whose ledger is it?").fill(anchor)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(re.compile(r"/import/\d+/$"))
    check, take = (page.get_by_role("button", name=name) for name in ("Check the whole file", "Take it in"))
    check.or_(take).first.wait_for()
    if check.count():  # a ledger whose columns were never seen before
        check.click()
    take.click()
    page.get_by_text("is taken in").first.wait_for()


def built(page: Any, place: str) -> None:
    """Wait until the builds that were asked for are done."""
    page.goto(f"{place}/builds/")
    page.wait_for_function(NO_BUILD)
    page.reload()
    assert page.locator("main").get_by_text("Done").first.is_visible(), page.locator("main").inner_text()


def test_from_a_file_to_a_figure_that_everybody_sees(chromium: Any, built_sample: Path, tmp_path: Path) -> None:
    """On SQLite, where the web and its worker write to one file."""
    files = built_sample / "files"
    folder = project.create(tmp_path / "place", "se:9901", "Fyrhamn").folder
    with running.running(folder) as web:
        page = chromium.new_context(locale="en").new_page()
        running.enter(page, web)
        place = page.url.rstrip("/")
        assert page.get_by_text("There are no figures yet").is_visible()

        for name in ("leverantorsreskontra-2024.csv", "leverantorsreskontra-2025.csv"):
            bring(page, place, "ledger", files / name, "Fyrhamns kommun" if "2024" in name else "")
        bring(page, place, "register", files / "foretagsregister.csv")
        bring(page, place, "postcodes", files / "postnummer.csv")
        built(page, place)

        page.goto(f"{place}/")
        before = page.locator("main .lead").inner_text()
        assert re.search(r"\d+% of SEK\s[\d.]+\s(million|billion) stays in Fyrhamn\.", before)

        page.goto(f"{place}/review/")
        waiting = int(re.search(r"(\d+) suppliers? waits? for a decision", page.locator("main").inner_text())[1])  # type: ignore[index]
        page.get_by_role("link", name="Begin with the first").click()
        name = page.locator("h1").inner_text()
        page.keyboard.press("y")
        page.wait_for_function(ANOTHER, arg=name)
        page.goto(f"{place}/review/")
        assert f"{waiting - 1} supplier" in page.locator("main").inner_text()
        said = (folder / "decisions" / "link_decisions.csv").read_text(encoding="utf-8")
        assert said.count("same") == 1, "what was decided in the browser stands in the project's file"

        page.goto(f"{place}/builds/")
        page.get_by_role("button", name="Build now").click()
        built(page, place)
        page.goto(f"{place}/money/?scope=own")
        assert page.locator("main figure :is(svg, img):visible").count() > 0

        page.goto(f"{place}/snapshots/")
        page.locator("main h2 a").first.click()
        page.get_by_role("link", name="Publish it").click()
        page.get_by_role("button", name="Publish it").click()
        page.get_by_text("Everybody can see snapshot").wait_for()

        everybody = chromium.new_context(locale="sv")
        stranger = everybody.new_page()
        stranger.goto(f"{web.address}/open/")
        stranger.get_by_role("link", name="Fyrhamn").first.click()
        assert "Fyrhamn" in stranger.locator("h1").inner_text()
        assert stranger.locator("html").get_attribute("lang") == "sv"
        assert everybody.cookies() == []
        assert stranger.goto(f"{place}/").url.startswith(f"{web.address}/account/login"), (
            "the rest is not for strangers"
        )


def test_two_people_deciding_at_once(
    chromium: Any, built_sample: Path, tmp_path: Path, on_postgresql: dict[str, str]
) -> None:
    folder = tmp_path / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    before = (folder / "decisions" / "link_decisions.csv").read_text(encoding="utf-8").count(",absent,")
    with running.running(folder, **on_postgresql) as web:
        first, second = (chromium.new_context(locale="en").new_page() for _ in range(2))
        running.enter(first, web)
        place = first.url.rstrip("/")
        first.goto(f"{place}/people/invite")
        first.get_by_label("E-mail address").fill("asa@example.org")
        first.get_by_label("Analyst").check()
        first.get_by_label("Fyrhamns kommun").check()
        first.get_by_role("button", name="Invite").click()
        link = first.get_by_text(running.WAY_IN).inner_text()
        second.goto(link)
        second.get_by_role("button", name="Come in").click()
        second.goto(f"{place}/review/")
        second.get_by_role("link", name="Begin with the first").click()
        case = second.locator("h1").inner_text()
        first.goto(second.url)
        assert first.locator("h1").inner_text() == case, "both look at the same case"
        first.keyboard.press("y")
        first.wait_for_function(ANOTHER, arg=case)
        second.keyboard.press("n")
        second.get_by_role("alert").filter(has_text="decided this while you looked at it").wait_for()
        said = (folder / "decisions" / "link_decisions.csv").read_text(encoding="utf-8").splitlines()
        assert [line.split(",")[2] for line in said[1:]].count("absent") == before, (
            "the second word was not taken unseen"
        )
        second.keyboard.press("n")
        second.wait_for_function(ANOTHER, arg=case)
        said = (folder / "decisions" / "link_decisions.csv").read_text(encoding="utf-8").splitlines()
        assert [line.split(",")[2] for line in said[-2:]] == ["same", "absent"], (
            "a second opinion stands beside the first"
        )
