"""A contract with promises in a place, for tests of the web."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from typing import Any

from bygd.vocabulary import tables
from bygd.workbench import contracts, promises
from bygd.workbench.promises import Given

NUMBER = "811218-9876"
"""A personal identity number that the tax agency made for tests."""


@dataclass
class Made:
    """Keys of what was made, and the place."""

    place: Any
    contract: str
    other: str
    jobs: str
    hours: str
    others: str


def contract(anchor: str, number: str, **more: Any) -> dict[str, Any]:
    """An entry of a contract."""
    return {
        **dict.fromkeys(tables.contract_entries.columns()),
        "contract_key": contracts.key(anchor, number, "Cleaning"), "anchor": anchor, "number": number,
        "title": f"Cleaning {number}", "supplier_name": f"Supplier {number} AB", "value": D(1_000_000),
        "currency": "SEK", "stage": "signed", "is_framework": False, "withdrawn": False, "source": "test",
        "starts_on": date.today() - timedelta(days=200), "ends_on": date.today() + timedelta(days=500),
        "entered_by": "test", "entered_at": datetime(2026, 1, 2), **more,
    }  # fmt: skip


def make(place: Any, **more: Any) -> Made:
    """Two contracts, the first with two promises, the second with one; the first promise is behind."""
    from bygd.web.decisions import together

    anchor = next((entry.source for entry in place.project.ledgers), "Provby kommun")
    rows = [contract(anchor, number, **more) for number in ("HP-1", "HP-2")]
    together.add(place, tables.contract_entries, rows)
    today = date.today()
    given = [
        Given("1", "Four young people get a job", "persons", D(4), today + timedelta(days=400), theme="Work",
              counts_people=True, milestones=f"{today - timedelta(days=30)} 1", evidence="Hours, without names"),
        Given("2", "Hours of training", "hours", D(100), today + timedelta(days=300), theme="Skills"),
    ]  # fmt: skip
    book = promises.book(place.project)
    first, second = (row["contract_key"] for row in rows)
    made = [promises.promise(book, first, one, "test") for one in given]
    made.append(promises.promise(book, second, Given("9", "Nobody else's promise", "times", D(1), today), "test"))
    together.add(place, tables.promise_entries, made)
    return Made(place, first, second, *(row["promise_key"] for row in made))
