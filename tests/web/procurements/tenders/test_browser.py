"""A tender in a browser from draft to award: a lead, two evaluators, two bidders without an account."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.lib import web as running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
PICTURES = os.environ.get("TENDER_PICTURES", "")
"""Where pictures of the pages go, for whoever wants to look at them."""


@pytest.fixture(scope="module")
def web(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Web]:
    folder = tmp_path_factory.mktemp("tenders") / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with running.running(folder, "--worker", "none", BYGD_STATE=str(folder / "web-state")) as started:
        started.folder = folder  # type: ignore[attr-defined]
        yield started


class Looked:
    """Looks at each page once: no overflow at two widths, axe at one of them in turn, pictures where wished."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.turns = cycle((1280, 320))

    def at(self, page: Any, name: str) -> None:
        turn = next(self.turns)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                self.found.append(f"{name}: too wide for {width}")
            broken = Axe().run(page).response["violations"] if width == turn else []
            self.found += [f"{name} at {width}: {one['id']} {one['nodes'][0]['html']}" for one in broken]
        if PICTURES:
            for language in ("sv", "nl", "en"):
                for width in (1280, 390):
                    page.set_viewport_size({"width": width, "height": 900})
                    page.goto(page.url.split("?")[0] + f"?lang={language}")
                    page.screenshot(path=Path(PICTURES) / f"{name}-{language}-{width}.png", full_page=True)
            page.goto(page.url.split("?")[0])
        page.set_viewport_size({"width": 1280, "height": 900})


def main(page: Any, text: str) -> None:
    """Press the button or follow the link of that name in the page's own part."""
    found = (
        page.locator("main").get_by_role("button", name=text).or_(page.locator("main").get_by_role("link", name=text))
    )
    found.first.click()


def invited(chromium: Any, owner: Any, web: running.Web, email: str, role: str) -> Any:
    """Somebody let in by the owner, in a browser of their own."""
    owner.goto(f"{web.address}/p/fyrhamn/people/invite")
    owner.fill("input[name=email]", email)
    owner.check(f"input[value={role}]")
    main(owner, "Invite")
    address = owner.locator("code.secret").inner_text()
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(address)
    main(page, "Come in")
    if page.locator("input[name=password1]").count():
        page.fill("input[name=name]", email.split("@")[0].capitalize())
        for name in ("password1", "password2"):
            page.fill(f"input[name={name}]", "four words nobody knows")
        page.locator("main form button").first.click()
    return page


