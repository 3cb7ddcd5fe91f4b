"""Pages outside can be used by everybody: no axe finding, nothing off the screen, in three languages and two widths."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.lib import web as running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("outside"),
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]

LOOKED = {(1280, "sv"), (320, "nl"), (1280, "en")}
"""Where axe looks: elements are alike in all languages, and in the others nothing but words could differ."""


def test_pages_outside_are_accessible(built_sample: Path, tmp_path: Path) -> None:
    shutil.copytree(built_sample, tmp_path / "place", symlinks=True)
    with running.running(tmp_path / "place", "--worker", "none") as web, running.browser() as chromium:
        for width in (1280, 320):
            for language in ("sv", "nl", "en"):
                for path in ("open/", "api/v1/docs"):
                    page = chromium.new_page(viewport={"width": width, "height": 800})
                    said: list[str] = []
                    page.on("console", lambda message, said=said: said.append(message.text))
                    page.goto(f"{web.address}/{path}?lang={language}")
                    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
                    assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                    assert page.evaluate("document.documentElement.lang") == language
                    if (width, language) in LOOKED:
                        found = Axe().run(page, options={"resultTypes": ["violations"]})
                        assert found.violations_count == 0, found.generate_report()
                    assert not page.context.cookies() and said == [], path
                    page.close()
