"""What two people do in a tender at the same moment: what is open for bids stands, and who wins is who came first."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bygd.web.procurements.tenders import awarding, log, preparing
from bygd.web.procurements.tenders.models import Mark, Tender

from .conftest import Room, agreed, opened, prepared

pytestmark = pytest.mark.django_db


def test_a_form_that_was_under_way_changes_nothing_of_what_is_open_for_bids(room: Room) -> None:
    prepared(room)
    stale = room.tender
    assert room.post("lead", "publish").status_code == 302
    asked = Tender.objects.filter(pk=room.number).values("state", "title", "criteria", "lines", "measures").get()
    assert asked["state"] == "published"
    stale.title, stale.criteria, stale.lines, stale.measures = "Other", [], [], []
    for names in (("title",), ("criteria", "lines"), ("measures",)):
        with pytest.raises(PermissionDenied):
            stale.keep(*names)
    assert Tender.objects.filter(pk=room.number).values(*asked).get() == asked


def test_a_tender_that_was_awarded_meanwhile_is_not_cancelled(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(room)
    enter = preparing.enter

    def late(*args: Any) -> Any:
        here = enter(*args)
        Tender.objects.filter(pk=room.number).update(state="awarded")
        return here

    monkeypatch.setattr(preparing, "enter", late)
    assert room.post("lead", "cancel").status_code == 302
    assert room.tender.state == "awarded"


def test_who_is_no_longer_first_is_not_awarded(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed(room)
    first = room.bid("Bo & Co")
    is_valid = awarding.Award.is_valid

    def late(form: Any) -> bool:
        for mark in first.marks.filter(is_moderated=True):
            Mark.objects.create(bid=first, code=mark.code, person=mark.person, is_moderated=True, score=1, reason="No.")
        return is_valid(form)

    monkeypatch.setattr(awarding.Award, "is_valid", late)
    answer = room.post("lead", "award", winner=str(first.pk), reason="The best.")
    assert answer["Location"] == reverse("tender-ranking", args=[room.place.slug, room.number])
    assert room.tender.state == "moderated" and room.tender.winner is None


def test_exclude_sent_twice_is_done_once(room: Room) -> None:
    opened(room)
    bid = room.bid("Cheap Ltd")
    said = [{"reason": "No kitchen."}, {"reason": "A mistake.", "back": "1"}]
    for data, stands in zip(said, ("No kitchen.", ""), strict=True):
        page = room.clients["lead"].get(room.at(f"bids/{bid.pk}/exclude")).content.decode()
        assert ('name="back"' in page) == ("back" in data)
        for _click in range(2):
            assert room.post("lead", f"bids/{bid.pk}/exclude", **data).status_code == 302
        assert room.bid("Cheap Ltd").excluded == stands
    logged = room.tender.entries.filter(did__in=(log.EXCLUDED, log.LET_IN)).order_by("pk")
    assert [(one.did, one.before, one.after) for one in logged] == [
        (log.EXCLUDED, "", "No kitchen."),
        (log.LET_IN, "No kitchen.", "A mistake."),
    ]
