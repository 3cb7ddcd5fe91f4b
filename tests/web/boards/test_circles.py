"""Study circles: from a ready course over answers without accounts to cards on the board and a document."""

import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from docx import Document

from bygd.vocabulary.words import Pillar
from bygd.web import guard
from bygd.web.boards.circles import public
from bygd.web.boards.circles.models import Answer, Circle, Effort, Talk
from bygd.workbench import boards

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "http://localhost"}
EFFORT = {"pillar": "land", "standing": "possible", "title": "Open the school kitchen in the evening"}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are not sent too quickly here."""
    monkeypatch.setattr(guard, "SOONEST", -1)


@pytest.fixture
def leader(own_place: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(own_place, "facilitator")


@pytest.fixture
def circle(own_place: Any, leader: Client) -> Circle:
    said = {"template": "three_meetings", "title": "Cirkeln i Fyrhamn", "language": "sv", "where": "Biblioteket"}
    answer = leader.post(f"/p/{own_place.slug}/plan/circles/new", said)
    assert answer.status_code == 302
    return Circle.objects.get(title="Cirkeln i Fyrhamn")


@pytest.fixture
def outside() -> Client:
    return Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True)


def inside(circle: Circle, more: str = "") -> str:
    return f"/p/{circle.place.slug}/plan/circles/{circle.pk}/{more}"


def send(client: Client, path: str, **said: str) -> Any:
    page = client.get(path).content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page[:400]
    return client.post(path, {"token": found[1], **said}, **ORIGIN)


def test_an_address_that_no_telephone_reaches_says_so(circle: Circle, leader: Client, settings: Any) -> None:
    told = "Only this computer can open this address."
    settings.ADDRESS = ""
    assert all(told in leader.get(inside(circle, page)).content.decode() for page in ("", "handout"))
    settings.ADDRESS = "https://bygd.example.org"
    assert all(told not in leader.get(inside(circle, page)).content.decode() for page in ("", "handout"))


def test_participants_read_and_write_without_account_or_cookies(circle: Circle, outside: Client) -> None:
    at = f"/circle/{circle.secret}/"
    home = outside.get(at)
    assert home.status_code == 200 and not home.cookies and "noindex" in home["X-Robots-Tag"]
    assert 'lang="sv"' in home.content.decode() and "Biblioteket" in home.content.decode()
    dashed = "-".join(re.findall("....", circle.secret.upper()))
    assert outside.get(f"/circle/{dashed}/").status_code == 200  # as somebody types it from paper
    answer = send(outside, f"{at}meeting/m1", part="m1p2", text="Vi köper mat i grannstaden.", given_by="Åsa")
    assert answer.status_code == 302 and not answer.cookies
    assert send(outside, f"{at}efforts", **EFFORT).status_code == 302
    said = {"partner": "business", "about": "Köket", "said": "De vill hyra."}
    assert send(outside, f"{at}talks", **said).status_code == 302
    assert (Answer.objects.get().part, Effort.objects.get().pillar, Talk.objects.get().partner) == (
        "m1p2", "land", "business",
    )  # fmt: skip
    page = outside.get(f"{at}meeting/m1").content.decode()
    assert "grannstaden" in page and "Åsa" in page


def test_a_pillar_of_which_nothing_is_written_says_so_and_has_no_empty_list(circle: Circle, outside: Client) -> None:
    at = f"/circle/{circle.secret}/efforts?lang=en"
    page = outside.get(at).content.decode()
    assert page.count("Nothing is written here yet.") == len(Pillar) and "<ul></ul>" not in page
    send(outside, at, **EFFORT)
    page = outside.get(at).content.decode()
    assert page.count("Nothing is written here yet.") == len(Pillar) - 1 and "<ul></ul>" not in page


def test_an_answer_is_kept_once_and_only_for_a_question_there_is(circle: Circle, outside: Client) -> None:
    path = f"/circle/{circle.secret}/meeting/m1"
    token = re.search(r'name="token" value="([^"]+)"', outside.get(path).content.decode())
    said = {"token": token[1] if token else "", "part": "m1p2", "text": "Ja"}
    assert [outside.post(path, said, **ORIGIN).status_code for _time in range(2)] == [302, 302]
    assert outside.post(path, {**said, "part": "m3p1"}, **ORIGIN).status_code == 404
    assert outside.post(path, said, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "Det är 3200 tecken, och högst 3000 tas emot."),
        ("nl", "Dat zijn 3200 tekens"),
        ("en", "That is 3200 letters"),
    ],
)
def test_a_text_that_is_too_long_is_refused_with_all_of_it_and_never_cut(
    circle: Circle, outside: Client, language: str, said: str
) -> None:
    path, text = f"/circle/{circle.secret}/meeting/m1?lang={language}", "x" * 3_199 + "y"
    page = outside.get(path).content.decode()
    assert 'name="text"' in page and 'maxlength="3000"' not in page
    answer = send(outside, path, part="m1p2", text=text)
    told = answer.content.decode().replace("\xa0", " ")
    assert text in told and said in told, "whoever wrote it can shorten it"


@pytest.mark.parametrize(
    "said",
    [{"text": "Ring 19811218-9876"}, {"text": ""}, {"text": "x" * 3_001}, {"text": "ok", "given_by": "811218-9876"}],
)
def test_numbers_of_persons_and_nonsense_are_not_kept(circle: Circle, outside: Client, said: dict[str, str]) -> None:
    answer = send(outside, f"/circle/{circle.secret}/meeting/m1", part="m1p2", **said)
    assert answer.status_code == 422 and not Answer.objects.exists()


def test_a_trap_keeps_nothing_and_a_wrong_address_leads_nowhere(
    circle: Circle, outside: Client, leader: Client
) -> None:
    assert send(outside, f"/circle/{circle.secret}/efforts", **EFFORT, website="http://x").status_code == 302
    assert not Effort.objects.exists()
    old = circle.secret
    leader.post(inside(circle, "address"))
    assert outside.get(f"/circle/{old}/").status_code == 404
    assert outside.get(f"/circle/{Circle.objects.get(pk=circle.pk).secret}/").status_code == 200
    codes = [outside.get("/circle/aaaaaaaaaaaa/").status_code for _time in range(62)]
    assert codes[0] == 404 and codes[-1] == 429


def test_no_more_is_written_down_than_somebody_can_read(
    circle: Circle, outside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "MOST_GIVEN", 2)
    codes = [send(outside, f"/circle/{circle.secret}/efforts", **EFFORT).status_code for _time in range(3)]
    assert codes == [302, 302, 422] and Effort.objects.count() == 2


def test_hidden_is_shown_to_nobody_outside_and_scripts_are_text(
    circle: Circle, outside: Client, leader: Client
) -> None:
    path = f"/circle/{circle.secret}/meeting/m1"
    send(outside, path, part="m1p2", text="<script>alert(1)</script>", given_by="<b>Bo")
    given = Answer.objects.get()
    for page in (outside.get(path), leader.get(inside(circle))):
        assert "<script>alert" not in page.content.decode() and "<b>Bo" not in page.content.decode()
    for what in ("hide", "nameless", "pick"):
        leader.post(inside(circle, f"given/answer/{given.pk}"), {"what": what})
    assert "alert(1)" not in outside.get(path).content.decode()
    given.refresh_from_db()
    assert (given.given_by, given.is_picked, given.is_shown) == ("", True, False)
    assert leader.post(inside(circle, "given/circle/1"), {"what": "hide"}).status_code == 404


def test_what_a_circle_comes_to_flows_to_the_board_once(circle: Circle, outside: Client, leader: Client) -> None:
    send(outside, f"/circle/{circle.secret}/efforts", **EFFORT)
    effort = Effort.objects.get()
    step = {"first_step": "Fråga rektorn", "first_step_by": "Föräldraföreningen", "first_step_on": "2026-12-01"}
    assert leader.post(inside(circle, f"effort/{effort.pk}"), {**EFFORT, **step}).status_code == 302
    for _time in range(2):
        leader.post(inside(circle, "board"))

    def found() -> list[dict[str, Any]]:
        return [row for row in boards.current(circle.place.project) if row["origin"] == f"circle:{circle.key}"]

    (card,) = found()
    assert (card["pillar"], card["standing"], card["first_step"]) == ("land", "possible", "Fråga rektorn")
    leader.post(inside(circle, f"effort/{effort.pk}"), {**EFFORT, **step, "title": "Öppna köket"})
    leader.post(inside(circle, "board"))
    (changed,) = found()
    assert changed["card_key"] == card["card_key"] and changed["title"] == "Öppna köket"


def test_a_course_is_changed_and_answers_stay_with_their_questions(
    circle: Circle, outside: Client, leader: Client
) -> None:
    send(outside, f"/circle/{circle.secret}/meeting/m1", part="m1p2", text="Svaret")
    said = {"title": "Vår ort", "on": "2026-11-30", "before": "Läs\n\nGå en runda", "bring": "", "m1p2-key": "m1p2"}
    parts = {"m1p2-title": "Fakta", "m1p2-minutes": "30", "m1p2-script": "", "m1p2-question": "Vad vet vi inte?"}
    new = {"new1-key": "new1", "new1-title": "Fika", "new1-minutes": "15", "new1-script": "", "new1-question": ""}
    assert leader.post(inside(circle, "meeting/m1"), said | parts | new).status_code == 302
    first = Circle.objects.get(pk=circle.pk).held().meetings[0]
    assert (first.minutes, first.before, [one.key for one in first.parts]) == (
        45,
        ("Läs", "Gå en runda"),
        ["m1p2", "new1"],
    )
    page = outside.get(f"/circle/{circle.secret}/meeting/m1").content.decode()
    assert "Vad vet vi inte?" in page and "Svaret" in page
    assert leader.post(inside(circle, "meeting/m1"), said | {**parts, "m1p2-minutes": "-3"}).status_code == 422


def test_a_course_grows_and_shrinks_but_loses_no_answers(circle: Circle, outside: Client, leader: Client) -> None:
    send(outside, f"/circle/{circle.secret}/meeting/m1", part="m1p2", text="Svaret")

    def keys() -> list[str]:
        return [one.key for one in Circle.objects.get(pk=circle.pk).held().meetings]

    leader.post(inside(circle, "longer"))
    added = keys()[-1]
    assert len(keys()) == 4 and leader.get(inside(circle, f"meeting/{added}")).status_code == 200
    for key in ("m1", "m2", added):
        leader.post(inside(circle, f"meeting/{key}/out"))
    assert keys() == ["m1", "m3"]
    assert leader.post(inside(circle, "meeting/m9/out")).status_code == 404


def test_concluded_it_is_read_by_all_who_have_the_address_and_written_by_none(
    circle: Circle, outside: Client, leader: Client
) -> None:
    at = f"/circle/{circle.secret}/"
    send(outside, f"{at}meeting/m3", part="m3p4", text="Vi börjar med köket.")
    send(outside, f"{at}efforts", **EFFORT)
    leader.post(inside(circle, f"given/answer/{Answer.objects.get().pk}"), {"what": "pick"})
    page = outside.get(f"{at}efforts").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    said = {"conclusion": "Vi vill ha köket öppet.\nKommunen äger nyckeln.", "members": "9", "handed_to": "Nämnden"}
    assert leader.post(inside(circle, "conclude"), said).status_code == 302
    assert outside.post(f"{at}efforts", {**EFFORT, "token": token[1] if token else ""}, **ORIGIN).status_code == 422
    for page in (outside.get(f"{at}result").content.decode(), leader.get(inside(circle, "result")).content.decode()):
        assert "Vi vill ha köket öppet." in page and "Vi börjar med köket." in page
    document = Document(io.BytesIO(leader.get(inside(circle, "result.docx")).content))
    texts = [one.text for one in document.paragraphs] + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]
    assert leader.get(inside(circle, "result.pdf")).content.startswith(b"%PDF-")
    assert leader.get(inside(circle, "result.exe")).status_code == 404
    assert {"Vi vill ha köket öppet.", "Vi börjar med köket.", EFFORT["title"], "Nämnden"} <= set(texts)


def test_a_circle_travels_as_a_file(circle: Circle, outside: Client, leader: Client) -> None:
    send(outside, f"/circle/{circle.secret}/efforts", **EFFORT)
    content = leader.get(inside(circle, "circle.json")).content
    assert circle.secret not in content.decode() and circle.nonce not in content.decode()
    folder = circle.place.project.folder / "boards" / "circles"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "moved.json").write_bytes(content)
    (folder / "broken.json").write_text("{", encoding="utf-8")
    (folder / "partly.json").write_text(json.dumps({**json.loads(content), "course": {}}), encoding="utf-8")
    for _time in range(2):
        assert leader.get(f"/p/{circle.place.slug}/plan/circles/").status_code == 200
    moved = Circle.objects.get(key="moved")
    assert moved.title == circle.title and moved.efforts.get().title == EFFORT["title"]
    assert not Circle.objects.filter(key__in=["broken", "partly"]).exists()


def test_a_reader_reads_and_changes_nothing(circle: Circle, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(circle.place, "reader")
    for more in ("", "script", "handout", "result"):
        page = reader.get(inside(circle, more))
        assert page.status_code == 200 and circle.secret not in page.content.decode().replace("-", ""), more
    assert reader.post(inside(circle, "board")).status_code == 403


def test_a_page_asks_the_database_little(circle: Circle, leader: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        Effort.objects.create(circle=circle, pillar="land", standing="possible", title=str(number))
        Answer.objects.create(circle=circle, part="m1p2", text=str(number))
    with django_assert_max_num_queries(20):
        leader.get(inside(circle))


def test_the_sample_place_has_a_finished_circle(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    for _time in range(2):
        assert "Studiecirkeln i Fyrhamn" in reader.get(f"/p/{place.slug}/plan/circles/").content.decode()
    circle = Circle.objects.get()
    known = {row["card_key"] for row in boards.current(place.project)}
    assert {one.card_key for one in circle.efforts.all()} <= known and circle.efforts.count() > 5
    questions = {part.key for meeting in circle.held().meetings for part in meeting.parts if part.question}
    assert {one.part for one in circle.answers.all()} <= questions
    page = reader.get(inside(circle, "result")).content.decode()
    assert "Vi träffas igen i september" in page and page.count("<tr>") > 8


def test_the_facts_are_of_the_place_in_the_language_asked(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    for language, says in (("sv", "Vart pengarna går"), ("nl", "Waar het geld heen gaat"), ("en", "people live in")):
        assert says in reader.get(f"/p/{place.slug}/plan/circles/facts?lang={language}").content.decode()


def test_a_place_without_ledgers_is_shown_what_else_fills_the_page(
    db: None, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    from bygd.web.places.register import register
    from bygd.workbench import project

    empty = register(project.create(tmp_path / "empty", "se:1291", "Simrishamn").folder)
    page = signed_in(empty, "reader").get(f"/p/{empty.slug}/plan/circles/facts").content.decode()
    main = page.partition("<main")[2]
    listed = [main.find(f'href="/p/{empty.slug}/{path}"') for path in ("place/fetch/", "place/own/", "import/")]
    assert -1 < listed[0] < listed[1] < listed[2], "what takes the least first; ledgers last"
    assert "Bring ledgers in" not in page


def test_contracts_that_begin_later_do_not_run_yet(own_place: Any) -> None:
    from bygd.reports import Translator
    from bygd.vocabulary import tables
    from bygd.web.boards import facts
    from bygd.workbench import decisions

    today = date.today()
    day = {"starts_on": today + timedelta(days=9), "ends_on": today + timedelta(days=99)}
    row = {**dict.fromkeys(tables.contract_entries.columns()), "anchor": "X", "title": "T", "stage": "signed", **day}
    row |= {"is_framework": False, "source": "s", "withdrawn": False, "entered_by": "b", "entered_at": decisions.now()}
    said = list(facts.purchases(own_place, Translator("en")))
    decisions.add(own_place.project, tables.contract_entries, [{**row, "contract_key": "later"}])
    assert list(facts.purchases(own_place, Translator("en"))) == said
    decisions.add(
        own_place.project,
        tables.contract_entries,
        [{**row, "contract_key": "now", "starts_on": today, "ends_on": today}],
    )
    assert list(facts.purchases(own_place, Translator("en"))) != said
