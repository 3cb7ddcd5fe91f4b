"""Open meetings: ideas by phone and paper, groups, votes by cards, results on the board, panels by lot."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from bygd.web import guard
from bygd.web.boards.meetings import files, told
from bygd.web.boards.meetings.models import Ballot, Group, Idea, Lottery, Meeting, Volunteer
from bygd.workbench import boards

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "http://localhost"}
PLAN = {
    "kind": "open", "title": "Stormöte i Fyrhamn", "question": "Vad börjar vi med?", "language": "sv",
    "language_other": "en", "question_other": "What do we begin with?", "vote": "dots", "dots": "3", "cards": "12",
    "reads_first": "on", "held_on": "2026-12-01", "starts_at": "18:30", "room": "Folkets hus", "coffee": "1500",
}  # fmt: skip


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are not sent too quickly here."""
    monkeypatch.setattr(guard, "SOONEST", -1)


@pytest.fixture
def leader(own_place: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(own_place, "facilitator")


@pytest.fixture
def meeting(own_place: Any, leader: Client) -> Meeting:
    assert leader.post(f"/p/{own_place.slug}/plan/meetings/new", PLAN).status_code == 302
    return Meeting.objects.get()


@pytest.fixture
def outside() -> Client:
    return Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True)


def inside(meeting: Meeting, more: str = "") -> str:
    return f"/p/{meeting.place.slug}/plan/meetings/{meeting.pk}/{more}"


def go(leader: Client, meeting: Meeting, *phases: str) -> None:
    for phase in phases:
        assert leader.post(inside(meeting, "phase"), {"phase": phase}).status_code == 302
    meeting.refresh_from_db()


def act(leader: Client, meeting: Meeting, *asked: dict[str, Any]) -> list[dict[str, str]]:
    answer = leader.post(inside(meeting, "act"), json.dumps(asked), content_type="application/json")
    assert answer.status_code == 200
    done: list[dict[str, str]] = answer.json()["done"]
    return done


def groups(meeting: Meeting, *titles: str) -> list[Group]:
    return [Group.objects.create(meeting=meeting, key=f"group-{title}", title=title) for title in titles]


def token(client: Client, meeting: Meeting) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(f"/meeting/{meeting.secret}/").content.decode())
    assert found
    return found[1]


def send(client: Client, meeting: Meeting, **said: str) -> Any:
    return client.post(f"/meeting/{meeting.secret}/", {"token": token(client, meeting), **said}, **ORIGIN)


def test_an_idea_by_phone_is_read_before_it_is_shown(meeting: Meeting, leader: Client, outside: Client) -> None:
    assert "has not begun" in outside.get(f"/meeting/{meeting.secret}/").content.decode()
    go(leader, meeting, "ideas")
    answer = send(outside, meeting, text="En verkstad <b>för alla</b>", given_by="Bo")
    assert answer.status_code == 302 and not answer.cookies
    idea = Idea.objects.get()
    assert (idea.state, idea.source, idea.given_by) == ("waiting", "phone", "Bo")
    for page in (outside.get(f"/meeting/{meeting.secret}/"), leader.get(inside(meeting, "screen"))):
        assert "En verkstad" not in page.content.decode()
    assert act(leader, meeting, {"key": "judge-0001", "what": "judge", "idea": idea.key, "state": "shown"}) == [
        {"key": "judge-0001"}
    ]
    for page in (outside.get(f"/meeting/{meeting.secret}/"), leader.get(inside(meeting, "screen/live"))):
        assert "En verkstad" in page.content.decode() and "<b>för" not in page.content.decode()
    assert "noindex" in outside.get(f"/meeting/{meeting.secret}/")["X-Robots-Tag"]


@pytest.mark.parametrize("said", [{"text": ""}, {"text": "x" * 1_001}, {"text": "Ring 19811218-9876"}])
def test_what_is_no_idea_is_not_kept(meeting: Meeting, leader: Client, outside: Client, said: dict[str, str]) -> None:
    go(leader, meeting, "ideas")
    assert send(outside, meeting, **said).status_code == 422
    assert send(outside, meeting, text="bra", website="http://x").status_code == 302
    assert not Idea.objects.exists()


