"""On a walk: something is put on the map from a telephone, with the place where it stands, or in words."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.lib import web as running

from bygd.workbench import assets, project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "locale": "en"}
HERE = {"latitude": 57.71, "longitude": 11.66, "accuracy": 12}


@pytest.fixture(scope="module")
def walk(built_sample: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("walk") / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with running.running(folder, "--worker", "none") as started:
        state = running.owners_cookies(chromium, started)
        yield {"place": project.read(folder), "state": state, "at": f"{started.address}/p/fyrhamn/plan/assets/new"}


def put_on(page: Any, name: str, words: str = "") -> None:
    page.locator("#id_layer").select_option("premises")
    page.locator("#id_name").fill(name)
    if words:
        page.locator("#id_place_name").fill(words)
    page.get_by_role("button", name="Save, and put the next one on").tap()
    page.get_by_text(f"{name} stands on the map.").wait_for()


def test_an_item_is_saved_with_the_place_where_the_telephone_is(walk: dict[str, Any], chromium: Any) -> None:
    context = chromium.new_context(storage_state=walk["state"], **PHONE, geolocation=HERE, permissions=["geolocation"])
    page = context.new_page()
    page.goto(walk["at"])
    page.get_by_role("button", name="Where I stand now").tap()
    page.get_by_text("Found, within 12 metres.").wait_for()
    put_on(page, "Tomma båthuset")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.set_geolocation({**HERE, "latitude": 57.72})  # a few steps on, the next form is open already
    page.get_by_role("button", name="Where I stand now").tap()
    page.get_by_text("Found, within 12 metres.").wait_for()
    put_on(page, "Gamla vågen")
    context.close()
    rows = {row["name"]: row for row in assets.assets(walk["place"])}
    found = [(rows[name]["latitude"], rows[name]["longitude"]) for name in ("Tomma båthuset", "Gamla vågen")]
    assert found == [(57.71, 11.66), (57.72, 11.66)]
    assert rows["Gamla vågen"]["layer"] == rows["Tomma båthuset"]["layer"] == "premises"


def test_who_may_not_be_found_is_told_what_to_do(walk: dict[str, Any], chromium: Any) -> None:
    context = chromium.new_context(storage_state=walk["state"], **PHONE)
    page = context.new_page()
    page.goto(walk["at"])
    page.get_by_role("button", name="Where I stand now").tap()
    said = page.locator("#here-said", has_text="The browser may not tell where you are.")
    said.wait_for()
    assert "Allow it for this page in its settings" in said.inner_text()
    put_on(page, "Isladan", "Vid norra bryggan")
    context.close()
    row = next(row for row in assets.assets(walk["place"]) if row["name"] == "Isladan")
    assert (row["latitude"], row["place_name"]) == (None, "Vid norra bryggan")
