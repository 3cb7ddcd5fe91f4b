"""Who sees and does what in a tender, at each stage: a table, asked at every door by GET and POST."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from bygd.web.people.models import Event
from bygd.web.procurements.tenders.models import Entry, Member

from .conftest import STAGES, Room, filled_in, moderated, opened

pytestmark = pytest.mark.django_db

PAGES = (
    "", "about", "policy", "measures", "criteria", "price", "lots", "appendices", "team", "conflict", "bring",
    "links", "opening", "bids", "bid", "download", "moderate", "exclude", "revised-bids", "ranking", "award", "told",
    "contract", "report", "report/download", "log", "template.docx", "questions",
)  # fmt: skip
POSTS = ("publish", "cancel", "invite", "clear", "lock", "moderation", "take-over")
EVERYONE = ("lead", "rival", "eva", "con", "reg", "admin", "reader")

READING = "bids bid download moderate ranking report report/download log"
ALLOWED: dict[str, dict[str, str]] = {
    "draft": {
        "lead": "about policy measures criteria price appendices team conflict log",
        "rival": "log", "eva": "conflict log",
        "reg": "conflict log", "con": "",
    },
    "published": {
        "lead": "team conflict bring links log", "rival": "log", "eva": "conflict log",
        "reg": "conflict bring log", "con": "", "admin": "", "reader": "",
    },
    "closed": {
        "lead": "team conflict opening log", "rival": "log", "eva": "conflict opening log",
        "reg": "conflict opening log", "con": "", "admin": "", "reader": "",
    },
    "opened": {
        "lead": "team conflict bids bid exclude revised-bids log", "rival": "log", "eva": "conflict bids bid log",
        "reg": "conflict log", "con": "", "admin": "", "reader": "",
    },
    "negotiating": {
        "lead": "conflict bids bid links log", "rival": "log", "eva": "conflict bids bid log",
        "reg": "conflict log", "con": "", "admin": "", "reader": "",
    },
    "moderated": {
        "lead": f"{READING} conflict exclude revised-bids award", "rival": "log", "eva": f"{READING} conflict",
        "reg": "conflict log", "con": "", "admin": "", "reader": "",
    },
    "awarded": {
        "lead": f"{READING} told contract", "rival": "ranking told contract report report/download log", "eva": READING,
        "reg": "log",
        "con": "", "admin": "", "reader": "",
    },
}  # fmt: skip
"""Pages that are answered, beside the tender, its lots and template; whoever is not named does not even see those."""

DEEDS: dict[str, dict[str, str]] = {
    "draft": {"lead": "publish cancel lots"},
    "published": {"lead": "cancel invite questions", "reg": "invite"},
    "closed": {"lead": "cancel"},
    "opened": {"lead": "cancel clear moderation", "eva": "clear lock"},
    "negotiating": {"lead": "cancel"},
    "moderated": {"lead": "cancel clear", "eva": "clear"},
    "awarded": {},
}
"""What may be done by a button alone."""


def address(room: Room, page: str, bid: int) -> str:
    within = {"bid": f"bids/{bid}", "download": f"bids/{bid}/download", "moderate": f"bids/{bid}/moderate"}
    return room.at({**within, "exclude": f"bids/{bid}/exclude"}.get(page, page))


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_pages_and_buttons(stage: str, room: Room) -> None:
    """Pages answer those of the table and nobody else; what may not be done is refused, and leaves nothing behind."""
    STAGES[stage](room)
    bid = room.tender.bids.order_by("id").first()
    key = bid.pk if bid else 1
    for who in EVERYONE:
        see(room, who, stage, key)
    before, state, team = Entry.objects.count(), room.tender.state, list(Member.objects.values())
    for who in EVERYONE:
        send(room, who, stage, key)
    assert Entry.objects.count() == before
    assert (room.tender.state, list(Member.objects.values())) == (state, team)


def see(room: Room, who: str, stage: str, bid: int) -> None:
    allowed = ALLOWED[stage].get(who)
    wanted = set() if allowed is None else {"", "lots", "template.docx", "questions", *allowed.split()}
    for page in PAGES:
        answer = room.clients[who].get(address(room, page, bid))
        is_late = page == "moderate" and stage in ("opened", "negotiating") and answer.status_code == 302
        where = f"{stage}: {who} asks {page or 'the tender'}: {answer.status_code}"
        if page in wanted:
            assert answer.status_code == 200, where
        else:
            assert answer.status_code == 403 or is_late, where
            assert not {"Alma", "Cheap"} & set(answer.content.decode().split()), where


def send(room: Room, who: str, stage: str, bid: int) -> None:
    allowed = (ALLOWED[stage].get(who) or "").split() + DEEDS[stage].get(who, "").split()
    for page in (*PAGES, *POSTS):
        if page in allowed or page in ("", "template.docx") or "download" in page or page in ("log", "report"):
            continue
        data = {"reason": "x", "score_0": "5", "reason_0": "x", "duties": "lead", "person": room.people[who].pk}
        answer = room.clients[who].post(address(room, page, bid), data)
        refused = answer.status_code in (403, 405) or (page in ("moderate", "bid") and answer.status_code == 302)
        assert refused, f"{stage}: {who} sends {page}: {answer.status_code}"


def test_deeds_are_possible(room: Room) -> None:
    """What the table allows is in fact done: else it would be right by being shut."""
    opened(room)
    assert room.post("lead", "moderation").status_code == 302 and room.tender.state == "moderated"
    assert room.post("lead", "cancel").status_code == 302 and room.tender.state == "cancelled"


def test_strangers_and_other_places(room: Room, signed_in: Callable[..., Client], somebody: Callable[..., Any]) -> None:
    from bygd.web.places.models import Place

    filled_in(room)
    other = Place.objects.create(slug="other", name="Other", folder="/nowhere")
    buyer = signed_in(person=somebody(other, "buyer", email="other@example.org"))
    both = signed_in(person=somebody(other, "buyer", email="both@example.org"))
    for page in (*PAGES, *POSTS):
        path = address(room, page, 1)
        assert Client(SERVER_NAME="localhost").get(path).status_code == 302
        for client in (buyer, signed_in()):
            assert client.get(path).status_code == client.post(path).status_code == 404
        # The same key under a place that is theirs.
        assert both.get(path.replace(f"/p/{room.place.slug}/", "/p/other/")).status_code in (404, 405)


def test_before_saying_that_there_is_no_conflict_only_names_are_seen(room: Room) -> None:
    opened(room)
    Member.objects.filter(person=room.people["eva"]).update(cleared_at=None)
    bid = room.tender.bids.first()
    page = room.clients["eva"].get(room.at("bids")).content.decode()
    assert "Alma AB" in page and "No, I have no conflict" in page and f"bids/{bid.pk}" not in page
    assert room.clients["eva"].get(room.at(f"bids/{bid.pk}")).status_code == 403
    assert room.post("eva", f"bids/{bid.pk}", score_0=1).status_code == 403


def test_whoever_declares_a_conflict_is_out_at_once_and_their_scores_do_not_count(room: Room) -> None:
    opened(room)
    bid = room.tender.bids.first()
    room.post("eva", f"bids/{bid.pk}", score_0=1, reason_0="eva was here")
    room.post("eva", "conflict", reason="I own shares")
    assert room.clients["eva"].get(room.at("bids")).status_code == 403
    assert room.post("eva", f"bids/{bid.pk}", score_0=2).status_code == 403
    assert room.post("lead", "team", person=room.people["eva"].pk, duties=["evaluator"]).status_code == 422
    room.post("lead", "moderation")
    page = room.clients["lead"].get(room.at(f"bids/{bid.pk}/moderate")).content.decode()
    assert "eva was here" not in page and "ivo" in page
    assert Entry.objects.filter(did="declared a conflict and was shut out", after="I own shares").count() == 1
    assert "I own shares" in room.clients["lead"].get(room.at("log")).content.decode()


def test_where_the_lead_has_a_conflict_another_buyer_takes_over(room: Room) -> None:
    moderated(room)
    assert room.post("rival", "take-over").status_code == 403
    room.post("lead", "conflict", reason="x")
    for who, status in (("lead", 403), ("con", 403), ("reader", 403), ("rival", 302)):
        assert room.post(who, "take-over").status_code == status, who
    assert room.clients["rival"].get(room.at("award")).status_code == 403, "not before saying there is no conflict"
    room.post("rival", "clear")
    assert room.clients["rival"].get(room.at("award")).status_code == 302


def test_one_who_leaves_the_place_is_out(room: Room) -> None:
    opened(room)
    room.place.memberships.filter(person=room.people["eva"]).delete()
    assert room.clients["eva"].get(room.at("bids")).status_code == 404


def test_a_lead_who_is_no_buyer_any_more_leads_no_more(room: Room) -> None:
    moderated(room)
    room.place.memberships.filter(person=room.people["lead"]).update(role="reader")
    assert room.clients["lead"].get(room.at("award")).status_code == 403
    assert room.post("rival", "take-over").status_code == 302


def test_a_team_keeps_a_lead_and_only_buyers_lead(room: Room) -> None:
    STAGES["draft"](room)
    assert room.post("lead", "team", person=room.people["lead"].pk, duties=["evaluator"]).status_code == 422
    assert room.post("lead", "team", person=room.people["eva"].pk, duties=["lead"]).status_code == 422
    assert room.post("lead", "team", person=room.people["rival"].pk, duties=["lead"]).status_code == 302
    assert room.post("lead", "team", person="999999", duties=["lead"]).status_code == 422


def test_the_audit_log_says_nothing_of_bids(room: Room) -> None:
    filled_in(room)
    said = " ".join(f"{one.did} {one.about}" for one in Event.objects.all())
    assert "opened the tender for bids T 1" in said and "bid in" not in said and "link" not in said


def test_the_database_refuses_changes_of_scores_and_log(room: Room) -> None:
    from importlib import import_module

    from django.db import DatabaseError, connection, transaction

    moderated(room)
    shut = import_module("bygd.web.procurements.tenders.migrations.0002_append_only")
    if connection.vendor == "postgresql":
        connection.check_constraints()  # what is deferred would stand in the way of a trigger
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def execute(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    editor = SimpleNamespace(connection=connection, execute=execute)
    shut.shut(None, editor)
    for statement in ("UPDATE {} SET at = at", "DELETE FROM {}"):
        for table in shut.TABLES:
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                execute(statement.format(table))
    shut.open_again(None, editor)