def test_what_is_sent_again_is_done_once(meeting: Meeting, leader: Client) -> None:
    """The answer was lost on its way: the page sends all of it again, in order, with some more."""
    go(leader, meeting, "ideas")
    first = [
        {"key": "idea-0001", "what": "idea", "text": "Fler bänkar", "source": "paper"},
        {"key": "group-0001", "what": "group", "title": "Torget", "idea": "idea-0001"},
        {"key": "volun-0001", "what": "volunteer", "group": "group-0001", "name": "Eva"},
    ]
    for _time in range(2):
        assert [sorted(one) for one in act(leader, meeting, *first)] == [["key"]] * 3
    more = [*first, {"key": "idea-0002", "what": "idea", "text": "Ett träd", "group": "group-0001"}]
    act(leader, meeting, *more)
    assert (Idea.objects.count(), Group.objects.count(), Volunteer.objects.count()) == (2, 1, 1)
    assert set(Idea.objects.values_list("group__title", flat=True)) == {"Torget"}
    act(leader, meeting, {"key": "hide-0001", "what": "judge", "idea": "idea-0001", "state": "hidden"})
    act(leader, meeting, {"key": "show-0001", "what": "judge", "idea": "idea-0001", "state": "shown"})
    act(leader, meeting, {"key": "hide-0001", "what": "judge", "idea": "idea-0001", "state": "hidden"})
    assert Idea.objects.get(key="idea-0001").state == "shown"  # an old thing that comes late undoes nothing


@pytest.mark.parametrize(
    "asked",
    [
        {"key": "idea-0009", "what": "idea", "text": ""},
        {"key": "short", "what": "idea", "text": "x"},
        {"key": "idea-0009", "what": "drop table"},
        {"key": "idea-0009", "what": "volunteer", "group": "gone-00001", "name": "x"},
        {"key": "idea-0009", "what": "idea", "text": "x" * 1_001},
        {"key": "idea-0009", "what": "idea", "text": "ok", "given_by": "811218-9876"},
        {"key": "idea-0009", "what": "ballot", "card": "zzzzzz", "marks": "1"},
        {"key": ["a"], "what": {"b": 1}, "text": None},
    ],
)
def test_what_cannot_be_done_is_said_and_the_rest_is_done(
    meeting: Meeting, leader: Client, asked: dict[str, Any]
) -> None:
    go(leader, meeting, "ideas")
    wrong, right = act(leader, meeting, asked, {"key": "idea-0010", "what": "idea", "text": "Ja"})
    assert wrong["wrong"] and "wrong" not in right
    assert Idea.objects.get().text == "Ja"
    assert leader.post(inside(meeting, "act"), "{", content_type="application/json").status_code == 400


def test_alike_ideas_are_offered_and_people_decide(meeting: Meeting, leader: Client) -> None:
    go(leader, meeting, "ideas")
    texts = ("Solceller på skolans tak", "Sätt solceller på taken", "Fler bussar på kvällen")
    act(leader, meeting, *({"key": f"idea-000{at}", "what": "idea", "text": one} for at, one in enumerate(texts)))
    (bundle,) = told.bundles(told.wall(meeting))
    assert [one.key for one in bundle] == ["idea-0000", "idea-0001"]
    asked = {"key": "group-0001", "what": "group", "title": "Sol", "idea": "idea-0000 idea-0001"}
    act(leader, meeting, asked, {"key": "idea-0009", "what": "idea", "text": "Solceller på ladan och taken"})
    wall = told.wall(meeting)
    assert [len(one.ideas) for one in wall.gathered] == [2]
    assert told.near(wall)["idea-0009"].title == "Sol" and "idea-0002" not in told.near(wall)
    assert "It seems like: Sol" in leader.get(inside(meeting, "live")).content.decode()


def test_a_card_has_one_vote_by_phone_or_on_paper(meeting: Meeting, leader: Client, outside: Client) -> None:
    bread, light = groups(meeting, "Bröd", "Ljus")
    go(leader, meeting, "ideas", "voting")
    first, second = meeting.codes()[:2]
    assert meeting.seed and len(set(meeting.codes())) == 12
    assert meeting.seed in outside.get(f"/meeting/{meeting.secret}/?card={first}").content.decode()
    assert (
        send(outside, meeting, card=first.upper(), **{f"g-{bread.key}": "2", f"g-{light.key}": "1"}).status_code == 302
    )
    assert send(outside, meeting, card=first, **{f"g-{light.key}": "3"}).status_code == 302  # changed their mind
    for said in ({"card": "aaaaaa"}, {"card": second, f"g-{bread.key}": "4"}, {"card": second, f"g-{bread.key}": "x"}):
        assert send(outside, meeting, **said).status_code == 422, said
    asked = {"what": "ballot", "card": second, "marks": "1, 1 2"}
    assert act(leader, meeting, {"key": "ballot-001", **asked}) == [{"key": "ballot-001"}]
    assert "wrong" in act(leader, meeting, {"key": "ballot-002", **asked, "marks": "1 1 1 1"})[0]
    assert "wrong" in act(leader, meeting, {"key": "ballot-003", **asked, "marks": "9"})[0]
    assert Ballot.objects.count() == 2
    go(leader, meeting, "result")
    counted = told.count(meeting)
    assert counted and [(one.choice, one.dots) for one in counted.dotted] == [(light.key, 4), (bread.key, 2)]
    assert "Cards that gave any" in outside.get(f"/meeting/{meeting.secret}/").content.decode()


