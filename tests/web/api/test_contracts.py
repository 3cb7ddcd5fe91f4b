"""Contracts by the API: read by all who work in the place, entered by buyers, payments for the anchor's members."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bygd.web.places.register import register
from bygd.workbench import contracts, decisions, project

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("api")]


def test_contracts_are_entered_changed_read_and_taken_out(
    own_place: Any, program: Callable[..., Client], anchors: list[str]
) -> None:
    at = f"/api/v1/places/{own_place.slug}/contracts"
    buyer = program(own_place, "buyer", scopes=["read", "decide"])
    before = len(buyer.get(f"{at}?limit=1000").json()["rows"])

    def post(**body: Any) -> Any:
        said = {"anchor": anchors[0], "title": "Cleaning of schools", "number": "API 1", **body}
        return buyer.post(at, {name: value for name, value in said.items() if value is not None}, "application/json")

    for body, status in (
        ({"anchor": "Nobody's"}, 409),
        ({"ends_on": "2026-02-31"}, 422),
        ({"starts_on": "2027-01-01", "ends_on": "2026-01-01"}, 409),
        ({"value": -1}, 422),
        ({"cpv": "909100"}, 422),
        ({"cpv": "00000000"}, 409),
        ({"title": ""}, 422),
        ({"more": 1}, 422),
        ({"contract_key": "unknown"}, 404),
    ):
        answer = post(**body)
        assert answer.status_code == status, (body, answer.content)
        assert answer["Content-Type"] == "application/problem+json"
    assert len(contracts.current(own_place.project)) == before

    made = post(supplier_name="Rent och Fint AB", supplier_number="556677-8899", value=1_250_000.5, cpv="90910000",
                starts_on="2027-01-01", ends_on="2028-12-31", lot="1", procedure="open")  # fmt: skip
    assert made.status_code == 201, made.content
    row = made.json()
    assert (row["value"], row["currency"], row["stage"], row["lot"]) == (1_250_000.5, "SEK", "signed", "1")
    assert row["supplier_id"] == "SE-ON:5566778899"
    assert post(lot="1").status_code == 409  # there already
    changed = post(contract_key=row["contract_key"], lot="1", ends_on="2029-12-31")
    assert changed.status_code == 201 and changed.json()["value"] is None
    assert len(contracts.entries(own_place.project, row["contract_key"])) == 2

    one = f"{at}/{row['contract_key']}"
    assert buyer.get(one).json()["paid"] is None
    assert buyer.get(f"{at}?ends_from=2029-12-31&ends_to=2029-12-31").json()["rows"][0]["title"] == row["title"]
    assert buyer.get(f"{at}?cpv=9091").json()["rows"]
    assert buyer.get(f"{at}?cpv=0399").json()["rows"] == []
    for other in (program(own_place, "buyer", scopes=["read"]), program(own_place, "analyst", scopes=["decide"])):
        assert other.delete(one).status_code == 403
    assert buyer.delete(one).status_code == 204
    assert buyer.get(one).status_code == buyer.delete(one).status_code == 404
    assert len(contracts.current(own_place.project)) == before


def test_a_place_without_ledgers_names_its_institutions(
    db: None, tmp_path: Path, program: Callable[..., Client]
) -> None:
    project.create(tmp_path / "empty", "nl:GM0772", "Eindhoven")
    place = register(tmp_path / "empty")
    buyer = program(place, "buyer", scopes=["read", "decide"])
    said = {"anchor": "Gemeente Eindhoven", "title": "Cleaning", "number": "1"}
    answer = buyer.post(f"/api/v1/places/{place.slug}/contracts", said, "application/json")
    assert answer.status_code == 201, answer.content
    (row,) = contracts.current(place.project)
    assert row["anchor"] == "Gemeente Eindhoven"
    empty = buyer.post(f"/api/v1/places/{place.slug}/contracts", {**said, "anchor": " "}, "application/json")
    assert empty.status_code == 409, empty.content


def test_of_two_programs_that_enter_one_number_at_once_one_is_told(
    own_place: Any, program: Callable[..., Client], anchors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"/api/v1/places/{own_place.slug}/contracts"
    buyer = program(own_place, "buyer", scopes=["read", "decide"])
    said = {"anchor": anchors[0], "title": "Cleaning of schools", "number": "API 2"}
    assert buyer.get(at).status_code == 200  # what the files say is known from here on
    alone, others = decisions.alone, [{**said, "title": "Cleaning of offices"}]

    @contextmanager
    def waiting(project: Any) -> Iterator[None]:
        while others:  # the other had the lock first
            assert buyer.post(at, others.pop(), "application/json").status_code == 201
        with alone(project):
            yield

    monkeypatch.setattr(decisions, "alone", waiting)
    assert buyer.post(at, said, "application/json").status_code == 409
    titles = [row["title"] for row in contracts.current(own_place.project) if row["number"] == "API 2"]
    assert titles == ["Cleaning of offices"]


def test_a_person_is_not_told_by_their_number(
    own_place: Any, program: Callable[..., Client], anchors: list[str]
) -> None:
    at = f"/api/v1/places/{own_place.slug}/contracts"
    buyer = program(own_place, "buyer", scopes=["read", "decide"])
    body = {"anchor": anchors[0], "title": "Music at the fair", "supplier_name": "Anna Andersson",
            "supplier_number": "850101-1236"}  # fmt: skip
    answer = buyer.post(at, body, "application/json")
    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert shown["supplier_id"] is None and "Anna" not in str(shown["supplier_name"])
    for form in ("json", "csv"):
        answer = buyer.get(f"{at}?format={form}")
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"p:" not in text and b"850101" not in text and b"Andersson" not in text


def test_payments_are_for_members_of_the_institution(
    place: Any, program: Callable[..., Client], anchors: list[str]
) -> None:
    at = f"/api/v1/places/{place.slug}/contracts"
    rows = program(place, "reader").get(f"{at}?limit=1000").json()["rows"]
    assert rows, "the sample place has contracts"
    mine = next(row for row in rows if row["anchor"] == anchors[0] and row["supplier_id"] and row["stage"] == "signed")
    theirs = next((row for row in rows if row["anchor"] != anchors[0]), None)
    member = program(place, "analyst", anchors=anchors[:1])
    assert member.get(f"{at}/{mine['contract_key']}").json()["paid"] is not None
    assert program(place, "analyst", anchors=anchors[1:2]).get(f"{at}/{mine['contract_key']}").json()["paid"] is None
    if theirs:
        assert member.get(f"{at}/{theirs['contract_key']}").json()["paid"] is None
