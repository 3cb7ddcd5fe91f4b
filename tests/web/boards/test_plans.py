"""Action plans in the browser: made of cards, changed, decided, followed up, and as a file."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from docx import Document
from tests.lib.mails import Killed

from bygd.web.boards.plans import reminders
from bygd.web.boards.plans.models import Answer, PlanReminder, PlanVersion
from bygd.web.once import ABANDONED
from bygd.web.people.models import Event
from bygd.web.people.owndata import erase, everything
from bygd.workbench import boards, plans

pytestmark = pytest.mark.django_db


def to(place: Any, rest: str = "") -> str:
    return f"/p/{place.slug}/plan/plans/{rest}"


def decided(place: Any) -> Any:
    """The sample place's plan."""
    return plans.read(place.project, plans.plans(place.project)[0]["plan_key"])


def test_readers_see_the_plan_and_change_nothing(place: Any, signed_in: Callable[..., Client]) -> None:
    reader, plan = signed_in(place, "reader"), decided(place)
    assert plan.row["title"] in reader.get(to(place)).content.decode()
    page = reader.get(to(place, f"{plan.key}/")).content.decode()
    assert "Decided on 20 March 2026 by Kommunfullmäktige i Fyrhamn. § 34" in page
    assert page.count("<svg") == 2 and "Follow the plan up" not in page and "Add a goal" not in page
    part = plan.parts[0]["part_key"]
    for path in ("new", f"{plan.key}/facts", f"{plan.key}/decide", f"{plan.key}/follow-up", f"{plan.key}/part/{part}"):
        assert reader.get(to(place, path)).status_code == 403, path