def test_what_was_refused_and_is_sent_again_is_not_said_to_be_kept(
    meeting: Meeting, leader: Client, outside: Client
) -> None:
    """Somebody reloads the page that said what is wrong: the browser sends the very same form again."""
    (bread,) = groups(meeting, "Bröd")
    at = f"/meeting/{meeting.secret}/"
    for phase, said in (
        ("ideas", {"text": "Ring 19811218-9876"}),
        ("voting", {"card": "aaaaaa", f"g-{bread.key}": "1"}),
    ):
        go(leader, meeting, phase)
        given = {"token": token(outside, meeting), **said}
        assert [outside.post(at, given, **ORIGIN).status_code for _time in range(2)] == [422, 422], phase
    assert not Idea.objects.exists() and not Ballot.objects.exists()
    given["card"] = meeting.codes()[0]
    assert [outside.post(at, given, **ORIGIN).status_code for _time in range(2)] == [302, 302]
    assert Ballot.objects.count() == 1


def test_what_comes_too_late_is_told_and_an_idea_is_given_back(
    meeting: Meeting, leader: Client, outside: Client
) -> None:
    (bread,) = groups(meeting, "Bröd")
    at = f"/meeting/{meeting.secret}/"
    go(leader, meeting, "ideas")
    kept, late = ({"token": token(outside, meeting), "text": text} for text in ("Ett träd", "Fler <b>bänkar"))
    assert outside.post(at, kept, **ORIGIN).status_code == 302
    go(leader, meeting, "voting")
    answer = outside.post(at, late, **ORIGIN)
    assert answer.status_code == 409 and "Fler &lt;b&gt;bänkar" in answer.content.decode()
    assert "had come in already" in outside.post(at, kept, **ORIGIN).content.decode()
    votes = [{"token": token(outside, meeting), "card": card, f"g-{bread.key}": "1"} for card in meeting.codes()[:2]]
    assert outside.post(at, votes[0], **ORIGIN).status_code == 302
    go(leader, meeting, "result")
    answers = [outside.post(at, vote, **ORIGIN) for vote in votes]
    assert [one.status_code for one in answers] == [200, 409]
    assert "your card gave before counts" in answers[0].content.decode()
    assert "Your vote is not counted." in answers[1].content.decode()
    assert (Idea.objects.count(), Ballot.objects.count()) == (1, 1)


def test_ranked_choice_is_explained_round_by_round(meeting: Meeting, leader: Client, outside: Client) -> None:
    Meeting.objects.update(vote="ranked")
    one, two, three = groups(meeting, "Ett", "Två", "Tre")
    go(leader, meeting, "ideas", "voting")
    codes = meeting.codes()
    ranks = [(one,), (one,), (two,), (two,), (three, two)]
    for code, listed in zip(codes, ranks, strict=False):
        said = {f"g-{group.key}": str(place) for place, group in enumerate(listed, 1)}
        assert send(outside, meeting, card=code, **said).status_code == 302
    assert send(outside, meeting, card=codes[6], **{f"g-{one.key}": "1", f"g-{two.key}": "1"}).status_code == 422
    go(leader, meeting, "result")
    page = outside.get(f"/meeting/{meeting.secret}/").content.decode()
    assert "Tre has the fewest and leaves." in page and "1 card goes to Två." in page
    assert "Två has more than half: 3 of the cards that count were needed." in page


