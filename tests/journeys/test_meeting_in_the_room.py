"""A meeting in the room: the network drops and nothing is lost or doubled; forty phones at once; then to the board."""

import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.lib import web

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("meeting")]
PHONES = 40
PATIENCE = 180
"""Seconds for all forty together, on a machine that does much else; alone it takes a few."""


@pytest.fixture(scope="module")
def room(built_sample: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[dict[str, Any]]:
    """A running web with a planned meeting, its facilitator's page and its address for phones."""
    folder = tmp_path_factory.mktemp("meeting") / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    with web.running(folder, "--worker", "none") as running:
        context = chromium.new_context(storage_state=web.owners_cookies(chromium, running), locale="en")
        page = context.new_page()
        page.goto(running.address)
        plan = re.sub(r"(/p/[^/]+/).*", r"\1plan/", page.url)
        page.goto(f"{plan}meetings/new")
        page.fill("[name=title]", "Stormöte")
        page.fill("[name=question]", "Vad börjar vi med?")
        page.fill("[name=cards]", str(PHONES))
        page.click("main button.main")
        meeting = page.url
        phones = page.locator("a.address").inner_text()
        page.goto(f"{meeting}paper")
        cards = page.locator(".cards .key").all_text_contents()
        page.goto(f"{meeting}run")
        page.locator("button[name=phase]").first.click()
        yield {"page": page, "context": context, "meeting": meeting, "phones": phones, "cards": cards, "plan": plan}
        context.close()


def typed(page: Any, text: str) -> None:
    page.fill("#text", text)
    page.locator(".typing button.main").click()


def test_what_is_typed_without_a_network_is_sent_once_when_it_is_back(room: dict[str, Any]) -> None:
    page, context = room["page"], room["context"]
    typed(page, "Sagt medan nätet fanns")
    page.locator("#live .typed", has_text="Sagt medan nätet fanns").wait_for()
    context.set_offline(True)
    for text in ("Skrivet utan nät", "Ännu en lapp"):
        typed(page, text)
    assert page.locator("#unsent li").all_text_contents() == ["Skrivet utan nät", "Ännu en lapp"]
    assert page.locator("#state").inner_text().startswith("2 not sent yet")
    page.close()  # the battery is flat
    context.set_offline(False)
    page = room["page"] = context.new_page()
    page.goto(f"{room['meeting']}run")
    page.locator("#live .typed", has_text="Ännu en lapp").wait_for()
    lost: list[str] = []

    def answer_lost(route: Any) -> None:
        """The server does what is asked, and its answer never comes."""
        lost.append(route.fetch(timeout=web.PATIENCE).text())
        route.abort()

    page.route("**/act*", answer_lost, times=1)
    typed(page, "Svaret kom aldrig fram")
    page.get_by_text("1 not sent yet").wait_for()
    page.get_by_text("Everything is sent.").wait_for()
    page.locator("#live .typed", has_text="Svaret kom aldrig fram").wait_for()
    assert lost and "wrong" not in lost[0]
    page.reload()
    said = page.locator("#live .idea .typed").all_text_contents()
    assert sorted(said) == ["Sagt medan nätet fanns", "Skrivet utan nät", "Svaret kom aldrig fram", "Ännu en lapp"]


def test_nothing_that_was_typed_is_lost_to_a_refusal(room: dict[str, Any]) -> None:
    page = room["page"]
    page.reload()
    assert page.locator("#state").inner_text() == "", "nothing has been sent since the page was opened"
    page.locator("#text").evaluate("(field) => { field.value = 'a'.repeat(1001); }")
    page.locator(".typing button.main").click()
    assert len(page.locator("#text").input_value()) == 1001
    assert "1001 letters" in page.locator("#text").evaluate("(field) => field.validationMessage")
    typed(page, "Ring 19811218-9876 om nyckeln")
    page.locator("#wrong .refused", has_text="Not taken: Ring 19811218-9876 om nyckeln").wait_for()
    page.reload()


def at_once(work: Any, things: Any) -> list[Any]:
    """All of it at the same time, one phone each; fails where it takes longer than people wait."""
    begin = time.monotonic()
    with ThreadPoolExecutor(PHONES) as pool:
        found = list(pool.map(work, things))
    assert time.monotonic() - begin < PATIENCE
    return found


def send(address: str, **said: str) -> int:
    """One phone: opens the page, writes for a while, sends, and sends again because nothing seems to happen."""
    with httpx.Client(headers={"Origin": re.sub(r"(//[^/]+)/.*", r"\1", address)}, timeout=PATIENCE) as phone:
        page = phone.get(address)
        token = re.search(r'name="token" value="([^"]+)"', page.text)
        assert page.status_code == 200 and token and not phone.cookies
        time.sleep(3.1)  # nobody writes quicker, and the page knows
        answers = [phone.post(address, data={"token": token[1], **said}).status_code for _time in range(2)]
        assert answers[0] == answers[1]
        return answers[0]


def test_forty_phones_send_ideas_and_vote_at_once(room: dict[str, Any]) -> None:
    page, phones, meeting = room["page"], room["phones"], room["meeting"]
    ideas = [f"Idé nummer {number} från en telefon" for number in range(PHONES)]
    assert at_once(lambda text: send(phones, text=text), ideas) == [302] * PHONES
    page.goto(f"{meeting}run")
    page.get_by_role("button", name=f"Show all {PHONES} ideas").click()
    page.locator("#live h2", has_text="From phones").wait_for(state="detached")
    for title in ("Köket", "Bussen"):
        page.get_by_label("A new group").fill(title)
        page.get_by_role("button", name="Make it").click()
        page.locator("#live article h3", has_text=title).wait_for()
    assert page.locator("#live .idea").count() >= PHONES
    page.locator("button[name=phase][value=voting]").click()
    fields = re.findall(r'name="(g-[^"]+)"', httpx.get(phones).text)
    voters = list(enumerate(room["cards"]))

    def vote(voter: tuple[int, str]) -> int:
        number, card = voter
        return send(phones, card=card, **{fields[0]: "1", fields[1]: "2" if number % 2 else "0"})

    assert at_once(vote, voters) == [302] * PHONES
    page.goto(f"{meeting}run")
    assert page.get_by_text(f"{PHONES} cards have voted").is_visible()
    page.locator("button[name=phase][value=result]").click()
    page.goto(f"{meeting}result")
    rows = page.locator("table tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [["Köket", "40", "40", "1"], ["Bussen", "40", "20", "1"]]


def test_the_same_evening_it_stands_on_the_board_and_every_page_is_accessible(room: dict[str, Any]) -> None:
    page, meeting = room["page"], room["meeting"]
    page.goto(f"{meeting}run")
    group = page.locator("#live article").first
    group.locator("summary", has_text="first step").click()
    group.get_by_label("Pillar").select_option("land")
    group.get_by_label("Who answers for it").fill("Byalaget")
    group.get_by_label("First step").fill("Fråga rektorn")
    group.get_by_role("button", name="Save").click()
    group.get_by_label("Who wants to work on it").fill("Eva")
    group.get_by_role("button", name="Add").click()
    page.get_by_text("Want to work on it: Eva").wait_for()
    axe = Axe()
    for more in ("", "run", "screen", "result", "invitation", "paper", "lottery"):
        page.goto(f"{meeting}{more}")
        assert axe.run(page).response["violations"] == [], more
    page.goto(f"{meeting}result")
    page.get_by_role("button", name="Send to the board").click()
    page.get_by_text("1 card was entered or changed on the board.").wait_for()
    page.goto(f"{room['plan']}board/")
    page.get_by_text("Köket").first.wait_for()
    phone = page.context.browser.new_context(viewport={"width": 320, "height": 640})
    small = phone.new_page()
    for language in ("sv", "nl", "en"):
        small.goto(f"{room['phones']}?lang={language}")
        assert language != "sv" or axe.run(small).response["violations"] == []
        assert small.evaluate("document.documentElement.scrollWidth <= innerWidth"), language
    assert phone.cookies() == []
    phone.close()


def test_a_circle_from_its_invitation_to_the_board(room: dict[str, Any]) -> None:
    """Begun by the facilitator, answered on a phone without an account, deepened, on the board, concluded, printed."""
    page, plan = room["page"], room["plan"]
    page.goto(f"{plan}circles/new")
    page.locator("input[name=template][value=three_meetings]").check()
    page.get_by_label("Name of the circle").fill("Cirkeln")
    page.get_by_role("button", name="Begin").click()
    circle, address = page.url, page.locator("a.address").inner_text()
    phone = page.context.browser.new_context(viewport={"width": 320, "height": 640}, locale="en")
    small, axe = phone.new_page(), Axe()
    small.goto(f"{address}efforts?lang=en")
    small.get_by_label("Under which pillar?").select_option("work")
    small.get_by_label("It could be done").check()
    small.get_by_label("What?").fill("Lärlingar på varvet")
    small.wait_for_timeout(3_100)  # nobody writes quicker, and the page knows
    small.get_by_role("button", name="Send").click()
    small.locator("#list", has_text="Lärlingar på varvet").wait_for()
    for more in ("", "meeting/m1", "efforts", "talks", "facts"):
        for language in ("sv", "nl", "en"):
            small.goto(f"{address}{more}?lang={language}")
            if language == "nl":  # elements are alike in all languages
                assert axe.run(small).response["violations"] == [], more
            assert small.evaluate("document.documentElement.scrollWidth <= innerWidth"), (more, language)
    page.goto(circle)
    page.get_by_role("link", name="Deepen it").click()
    page.get_by_label("First step").fill("Ring varvet")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Send to the board").click()
    page.get_by_text("1 card was entered or changed on the board.").wait_for()
    page.get_by_role("link", name="Conclude the circle").click()
    page.get_by_label("What the circle has come to").fill("Vi börjar på varvet.")
    page.get_by_label("How many took part").fill("8")
    page.get_by_role("button", name="Conclude").click()
    page.get_by_text("Ring varvet").wait_for()
    for more in ("", "script", "handout", "result", "meeting/m1", "conclude"):
        page.goto(f"{circle}{more}")
        assert axe.run(page).response["violations"] == [], more
    small.goto(f"{address}result")
    assert small.get_by_text("Vi börjar på varvet.").is_visible() and phone.cookies() == []
    phone.close()
    page.goto(f"{plan}board/")
    page.get_by_text("Lärlingar på varvet").first.wait_for()


def test_the_desk_opens_again_without_a_network_until_somebody_signs_out(room: dict[str, Any]) -> None:
    page, context, desk = room["page"], room["context"], f"{room['meeting']}run"
    page.goto(desk)
    page.evaluate("navigator.serviceWorker.ready.then(one => one.scope)")
    kept = "caches.keys().then(names => Promise.all(names.map(async name => (await (await caches.open(name)).keys())"
    names = page.evaluate(f"{kept}.map(one => new URL(one.url).pathname))))")
    assert len(names) == 1 and len(names[0]) == 6
    assert [one for one in names[0] if not one.startswith("/static/")] == [re.sub(r"https?://[^/]+", "", desk)]
    context.set_offline(True)
    page.close()
    page = room["page"] = context.new_page()
    page.goto(desk)
    page.locator("#old", has_text="No network. What stands here is as it was at").wait_for()
    assert page.evaluate("getComputedStyle(document.querySelector('.desk')).display") == "grid", "its looks are there"
    page.get_by_label("A new group").fill("Utan nät")
    page.get_by_role("button", name="Make it").click()
    page.get_by_text("1 not sent yet").wait_for()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        context.new_page().goto(room["meeting"])
    context.set_offline(False)
    page.locator("#live article h3", has_text="Utan nät").wait_for()
    page.locator("#old").wait_for(state="hidden")
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("link", name="Sign in").first.wait_for()
    page.wait_for_function("caches.keys().then(names => names.length === 0)")
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(desk)
    context.set_offline(False)