def test_a_plan_is_made_of_cards_decided_and_followed_up(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, facilitator = own_place, signed_in(own_place, "facilitator")
    card = next(row for row in boards.current(place.project) if row["in_plan"] and row["first_step"])
    assert card["card_key"] in facilitator.get(to(place, "new")).content.decode()
    given = {
        "title": "Byaplanen",
        "template": "scottish_action_plan",
        "starts_on": "2026-01-01",
        "cards": [card["card_key"]],
    }
    answer = facilitator.post(to(place, "new"), given)
    assert answer.status_code == 302
    key = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    assert facilitator.post(to(place, "new"), given).status_code == 422
    facilitator.post(
        to(place, f"{key}/new/activity"), {"title": "Bygg", "starts_on": "2026-02-01", "ends_on": "2026-03-01"}
    )
    facilitator.post(to(place, f"{key}/new/indicator"), {"title": "Hus", "baseline": "-1,5", "target": "12"})
    plan = plans.read(place.project, key)
    measure = next(row for row in plan.of("indicator") if row["title"] == "Hus")
    assert str(measure["baseline"]) == "-1.50"
    assert facilitator.post(to(place, f"{key}/new/indicator"), {"title": "Hus", "target": "much"}).status_code == 422
    assert facilitator.post(to(place, f"{key}/decide"), {"state": "decided"}).status_code == 422
    decision = {"state": "decided", "decided_on": "2026-01-20", "decided_by": "Årsmötet", "is_public": "on"}
    assert facilitator.post(to(place, f"{key}/decide"), decision).status_code == 302
    assert PlanVersion.objects.filter(place=place, plan_key=key).count() == 1
    built = next(row for row in plan.of("activity") if row["title"] == "Bygg")
    room = facilitator.get(f"/p/{place.slug}/plan/").content.decode()
    assert "“Byaplanen” was to be followed up by" in room and "of “Byaplanen” " in room
    follow = {
        "followed_on": date.today().isoformat(), "said": "Huset står.", f"state_{built['part_key']}": "done",
        f"value_{measure['part_key']}": "1",
    }  # fmt: skip
    assert facilitator.post(to(place, f"{key}/follow-up"), follow).status_code == 302
    later = {**follow, "followed_on": (date.today() + timedelta(days=9)).isoformat()}
    assert facilitator.post(to(place, f"{key}/follow-up"), later).status_code == 422
    page = facilitator.get(to(place, f"{key}/")).content.decode()
    assert "Hus: 1 now, from -1.5 towards 12." in page.replace("−", "-")
    assert "was to be followed up" not in page


def test_a_part_is_changed_undone_and_taken_out(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, facilitator, plan = own_place, signed_in(own_place, "facilitator"), decided(own_place)
    part = plan.of("activity")[0]
    path = to(place, f"{plan.key}/part/{part['part_key']}")
    facilitator.post(path, {"title": "Annat namn", "ends_on": "2027-01-01"})
    assert any(row["title"] == "Annat namn" for row in decided(place).of("activity"))
    facilitator.post(f"{path}/undo")
    assert part["title"] in [row["title"] for row in decided(place).of("activity")]
    facilitator.post(f"{path}/take-out")
    assert part["title"] not in [row["title"] for row in decided(place).of("activity")]
    assert facilitator.post(path, {"title": "x"}).status_code == 404


def test_the_plan_is_a_word_document(place: Any, signed_in: Callable[..., Client]) -> None:
    held = signed_in(place, "reader").get(to(place, f"{decided(place).key}/plan.docx"))
    text = "\n".join(one.text for one in Document(io.BytesIO(held.content)).paragraphs)
    assert "Overdue since 31 October 2026" in text and "Timetable" in text


def test_a_consultation_is_answered_without_cookies_moderated_and_replied_to(
    own_place: Any, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, facilitator, plan = own_place, signed_in(own_place, "facilitator"), decided(own_place)
    here = f"/open/{place.slug}/plans/{plan.key}/"
    until = (date.today() + timedelta(days=5)).isoformat()
    state = {"state": "consultation", "consulted_until": until, "is_public": "on"}
    assert facilitator.post(to(place, f"{plan.key}/decide"), state).status_code == 302
    outside = Client(SERVER_NAME="localhost", HTTP_ORIGIN="http://localhost", HTTP_ACCEPT_LANGUAGE="en")
    page = outside.get(here)
    assert page.status_code == 200 and not page.cookies and "Say what you think" in page.content.decode()
    monkeypatch.setattr("bygd.web.guard.SOONEST", 0)

    def token() -> str:
        text = outside.get(here).content.decode()
        return text.split('name="token" value="')[1].split('"')[0]

    goal = plan.of("goal")[0]
    given = {"text": "Bygg en <b>rastplats</b> också.", "part": goal["part_key"], "sender": "Byalaget"}
    assert outside.post(here, given).status_code == 400
    assert outside.post(here, {**given, "text": "Ring 811228-9874", "token": token()}).status_code == 400
    assert outside.post(here, {**given, "website": "x", "token": token()}).status_code == 302
    assert outside.post(here, {**given, "token": token()}).status_code == 302
    one = Answer.objects.get(place=place)
    assert "rastplats" not in outside.get(here).content.decode()
    assert "1 answer to a consultation has not been read" in facilitator.get(f"/p/{place.slug}/plan/").content.decode()
    path = to(place, f"{plan.key}/answers")
    assert "rastplats" in facilitator.get(path).content.decode()
    assert signed_in(place, "reader").get(path).status_code == 403
    facilitator.post(f"{path}/{one.id}", {"shown": "yes", "reply": "Det tar vi med."})
    shown = outside.get(here).content.decode()
    assert "&lt;b&gt;rastplats" in shown and "Det tar vi med." in shown and f"About: {goal['title']}" in shown
    facilitator.post(f"{path}/{one.id}", {"shown": "no"})
    assert "rastplats" not in outside.get(here).content.decode()


def test_only_public_plans_are_read_outside(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, plan = own_place, decided(own_place)
    outside = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="sv")
    assert plan.row["title"] in outside.get(f"/open/{place.slug}/plans/").content.decode()
    assert f"/open/{place.slug}/plans/" in outside.get("/open/").content.decode()
    page = outside.get(f"/open/{place.slug}/plans/{plan.key}/").content.decode()
    assert "Försenat sedan 31 oktober 2026" in page and "<form" not in page
    state = {"state": "decided", "decided_on": "2026-03-20", "decided_by": "Fullmäktige"}
    signed_in(place, "facilitator").post(to(place, f"{plan.key}/decide"), state)
    assert outside.get(f"/open/{place.slug}/plans/{plan.key}/").status_code == 404
    assert outside.get(f"/open/{place.slug}/plans/").status_code == 404


def test_versions_are_kept_and_compared(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, facilitator, plan = own_place, signed_in(own_place, "facilitator"), decided(own_place)
    path = to(place, f"{plan.key}/versions")
    assert "Nothing: they say the same." in facilitator.get(path).content.decode()
    part = plan.of("activity")[0]
    facilitator.post(to(place, f"{plan.key}/part/{part['part_key']}"), {"title": part["title"], "responsible": "Rådet"})
    page = facilitator.get(path).content.decode()
    assert "<ins>Rådet</ins>" in page and f"<del>{part['responsible']}</del>" in page
    facilitator.post(path, {"name": "Efter sommaren", "note": "Ny ansvarig"})
    assert decided(place).versions[-1]["name"] == "Efter sommaren"
    assert "Nothing: they say the same." in facilitator.get(f"{path}?from=1&to=2").content.decode()
    assert "Rådet" in facilitator.get(f"{path}?from=2&to=3").content.decode()
    assert signed_in(place, "reader").post(path, {"name": "Min"}).status_code == 200
    assert len(decided(place).versions) == 3


def test_the_plan_is_a_pdf_and_the_pack_is_for_whoever_leads(place: Any, signed_in: Callable[..., Client]) -> None:
    plan, reader = decided(place), signed_in(place, "reader")
    assert reader.get(to(place, f"{plan.key}/plan.pdf")).content.startswith(b"%PDF")
    assert reader.get(to(place, f"{plan.key}/plan.zip")).status_code == 403
    assert reader.get(to(place, f"{plan.key}/plan.odt")).status_code == 404
    held = signed_in(place, "facilitator").get(to(place, f"{plan.key}/plan.zip")).content
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        assert "4-answers.csv" in archive.namelist()
        document = Document(io.BytesIO(archive.read("1-handover.docx")))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Who answers for what" in text and "Lanthandel på Yttre Skären" in text


@pytest.fixture
def mails(settings: Any) -> None:
    settings.MAILS, settings.ADDRESS = True, "https://bygd.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_who_leads_a_plan_is_reminded_once_in_their_language(
    own_place: Any, somebody: Callable[..., Any], mails: None
) -> None:
    plan, day = decided(own_place), date(2026, 11, 22)
    leader = somebody(own_place, "facilitator", email="leder@example.org")
    leader.language = "nl"
    leader.save()
    for person in (somebody(own_place, "reader"), somebody(None)):
        person.name = "Fyrhamnsbostäder"  # answers for an activity that is not due
        person.save()
    assert reminders.remind(day) == 1 and reminders.remind(day) == 0
    (sent,) = mail.outbox
    assert sent.to == ["leder@example.org"] and sent.subject == "Fyrhamn: wat er volgens de actieplannen moet gebeuren"
    assert f"https://bygd.example.org/p/{own_place.slug}/plan/plans/{plan.key}/" in sent.body
    assert "Te laat sinds 31 oktober 2026: Avtal mellan bostadsbolaget" in sent.body and "Besiktning" not in sent.body
    event = Event.objects.filter(place=own_place, did=reminders.REMINDED).get()
    assert (event.person, event.whom, event.about) == (None, None, "1")
    PlanReminder.objects.update(sent_at=timezone.now() - reminders.APART)
    assert reminders.remind(day + timedelta(days=10)) == 1, "an activity has come within two weeks"
    assert "Avtal mellan" not in mail.outbox[1].body and "Bilda ekonomisk förening" in mail.outbox[1].body
    assert "15 december 2026" in mail.outbox[1].body
    PlanReminder.objects.update(sent_at=timezone.now() - reminders.APART)
    assert reminders.remind(day + timedelta(days=10)) == 0


def test_whose_name_stands_beside_an_activity_is_told_of_it_alone(
    own_place: Any, somebody: Callable[..., Any], mails: None
) -> None:
    reader, other = somebody(own_place, "reader"), somebody(None)
    for person in (reader, other):
        person.name = "samarbetsrådet i  Södra bruket"
        person.save()
    assert reminders.remind(date(2026, 11, 22)) == 1, "who is no member is told nothing"
    (sent,) = mail.outbox
    assert sent.to == [reader.email] and sent.body.count("\n- ") == 1 and "ditt namn står vid en aktivitet" in sent.body


def test_reminders_are_stopped_and_what_could_not_be_sent_is_sent_later(
    own_place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client], mails: None, settings: Any
) -> None:
    leader, day = somebody(own_place, "facilitator"), date(2026, 11, 22)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2  # where nobody listens
    assert reminders.remind(day) == 0 and not PlanReminder.objects.exists()
    client, path = signed_in(person=leader), to(own_place, "mails")
    assert "Reminders of these plans come to you." in client.get(path).content.decode()
    client.post(path, {"mails": "no"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert reminders.remind(day) == 0 and mail.outbox == []
    assert everything(leader)["no reminders of action plans"] == ["Fyrhamn"]
    client.post(path, {"mails": "yes"})
    settings.MAILS = False
    assert reminders.remind(day) == 0
    assert "This installation sends no reminders" in client.get(path).content.decode()
    settings.MAILS = True
    assert reminders.remind(day) == 1
    assert everything(leader)["reminders of action plans"]
    erase(leader)
    assert not PlanReminder.objects.exists()


def test_reminders_of_a_worker_that_was_killed_are_sent_by_the_next(
    own_place: Any, somebody: Callable[..., Any], mails: None, settings: Any
) -> None:
    _leader, day = somebody(own_place, "facilitator"), date(2026, 11, 22)
    locmem, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.lib.mails.Deadlier"
    with pytest.raises(Killed):
        reminders.remind(day)
    settings.EMAIL_BACKEND = locmem
    assert reminders.remind(day) == 0 and mail.outbox == []
    PlanReminder.objects.update(claimed_at=timezone.now() - ABANDONED - timedelta(seconds=1))
    assert reminders.remind(day) == 1 and reminders.remind(day) == 0
    assert len(mail.outbox) == 1 and not PlanReminder.objects.filter(sent_at=None).exists()


def test_what_is_not_chosen_is_said_in_the_gender_of_its_word(own_place: Any, signed_in: Callable[..., Client]) -> None:
    """After "mall" (template) no Swede says "Inget"."""
    page = signed_in(own_place, "facilitator").get(f"/p/{own_place.slug}/plan/plans/new?lang=sv").content.decode()
    assert "Ingen mall" in page and "Inget" not in page
