"""Match review in the browser: who may, what a judgement stores, what comes next, and what two people see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bygd.vocabulary import tables
from bygd.web.decisions.models import LinkDecision
from bygd.workbench import decisions, snapshot

pytestmark = pytest.mark.django_db


def anchors(place: Any) -> list[str]:
    return list(dict.fromkeys(entry.source for entry in place.project.ledgers))


def cases(place: Any, anchor: str = "") -> list[str]:
    with snapshot.current(place.project).engine() as engine:
        rows = engine.rows("SELECT * FROM doubts WHERE state = 'unresolved' ORDER BY position")
    return list(dict.fromkeys(row["case_key"] for row in rows if not anchor or row["anchor"] == anchor))


@pytest.fixture
def analyst(own_place: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(own_place, "analyst", anchors=anchors(own_place))


def test_queue_and_case(own_place: Any, analyst: Client) -> None:
    page = analyst.get(f"/p/{own_place.slug}/review/")
    assert page.status_code == 200, page
    first = cases(own_place)[0]
    assert first in page.content.decode()
    page = analyst.get(f"/p/{own_place.slug}/review/case/{first}")
    assert page.status_code == 200
    print(page.content.decode())
