"""A tender divided into lots: asked, bid for, opened and awarded lot by lot; a contract of each."""

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bygd.workbench import contracts

from .conftest import Room, filled, prepared

pytestmark = pytest.mark.django_db

NEW = {"present": "1", "lot": "2", "title": "Meals in the north", "cpv": "55524000", "value": "250 000"}


def divided(room: Room) -> Any:
    """The tender of the room becomes lot 1; gives lot 2."""
    answer = room.post("lead", "lots", **NEW)
    assert answer.status_code == 302, answer.content.decode()
    return next(one for one in room.tender.lots() if one.lot == "2")


def other(room: Room, number: int) -> Room:
    """The room of another lot."""
    return Room(room.place, room.clients, room.people, number, room.secrets, room.measure)


def test_a_lot_begins_as_a_copy_and_differs_alone(room: Room) -> None:
    prepared(room)
    second = divided(room)
    assert (room.tender.lot, room.tender.number) == ("1", second.number) and second.first == room.tender
    assert second.policy_text == room.tender.policy_text and second.criteria == room.tender.criteria
    assert {one.person_id for one in second.members.all()} == {one.person_id for one in room.tender.members.all()}
    assert second.members.get(person=room.people["con"]).conflicted_at is not None
    other(room, second.pk).post("lead", "criteria", remove="Q1")
    assert room.tender.criteria and not room.tender.lots()[1].criteria
    page = room.clients["lead"].get(room.at()).content.decode()
    assert "Lot 2: " in page and "add up to 0.7" in page  # nothing is published before every lot is whole
    room.post("lead", "publish")
    assert {one.state for one in room.tender.lots()} == {"draft"}


def test_limits_are_held_against_the_lots_together(room: Room) -> None:
    from bygd.web.procurements.tenders import plan

    prepared(room)
    second = divided(room)
    assert plan.value(room.tender) == plan.value(second) == 750_000
    other(room, second.pk).post("lead", "cancel")
    assert plan.value(room.tender) == 500_000


def test_the_mark_between_thousands_counts_as_in_questions_about_purchases(room: Room) -> None:
    prepared(room)
    refused = room.post("lead", "lots", **{**NEW, "value": "1,250"})
    assert refused.status_code == 422 and "two ways" in refused.content.decode()
    assert room.post("lead", "lots?lang=sv", **{**NEW, "value": "450.000"}).status_code == 302
    assert {one.lot: one.value for one in room.tender.lots()} == {"1": 500_000, "2": 450_000}
    closes = room.tender.closes_at.strftime("%Y-%m-%dT%H:%M")
    for line, said in (("P1 = Mat; 12.000; st", 302), ("P1 = Mat; 12,000; st", 422), ("P1 = Mat; ; st", 422)):
        answer = room.post("lead", "price?lang=sv", model="linear_fixed", price_weight="50", highest="5", lines=line,
                           none_at="1.250.000", full_at="450.000", closes_at=closes)  # fmt: skip
        assert answer.status_code == said, answer.content.decode()
    assert room.tender.lines[0]["quantity"] == "12000"
    page = room.clients["lead"].get(f"{room.at()}?lang=en").content.decode()
    assert "£1,250,000.00" in page and "£450,000.00" in page


def test_lots_have_numbers_of_their_own(room: Room) -> None:
    prepared(room)
    divided(room)
    for said in ({**NEW, "lot": "1"}, {**NEW, "lot": "2"}, {**NEW, "lot": "a b"}, {**NEW, "lot": "3", "value": "0"}):
        assert room.post("lead", "lots", **said).status_code == 422
    assert room.post("rival", "lots", **NEW).status_code == 403 and len(room.tender.lots()) == 2


def brought(room: Room, secret: str, lot: Any, firm: str, price: str, cells: str = "D") -> Any:
    """A bid for one lot by a link that serves all."""
    outside = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")
    book = openpyxl.load_workbook(io.BytesIO(outside.get(f"/bid/{secret}/template.xlsx?in=en&lot={lot.pk}").content))
    answers, prices = book.worksheets
    for row in answers.iter_rows():
        for cell in row:
            if not cell.protection.locked and cell.column_letter == cells:
                cell.value = f"{firm} on lot {lot.lot}."
    answers["D4"], prices["E5"] = firm, price
    held = io.BytesIO()
    book.save(held)
    return outside.post(f"/bid/{secret}", {"lot": lot.pk, "file": SimpleUploadedFile("bid.xlsx", held.getvalue())})


