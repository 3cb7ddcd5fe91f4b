"""A tender taken as far as a test needs it, by the forms that people use, with a team of five."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

POLICY = "gb/preston"
BIDS = {"Alma AB": ("100", 3, 3), "Bo & Co": ("150", 5, 4), "Cheap Ltd": ("60", 1, 0)}
"""Price of one meal, and the scores that both evaluators end up with: the policy's measure, the buyer's own."""


@dataclass
class Room:
    """A tender and the people around it, each with a browser of their own."""

    place: Any
    clients: dict[str, Client]
    people: dict[str, Any]
    number: int = 0
    secrets: dict[str, str] = field(default_factory=dict)
    measure: str = ""

    @property
    def base(self) -> str:
        return f"/p/{self.place.slug}/procurement/tenders/"

    @property
    def tender(self) -> Any:
        from bygd.web.procurements.tenders.models import Tender

        return Tender.objects.get(pk=self.number)

    def at(self, rest: str = "") -> str:
        return f"{self.base}{self.number}/{rest}"

    def post(self, who: str, rest: str, **data: Any) -> Any:
        return self.clients[who].post(self.at(rest), data)

    def bid(self, firm: str) -> Any:
        return self.tender.bids.get(firm=firm)


def template(room: Room, who: str = "lead", language: str = "en") -> Any:
    answer = room.clients[who].get(room.at(f"template.xlsx?in={language}"))
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    return openpyxl.load_workbook(io.BytesIO(answer.content))


FILLED: dict[tuple[Any, ...], bytes] = {}
"""Filled templates; all rooms here ask the same, and filling takes longer than most of what is tested."""


def filled(room: Room, firm: str, price: str, **cells: Any) -> SimpleUploadedFile:
    """The template as that firm fills it in: every white cell with something, then what is said."""
    key = (firm, price, *cells.items())
    if key not in FILLED:
        book = template(room)
        answers, prices = book.worksheets
        for row in answers.iter_rows():
            for cell in row:
                if not cell.protection.locked and cell.column_letter == "D":
                    cell.value = f"{firm} says so in {cell.coordinate}."
        answers["D4"], answers["D5"] = firm, "556677-8899"
        prices["E5"] = price
        for name, value in cells.items():
            answers[name] = value
        held = io.BytesIO()
        book.save(held)
        FILLED[key] = held.getvalue()
    return SimpleUploadedFile(f"{firm}.xlsx", FILLED[key])


def drafted(room: Room) -> Room:
    answer = room.clients["lead"].post(
        f"{room.base}new",
        {"title": "School meals", "number": "T 1", "anchor": room.people["anchor"], "cpv": "55524000",
         "value": "500 000", "currency": "gbp"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    room.number = int(answer.url.rstrip("/").rsplit("/", 1)[-1])
    return room


def prepared(room: Room) -> Room:
    from bygd.tools import social_value

    drafted(room)
    edition = social_value.find(POLICY).edition("five_themes")
    room.measure = next(iter(edition.measures))
    assert room.post("lead", "policy", edition=edition.id).status_code == 302
    answer = room.post("lead", "measures", measures=[room.measure], weight="20", points="from_lowest")
    assert answer.status_code == 302, answer.content.decode()
    answer = room.post("lead", "criteria", code="Q1", text_en="How do you cook?", weight="30", asked="text")
    assert answer.status_code == 302, answer.content.decode()
    closes = timezone.localtime(timezone.now() + timedelta(days=2))
    answer = room.post(
        "lead", "price", model="lowest_over_price", price_weight="50", highest="5",
        lines="P1 = Meals; 1000; pcs", closes_at=closes.strftime("%Y-%m-%dT%H:%M"), negotiates="on",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    for who, duty in (("eva", "evaluator"), ("ivo", "evaluator"), ("con", "evaluator"), ("reg", "registrar")):
        assert room.post("lead", "team", person=room.people[who].pk, duties=[duty]).status_code == 302
    assert room.post("con", "conflict", reason="My sister bids.").status_code == 302
    return room


def published(room: Room) -> Room:
    prepared(room)
    room.post("lead", "publish")
    assert room.tender.state == "published"
    return room


def filled_in(room: Room) -> Room:
    """Open for bids, with two by links and one taken in."""
    published(room)
    for firm in ("Alma AB", "Bo & Co"):
        page = room.post("reg", "invite").content.decode()
        room.secrets[firm] = page.split("/bid/")[1].split("<")[0]
        outside = Client(SERVER_NAME="localhost")
        answer = outside.post(f"/bid/{room.secrets[firm]}", {"file": filled(room, firm, BIDS[firm][0])})
        assert answer.status_code == 200, answer.content.decode()
    answer = room.post("reg", "bring", file=filled(room, "Cheap Ltd", BIDS["Cheap Ltd"][0]))
    assert answer.status_code == 302, answer.content.decode()
    return room


def closed(room: Room) -> Room:
    filled_in(room)
    tender = room.tender
    tender.closes_at = timezone.now() - timedelta(minutes=1)
    tender.save(update_fields=["closes_at"])
    return room


def opened(room: Room) -> Room:
    closed(room)
    room.post("eva", "opening")
    room.post("ivo", "opening")
    assert room.tender.state == "opened"
    for who in ("lead", "eva", "ivo"):
        assert room.post(who, "clear").status_code == 302
    return room


def negotiating(room: Room) -> Room:
    opened(room)
    closes = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert room.post("lead", "revised-bids", reason="Price and delivery.", closes_at=closes).status_code == 200
    assert room.tender.state == "negotiating"
    return room


def moderated(room: Room) -> Room:
    opened(room)
    for who in ("eva", "ivo"):
        for firm, (_price, policy, own) in BIDS.items():
            answer = room.post(
                who, f"bids/{room.bid(firm).pk}", score_0=policy, reason_0=f"{who} on {firm}", score_1=own
            )
            assert answer.status_code == 302, answer.content.decode()
        assert room.post(who, "lock").status_code == 302
    assert room.tender.state == "moderated"
    return room


def agreed(room: Room) -> Room:
    moderated(room)
    for firm, (_price, policy, own) in BIDS.items():
        answer = room.post(
            "lead", f"bids/{room.bid(firm).pk}/moderate", score_0=policy, reason_0="as agreed", score_1=own,
            reason_1="all alike",
        )  # fmt: skip
        assert answer.status_code == 302, answer.content.decode()
    return room


def awarded(room: Room) -> Room:
    agreed(room)
    answer = room.post("lead", "award", winner=room.bid("Bo & Co").pk, reason="The best by what was stated.")
    assert answer.status_code == 302, answer.content.decode()
    return room


STAGES: dict[str, Callable[[Room], Room]] = {
    "draft": prepared,
    "published": filled_in,
    "closed": closed,
    "opened": opened,
    "negotiating": negotiating,
    "moderated": agreed,
    "awarded": awarded,
}


@pytest.fixture
def room(own_place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client]) -> Room:
    """Nobody has begun anything yet. `lead`, `rival` and `con`, who declares a conflict, are buyers; evaluators not."""
    anchor = own_place.project.ledgers[0].source
    roles = {
        "lead": ("buyer",), "rival": ("buyer",), "eva": ("reader",), "ivo": ("analyst",), "reg": ("facilitator",),
        "con": ("buyer",), "admin": ("administrator",), "reader": ("reader",),
    }  # fmt: skip
    people = {who: somebody(own_place, *held, email=f"{who}@example.org") for who, held in roles.items()}
    people["member"] = somebody(own_place, anchors=[anchor], email="member@example.org")
    clients = {who: signed_in(person=person) for who, person in people.items()}
    return Room(own_place, clients, {**people, "anchor": anchor})