def test_from_draft_to_award(chromium: Any, web: running.Web, tmp_path: Path) -> None:
    looked = Looked()
    owner = chromium.new_context(locale="en").new_page()
    running.enter(owner, web)
    eva = invited(chromium, owner, web, "eva@example.org", "reader")
    ivo = invited(chromium, owner, web, "ivo@example.org", "analyst")

    # Prepare.
    owner.goto(f"{web.address}/p/fyrhamn/procurement/")
    main(owner, "Tenders")
    looked.at(owner, "list")
    main(owner, "Begin a tender")
    for name, value in {"title": "School meals in Fyrhamn", "number": "KS 2026/117", "value": "4 500 000"}.items():
        owner.fill(f"input[name={name}]", value)
    owner.select_option("select[name=anchor]", index=1)
    looked.at(owner, "about")
    for name, value in {
        "title": "School meals in Fyrhamn",
        "number": "KS 2026/117",
        "value": "4 500 000",
        "currency": "GBP",
    }.items():
        owner.fill(f"input[name={name}]", value)
    owner.select_option("select[name=anchor]", index=1)
    main(owner, "Save")
    base = owner.url
    looked.at(owner, "draft")
    owner.goto(f"{base}policy")
    looked.at(owner, "policy")
    owner.locator("label", has_text="in five themes").click()
    main(owner, "Save")
    owner.locator("input[name=measures]").nth(0).check()
    owner.locator("input[name=measures]").nth(1).check()
    owner.fill("input[name=weight]", "25")
    owner.select_option("select[name=points]", index=1)
    main(owner, "Check and save")
    assert "the policy allows 20% at most" in owner.locator("main").inner_text()
    looked.at(owner, "refused")
    owner.goto(f"{base}measures")
    owner.locator("input[name=measures]").nth(0).check()
    owner.locator("input[name=measures]").nth(1).check()
    owner.fill("input[name=weight]", "20")
    owner.select_option("select[name=points]", index=1)
    main(owner, "Check and save")
    for code, text, weight in (("Q1", "How do you cook from scratch?", "20"), ("Q2", "How do you deliver?", "10")):
        owner.goto(f"{base}criteria")
        owner.fill("input[name=code]", code)
        owner.fill("textarea[name=text_en]", text)
        owner.fill("textarea[name=text_sv]", f"{text} (sv)")
        owner.fill("input[name=weight]", weight)
        main(owner, "Add")
    looked.at(owner, "criteria")
    owner.goto(f"{base}price")
    looked.at(owner, "price")
    owner.locator("label", has_text="Lowest price divided by the price").click()
    owner.fill("input[name=price_weight]", "50")
    owner.fill("textarea[name=lines]", "P1 = Meals; 90000; pcs\nP2 = Delivery; 52; weeks")
    owner.fill("input[name=closes_at]", (datetime.now() + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M"))
    main(owner, "Save")
    for who in ("Eva", "Ivo"):
        owner.goto(f"{base}team")
        chosen = owner.locator("select[name=person] option").filter(has_text=re.compile(who, re.IGNORECASE))
        owner.select_option("select[name=person]", value=chosen.get_attribute("value"))
        owner.locator("label", has_text="Scores bids").click()
        main(owner, "Save")
    looked.at(owner, "team")
    owner.goto(base)
    main(owner, "Open for bids")
    looked.at(owner, "published")
    owner.locator("summary", has_text="What it rests on").first.click()
    looked.at(owner, "due")
    for name, said in (("bring", "Withdraw a bid that was taken in here"), ("questions", "What it rests on")):
        owner.goto(f"{base}{name}")
        owner.locator("summary", has_text=said).click()
        looked.at(owner, name)

    # Bids, by people without an account.
    for firm, meal, delivery in (("Alma AB", 32, "1 100"), ("Bo & Söner", 41, "900"), ("Cheap Ltd", 20, "500")):
        owner.goto(base)
        main(owner, "Make a link for a bidder")
        address = owner.locator("code.secret").inner_text()
        outside = chromium.new_context(locale="en", accept_downloads=True).new_page()
        outside.goto(address)
        if firm == "Alma AB":
            looked.at(outside, "outside")
        with outside.expect_download() as waited:
            outside.get_by_role("link", name="XLSX English").click()
        path = tmp_path / f"{firm}.xlsx"
        waited.value.save_as(path)
        book = openpyxl.load_workbook(path)
        answers, prices = book.worksheets
        if firm == "Alma AB":
            book.save(path)
            outside.set_input_files("input[type=file]", str(path))
            main(outside, "Bring the bid")
            assert "the name of the firm is missing" in outside.locator("main").inner_text()
        for row in answers.iter_rows(min_row=8):
            for cell in row:
                if not cell.protection.locked and cell.column_letter == "D":
                    cell.value = f"{firm} cooks with care and says so at length, in several sentences.\nOn two lines."
                elif not cell.protection.locked and cell.column_letter == "C":
                    cell.value = 4
        answers["D4"], prices["E5"], prices["E6"] = firm, meal, delivery
        book.save(path)
        outside.set_input_files("input[type=file]", str(path))
        main(outside, "Bring the bid")
        outside.locator("text=taken in and sealed").wait_for()
        assert outside.context.cookies() == []
        outside.context.close()

    # The time goes by.
    state = web.folder / "web-state" / "web.sqlite3"  # type: ignore[attr-defined]
    with sqlite3.connect(state, timeout=120) as database:
        database.execute("UPDATE tenders_tender SET closes_at = '2026-01-01 12:00:00'")
    eva.goto(base)
    main(eva, "Open the bids")
    main(eva, "Ask for the opening")
    looked.at(eva, "opening")
    ivo.goto(base)
    main(ivo, "Open the bids")
    main(ivo, "Open the bids now")
    looked.at(ivo, "names")
    for page in (ivo, eva, owner):
        page.goto(f"{base}bids")
        main(page, "No, I have no conflict")

    # Each by themselves.
    levels = {"Alma AB": ("3", "4", "3", "3"), "Bo & Söner": ("4", "5", "5", "4"), "Cheap Ltd": ("1", "1", "1", "0")}
    for page in (eva, ivo):
        for firm, given in levels.items():
            page.goto(f"{base}bids")
            main(page, firm)
            assert "£" not in page.locator("main").inner_text()
            if page is eva and firm == "Alma AB":
                looked.at(page, "bid")
            for place, level in enumerate(given):
                page.select_option(f"select[name=score_{place}]", level)
                page.fill(f"textarea[name=reason_{place}]", f"Because of what stands in the answer to {place + 1}.")
            main(page, "Keep my scores")
        main(page, "Lock my scores")
    looked.at(ivo, "bids")

    # Together, and the award.
    for firm, given in levels.items():
        owner.goto(f"{base}bids")
        main(owner, f"Scores side by side {firm}")
        if firm == "Alma AB":
            looked.at(owner, "moderate")
        for place, level in enumerate(given):
            owner.select_option(f"select[name=score_{place}]", level)
            owner.fill(f"textarea[name=reason_{place}]", "Agreed on at the meeting.")
        main(owner, "Keep the moderated scores")
    main(owner, "Ranking")
    looked.at(owner, "ranking")
    assert "Bo & Söner comes first" in owner.locator("main").inner_text()
    main(owner, "Award the contract")
    owner.select_option("select[name=winner]", label="Bo & Söner")
    owner.fill("textarea[name=reason]", "The best ratio of price and quality by what the tender stated.")
    looked.at(owner, "award")
    owner.goto(f"{base}award")
    owner.select_option("select[name=winner]", label="Bo & Söner")
    owner.fill("textarea[name=reason]", "The best ratio of price and quality by what the tender stated.")
    main(owner, "Award the contract")
    looked.at(owner, "report")
    assert "awarded to Bo & Söner" in owner.locator("main").inner_text()
    with owner.expect_download() as waited:
        main(owner, "Download as a document")
    if PICTURES:
        waited.value.save_as(Path(PICTURES) / "report.docx")
    owner.goto(f"{base}log")
    looked.at(owner, "log")
    assert "gave the moderated score" in owner.locator("main").inner_text()
    assert looked.found == []
