"""Journeys through a browser: a plan decided, followed up, published; a circle from its invitation to the plan."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from tests.lib import web as running

from bygd.cli import main
from bygd.web import guard
from bygd.workbench import boards, plans, project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
PATIENT = (guard.SOONEST + 0.5) * 1000
"""Milliseconds after which a form is not taken for a program's."""


@pytest.fixture
def web(built_sample: Path, tmp_path: Path) -> Iterator[tuple[running.Web, Path]]:
    folder = tmp_path / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with running.running(folder, "--worker", "none") as started:
        yield started, folder


def leader(chromium: Any, started: running.Web) -> tuple[Any, str]:
    """A page of somebody who leads boards, and where the plan's pages begin."""
    context = chromium.new_context(storage_state=running.owners_cookies(chromium, started), locale="en")
    return context.new_page(), f"{started.address}/p/fyrhamn/plan"


def outside(chromium: Any) -> Any:
    """A telephone of somebody without an account."""
    context = chromium.new_context(viewport={"width": 390, "height": 800}, locale="en")
    return context.new_page()


def save(page: Any) -> None:
    page.locator("main form button.main").first.click()


def choose(page: Any, at: str, title: str) -> None:
    """Choose a card of the board for the plan."""
    page.goto(f"{at}/board/")
    page.locator("#board").get_by_role("link", name=title, exact=True).click()
    page.get_by_role("button", name="Choose for the plan").click()
    page.get_by_text("Chosen for the plan").wait_for()


def make(page: Any, at: str, title: str, template: str, card: str) -> str:
    """Make a plan of that card alone; gives its address."""
    page.goto(f"{at}/plans/new")
    page.get_by_label("What is the plan called?").fill(title)
    page.locator(f"input[name=template][value={template}]").check()
    for one in reversed(page.locator("input[name=cards]:checked").all()):
        one.uncheck()
    page.get_by_label(card, exact=True).check()
    save(page)
    page.get_by_role("heading", name=title, level=1).wait_for()
    return str(page.url)