def test_lots_are_bid_for_by_one_link_and_awarded_each_to_its_own(room: Room) -> None:
    prepared(room)
    second = divided(room)
    assert room.post("lead", "publish").status_code == 302
    first = room.tender
    assert {one.state for one in first.lots()} == {"published"}
    links = {}
    for firm in ("Alma AB", "Bo & Co"):
        # made on the page of either lot, it serves both
        at = first.pk if firm == "Alma AB" else second.pk
        links[firm] = other(room, at).post("reg", "invite").content.decode().split("/bid/")[1].split("<")[0]
    page = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en").get(f"/bid/{links['Alma AB']}").content.decode()
    assert "Lot 1: School meals" in page and "Lot 2: Meals in the north" in page
    told = " ".join(re.sub("<[^>]+>", " ", page).split())  # what is asked, how it counts, and not what it may cost
    assert told.count("Lowest price divided by the price · price 50%") == told.count("How do you cook? 30%") == 2
    assert "Revised bids may be asked for" in told and "500,000" not in told
    prices = {("Alma AB", 1): "90", ("Alma AB", 2): "200", ("Bo & Co", 1): "200", ("Bo & Co", 2): "90"}
    for (firm, lot), price in prices.items():
        answer = brought(room, links[firm], first.lots()[lot - 1], firm, price)
        assert answer.status_code == 200 and "taken in and sealed" in answer.content.decode()
    assert [one.bids.count() for one in first.lots()] == [2, 2]
    wrong = brought(room, links["Alma AB"], room.tender, "Alma AB", "80")
    assert wrong.status_code == 200 and first.bids.count() == 2  # replaced, not added
    assert Client(SERVER_NAME="localhost").post(f"/bid/{links['Alma AB']}", {"lot": "999999"}).status_code == 404
    # the template of one lot is none of the other
    outside = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")
    swapped = outside.post(f"/bid/{links['Bo & Co']}", {"lot": second.pk, "file": filled(room, "Bo & Co", "1")})
    assert swapped.status_code == 422

    for one in first.lots():
        one.closes_at = timezone.now() - timedelta(minutes=1)
        one.save(update_fields=["closes_at"])
    room.post("eva", "opening")
    other(room, second.pk).post("ivo", "opening")
    assert {one.state for one in first.lots()} == {"opened"}
    late = room.clients["lead"].get(room.at("price?lang=nl"))  # the page was left open when the tender was opened
    assert late.status_code == 403 and "Inschrijvingen geopend, in beoordeling" in late.content.decode()
    assert "uw rollen" in room.clients["reader"].get(room.at("price?lang=nl")).content.decode()
    logged = " ".join(re.sub("<[^>]+>", " ", room.clients["lead"].get(room.at("log?lang=nl")).content.decode()).split())
    assert "person-" not in logged and "wijzigde het team" in logged and "Beoordeelt inschrijvingen" in logged

    winners = {}
    for one in first.lots():
        lot = other(room, one.pk)
        for who in ("lead", "eva", "ivo"):
            assert lot.post(who, "clear").status_code == 302
        for bid in one.standing():
            for who in ("eva", "ivo"):
                assert lot.post(who, f"bids/{bid.pk}", score_0=3, reason_0="x", score_1=3).status_code == 302
        for who in ("eva", "ivo"):
            lot.post(who, "lock")
        for bid in one.standing():
            lot.post("lead", f"bids/{bid.pk}/moderate", score_0=3, reason_0="agreed", score_1=3, reason_1="agreed")
        best = lot.tender.standing().get(firm="Alma AB" if one.lot == "1" else "Bo & Co")
        assert lot.post("lead", "award", winner=best.pk, reason="First.").status_code == 302
        answer = lot.post("lead", "contract", starts_on="2027-01-01", ends_on="2027-12-31")
        assert answer.status_code == 302, answer.content.decode()
        winners[one.lot] = lot.tender.winner.firm
    assert winners == {"1": "Alma AB", "2": "Bo & Co"}
    rows = [one for one in contracts.current(room.place.project) if one["number"] == "T 1"]
    assert {one["lot"]: one["supplier_name"] for one in rows} == winners
    assert len({one["procedure_key"] for one in rows}) == 1 and rows[0]["procedure_key"]
    listed = {who: room.clients[who].get(room.at("lots")).content.decode() for who in ("rival", "reader")}
    assert "Alma AB" in listed["rival"] and "Bo &amp; Co" in listed["rival"] and "Add a lot" not in listed["rival"]
    assert "Alma AB" not in listed["reader"]  # who may see results sees who won


def test_a_conflict_shuts_out_of_every_lot(room: Room) -> None:
    prepared(room)
    second = divided(room)
    assert other(room, second.pk).post("ivo", "conflict", reason="My firm.").status_code == 302
    assert all(one.members.get(person=room.people["ivo"]).conflicted_at for one in room.tender.lots())
    # and the team is the same on all lots
    room.post("lead", "team", person=room.people["rival"].pk, duties=["evaluator"])
    assert all(one.members.filter(person=room.people["rival"]).exists() for one in room.tender.lots())
