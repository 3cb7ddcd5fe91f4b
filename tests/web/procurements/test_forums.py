"""Issue forums: nothing is shown unread, no cookies, hostile posts run dry, each matter is answered, addresses go."""

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from bygd.reports.documents import forum as document
from bygd.sources.errors import InputError
from bygd.vocabulary.forum_words import Concern, Outcome, Sender
from bygd.web import guard
from bygd.web.people.models import Event
from bygd.web.procurements.forums.models import Answer, Forum, Matter, Proposal
from bygd.web.procurements.forums.words import ForumState
from bygd.workbench import finished, project, publication
from bygd.workbench.forums import alike

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "http://localhost"}
SAID = {
    "text": "Ask for food grown within the county, and for trainees in the kitchens.",
    "concern": "economy",
    "sender_kind": "association",
    "sender": "Skärlands odlare",
}


@pytest.fixture
def forum(place: Any) -> Forum:
    return opened(place)


@pytest.fixture
def own_forum(own_place: Any) -> Forum:
    """In a place of its own, since finishing writes into its folder."""
    return opened(own_place)


def opened(place: Any) -> Forum:
    from django.utils import timezone

    return Forum.objects.create(
        place=place, key="abcdef012345", title="School meals from 2028", about="For 3,000 children <b>a day</b>.",
        buyer="Fyrhamns kommun", cpv="55523100", closes_on=date.today() + timedelta(days=9),
        opened_at=timezone.now(), made_by="person-1",
    )  # fmt: skip


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are not sent too quickly here."""
    monkeypatch.setattr(guard, "SOONEST", -1)


@pytest.fixture
def outside() -> Client:
    return Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True)


def address(forum: Forum, more: str = "") -> str:
    return f"/open/{forum.place.slug}/forums/{forum.key}/{more}"


def listing(forum: Forum) -> str:
    return f"/open/{forum.place.slug}/forums/"


def token(client: Client, forum: Forum) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(address(forum)).content.decode())
    assert found
    return found[1]


def send(client: Client, forum: Forum, headers: dict[str, str] | None = None, **said: str) -> Any:
    given = {"token": token(client, forum), **SAID, **said}
    return client.post(address(forum), given, **(ORIGIN if headers is None else headers))


def desk(forum: Forum, more: str = "") -> str:
    return f"/p/{forum.place.slug}/procurement/forums/{forum.pk}/{more}"


def test_a_proposal_is_shown_only_after_it_was_read(
    forum: Forum, outside: Client, patient: None, signed_in: Callable[..., Client]
) -> None:
    answer = send(outside, forum)
    assert answer.status_code == 302 and answer.url.endswith("/sent?lang=en")
    assert "has come in" in outside.get(answer.url).content.decode()
    one = Proposal.objects.get()
    assert (one.text, one.sender, one.state, one.sent_on) == (SAID["text"], SAID["sender"], "waiting", date.today())
    for more in ("", "proposals.csv"):
        assert "grown within" not in outside.get(address(forum, more)).content.decode()
    buyer = signed_in(forum.place, "buyer")
    assert "grown within" in buyer.get(desk(forum)).content.decode()
    shown = {f"{one.pk}-what": "show", f"{one.pk}-matter": "new", f"{one.pk}-title": "Food from near by"}
    assert buyer.post(desk(forum, f"proposal/{one.pk}"), shown).status_code == 302
    public = outside.get(address(forum)).content.decode()
    assert "grown within" in public and "Food from near by" in public and "Skärlands odlare" in public
    assert "Not answered yet" in public
    assert "grown within" in outside.get(address(forum, "proposals.csv")).content.decode()


def test_pages_outside_set_no_cookies_and_read_none(
    forum: Forum, outside: Client, patient: None, signed_in: Callable[..., Client]
) -> None:
    member = signed_in(forum.place, "buyer")
    for client in (outside, member):
        pages = [address(forum, more) for more in ("", "sent", "proposals.csv", "proposals.xlsx")]
        for path in [*pages, listing(forum)]:
            answer = client.get(path)
            assert answer.status_code == 200 and not answer.cookies, path
        assert not send(client, forum).cookies
    assert "Sign out" not in member.get(address(forum)).content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://localhost.elsewhere.example", "HTTP_SEC_FETCH_SITE": "same-origin"},
    ],
)
def test_a_form_of_another_site_is_not_taken(
    forum: Forum, outside: Client, patient: None, headers: dict[str, str]
) -> None:
    answer = send(outside, forum, headers)
    assert answer.status_code == 403 and "Send it again from here" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_form_is_tied_to_its_forum_and_good_once(forum: Forum, outside: Client, patient: None) -> None:
    given = token(outside, forum)
    other = Forum.objects.create(
        place=forum.place, key="other", title="Other", closes_on=forum.closes_on, opened_at=forum.opened_at
    )
    assert outside.post(address(other), {**SAID, "token": given}, **ORIGIN).status_code == 400
    assert outside.post(address(forum), {**SAID, "token": given + "x"}, **ORIGIN).status_code == 400
    assert outside.post(address(forum), {**SAID, "token": ""}, **ORIGIN).status_code == 400
    for _time in range(2):  # somebody presses the button twice
        assert outside.post(address(forum), {**SAID, "token": given}, **ORIGIN).status_code == 302
    assert Proposal.objects.count() == 1


def test_what_is_sent_too_quickly_or_too_late_keeps_its_text(
    forum: Forum, outside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = send(outside, forum)
    assert quick.status_code == 400 and "quicker than" in quick.content.decode()
    assert "grown within the county" in quick.content.decode()
    monkeypatch.setattr(guard, "LATEST", -1)
    late = send(outside, forum)
    assert late.status_code == 400 and "open for too long" in late.content.decode()
    assert not Proposal.objects.exists()


def test_a_flood_from_one_address_runs_dry_and_leaves_no_address(forum: Forum, outside: Client, patient: None) -> None:
    from django.db import connection

    codes = [send(outside, forum, text=f"Proposal number {number} in a row").status_code for number in range(13)]
    assert codes == [302] * guard.MOST_OF_ONE + [429] * 3
    assert Proposal.objects.count() == guard.MOST_OF_ONE
    assert send(Client(SERVER_NAME="localhost", REMOTE_ADDR="10.0.0.9"), forum).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM web_cache")
        assert not [row for row in cursor.fetchall() if "127.0.0.1" in str(row) or "10.0.0.9" in str(row)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": "x" * 3_001}, 400),
        ({"text": "short"}, 400),
        ({"text": ""}, 400),
        ({"concern": "revenge"}, 400),
        ({"sender_kind": ""}, 400),
        ({"sender": "x" * 201}, 400),
        ({"text": "Buy http://a.example http://b.example www.c.example now"}, 400),
        ({"text": "A fine proposal", "website": "http://spam.example"}, 302),
        ({"text": "x" * (3 << 20)}, 400),
    ],
)
def test_spam_and_huge_posts_are_not_kept(
    forum: Forum, outside: Client, patient: None, said: dict[str, str], code: int
) -> None:
    assert send(outside, forum, **said).status_code == code
    assert not Proposal.objects.exists()


def test_scripts_and_formulas_are_text(
    forum: Forum, outside: Client, patient: None, signed_in: Callable[..., Client]
) -> None:
    send(outside, forum, text="=HYPERLINK('x') <script>alert(1)</script>\u202e", sender="<img src=x>")
    one = Proposal.objects.get()
    assert "\u202e" not in one.text
    buyer = signed_in(forum.place, "buyer")
    shown = {f"{one.pk}-what": "show", f"{one.pk}-matter": "new", f"{one.pk}-title": "<script>2</script>"}
    for _time in range(2):
        buyer.post(desk(forum, f"proposal/{one.pk}"), shown)
    for page in (outside.get(address(forum)), buyer.get(desk(forum)), outside.get(listing(forum))):
        text = page.content.decode()
        assert "<script>alert" not in text and "<img" not in text and "<script>2" not in text and "<b>a day" not in text
    assert "'=HYPERLINK" in outside.get(address(forum, "proposals.csv")).content.decode()


def test_matters_are_gathered_answered_and_earlier_answers_stay(
    forum: Forum, outside: Client, patient: None, signed_in: Callable[..., Client]
) -> None:
    send(outside, forum)
    send(outside, forum, text="Food should be grown in the county by small farms.", sender="")
    first, second = Proposal.objects.order_by("pk")
    buyer = signed_in(forum.place, "buyer")
    buyer.post(desk(forum, f"proposal/{first.pk}"), {f"{first.pk}-what": "show", f"{first.pk}-title": "Near food"})
    matter = Matter.objects.get()
    offered = buyer.get(desk(forum)).content.decode()
    assert f'<option value="{matter.pk}" selected>' in offered  # alike by its words
    said = {f"{second.pk}-what": "show", f"{second.pk}-matter": str(matter.pk)}
    buyer.post(desk(forum, f"proposal/{second.pk}"), said)
    for outcome, why in (("not_taken_up", "We may not ask for a place."), ("partly", "We ask for fresh food.")):
        reply = {"outcome": outcome, "why": why, "where": "Appendix 3, 4.2"}
        assert buyer.post(desk(forum, f"matter/{matter.pk}"), reply).status_code == 302
    assert Answer.objects.count() == 2
    public = outside.get(address(forum)).content.decode()
    assert "Taken up in part" in public and "Appendix 3, 4.2" in public
    assert public.index("We ask for fresh food.") < public.index("We may not ask for a place.")
    table = outside.get(address(forum, "proposals.csv")).content.decode()
    assert table.count("We ask for fresh food.") == 2 and "We may not" not in table
    wrong = buyer.post(desk(forum, f"matter/{matter.pk}"), {"outcome": "partly", "why": ""})
    assert wrong.status_code == 200 and Answer.objects.count() == 2


def test_what_is_withheld_has_a_reason_that_is_logged(
    forum: Forum, outside: Client, patient: None, signed_in: Callable[..., Client]
) -> None:
    send(outside, forum)
    one, buyer = Proposal.objects.get(), signed_in(forum.place, "buyer")
    path = desk(forum, f"proposal/{one.pk}")
    assert buyer.post(path, {f"{one.pk}-what": "withhold"}).status_code == 400
    assert buyer.post(path, {f"{one.pk}-what": "show", f"{one.pk}-matter": "new"}).status_code == 400
    assert buyer.post(path, {f"{one.pk}-what": "withhold", f"{one.pk}-reason": "off_topic"}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.reason, one.matter) == ("withheld", "off_topic", None)
    assert Event.objects.filter(did="withheld a proposal in an issue forum", about__endswith="off_topic").exists()
    assert "grown within" not in outside.get(address(forum)).content.decode()
    inner = buyer.get(desk(forum, "proposals.csv")).content.decode()
    assert "grown within" in inner and "It is not about this purchase" in inner


def test_finishing_tells_those_who_asked_and_erases_addresses(
    own_forum: Forum, outside: Client, patient: None, signed_in: Callable[..., Client], settings: Any
) -> None:
    forum = own_forum
    assert 'name="email"' not in outside.get(address(forum)).content.decode()  # no mail can be sent, so none is asked
    settings.MAILS, settings.EMAIL_BACKEND = True, "django.core.mail.backends.locmem.EmailBackend"
    settings.ADDRESS = "http://localhost"
    send(outside, forum, email="odlare@example.org")
    one, buyer = Proposal.objects.get(), signed_in(forum.place, "buyer")
    assert one.email == "odlare@example.org"
    for path in (desk(forum), desk(forum, "proposals.csv")):
        assert "odlare@example.org" not in buyer.get(path).content.decode()
    assert buyer.post(desk(forum, "finish"), follow=True).status_code == 200
    assert Forum.objects.get().answered_at is None
    buyer.post(desk(forum, f"proposal/{one.pk}"), {f"{one.pk}-what": "show", f"{one.pk}-title": "Food & more"})
    Forum.objects.update(closes_on=date.today() - timedelta(days=1))
    buyer.post(desk(forum, "finish"))
    assert Forum.objects.get().answered_at is None  # not answered yet
    buyer.post(desk(forum, f"matter/{Matter.objects.get().pk}"), {"outcome": "taken_up", "why": "Yes."})
    buyer.post(desk(forum, "finish"))
    assert Forum.objects.get().state is ForumState.ANSWERED
    assert Proposal.objects.get().email == ""
    assert [message.to for message in mail.outbox] == [["odlare@example.org"]]
    assert f"http://localhost{address(forum)}" in mail.outbox[0].body
    assert "All proposals are answered" in outside.get(address(forum)).content.decode()

    # Kept in the project's folder as it is shown, for `bygd publish`; what is taken away here is taken away there.
    (kept,) = finished.read(forum.place.project)
    assert (kept.title, kept.matters[0].title, kept.matters[0].replies[0].why) == (forum.title, "Food & more", "Yes.")
    assert kept.matters[0].proposals[0].sender == SAID["sender"]
    buyer.post(desk(forum, f"proposal/{one.pk}/nameless"))
    (kept,) = finished.read(forum.place.project)
    assert kept.matters[0].proposals[0].sender == ""


def test_a_finished_forum_stands_in_the_published_site(built_sample: Path, tmp_path: Path) -> None:
    shutil.copytree(built_sample, tmp_path / "own", symlinks=True)
    found = project.read(tmp_path / "own")
    proposal = document.Proposal("Ask for <b>oats</b>.", Concern.ECONOMY, Sender.FIRM, "", date(2026, 5, 2))
    replies = (
        document.Reply(Outcome.PARTLY, "From 2028 on.", "Annex 2", date(2026, 7, 2)),
        document.Reply(Outcome.NOT_TAKEN_UP, "Not now.", "", date(2026, 6, 2)),
    )
    said = document.Forum("abc", "Meals {2028}", "For all.", "Fyrhamn", date(2026, 5, 31), date(2026, 7, 2),
                      (document.Matter("Oats", (proposal,), replies),))  # fmt: skip
    finished.keep(found, said)
    assert finished.read(found) == [said]
    publication.write(found, tmp_path / "site", ["sv", "en"], whole=True)
    text = (tmp_path / "site" / "en" / "forums.html").read_text()
    for part in ("Meals {2028}", "Ask for &lt;b&gt;oats&lt;/b&gt;.", "Taken up in part", "Annex 2", "Not now."):
        assert part in text
    assert "Sakfrågeforum" in (tmp_path / "site" / "sv" / "forums.html").read_text()
    assert 'href="forums.html"' in (tmp_path / "site" / "sv" / "index.html").read_text()
    (found.folder / finished.FOLDER / "abc.json").write_text('{"title": 1}')
    with pytest.raises(InputError, match="no finished forum"):
        finished.read(found)


def test_nothing_comes_in_when_a_forum_is_closed(forum: Forum, outside: Client, patient: None) -> None:
    given = token(outside, forum)
    Forum.objects.update(closes_on=date.today() - timedelta(days=1))
    assert outside.post(address(forum), {**SAID, "token": given}, **ORIGIN).status_code == 302
    assert not Proposal.objects.exists()
    assert "Propose something" not in outside.get(address(forum)).content.decode()


def test_drafts_are_nobodys_but_the_buyers(forum: Forum, outside: Client, signed_in: Callable[..., Client]) -> None:
    place = forum.place
    Forum.objects.all().delete()
    reader, buyer = signed_in(place, "reader"), signed_in(place, "buyer")
    rooms = f"/p/{place.slug}/procurement/forums/"
    draft = {
        "title": "Cleaning",
        "about": "Schools",
        "buyer": "Fyrhamn",
        "closes_on": date.today(),
        "value": "1 500 000:-",
    }
    assert reader.get(f"{rooms}new").status_code == 403 and reader.post(f"{rooms}new", draft).status_code == 403
    made = buyer.post(f"{rooms}new", draft)
    one = Forum.objects.get()
    assert made.status_code == 302 and one.state is ForumState.DRAFT and one.value == 1_500_000
    assert "Cleaning" in buyer.get(rooms).content.decode()
    assert "Cleaning" not in reader.get(rooms).content.decode()
    for path in (address(one), address(one, "sent"), address(one, "proposals.csv"), listing(one)):
        assert outside.get(path).status_code == 404
    assert outside.post(address(one), {**SAID, "token": "x"}, **ORIGIN).status_code == 404
    buyer.post(desk(one, "open"))
    assert outside.get(address(one)).status_code == 200
    assert "Cleaning" in reader.get(rooms).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"closes_on": "2026-02-30"}, "valid date"),
        ({"answers_by": "2020-01-01"}, "cannot be given before"),
        ({"cpv": "99999999"}, "There is no CPV division 99"),
        ({"value": "1.250"}, "two ways"),
        ({"value": "9" * 17}, "more than any purchase"),
        ({"title": ""}, "required"),
    ],
)
def test_a_forum_that_cannot_be_is_told_why(
    place: Any, signed_in: Callable[..., Client], change: dict[str, str], said: str
) -> None:
    draft = {"title": "Cleaning", "about": "Schools", "buyer": "Fyrhamn", "closes_on": str(date.today())}
    answer = signed_in(place, "buyer").post(f"/p/{place.slug}/procurement/forums/new", {**draft, **change})
    assert answer.status_code == 200 and said in answer.content.decode()
    assert not Forum.objects.exists()


def test_another_places_forum_is_not_there(
    forum: Forum, own_place: Any, outside: Client, signed_in: Callable[..., Client]
) -> None:
    buyer = signed_in(own_place, "buyer")
    assert buyer.get(f"/p/{own_place.slug}/procurement/forums/{forum.pk}/").status_code == 404
    assert outside.get(f"/open/{own_place.slug}/forums/{forum.key}/").status_code == 404


def test_what_waits_stands_on_the_first_page(forum: Forum, signed_in: Callable[..., Client]) -> None:
    Proposal.objects.create(forum=forum, sent_on=date.today(), text="Something", concern="other", sender_kind="other")
    first = f"/p/{forum.place.slug}/procurement/"
    assert "1 proposal waits to be read" in signed_in(forum.place, "buyer").get(first).content.decode()
    assert "waits to be read" not in signed_in(forum.place, "reader").get(first).content.decode()


def test_alike_is_told_by_words() -> None:
    texts = {1: ["Near food", "Food grown within the county"], 2: ["Electric vans for the delivery"]}
    assert alike("Vegetables grown in our county, please", texts) == [1]
    assert alike("Deliveries by electric vans", texts) == [2]
    assert alike("Trainees", texts) == [] and alike("", texts) == []


def test_a_full_forum_asks_the_database_as_little_as_an_empty_one(
    forum: Forum, outside: Client, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    buyer = signed_in(forum.place, "buyer")
    for number in range(12):
        matter = Matter.objects.create(forum=forum, title=f"Matter {number}")
        Answer.objects.create(matter=matter, outcome="partly", why="So.")
        for state in ("shown", "shown", "waiting"):
            Proposal.objects.create(
                forum=forum, matter=matter if state == "shown" else None, text=f"Proposal {number}", concern="other",
                sender_kind="other", state=state, sent_on=date.today(),
            )  # fmt: skip
    with django_assert_max_num_queries(8):
        outside.get(address(forum))
    with django_assert_max_num_queries(8):
        outside.get(address(forum, "proposals.csv"))
    with django_assert_max_num_queries(20):
        buyer.get(desk(forum))
