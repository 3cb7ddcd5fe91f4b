"""After the award: the contract comes into the register once, and what was promised becomes items."""

from typing import Any

import pytest

from bygd.workbench import contracts, promises

from .conftest import Room, awarded

pytestmark = pytest.mark.django_db

DAYS = {"starts_on": "2027-01-01", "ends_on": "2029-12-31"}
FIRST = {"title_0": "Six trainees from the place", "target_0": "6", "unit_0": "persons"}


def entered(room: Room) -> Any:
    (found,) = [one for one in contracts.current(room.place.project) if one["number"] == "T 1"]
    return found


def test_promises_of_the_winner_become_items(room: Room) -> None:
    awarded(room)
    page = room.clients["lead"].get(room.at("contract")).content.decode()
    assert "Bo &amp; Co won" in page and "Bo &amp; Co says so in" in page

    answer = room.post("lead", "contract", **DAYS, **FIRST, title_1="How do you cook?", target_1="", unit_1="")
    row = entered(room)
    assert answer.status_code == 302 and answer.url.endswith(f"/promises/contract/{row['contract_key']}/")
    assert (row["supplier_name"], row["value"], row["currency"]) == ("Bo & Co", 150_000, "GBP")
    assert (str(row["starts_on"]), str(row["ends_on"]), row["stage"]) == ("2027-01-01", "2029-12-31", "signed")

    (account,) = promises.book(room.place.project).of(row["contract_key"])
    promise = account.promise
    assert (promise.code, promise.target, promise.unit) == (room.measure, 6, "persons")
    assert (promise.measure, promise.counts_people) == (room.measure, True)
    assert promise.policy == room.tender.policy
    assert room.tender.entries.first().did == "entered the contract and its promises"


def test_it_is_entered_once(room: Room) -> None:
    awarded(room)
    assert room.post("lead", "contract", **DAYS, **FIRST).status_code == 302
    before = contracts.entries(room.place.project)
    again = room.post("rival", "contract", **DAYS, **FIRST)
    assert again.status_code == 302 and again.url.endswith(f"/promises/contract/{entered(room)['contract_key']}/")
    assert contracts.entries(room.place.project) == before
    assert again.url in room.clients["rival"].get(room.at()).content.decode()


WRONG = {
    "The last day must come after the first.": {**DAYS, "ends_on": "2026-12-31"},
    "Write the day as year, month and day.": {**DAYS, "starts_on": "2027-02-31"},
    "A promise needs a sentence": {**DAYS, "target_0": "6", "unit_0": "", "title_0": "x"},
    "is no amount": {**DAYS, "target_0": "many", "unit_0": "persons", "title_0": "x"},
    "personal": {**DAYS, **FIRST, "title_0": "Anna, 850101-1236, is hired"},
}


def test_what_cannot_stand_enters_nothing(room: Room) -> None:
    awarded(room)
    for error, said in WRONG.items():
        answer = room.post("lead", "contract", **said)
        assert (answer.status_code, error in answer.content.decode()) == (422, True), error
    assert not [one for one in contracts.current(room.place.project) if one["number"] == "T 1"]