def test_the_result_is_a_document_the_same_evening_and_the_meeting_travels_as_a_file(
    meeting: Meeting, leader: Client
) -> None:
    go(leader, meeting, "ideas")
    act(leader, meeting, *({"key": f"idea-000{at}", "what": "idea", "text": f"Tanke {at}"} for at in range(3)))
    workshop, _light = groups(meeting, "Verkstad", "Ljus")
    act(leader, meeting, {"key": "gather-01", "what": "gather", "idea": "idea-0000 idea-0001", "group": workshop.key})
    said = {"group": workshop.key, "pillar": "work", "owner": "Byalaget", "first_step": "Ring", "title": "Verkstad"}
    act(leader, meeting, {"key": "result-01", "what": "result", **said, "first_step_on": "2026-12-10"})
    act(leader, meeting, {"key": "volun-001", "what": "volunteer", "group": workshop.key, "name": "Eva"})
    go(leader, meeting, "voting")
    cards = [(code, "1 1 2" if at else "1") for at, code in enumerate(meeting.codes()[:2])]
    act(leader, meeting, *({"key": f"ballot-{c}", "what": "ballot", "card": c, "marks": m} for c, m in cards))
    go(leader, meeting, "result", "closed")
    document = Document(io.BytesIO(leader.get(inside(meeting, "result.docx?lang=sv")).content))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Verkstad", "Byalaget", "Ring", "10 december 2026"] in cells
    assert ["Verkstad", "3", "2", "1"] in cells and ["Ljus", "1", "1", "2"] in cells
    texts = {one.text for one in document.paragraphs}
    assert {"Tanke 0", "Tanke 2", "Vill arbeta med det: Eva", "2 kort röstade."} <= texts
    assert leader.get(inside(meeting, "result.pdf")).content.startswith(b"%PDF-")
    assert leader.get(inside(meeting, "result.exe")).status_code == 404
    content = leader.get(inside(meeting, "meeting.json")).content
    assert all(secret not in content.decode() for secret in (meeting.secret, meeting.nonce, *meeting.codes()))
    folder = meeting.place.project.folder / "boards" / "meetings"
    (folder / "moved.json").write_bytes(content)
    (folder / "broken.json").write_text("{", encoding="utf-8")
    (folder / "full.json").write_text(json.dumps({**json.loads(content), "cards": 1}), encoding="utf-8")
    (folder / "dear.json").write_text(json.dumps({**json.loads(content), "coffee": "much"}), encoding="utf-8")
    (folder / "tongue.json").write_text(json.dumps({**json.loads(content), "language": "da"}), encoding="utf-8")
    for _time in range(2):
        assert leader.get(f"/p/{meeting.place.slug}/plan/meetings/").status_code == 200
    moved = Meeting.objects.get(key="moved")
    assert files.text(moved) == content.decode() and told.count(moved) == told.count(meeting)
    assert set(Meeting.objects.values_list("key", flat=True)) == {meeting.key, "moved", "full", "sample"}
    full = Meeting.objects.get(key="full")
    assert full.groups.count() == moved.groups.count() > 0 and full.ideas.count() == moved.ideas.count() > 0
    assert full.ballots.count() == 0, "which of more votes than cards are doubled nobody can say"
    assert [why.values["number"] for why in told.aside(full)] == [1, 2] and told.aside(full)[0].values["cards"] == 1
    held = Meeting.objects.get(key="sample")
    assert held.phase == "closed" and held.ballots.count() == 33
    assert held.groups.exclude(pillar="").exclude(card_key="").count() == held.groups.count() == 4


DOTTED: list[Any] = [{"a": 3}, {"a": 1, "b": 2}, {}, {"a": 4}, {"x": 1}, {"a": -1}, {"a": True}, ["a"], "a", None]
RANKED: list[Any] = [["b", "a"], ["a"], [], ["a", "a"], ["x"], [1], [["a"]], {"a": 1}, "a", None]


