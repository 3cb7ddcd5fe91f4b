"""OpenRefine itself, in a browser, against `bygd reconcile serve`; skipped where it is not installed."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.lib.small_register import EK_SOUTH, PIPES, SOLEN, org_id, serving

CHROMIUM = Path("/usr/bin/chromium")
SUPPLIERS = """supplier,town
BYGGD RORLAGGERI AB,Byggeby
Ek Konsult AB,Söderby
Koop Solen ek för,
Nobody At All Ltd,
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("openrefine"), reason="OpenRefine is not installed (Debian: openrefine)"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium"),
]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def refine(tmp_path: Path) -> Iterator[str]:
    """The address of an OpenRefine of its own."""
    port = free_port()
    command = ["openrefine", "-i", "127.0.0.1", "-p", str(port), "-d", str(tmp_path / "refine")]
    with (tmp_path / "refine.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "-x", "refine.headless=true"], stdout=log, stderr=log, start_new_session=True
        )
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/command/core/get-version", timeout=5).close()
                    break
                except (urllib.error.URLError, ConnectionError, TimeoutError):
                    assert process.poll() is None, (tmp_path / "refine.log").read_text()
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def project(page: Any, refine: str) -> str:
    """The address of a new project of the suppliers."""
    token = page.request.get(f"{refine}/command/core/get-csrf-token").json()["token"]
    made = page.request.post(
        f"{refine}/command/core/create-project-from-upload?csrf_token={token}",
        multipart={
            "project-name": "suppliers",
            "format": "text/line-based/*sv",
            "options": json.dumps({"separator": ",", "headerLines": 1, "encoding": "UTF-8"}),
            "project-file": {"name": "s.csv", "mimeType": "text/csv", "buffer": SUPPLIERS.encode()},
        },
        max_redirects=0,
    )
    return str(made.headers["location"])


def held(page: Any, refine: str, number: str) -> tuple[list[Any], dict[str, Any]]:
    """What OpenRefine holds: its rows of cells, and what it knows of matches."""
    answer = page.request.post(f"{refine}/command/core/get-rows?project={number}&start=0&limit=10").json()
    return [row["cells"] for row in answer["rows"]], answer["pool"]["recons"]


def test_suppliers_are_matched_and_extended(tmp_path: Path, refine: str) -> None:
    """Service added by address, town as property by the suggestions, a decision, columns from the register."""
    from playwright.sync_api import sync_playwright

    with serving(tmp_path) as (service, _), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.set_default_timeout(60_000)
        address = project(page, refine)
        number = re.findall(r"\d+", address)[-1]
        page.goto(address)
        page.locator(".column-header-menu").nth(1).click()
        page.get_by_text("Reconcile", exact=True).hover()
        page.get_by_text("Start reconciling").first.click()
        page.get_by_text("Add standard service").click()
        page.locator(".input-container input").last.fill(f"{service}/reconcile")
        page.get_by_role("button", name="Add service").click()
        property_of_town = page.locator("input[name=property]").first
        property_of_town.click()
        property_of_town.press_sequentially("town")
        page.locator(".fbs-item-name").filter(has_text=re.compile("^Town", re.I)).first.click()
        page.locator("input[name=include]").first.check()
        page.get_by_role("button", name="Start reconciling").last.click()
        page.locator(".data-table-recon-candidate").first.wait_for()

        rows, matches = held(page, refine, number)
        pipes, ek, solen, nobody = (matches[str(cells[0]["r"])] for cells in rows)
        firsts = [(found.get("m") or found["c"][0])["id"] for found in (pipes, ek, solen)]
        assert firsts == [org_id(PIPES), org_id(EK_SOUTH), org_id(SOLEN)]
        assert pipes["j"] == ek["j"] == "matched", "the town tells namesakes apart"
        assert solen["j"] == nobody["j"] == "none" and not nobody.get("c")

        page.locator(".data-table-recon-candidate").first.hover()
        page.frame_locator("iframe").first.get_by_text("Solen").first.wait_for()
        page.mouse.move(900, 800)
        page.locator(".data-table-recon-match").first.click()
        page.locator(".data-table-recon-action").first.wait_for()
        page.locator(".column-header-menu").nth(1).click()
        page.get_by_text("Edit column", exact=True).hover()
        page.get_by_text("Add columns from reconciled values").click()
        page.locator(".suggested-property a", has_text="Postcode").click()
        page.locator(".preview-container", has_text="20100").wait_for()
        page.get_by_role("button", name="OK").click()
        page.locator(".data-table td", has_text="20100").first.wait_for()
        browser.close()
