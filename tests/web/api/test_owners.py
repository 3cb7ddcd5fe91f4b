"""Decisions on owners by the API: said with evidence, seen by whom they may be, taken back."""

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


def test_owners_are_said_seen_and_taken_back(
    own_place: Any, program: Callable[..., Client], anchors: list[str]
) -> None:
    at = f"/api/v1/places/{own_place.slug}/class-decisions"
    known = rows(own_place, "SELECT supplier_key, anchor, is_masked FROM suppliers ORDER BY 1")
    mine = next(row["supplier_key"] for row in known if row["anchor"] == anchors[0] and not row["is_masked"])
    theirs = next(row["supplier_key"] for row in known if row["anchor"] != anchors[0] and not row["is_masked"])
    masked = next(row["supplier_key"] for row in known if row["anchor"] == anchors[0] and row["is_masked"])
    org = rows(own_place, "SELECT org_id FROM links WHERE state = 'linked' ORDER BY 1")[0]["org_id"]
    asking = program(own_place, "analyst", anchors=anchors[:1], scopes=["read", "decide"])

    def post(**body: Any) -> Any:
        return asking.post(at, {"evidence": "a test", **body}, content_type="application/json")

    before = len(decisions.read(own_place.project, tables.class_decisions))
    for body, status in (
        ({"subject_id": theirs, "kind": "social"}, 404),
        ({"subject_id": masked, "kind": "social"}, 404),
        ({"subject_id": "nobody", "kind": "social"}, 404),
        ({"subject_id": mine, "kind": "unknown"}, 409),
        ({"subject_id": mine, "kind": "social", "evidence": " "}, 409),
        ({"subject_id": mine}, 409),  # nothing to take back
        ({"subject_id": mine, "kind": "ours"}, 422),
        ({"subject_id": mine, "kind": "social", "why": "x"}, 422),
    ):
        assert post(**body).status_code == status, body
    assert len(decisions.read(own_place.project, tables.class_decisions)) == before
    assert post(subject_id=mine, kind="social").json()["kind"] == "social"
    assert post(subject_id=org, kind="democratic").status_code == 201
    back = post(subject_id=mine, evidence="")
    assert back.status_code == 201 and back.json()["kind"] is None
    assert post(subject_id=mine).status_code == 409, "taken back once"
    told = [(row["subject_id"], row["kind"]) for row in asking.get(at).json()["rows"]]
    assert told[-3:] == [(mine, "social"), (org, "democratic"), (mine, None)]
    assert [row["kind"] for row in asking.get(f"{at}?subject_id={mine}").json()["rows"]] == ["social", None]
    assert b"".join(asking.get(f"{at}?format=csv").streaming_content).count(b"a test") == 2
    reader = program(own_place, "reader")
    assert mine not in {row["subject_id"] for row in reader.get(at).json()["rows"]}, "suppliers are their anchors'"
    body = {"subject_id": org, "kind": "social", "evidence": "a test"}
    for other in (reader, program(own_place, "analyst", scopes=["read"])):
        assert other.post(at, body, content_type="application/json").status_code == 403