@pytest.mark.parametrize(("vote", "given"), [("dots", DOTTED), ("ranked", RANKED), ("none", [{"a": 1}])])
def test_votes_of_a_file_are_checked_as_those_of_phones_are(
    own_place: Any, leader: Client, outside: Client, vote: str, given: list[Any]
) -> None:
    said = {"title": "Möte", "question": "Vad?", "language": "sv", "kind": "open", "phase": "closed", "vote": vote}
    listed = [{"key": "a", "title": "Ljus"}, {"key": "b", "title": "Bröd"}]
    said |= {"dots": 3, "cards": 12, "groups": listed, "ideas": [], "ballots": given}
    folder = own_place.project.folder / "boards" / "meetings"
    (folder / "brought.json").write_text(json.dumps(said), encoding="utf-8")
    leader.get(f"/p/{own_place.slug}/plan/meetings/")
    meeting = Meeting.objects.get(key="brought")
    good = [] if vote == "none" else given[:3]
    assert [one.marks for one in meeting.ballots.order_by("pk")] == good, "blank ones are votes, as by phone"
    why = told.aside(meeting)
    assert [one.values["number"] for one in why] == list(range(len(good) + 1, len(given) + 1))
    counted = told.count(meeting)
    assert (counted.cards if counted else 0) == len(good)
    page = outside.get(f"/meeting/{meeting.secret}/?lang=sv").content.decode()
    assert page.count("<li>Röstkort ") == len(why) and "Röster som lagts åt sidan" in page
    assert json.loads(files.text(meeting))["ballots"] == sorted(good, key=repr)


def test_votes_on_a_group_that_was_taken_apart_do_not_travel(meeting: Meeting) -> None:
    kept, gone = groups(meeting, "Kvar", "Borta")
    Ballot.objects.create(meeting=meeting, card=meeting.codes()[0], marks={kept.key: 1, gone.key: 2})
    gone.delete()
    assert json.loads(files.text(meeting))["ballots"] == [{kept.key: 1}]
    Meeting.objects.update(vote="ranked")
    meeting.refresh_from_db()
    assert told.count(meeting) is None, "dots are no order"


def test_results_flow_to_the_board_once_and_groups_without_pillar_stay(meeting: Meeting, leader: Client) -> None:
    go(leader, meeting, "ideas")
    groups(meeting, "Verkstad", "Annat")
    said = {"group": "group-Verkstad", "pillar": "work", "owner": "Byalaget", "first_step": "Ring", "title": "Verkstad"}
    act(leader, meeting, {"key": "result-01", "what": "result", **said, "first_step_on": "2026-12-10"})
    act(leader, meeting, {"key": "volun-001", "what": "volunteer", "group": "group-Verkstad", "name": "Eva"})
    go(leader, meeting, "result")
    for _time in range(2):
        assert leader.post(inside(meeting, "board")).status_code == 302
    found = [row for row in boards.current(meeting.place.project) if row["origin"] == f"meeting:{meeting.key}"]
    assert [(row["title"], row["first_step_by"], row["allies"]) for row in found] == [("Verkstad", "Byalaget", "Eva")]
    go(leader, meeting, "closed")
    page = leader.get(inside(meeting, "run")).content.decode()
    assert "Verkstad" in page and "data-queued" not in page, "a closed meeting offers nothing that it then refuses"
    assert "closed" in act(leader, meeting, {"key": "idea-0001", "what": "idea", "text": "Sent"})[0]["wrong"]


def test_an_empty_wall_says_that_it_is_empty(meeting: Meeting, leader: Client, outside: Client) -> None:
    go(leader, meeting, "ideas")
    groups(meeting, "Verkstad")  # a group without ideas shows none
    page = outside.get(f"/meeting/{meeting.secret}/").content.decode()
    assert "Nothing stands on the wall yet." in page and "On the wall" not in page
    act(leader, meeting, {"key": "idea-0001", "what": "idea", "text": "Fler bänkar"})
    page = outside.get(f"/meeting/{meeting.secret}/").content.decode()
    assert "On the wall" in page and "Fler bänkar" in page


def test_voting_needs_groups_and_the_wall_two_languages(meeting: Meeting, leader: Client) -> None:
    go(leader, meeting, "ideas", "voting")
    assert meeting.phase == "ideas"
    page = leader.get(inside(meeting, "screen")).content.decode()
    assert "Vad börjar vi med?" in page and "What do we begin with?" in page
    assert "Rikta telefonen hit" in page and "Point your phone here" in page and "<path" in page
    assert leader.get(inside(meeting, "paper")).content.decode().count('class="code"') == 12
    for more in ("", "plan", "run", "invitation", "result", "lottery"):
        assert leader.get(inside(meeting, more)).status_code == 200, more


def test_a_form_without_javascript_does_the_same(meeting: Meeting, leader: Client) -> None:
    go(leader, meeting, "ideas")
    for _time in range(2):
        answer = leader.post(inside(meeting, "act"), {"what": "idea", "text": "Utan skript", "source": "microphone"})
        assert answer.status_code == 302
    assert Idea.objects.count() == 2


