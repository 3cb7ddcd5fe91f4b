"""Appendices of a tender: checked, fixed with the tender, had by bidders; and when bidders were told who won."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from .conftest import Room, awarded, prepared

pytestmark = pytest.mark.django_db


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_appendices_are_checked_and_fixed_with_the_tender(room: Room) -> None:
    prepared(room)
    assert room.post("lead", "appendices", file=file("list.csv", b"what;how many\nmeals;12\n")).status_code == 302
    for name, content in (
        ("draft.pdf", b"MZ\x90\x00"), ("run.exe", b"MZ"), ("page.txt", b"<script>alert(1)</script>"), ("no.txt", b""),
        ("people.csv", b"Anna;19850101-1236\n"),
    ):  # fmt: skip
        assert room.post("lead", "appendices", file=file(name, content)).status_code == 422, name
    room.post("lead", "appendices", file=file("again.csv", b"what;how many\nmeals;12\n"))
    (one,) = room.tender.appendices.all()
    assert room.post("eva", "appendices", file=file("b.txt", b"b")).status_code == 403
    assert room.clients["rival"].get(room.at(f"appendices/{one.pk}/download")).status_code == 200
    assert room.clients["reader"].get(room.at(f"appendices/{one.pk}/download")).status_code == 403  # a draft

    room.post("lead", "publish")
    for data in ({"file": file("late.txt", b"late")}, {"remove": str(one.pk)}):
        assert room.post("lead", "appendices", **data).status_code == 403
    answer = room.clients["reader"].get(room.at(f"appendices/{one.pk}/download"))
    assert answer.content.startswith(b"what") and "attachment" in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    secret = room.post("reg", "invite").content.decode().split("/bid/")[1].split("<")[0]
    outside = Client(SERVER_NAME="localhost")
    assert "list.csv" in outside.get(f"/bid/{secret}").content.decode()
    assert outside.get(f"/bid/{secret}/appendix/{one.pk}/download").content.startswith(b"what")
    assert outside.get(f"/bid/{secret}/appendix/{one.pk + 1}/download").status_code == 404
    assert outside.get(f"/bid/unknown/appendix/{one.pk}/download").status_code == 404


def test_taken_out_while_it_is_prepared(room: Room) -> None:
    prepared(room)
    room.post("lead", "appendices", file=file("list.csv", b"a;b\n1;2\n"))
    room.post("lead", "appendices", remove=str(room.tender.appendices.get().pk))
    assert not room.tender.appendices.exists()
    assert room.tender.entries.first().did == "took an appendix out"


def test_the_standstill_is_counted_from_when_bidders_were_told(room: Room) -> None:
    """The sample's country waits ten days and ends on a working day (see tests/tools/test_standstill.py)."""
    awarded(room)
    told = timezone.localdate() - timedelta(days=30)
    assert room.post("eva", "told", told_on=str(told), told_by="electronic").status_code == 403
    assert room.post("lead", "told", told_on=str(told + timedelta(days=60)), told_by="electronic").status_code == 422
    before = room.clients["lead"].get(room.at("report")).content.decode()
    assert "If bidders are told today" in before
    assert room.post("lead", "told", told_on=str(told), told_by="electronic").status_code == 302
    report = room.clients["lead"].get(room.at("report")).content.decode()
    assert "may be signed from" in report and "20 kap. 1 §" in report
    days = {"starts_on": "2027-01-01", "ends_on": "2029-12-31"}
    answer = room.clients["lead"].post(room.at("contract"), {**days, "signed_on": str(told)}, follow=True)
    assert "look up whether the standstill held" in answer.content.decode()
