"""A decisions file that somebody spoilt by hand: pages and feeds say so, and none fails."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bygd.vocabulary import tables
from bygd.web.decisions.together import MODELS
from bygd.workbench import decisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoilt(own_place: Any) -> Any:
    for table in MODELS:
        decisions.file(own_place.project, table).write_text("spoilt by hand\n", encoding="utf-8")
    return own_place


@pytest.mark.parametrize("path", ["plan/plans/new", "plan/cases/new"])
def test_a_page_says_what_is_wrong_with_the_file(spoilt: Any, signed_in: Callable[..., Client], path: str) -> None:
    answer = signed_in(spoilt, "facilitator").get(f"/p/{spoilt.slug}/{path}")
    assert answer.status_code == 409 and "_entries.csv" in answer.content.decode()


@pytest.mark.parametrize("path", ["plan/cases/deadlines/calendar", "procurement/contracts/endings/calendar"])
def test_a_feed_says_so_without_a_name(spoilt: Any, signed_in: Callable[..., Client], path: str) -> None:
    client = signed_in(spoilt, "reader")
    client.post(f"/p/{spoilt.slug}/{path}", {"make": "1"})
    [address] = [said for key, said in client.session.items() if key.endswith("_calendar")]
    answer = Client(SERVER_NAME="localhost").get(address.split("localhost", 1)[1])
    assert answer.status_code == 409 and ".csv" not in answer.content.decode()


CONTRACTS = tables.contract_entries
PROMISES = tables.promise_entries, tables.delivery_entries, tables.remedy_entries


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("procurement/gaps/", (tables.influence_decisions, CONTRACTS)),
        ("procurement/contracts/", (CONTRACTS,)),
        ("procurement/promises/", (*PROMISES, CONTRACTS)),
        ("plan/board/", (tables.card_entries,)),
        ("plan/plans/", (tables.plan_entries, tables.plan_parts, tables.plan_follow_ups, tables.plan_versions)),
        ("plan/cases/", (tables.case_entries, tables.case_events)),
        ("plan/assets/", (tables.asset_entries, tables.relation_entries)),
        ("review/", decisions.DECIDED),
    ],
)
def test_a_page_is_held_up_by_files_of_its_own_alone(
    own_place: Any, signed_in: Callable[..., Client], path: str, own: Any
) -> None:
    client = signed_in(own_place, "analyst", anchors={entry.source for entry in own_place.project.ledgers})

    def said() -> str:
        return str(client.get(f"/p/{own_place.slug}/{path}").content.decode())

    for table in MODELS:
        if table not in own:
            decisions.file(own_place.project, table).write_text("spoilt by hand\n", encoding="utf-8")
    assert "<h1" in (page := said()) and "_entries.csv" not in page and "_decisions.csv" not in page
    decisions.file(own_place.project, own[0]).write_text("spoilt by hand\n", encoding="utf-8")
    assert f"{own[0].__name__}.csv" in said()
