"""The board with a mouse and with keys alone: a card is dragged, moved by arrow keys, and says where it went."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.lib import web as running

from bygd.workbench import boards, project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]


@pytest.fixture
def web(built_sample: Path, tmp_path: Path) -> Iterator[tuple[running.Web, Path]]:
    folder = tmp_path / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with running.running(folder, "--worker", "none") as started:
        yield started, folder


def test_a_card_is_dragged_and_moved_by_keys(web: tuple[running.Web, Path], chromium: Any) -> None:
    started, folder = web
    place = project.read(folder)
    card = next(row for row in boards.current(place) if row["title"] == "Feriejobb i föreningarna")["card_key"]

    def where() -> tuple[str, str]:
        row = boards.find(place, card)
        assert row is not None
        return row["pillar"], row["standing"]

    context = chromium.new_context(
        storage_state=running.owners_cookies(chromium, started), viewport={"width": 1280, "height": 2600}
    )
    page = context.new_page()
    page.goto(f"{started.address}/p/fyrhamn/plan/board/?lang=en")
    assert where() == ("work", "idea")
    spot = page.locator('.spot[data-heading="land"][data-standing="possible"]')
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(f"#card-{card}").drag_to(spot)
    page.locator(f'[data-moved="{card}"]').wait_for()
    assert where() == ("land", "possible")
    mover = page.locator(f"#card-{card} .mover")
    assert mover.evaluate("one => one === document.activeElement")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Alt+ArrowLeft")
    page.locator(f".done #card-{card}").wait_for()
    assert where() == ("land", "done")
    assert "Is done already" in page.locator("#moved-where").inner_text()
    for standing in ("possible", "idea"):
        mover.press("Alt+ArrowRight")
        page.locator(f".{standing} #card-{card}").wait_for()
    mover.press("Alt+ArrowRight")
    page.wait_for_url("**/move?**")
    assert where() == ("land", "idea"), "what is dropped says why first"
    context.close()
