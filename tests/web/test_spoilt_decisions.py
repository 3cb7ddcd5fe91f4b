"""A decisions file that somebody spoilt by hand: pages and feeds say so, and none fails."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

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
