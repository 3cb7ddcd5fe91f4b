"""The map of small areas in a browser: pressed, it says what the list says; a line drawn on it becomes areas."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.lib import web as running


@pytest.mark.slow
@pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed")
def test_the_map_and_the_list_say_the_same_in_a_browser(built_sample: Path, tmp_path: Path, chromium: Any) -> None:
    folder = tmp_path / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with running.running(folder, "--worker", "none") as web:
        context = chromium.new_context(storage_state=running.owners_cookies(chromium, web))
        page = context.new_page()
        page.goto(f"{web.address}/p/fyrhamn/place/villages/new?lang=en")
        area = page.locator('path.area[data-key="1"]')
        page.locator("#drawing-begin").wait_for()
        area.click()
        assert page.locator("#id_all1").is_checked() and area.get_attribute("fill") == "#2f75b0"
        page.locator("#id_all1").press("Space")
        assert area.get_attribute("fill") == "#ffffff"
        page.locator("#id_part1").fill("40")
        assert area.get_attribute("fill") == "#b9d3e9" and not page.locator("#id_all1").is_checked()
        page.locator("#id_name").fill("Ritad")
        page.locator("#drawing-begin").click()
        for corner in corners(page):
            page.mouse.click(*corner)
        assert "Corners: 4" in page.locator("#drawing-said").inner_text()
        page.locator("#drawing-done").click()
        page.locator(".said", has_text="The line covers").wait_for()
        assert page.locator("#id_name").input_value() == "Ritad"
        assert page.locator('path.area:not([fill="#ffffff"])').count() == 4, "a line around all takes all"
        context.close()


def corners(page: Any) -> Iterator[tuple[float, float]]:
    """Just within the corners of the map, on the window."""
    page.locator("#village-map svg").scroll_into_view_if_needed()
    found = page.locator("#village-map svg").bounding_box()
    for x, y in ((0.01, 0.01), (0.99, 0.01), (0.99, 0.99), (0.01, 0.99)):
        yield found["x"] + found["width"] * x, found["y"] + found["height"] * y