def test_a_reader_sees_no_address_and_changes_nothing(meeting: Meeting, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(meeting.place, "reader")
    for more in ("", "screen", "result", "invitation"):
        page = reader.get(inside(meeting, more))
        assert page.status_code == 200 and meeting.secret not in page.content.decode().replace("-", ""), more
    for more in ("run", "act", "paper", "lottery", "meeting.json", "worker.js"):
        assert reader.get(inside(meeting, more)).status_code == 403, more


POOL = "code;sex;age\n" + "\n".join(
    f"{number};{'w' if number % 2 else 'm'};{'-29' if number % 5 == 0 else '30-'}" for number in range(1, 61)
)


def bring(leader: Client, meeting: Meeting, content: str, quotas: str = "sex=w 5\nsex=m 5\nage=-29 2-4") -> Any:
    given = SimpleUploadedFile("pool.csv", content.encode())
    return leader.post(inside(meeting, "lottery"), {"size": "10", "file": given, "quotas": quotas})


def test_a_panel_is_drawn_in_public_and_a_place_again(meeting: Meeting, leader: Client, outside: Client) -> None:
    assert outside.get(f"/meeting/{meeting.secret}/panel").status_code == 404
    assert bring(leader, meeting, POOL).status_code == 302
    found = Lottery.objects.get()
    assert found.fingerprint in outside.get(f"/meeting/{meeting.secret}/panel").content.decode()
    seed = {"seed": "4 6 1 1 3", "seed_from": "Tärningar i salen"}
    for _time in range(2):  # pressed twice, or with another seed: drawn once
        leader.post(inside(meeting, "lottery"), seed)
        seed = {"seed": "other", "seed_from": "x"}
    found.refresh_from_db()
    page = outside.get(f"/meeting/{meeting.secret}/panel").content.decode()
    assert found.seed == "4 6 1 1 3" and len(found.panel) == 10 and "Tärningar" in page
    assert all(f"<li>{code}</li>" in page for code in found.panel)
    leader.post(inside(meeting, "lottery/discard"))
    gone = found.panel[0]
    leader.post(inside(meeting, "lottery/refill"), {"code": gone})
    found.refresh_from_db()
    assert len(found.panel) == 10 and gone not in found.panel and found.out == [gone]


@pytest.mark.parametrize(
    ("content", "quotas", "says"),
    [
        ("name;sex\nEva;w\nBo;m", "", "no column"),
        ("code;email\n1;a@b.se", "", "codes only"),
        ("code;sex\n19811218-9876;w", "", "personal identity number"),
        (POOL, "sex=w 9\nsex=m 9", "No panel meets all quotas"),
        (POOL, "sex=x 1", "Nobody in the pool"),
        (POOL, "many women", "is no quota"),
        ("code;sex\n1;w", "", "1 people for 10 seats"),
    ],
)
def test_a_pool_that_says_too_much_or_cannot_be_drawn_of_is_refused(
    meeting: Meeting, leader: Client, content: str, quotas: str, says: str
) -> None:
    answer = bring(leader, meeting, content, quotas)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Lottery.objects.exists()


def test_the_desk_asks_the_database_little(
    meeting: Meeting, leader: Client, django_assert_max_num_queries: Any
) -> None:
    go(leader, meeting, "ideas")
    made = groups(meeting, *map(str, range(10)))
    Idea.objects.bulk_create(
        Idea(meeting=meeting, key=f"idea-{at:04}", text=f"Idé {at}", state="shown", source="paper", group=made[at % 10])
        for at in range(200)
    )
    with django_assert_max_num_queries(22):
        leader.get(inside(meeting, "live"))


def test_the_wall_numbers_what_came_of_it_as_the_result_does(meeting: Meeting, leader: Client, outside: Client) -> None:
    """Numbers are for voting; "2." above "1." afterwards would say something else than the page of results."""
    go(leader, meeting, "ideas")
    groups(meeting, "Verkstad", "Annat")
    go(leader, meeting, "voting")
    assert "1. Verkstad" in leader.get(inside(meeting, "screen")).content.decode()
    act(leader, meeting, {"key": "ballot-001", "what": "ballot", "card": meeting.codes()[0], "marks": "2 2"})
    go(leader, meeting, "result")
    wall = leader.get(inside(meeting, "screen")).content.decode()
    assert "1. Annat" in wall and "2. Verkstad" in wall
