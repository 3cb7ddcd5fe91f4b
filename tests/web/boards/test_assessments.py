"""Self-assessment in the browser: filled in by account or address, shown as a spread, never for too few."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bygd.web.boards.assessments import public, told
from bygd.web.boards.assessments.models import OwnQuestion, Round, Sheet
from bygd.workbench import boards

pytestmark = pytest.mark.django_db
FIRST = "level-principles-labour"


def to(place: Any, rest: str = "") -> str:
    return f"/p/{place.slug}/plan/assessments/{rest}"


def begin(place: Any, leader: Client, *parts: str, title: str = "Mars") -> Round:
    sent = leader.post(to(place, "new"), {"title": title, "parts": parts or ("principles",), "language": "sv"})
    assert sent.status_code == 302, sent.content.decode()
    return Round.objects.latest("pk")


def outside(found: Round, **said: str) -> Any:
    """Somebody without an account fills in, as slowly as people do."""
    import re

    browser = Client(SERVER_NAME="localhost", HTTP_SEC_FETCH_SITE="same-origin", enforce_csrf_checks=True)
    page = browser.get(f"/assess/{found.secret}/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token, page
    return browser.post(f"/assess/{found.secret}/", {"token": token[1], **said})


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits three seconds in a test; that the guard asks for them is tested with it."""
    from bygd.web import guard

    monkeypatch.setattr(guard, "SOONEST", -1)