def test_a_plan_is_decided_followed_up_and_published(
    web: tuple[running.Web, Path], chromium: Any, tmp_path: Path
) -> None:
    started, folder = web
    page, at = leader(chromium, started)
    card, title, today = "Solceller på ishallens tak som andelsel", "Elplanen", date.today()
    choose(page, at, card)
    plan = make(page, at, title, "place_development", card)
    page.locator("section.goal a", has_text="Add an activity").click()
    page.get_by_label("What", exact=True).fill("Räkna på taket")
    page.get_by_label("Who answers for it").fill("Elföreningen")
    page.get_by_label("First day").fill((today - timedelta(days=40)).isoformat())
    page.get_by_label("Last day").fill((today - timedelta(days=5)).isoformat())
    save(page)
    page.locator("section.goal a", has_text="Add an indicator").click()
    page.get_by_label("What", exact=True).fill("Sålda andelar")
    page.get_by_label("Value at the start").fill("0")
    page.get_by_label("Value wanted").fill("300")
    save(page)

    page.goto(f"{plan}decide")
    page.get_by_label("Out for consultation").check()
    page.get_by_label("Consultation: last day for answers").fill((today + timedelta(days=9)).isoformat())
    page.get_by_label("Everybody may read it").check()
    save(page)
    address = page.locator('main a[href*="/open/"]').inner_text()
    reader = outside(chromium)
    for text, sender in (("Ta med skolans tak också.", "Byalaget"), ("Something that nobody lets stand.", "")):
        reader.goto(f"{started.address}{address}?lang=en")
        reader.get_by_label("What do you say?").fill(text)
        reader.get_by_label("Name to be shown").fill(sender)
        reader.wait_for_timeout(PATIENT)
        reader.get_by_role("button", name="Send").click()
        reader.wait_for_url(re.compile("/sent"))
    page.goto(f"{plan}answers")
    mine = page.locator("li", has_text="Ta med skolans tak")
    mine.get_by_label("Reply, if you wish").fill("Det tar vi med.")
    mine.get_by_role("button", name="Show it").click()

    page.goto(f"{plan}decide")
    page.locator("input[name=state][value=decided]").check()
    page.get_by_label("Decision: which day?").fill((today - timedelta(days=1)).isoformat())
    page.get_by_label("Decision: by whom?").fill("Föreningens årsmöte")
    save(page)
    assert "by Föreningens årsmöte." in page.locator("p.lead").inner_text()
    page.goto(f"{plan}follow-up")
    page.get_by_label("How does it go as a whole?").fill("Taket håller.")
    page.locator("select[name^=state_]").last.select_option("done")
    page.locator("input[name^=value_]").last.fill("120")
    save(page)
    page.get_by_text("Sålda andelar: 120 now, from 0 towards 300.").wait_for()

    reader.goto(f"{started.address}{address}?lang=en")
    read = reader.locator("main").inner_text()
    for said in ("Föreningens årsmöte", "Taket håller.", "Det tar vi med.", "1 are done"):
        assert said in read, said
    assert "nobody lets stand" not in read and reader.context.cookies() == []
    for name, ending in (("Download as DOCX", "docx"), ("Download as PDF", "pdf")):
        with page.expect_download() as got:
            page.get_by_role("link", name=name).click()
        check(Path(got.value.path()), ending, title)

    told = CliRunner().invoke(main, ["-C", str(folder), "publish", "--out", str(tmp_path / "site"), "--lang", "en,sv"])
    assert told.exit_code == 0, told.output
    started.process.terminate()
    started.process.wait(20)
    reader.goto((tmp_path / "site" / "en" / "index.html").as_uri())
    reader.get_by_role("link", name=f"Action plan: {title}").click()
    assert "Taket håller." in reader.locator("main").inner_text()
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    (name,) = {path.stem for path in (tmp_path / "site").rglob("plan-*.html") if title in path.read_text()}
    for language in ("en", "sv"):
        for ending in ("docx", "pdf"):
            check(tmp_path / "site" / language / f"{name}.{ending}", ending, title)
    reader.get_by_role("link", name="Svenska").click()
    assert "är 1 klara" in reader.locator("main").inner_text()
    texts = [path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert not any(b"nobody lets stand" in text for text in texts)
    for one in (page, reader):
        one.context.close()


def check(path: Path, ending: str, title: str) -> None:
    """A document is what its name says, and about the plan; of a PDF that it is tagged for who cannot see it."""
    if ending == "docx":
        texts = [one.text for one in Document(str(path)).paragraphs]
        assert texts[0] == title and "Taket håller." in texts
        return
    held = path.read_bytes()
    assert held.startswith(b"%PDF-") and title.encode() in held and b"pdfuaid" in held


def test_a_circle_goes_from_its_invitation_to_the_plan(web: tuple[running.Web, Path], chromium: Any) -> None:
    started, folder = web
    page, at = leader(chromium, started)
    page.goto(f"{at}/circles/new")
    page.locator("input[name=template]").first.check()
    page.get_by_label("Name of the circle").fill("The circle in the north")
    page.get_by_label("Where it meets").fill("The old school")
    save(page)
    desk = page.url
    page.get_by_role("link", name="Change").first.click()
    page.locator("input[name=on]").fill((date.today() + timedelta(days=7)).isoformat())
    save(page)
    address = page.locator("a.address").inner_text()
    page.goto(f"{desk}handout")
    assert address in page.content(), "the sheets for participants say where to go"

    phone = outside(chromium)
    phone.goto(f"{address}?lang=en")
    phone.locator('main a[href*="/meeting/"]').first.click()
    phone.locator("section.ask summary").first.click()
    phone.locator("section.ask textarea").first.fill("The school kitchen stands empty every evening.")
    send(phone, "stands empty every evening")
    phone.locator("nav.within-circle a").nth(1).click()
    phone.get_by_label("Under which pillar?").select_option("land")
    phone.get_by_label("It could be done").check()
    phone.get_by_label("What?").fill("Open the school kitchen")
    send(phone, "Open the school kitchen")
    assert phone.context.cookies() == []

    page.goto(desk)
    page.locator("li", has_text="Open the school kitchen").locator("a", has_text="Deepen it").click()
    page.get_by_label("Who owns it?").fill("The village association")
    page.get_by_label("First step").fill("Ask the headmaster")
    page.get_by_label("Who takes it?").fill("Kim")
    page.get_by_label("By when?").fill((date.today() + timedelta(days=30)).isoformat())
    save(page)
    page.get_by_role("button", name="Send to the board").click()
    page.get_by_text("1 card was entered or changed on the board.").wait_for()
    page.get_by_role("link", name="Conclude the circle").click()
    page.locator("textarea[name=conclusion]").fill("We begin with the kitchen.")
    page.get_by_label("How many took part").fill("9")
    save(page)
    phone.goto(f"{address}?lang=en")
    phone.get_by_role("link", name="What it has come to").first.click()
    assert "We begin with the kitchen." in phone.content()

    choose(page, at, "Open the school kitchen")
    make(page, at, "The plan of the north", "local_development_plan", "Open the school kitchen")
    place = project.read(folder)
    key = next(row["plan_key"] for row in plans.plans(place) if row["title"] == "The plan of the north")
    (goal,) = plans.read(place, key).of("goal")
    (step,) = plans.read(place, key).of("activity")
    assert (goal["title"], goal["responsible"]) == ("Open the school kitchen", "The village association")
    assert (step["title"], step["responsible"]) == ("Ask the headmaster", "Kim")
    card = boards.find(place, goal["card_key"])
    assert card is not None and str(card["origin"]).startswith("circle:")
    for one in (page, phone):
        one.context.close()


def send(phone: Any, said: str) -> None:
    """Send the form that is open, no quicker than a person, until what was sent stands on the page."""
    phone.wait_for_timeout(PATIENT)
    phone.locator("main form button.main:visible").first.click()
    phone.get_by_text(said).first.wait_for()
