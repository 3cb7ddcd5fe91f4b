"""A bid withdrawn by its bidder: with link and receipt, before the time is over, and nobody learns of it before."""

from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bygd.sources.errors import InputError
from bygd.web.procurements.tenders import intake, log
from bygd.web.procurements.tenders.models import Bid, Entry, Tender

from .conftest import BIDS, Room, closed, filled, filled_in, negotiating, published

pytestmark = pytest.mark.django_db
NOTHING = "By this link no bid came that has this receipt"


def receipt(room: Room, firm: str) -> str:
    return sha256(filled(room, firm, BIDS[firm][0]).read()).hexdigest()


def give_back(room: Room, link: str, digest: str) -> Any:
    outside = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")
    return outside.post(f"/bid/{room.secrets[link]}", {"lot": room.number, "receipt": digest})


def test_who_has_link_and_receipt_takes_the_bid_away_and_may_bring_another(room: Room) -> None:
    filled_in(room)
    digest = receipt(room, "Alma AB")
    answer = give_back(room, "Alma AB", f" {digest[:32].upper()} {digest[32:]} ")
    assert answer.status_code == 200 and "Your bid is withdrawn" in answer.content.decode()
    assert Bid.objects.count() == 2
    assert give_back(room, "Alma AB", digest).status_code == 422, "not twice"
    for who in ("lead", "reg", "eva"):
        for page in ("", "log", "links"):
            assert "withdrawn by its bidder" not in room.clients[who].get(room.at(page)).content.decode()
    again = {"file": filled(room, "Alma AB", "90")}
    assert Client(SERVER_NAME="localhost").post(f"/bid/{room.secrets['Alma AB']}", again).status_code == 200
    assert Bid.objects.count() == 3


def test_neither_the_link_alone_nor_the_receipt_of_another_is_enough(room: Room) -> None:
    """Whoever made a link has it too: the answer is the same whether a bid came by it or not."""
    filled_in(room)
    room.secrets["unused"] = room.post("lead", "invite").content.decode().split("/bid/")[1].split("<")[0]
    alma = receipt(room, "Alma AB")
    for link, digest in (("Alma AB", "0" * 64), ("Alma AB", "é"), ("Bo & Co", alma), ("unused", alma)):
        answer = give_back(room, link, digest)
        assert answer.status_code == 422 and NOTHING in answer.content.decode(), link
    assert "Write the receipt" in give_back(room, "Alma AB", "").content.decode()
    assert Bid.objects.count() == 3 and not Entry.objects.filter(did__contains="withdrawn by").exists()


def test_once_the_time_is_over_bids_stay_and_the_opened_log_tells_what_was_withdrawn(room: Room) -> None:
    filled_in(room)
    give_back(room, "Alma AB", receipt(room, "Alma AB"))
    tender = room.tender
    tender.closes_at = tender.published_at
    tender.save(update_fields=["closes_at"])
    late = give_back(room, "Bo & Co", receipt(room, "Bo & Co"))
    assert "The time for bids is over" in late.content.decode() and Bid.objects.count() == 2
    room.post("eva", "opening")
    room.post("ivo", "opening")
    assert {one.firm for one in room.tender.bids.all()} == {"Bo & Co", "Cheap Ltd"}
    assert "a bid was withdrawn by its bidder" in room.clients["rival"].get(room.at("log")).content.decode()


def test_a_first_bid_that_is_opened_stays_while_revised_ones_are_asked_for(room: Room) -> None:
    negotiating(room)
    assert give_back(room, "Alma AB", receipt(room, "Alma AB")).status_code == 422
    assert room.tender.bids.exclude(firm="").count() == 3


def test_a_tender_whose_bids_were_all_withdrawn_is_opened_empty(room: Room) -> None:
    closed(room)
    Bid.objects.all().delete()
    room.post("eva", "opening")
    assert room.post("ivo", "opening").status_code == 302
    for page in ("", "bids", "log"):
        assert room.clients["lead"].get(room.at(page)).status_code in (200, 302)
    assert room.post("lead", "clear").status_code == 302
    page = room.clients["lead"].get(room.at("bids")).content.decode()
    assert "No bid came" in page and "Lock my scores" not in page and "<th" not in page
    assert room.post("lead", "cancel").status_code == 302 and room.tender.state == "cancelled"


def test_a_revised_bid_that_is_withdrawn_leaves_the_first_and_may_come_again(room: Room) -> None:
    negotiating(room)
    first = room.bid("Alma AB")
    room.secrets["revised"] = intake.invite(room.tender, room.people["lead"], first)
    sent = filled(room, "Alma AB", "70").read()
    for _again in range(2):
        brought = {"file": SimpleUploadedFile("bid.xlsx", sent)}
        assert Client(SERVER_NAME="localhost").post(f"/bid/{room.secrets['revised']}", brought).status_code == 200
        assert room.tender.bids.count() == 4
        assert give_back(room, "revised", sha256(sent).hexdigest()).status_code == 200
        assert list(room.tender.bids.filter(firm="")) == [] and room.bid("Alma AB").pk == first.pk


def test_a_bid_that_came_on_paper_is_withdrawn_by_another_than_who_took_it_in(room: Room) -> None:
    published(room)
    assert room.post("reg", "bring", file=filled(room, "Alma AB", "90")).status_code == 302
    digest = Entry.objects.get(did=log.BROUGHT).after
    said = {"receipt": digest[:16].upper(), "why": "Letter of 3 May"}
    for who, wrong, told in (
        ("reg", {}, "another of the team"),
        ("lead", {"receipt": digest[:15]}, "No bid was taken in here"),
        ("lead", {"receipt": "0" * 16}, "No bid was taken in here"),
        ("lead", {"why": ""}, "Say how the bidder asked"),
    ):
        answer = room.post(who, "bring", **{**said, **wrong})
        assert answer.status_code == 422 and told in answer.content.decode(), wrong
    assert Bid.objects.count() == 1
    assert room.post("eva", "bring", **said).status_code == 403
    assert room.post("lead", "bring", **said).status_code == 302 and Bid.objects.count() == 0
    entry = Entry.objects.get(did=log.TOOK_OUT)
    assert entry.is_sealed and (entry.about, entry.after) == ("Letter of 3 May", digest)
    assert "Letter of 3 May" not in room.clients["lead"].get(room.at("log")).content.decode()


def test_a_bid_that_came_by_a_link_or_too_late_is_not_withdrawn_for_its_bidder(room: Room) -> None:
    filled_in(room)
    lead = room.people["lead"]
    by_link = intake._receipt(Bid.objects.exclude(invitation=None).first()).decode()
    with pytest.raises(InputError, match="No bid was taken in here"):
        intake.take_out(room.tender, by_link, "Letter", lead)
    Tender.objects.update(closes_at=timezone.now())
    with pytest.raises(InputError, match="The time for bids is over"):
        intake.take_out(room.tender, by_link, "Letter", lead)
    assert Bid.objects.count() == 3