def test_only_facilitators_begin_and_close(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    page = reader.get(to(place)).content.decode()
    assert "Labour matters more than capital" in page and "Begin a round" not in page
    assert "enabling-conditions" in page and "No question of your own yet." in page
    assert reader.get(to(place, "new")).status_code == 403
    found = begin(place, signed_in(place, "facilitator"))
    for path in (f"{found.pk}/close", f"{found.pk}/address", "questions"):
        assert reader.post(to(place, path)).status_code == 403
    text = reader.get(to(place, f"{found.pk}/")).content.decode()
    assert found.secret not in text.replace("-", ""), "the address is for those who lead"


def test_nothing_comes_in_while_a_round_is_being_closed(place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(place, "facilitator")
    under_way = begin(place, leader)
    leader.post(to(place, f"{under_way.pk}/close"))
    assert under_way.closed_on is None and not told.keep(under_way, "hand", {}) and not Sheet.objects.exists()


def test_a_sheet_too_many_is_not_thanked_for(
    place: Any, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "MOST_SHEETS", 1)
    found = begin(place, signed_in(place, "facilitator"))
    assert [outside(found, **{FIRST: "1"}).status_code for _time in range(2)] == [302, 422]


def test_the_spread_is_shown_when_closed_and_only_of_enough(place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(place, "facilitator")
    found = begin(place, leader)
    for level in (0, 1, 1, 3):
        assert outside(found, **{FIRST: str(level)})["Location"].endswith("sent=1")
    filled = leader.post(to(place, f"{found.pk}/fill"), {FIRST: "2", "note-principles-labour": "Hemlig tanke"})
    assert filled.status_code == 302
    leader.post(to(place, f"{found.pk}/fill"), {FIRST: "3", "note-principles-labour": "Hemlig tanke"})
    assert Sheet.objects.filter(round=found).count() == 5, "filling in again replaces one's own"
    outside(found, **{"level-principles-place": "2", "note-principles-place": "Bara jag"})
    text = leader.get(to(place, f"{found.pk}/")).content.decode()
    assert "6 people answered." in text and "Hemlig tanke" not in text
    leader.post(to(place, f"{found.pk}/close"))
    text = signed_in(place, "reader").get(to(place, f"{found.pk}/")).content.decode()
    row = text[text.index('<th scope="row">Labour matters') :]
    cells = [part.split("<")[0] for part in row[: row.index("</tr>")].split('<td class="number">')[1:]]
    assert cells[:3] == ["5", "0", "1"] and "<strong>1</strong>" in row[:900] and "Hemlig tanke" in row
    lonely = text[text.index('<th scope="row">Place really') :]
    lonely = lonely[: lonely.index("</tr>")]
    assert "too few to be shown" in lonely and "Bara jag" not in text
    assert outside_closed(found)


def outside_closed(found: Round) -> bool:
    page = Client(SERVER_NAME="localhost").get(f"/assess/{found.secret}/").content.decode()
    return "Omgången är stängd" in page and "<form" not in page


def test_rounds_are_compared(place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(place, "facilitator")
    for title, level in (("Mars", 1), ("Oktober", 2)):
        found = begin(place, leader, title=title)
        for _ in range(5):
            outside(found, **{FIRST: str(level)})
        leader.post(to(place, f"{found.pk}/close"))
    text = leader.get(to(place, f"{found.pk}/")).content.decode()
    assert "the round before: Mars" in text
    row = text[text.index('<th scope="row">Labour matters') :]
    assert '<td class="number">1</td>' in row[: row.index("</tr>")]


def test_own_questions_are_asked_from_the_next_round(place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(place, "facilitator")
    before = begin(place, leader, "principles")
    assert leader.post(to(place, "new"), {"title": "X", "parts": ["conditions"], "language": "sv"}).status_code == 422
    leader.post(to(place, "questions"), {"part": "conditions", "text": "Någon har tid <b>"})
    assert leader.post(to(place, "questions"), {"part": "principles", "text": "X"}).status_code == 404
    after = begin(place, leader, "principles", "conditions")
    question = OwnQuestion.objects.get()
    leader.post(to(place, "questions"), {"aside": str(question.pk)})
    text = leader.get(to(place, f"{after.pk}/fill")).content.decode()
    assert "Någon har tid &lt;b&gt;" in text
    assert "Någon har tid" not in leader.get(to(place, f"{before.pk}/fill")).content.decode()


@pytest.mark.parametrize(
    ("said", "status"), [({}, 422), ({FIRST: "7"}, 422), ({FIRST: "1", "note-principles-labour": "850709-9805"}, 422)]
)
def test_sheets_that_say_nothing_or_too_much(
    place: Any, signed_in: Callable[..., Client], said: dict[str, str], status: int
) -> None:
    found = begin(place, signed_in(place, "facilitator"))
    assert outside(found, **said).status_code == status
    assert not Sheet.objects.exists()


def test_programs_and_other_sites_are_turned_away(place: Any, signed_in: Callable[..., Client]) -> None:
    found = begin(place, signed_in(place, "facilitator"))
    assert outside(found, **{FIRST: "1", "website": "http://x"}).status_code == 302
    browser = Client(SERVER_NAME="localhost", HTTP_ORIGIN="https://elsewhere.example")
    assert browser.post(f"/assess/{found.secret}/", {FIRST: "1"}).status_code == 403
    assert not Sheet.objects.exists()
    old = found.secret
    signed_in(place, "facilitator").post(to(place, f"{found.pk}/address"))
    assert Client(SERVER_NAME="localhost").get(f"/assess/{old}/").status_code == 404


def test_a_question_leads_to_a_card(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    found = begin(own_place, leader, "pillars")
    page = to(own_place, f"{found.pk}/card/pillars-land")
    assert 'value="land" selected' in leader.get(page).content.decode()
    assert leader.post(page, {"title": "", "pillar": "land"}).status_code == 422
    assert leader.post(page, {"title": "Öppna ängen", "pillar": "land"}).status_code == 302
    (card,) = [one for one in boards.current(own_place.project) if one["title"] == "Öppna ängen"]
    assert card["origin"] == f"assessment:{found.pk}:pillars-land" and card["standing"] == "idea"
    assert leader.get(to(own_place, f"{found.pk}/card/nothing")).status_code == 404


def test_rounds_of_the_project_folder_are_taken_in_once(own_place: Any, signed_in: Callable[..., Client]) -> None:
    folder = own_place.project.folder / "boards" / "assessments"
    (folder / "damaged.json").write_text('{"title": "X"}', encoding="utf-8")
    (folder / "no.json").write_text("[]", encoding="utf-8")
    reader = signed_in(own_place, "reader")
    reader.get(to(own_place))
    page = reader.get(to(own_place)).content.decode()
    assert "Studiecirkeln, våren 2026" in page and Round.objects.count() == 2
    text = reader.get(to(own_place, f"{Round.objects.latest('pk').pk}/")).content.decode()
    assert "7 people answered." in text and "You see it differently" in text and "våren 2025" in text
