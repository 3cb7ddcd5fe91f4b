"""A supplier reports from a telephone: no account, no cookie, nothing that axe finds, in three languages."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from tests.lib import web

pytestmark = pytest.mark.slow


def test_a_report_with_a_photo_from_a_telephone_is_verified_by_the_buyer(
    built_sample: Path, tmp_path: Path, chromium: Any
) -> None:
    shutil.copytree(built_sample, tmp_path / "own", symlinks=True)
    about = Image.Exif()
    about[0x010E] = "where it was taken"
    Image.new("RGB", (600, 400), "green").save(tmp_path / "photo.jpg", exif=about)
    with web.running(tmp_path / "own", "--worker", "none") as running:
        context = chromium.new_context(storage_state=web.owners_cookies(chromium, running))
        buyer = context.new_page()
        buyer.goto(running.way_in.split("/account/")[0])
        buyer.goto(re.sub(r"(/p/[^/]+/).*", r"\1procurement/promises/", buyer.url))
        buyer.locator("#contracts ~ ul a").first.click()
        contract = buyer.url
        buyer.goto(f"{contract}link")
        buyer.locator("main form button.main").click()
        address = buyer.locator("code.secret").inner_text()

        telephone = chromium.new_context(viewport={"width": 320, "height": 640}, locale="en")
        page, axe = telephone.new_page(), Axe()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        for language in ("sv", "nl", "en"):
            for part in ("", "sheet"):
                page.goto(f"{address}{part}?lang={language}")
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (language, part)
                if language == "nl":  # elements are alike in all languages
                    assert axe.run(page).response["violations"] == [], part
        page.goto(f"{address}?lang=en")
        page.locator("a.button.main").first.click()
        assert axe.run(page).response["violations"] == []
        page.get_by_label("How much was done").fill("many")
        page.get_by_role("button", name="Send the report").click()
        page.get_by_role("alert").wait_for()
        assert axe.run(page).response["violations"] == []
        page.get_by_label("How much was done").fill("1")
        page.get_by_label("What was done").fill("One began on Monday")
        page.locator("input[type=file]").set_input_files(tmp_path / "photo.jpg")
        page.get_by_label("I looked through the files").check()
        page.get_by_role("button", name="Send the report").click()
        page.get_by_text("Thank you").wait_for()
        assert telephone.cookies() == []
        # A form that is refused is an answer 422, which a browser tells of.
        assert [one for one in said if "422" not in one] == []

        buyer.goto(contract)
        buyer.locator("ul.promises h2 a").first.click()
        assert "One began on Monday" in buyer.content()
        with buyer.expect_download() as got:
            buyer.get_by_role("link", name="photo.jpg").click()
        content = Path(got.value.path()).read_bytes()
        assert content.startswith(b"\xff\xd8\xff") and b"where it was taken" not in content
        buyer.locator("input[type=radio][value=verified]").first.check()
        buyer.locator("main form button.main").first.click()
        buyer.locator("p.said.success").wait_for()
        page.goto(f"{address}?lang=en")
        page.locator("summary").first.click()
        assert page.get_by_text("One began on Monday").is_visible()
        telephone.close()
        context.close()
