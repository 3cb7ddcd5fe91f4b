"""Decisions on places by the API: who sees and says which, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bygd.vocabulary import tables
from bygd.workbench import decisions, snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("api")]


def rows(place: Any, statement: str) -> list[dict[str, Any]]:
    with snapshot.current(place.project).engine() as engine:
        return engine.rows(statement)


def test_places_are_said_seen_and_taken_back(
    own_place: Any, program: Callable[..., Client], anchors: list[str]
) -> None:
    at = f"/api/v1/places/{own_place.slug}/seat-decisions"
    known = rows(own_place, "SELECT supplier_key, anchor, is_masked FROM suppliers ORDER BY 1")
    mine = next(row["supplier_key"] for row in known if row["anchor"] == anchors[0] and not row["is_masked"])
    theirs = next(row["supplier_key"] for row in known if row["anchor"] != anchors[0] and not row["is_masked"])
    masked = next(row["supplier_key"] for row in known if row["anchor"] == anchors[0] and row["is_masked"])
    org = rows(own_place, "SELECT org_id FROM links WHERE state = 'linked' ORDER BY 1")[0]["org_id"]
    asking = program(own_place, "analyst", anchors=anchors[:1], scopes=["read", "decide"])

    def post(**body: Any) -> Any:
        return asking.post(at, {"site": "seat", "evidence": "a test", **body}, content_type="application/json")

    home = own_place.project.place_id
    for body, status in (
        ({"subject_id": theirs, "area_id": home}, 404),
        ({"subject_id": masked, "area_id": home}, 404),
        ({"subject_id": "nobody", "area_id": home}, 404),
        ({"subject_id": org, "area_id": "se:0000"}, 409),
        ({"subject_id": org, "postcode": "00000"}, 409),
        ({"subject_id": org, "area_id": home, "postcode": "11111"}, 409),
        ({"subject_id": org, "area_id": home, "evidence": " "}, 409),
        ({"subject_id": org}, 409),  # nothing to take back
        ({"subject_id": org, "area_id": "Ystad"}, 422),
        ({"subject_id": org, "area_id": home, "site": "roof"}, 422),
    ):
        assert post(**body).status_code == status, body
    assert decisions.read(own_place.project, tables.seat_decisions) == []
    assert post(subject_id=org, area_id=home).status_code == 201
    assert post(subject_id=mine, area_id="dk", site="branch").status_code == 201
    assert post(subject_id=org).json()["area_id"] is None
    assert [row["subject_id"] for row in asking.get(at).json()["rows"]] == [org, mine, org]
    # Read to its end the answer is closed; closed once more it would take the test's connection along.
    assert b"".join(asking.get(f"{at}?format=csv").streaming_content).count(b"a test") == 3
    reader = program(own_place, "reader")
    assert [row["subject_id"] for row in reader.get(at).json()["rows"]] == [org, org], "suppliers are their anchors'"
    body = {"subject_id": org, "site": "seat", "area_id": home, "evidence": "a test"}
    for other in (reader, program(own_place, "analyst", scopes=["read"])):
        assert other.post(at, body, content_type="application/json").status_code == 403
