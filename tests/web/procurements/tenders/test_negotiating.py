"""Revised bids: asked of all that stand, under seal, only where it was said before; the log of it is kept."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bygd.web.procurements.tenders.models import Bid, Tender

from .conftest import BIDS, Room, agreed, opened

pytestmark = pytest.mark.django_db


def ask(room: Room, **said: Any) -> Any:
    closes = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    return room.post("lead", "revised-bids", **{"reason": "Price and delivery.", "closes_at": closes, **said})


def revised(room: Room, secret: str, firm: str, price: str) -> Any:
    outside = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")
    book = openpyxl.load_workbook(io.BytesIO(outside.get(f"/bid/{secret}/template.xlsx?in=en").content))
    answers, prices = book.worksheets
    for row in answers.iter_rows():
        for cell in row:
            if not cell.protection.locked and cell.column_letter == "D":
                cell.value = "Revised."
    answers["D4"], prices["E5"] = f"{firm} (new name)", price
    held = io.BytesIO()
    book.save(held)
    return outside.post(f"/bid/{secret}", {"file": SimpleUploadedFile("bid.xlsx", held.getvalue())})


def test_only_where_it_was_said_before(room: Room) -> None:
    opened(room)
    Tender.objects.filter(pk=room.number).update(negotiates=False)
    assert ask(room).status_code == 403
    Tender.objects.filter(pk=room.number).update(negotiates=True)
    assert room.post("eva", "revised-bids", reason="x").status_code == 403
    assert ask(room, closes_at="2020-01-01T10:00").status_code == 422
    assert ask(room, reason="").status_code == 422
    assert room.tender.state == "opened"


def test_revised_bids_come_under_seal_and_take_the_place_of_the_earlier(room: Room) -> None:
    """By hand after it: lowest 60 of Cheap Ltd stays; Alma now 60: 50 + 10 + 18 = 78, Bo 20 + 20 + 24 = 64."""
    agreed(room)
    first = {one.firm: one for one in room.tender.standing()}
    page = ask(room)
    assert page.status_code == 200 and page["Cache-Control"].startswith("max-age=0")
    text = page.content.decode()
    secrets = dict(zip(sorted(BIDS), [part.split("<")[0] for part in text.split("/bid/")[1:]], strict=True))
    assert room.tender.state == "negotiating" and not room.tender.is_closed()
    assert ask(room).status_code == 403  # not twice
    early = room.post("eva", "opening")
    assert early.status_code == 403

    answer = revised(room, secrets["Alma AB"], "Alma AB", "60")
    assert answer.status_code == 200 and "taken in and sealed" in answer.content.decode()
    sealed = Bid.objects.get(tender=room.tender, firm="")
    assert sealed.revises == first["Alma AB"] and b"Revised" not in bytes(sealed.sealed)
    for path in ("bids", "log", ""):
        shown = room.clients["lead"].get(room.at(path)).content.decode()
        assert "a bid came by a link" not in shown.split("asked for revised bids")[0] or path != "log"
    assert room.clients["lead"].get(room.at(f"bids/{sealed.pk}")).status_code == 404
    # the links of the first round bring nothing any more
    outside = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")
    assert "The time for bids is over" in outside.get(f"/bid/{room.secrets['Alma AB']}").content.decode()

    room.tender.rounds.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert revised(room, secrets["Bo & Co"], "Bo & Co", "1").status_code in (200, 422)
    assert Bid.objects.filter(tender=room.tender, firm="").count() == 1  # too late
    room.post("eva", "opening")
    room.post("ivo", "opening")
    assert room.tender.state == "opened" and room.tender.rounds.get().opened_at
    standing = {one.firm: one for one in room.tender.standing()}
    assert standing.keys() == first.keys() and standing["Alma AB"] != first["Alma AB"]
    assert standing["Bo & Co"] == first["Bo & Co"]
    first["Alma AB"].refresh_from_db()
    assert first["Alma AB"].replaced_at and first["Alma AB"].answers  # it is kept

    alma = standing["Alma AB"]
    for who in ("eva", "ivo"):  # who scored before scores what is new
        assert room.post(who, f"bids/{alma.pk}", score_0=3, reason_0="again", score_1=3).status_code == 302
        assert room.post(who, "lock").status_code == 302
    assert room.tender.state == "moderated"
    room.post("lead", f"bids/{alma.pk}/moderate", score_0=3, reason_0="again", score_1=3, reason_1="again")
    page = room.clients["lead"].get(room.at("ranking")).content.decode()
    assert "78.00" in page and "64.00" in page and "Alma AB comes first" in page
    report = room.clients["lead"].get(room.at("report")).content.decode()
    assert "Price and delivery." in report and "revised since" in report
    log = [one.did for one in room.tender.entries.all()]
    assert "asked for revised bids" in log and log.count("made a link for a bidder") >= 5


def test_who_is_left_out_is_left_out_with_a_reason(room: Room) -> None:
    opened(room)
    cheap = room.bid("Cheap Ltd")
    room.post("lead", f"bids/{cheap.pk}/exclude", reason="No kitchen.")
    text = ask(room).content.decode()
    assert "Cheap Ltd" not in text and text.count("/bid/") == 2
