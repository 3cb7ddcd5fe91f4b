"""Questions of bidders: taken until their last day, answered to all alike, and nobody can say who asked."""

import io
from datetime import timedelta
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from bygd.countries import load
from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.web.procurements.tenders import answering, inquiries, intake, log
from bygd.web.procurements.tenders.models import Bid, Entry, Inquiry, Invitation, Tender

from .conftest import Room, awarded, negotiating, prepared, published

pytestmark = pytest.mark.django_db
QUESTION = "We at Alma AB ask: is rye bread meant?"


def asking(room: Room, days: float = 1) -> str:
    """The secret of a link of a published tender that takes questions."""
    published(room)
    Tender.objects.filter(pk=room.number).update(questions_until=timezone.now() + timedelta(days=days))
    return str(intake.invite(room.tender, room.people["lead"]))


def outside(secret: str, **data: Any) -> Any:
    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")
    return client.post(f"/bid/{secret}", data) if data else client.get(f"/bid/{secret}")


def answer(room: Room, **said: Any) -> Any:
    one = Inquiry.objects.get()
    return room.post("lead", "questions", **{"inquiry": one.pk, "wording": "Rye bread?", "answer": "Yes, rye.", **said})


def test_a_question_is_shown_to_all_with_its_answer_and_without_who_asked(room: Room) -> None:
    secret = asking(room)
    other = intake.invite(room.tender, room.people["lead"])
    assert "Your question is taken in" in outside(secret, question=QUESTION).content.decode()
    assert "rye" not in outside(other).content.decode() + outside(secret).content.decode()
    for who in ("eva", "rival", "reader"):
        assert "Alma" not in room.clients[who].get(room.at("questions")).content.decode()
        assert room.post(who, "questions", inquiry=Inquiry.objects.get().pk, wording="x", answer="x").status_code == 403
    page = room.clients["lead"].get(room.at("questions")).content.decode()
    assert "is rye bread meant?" in page and "not answered" in page
    assert "1 without an answer" in room.clients["lead"].get(room.at()).content.decode()
    assert answer(room).status_code == 302
    for said in (
        outside(other),
        outside(secret),
        *(room.clients[who].get(room.at("questions")) for who in ("eva", "reg", "rival", "reader")),
    ):
        assert "Yes, rye." in said.content.decode() and "Alma" not in said.content.decode()
    told = room.clients["eva"].get(room.at("log")).content.decode()
    assert "answered a question of a bidder" in told and "Question 1" in told and "Alma" not in told
    assert Bid.objects.count() == 0, "a question says nothing of bids"


def test_an_answer_is_given_anew_and_the_log_keeps_the_one_before(room: Room) -> None:
    outside(asking(room), question=QUESTION)
    answer(room)
    answer(room, answer="Rye or wheat.")
    entry = Entry.objects.filter(did="answered a question of a bidder").first()
    assert entry is not None and entry.before == "Rye bread? – Yes, rye." and "Rye or wheat." in entry.after
    assert answer(room, answer="").status_code == 422 and answer(room, inquiry="x").status_code == 404
    assert Inquiry.objects.get().answer == "Rye or wheat."


def test_after_the_last_day_none_is_taken_and_without_one_none_is_offered(room: Room) -> None:
    secret = asking(room, days=-1)
    late = outside(secret, question=QUESTION)
    assert late.status_code == 422 and "The time for questions is over" in late.content.decode()
    Tender.objects.update(questions_until=None)
    assert "Ask a question" not in outside(secret).content.decode()
    assert outside(secret, question=QUESTION).status_code == 422 and not Inquiry.objects.exists()


def test_one_link_asks_so_many_and_a_withdrawn_one_none(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inquiries, "MOST_OF_ONE", 2)
    secret = asking(room)
    assert [outside(secret, question=f"{n}?").status_code for n in range(3)] == [200, 200, 422]
    link = Invitation.objects.get()
    link.ended_at = timezone.now()
    link.save()
    with pytest.raises(InputError, match="no more"):
        inquiries.ask(link, "Still?")
    assert outside(secret, question="x").status_code == 410 and Inquiry.objects.count() == 2


def test_numbers_of_persons_and_empty_ones_are_refused(room: Room) -> None:
    secret = asking(room)
    assert "personal identity number" in outside(secret, question="Is 19811218-9876 meant?").content.decode()
    assert outside(secret, question=" ").status_code == outside(secret, question="x" * 4001).status_code == 422
    assert not Inquiry.objects.exists()
    outside(secret, question=QUESTION)
    assert answer(room, answer="Ask 19811218-9876.").status_code == 422 and not Inquiry.objects.get().answer


def test_revised_bids_bring_no_new_questions_and_the_earlier_answers_stay(room: Room) -> None:
    negotiating(room)
    Tender.objects.update(questions_until=timezone.now() + timedelta(days=1))
    Inquiry.objects.create(tender=room.tender, text="?", wording="Rye?", answer="Yes.", answered_at=timezone.now())
    link = Invitation.objects.exclude(revises=None).first()
    assert link is not None and not inquiries.may_ask(link)


def test_the_award_report_prints_them(room: Room) -> None:
    awarded(room)
    Inquiry.objects.create(tender=room.tender, text="?", wording="Rye?", answer="Yes.", answered_at=timezone.now())
    Inquiry.objects.create(tender=room.tender, text="never answered")
    document = docx.Document(io.BytesIO(room.clients["lead"].get(room.at("report/download")).content))
    said = "\n".join(one.text for one in document.paragraphs)
    assert "1. Rye?" in said and "Yes." in said and "never answered" not in said


def test_the_last_day_for_questions_lies_before_bids_close(room: Room) -> None:
    prepared(room)
    closes = timezone.localtime(timezone.now() + timedelta(days=2))
    said = {"model": "lowest_over_price", "price_weight": "50", "highest": "5", "lines": "P1 = Meals; 1000; pcs"}
    for hours, status in ((1, 422), (-100, 422), (-1, 302)):
        asks = (closes + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
        times = {"closes_at": closes.strftime("%Y-%m-%dT%H:%M"), "questions_until": asks}
        assert room.post("lead", "price", **said, **times).status_code == status
    assert room.tender.questions_until < room.tender.closes_at


def test_by_when_the_law_wants_answers_stands_on_the_pages_and_in_the_log_and_a_late_one_is_told(room: Room) -> None:
    asking(room)
    due = answering.last(room.tender)
    assert due is not None and due == timezone.localdate(room.tender.closes_at) - timedelta(days=6)
    for page in ("", "questions"):
        assert "6 days before bids close" in room.clients["lead"].get(room.at(page)).content.decode()
    assert Entry.objects.get(did=log.DUE).after == f"{due}"
    Inquiry.objects.create(tender=room.tender, text=QUESTION)
    Tender.objects.update(closes_at=timezone.now() + timedelta(days=6))
    assert answer(room).status_code == 302 and not Entry.objects.filter(did=log.ANSWERED_LATE).exists()
    Tender.objects.update(closes_at=timezone.now() + timedelta(days=5))
    assert answer(room).status_code == 302
    assert "the last day that the law names" in room.clients["lead"].get(room.at("questions")).content.decode()
    assert Entry.objects.get(did=log.ANSWERED_LATE).about == "1"


def test_where_the_days_for_answers_are_not_known_the_page_says_so(room: Room, monkeypatch: Any) -> None:
    published(room)
    monkeypatch.setattr(type(room.tender.place.project), "law", load("gb"))
    assert "is not known here" in answering.lines(room.tender, Translator("en"))[0]
