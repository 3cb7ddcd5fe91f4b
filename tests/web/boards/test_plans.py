"""Action plans in the browser: made of cards, changed, decided, followed up, and as a file."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from docx import Document

from bygd.web.boards.plans.models import PlanVersion
from bygd.workbench import boards, plans

pytestmark = pytest.mark.django_db


def to(place: Any, rest: str = "") -> str:
    return f"/p/{place.slug}/plan/plans/{rest}"


def decided(place: Any) -> Any:
    """The sample place's plan."""
    return plans.read(place.project, plans.plans(place.project)[0]["plan_key"])


def test_readers_see_the_plan_and_change_nothing(place: Any, signed_in: Callable[..., Client]) -> None:
    reader, plan = signed_in(place, "reader"), decided(place)
    assert plan.row["title"] in reader.get(to(place)).content.decode()
    page = reader.get(to(place, f"{plan.key}/")).content.decode()
    assert "Decided on 20 March 2026 by Kommunfullmäktige i Fyrhamn. § 34" in page
    assert page.count("<svg") == 2 and "Follow the plan up" not in page and "Add a goal" not in page
    part = plan.parts[0]["part_key"]
    for path in ("new", f"{plan.key}/facts", f"{plan.key}/decide", f"{plan.key}/follow-up", f"{plan.key}/part/{part}"):
        assert reader.get(to(place, path)).status_code == 403, path


def test_a_plan_is_made_of_cards_decided_and_followed_up(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, facilitator = own_place, signed_in(own_place, "facilitator")
    card = next(row for row in boards.current(place.project) if row["in_plan"] and row["first_step"])
    assert card["card_key"] in facilitator.get(to(place, "new")).content.decode()
    given = {
        "title": "Byaplanen",
        "template": "scottish_action_plan",
        "starts_on": "2026-01-01",
        "cards": [card["card_key"]],
    }
    answer = facilitator.post(to(place, "new"), given)
    assert answer.status_code == 302
    key = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    assert facilitator.post(to(place, "new"), given).status_code == 422
    facilitator.post(
        to(place, f"{key}/new/activity"), {"title": "Bygg", "starts_on": "2026-02-01", "ends_on": "2026-03-01"}
    )
    facilitator.post(to(place, f"{key}/new/indicator"), {"title": "Hus", "baseline": "-1,5", "target": "12"})
    plan = plans.read(place.project, key)
    measure = next(row for row in plan.of("indicator") if row["title"] == "Hus")
    assert str(measure["baseline"]) == "-1.50"
    assert facilitator.post(to(place, f"{key}/new/indicator"), {"title": "Hus", "target": "much"}).status_code == 422
    assert facilitator.post(to(place, f"{key}/decide"), {"state": "decided"}).status_code == 422
    decision = {"state": "decided", "decided_on": "2026-01-20", "decided_by": "Årsmötet", "is_public": "on"}
    assert facilitator.post(to(place, f"{key}/decide"), decision).status_code == 302
    assert PlanVersion.objects.filter(place=place, plan_key=key).count() == 1
    built = next(row for row in plan.of("activity") if row["title"] == "Bygg")
    room = facilitator.get(f"/p/{place.slug}/plan/").content.decode()
    assert "“Byaplanen” was to be followed up by" in room and "of “Byaplanen” " in room
    follow = {
        "followed_on": date.today().isoformat(), "said": "Huset står.", f"state_{built['part_key']}": "done",
        f"value_{measure['part_key']}": "1",
    }  # fmt: skip
    assert facilitator.post(to(place, f"{key}/follow-up"), follow).status_code == 302
    later = {**follow, "followed_on": (date.today() + timedelta(days=9)).isoformat()}
    assert facilitator.post(to(place, f"{key}/follow-up"), later).status_code == 422
    page = facilitator.get(to(place, f"{key}/")).content.decode()
    assert "Hus: 1 now, from -1.5 towards 12." in page.replace("−", "-")
    assert "was to be followed up" not in page


def test_a_part_is_changed_undone_and_taken_out(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, facilitator, plan = own_place, signed_in(own_place, "facilitator"), decided(own_place)
    part = plan.of("activity")[0]
    path = to(place, f"{plan.key}/part/{part['part_key']}")
    facilitator.post(path, {"title": "Annat namn", "ends_on": "2027-01-01"})
    assert any(row["title"] == "Annat namn" for row in decided(place).of("activity"))
    facilitator.post(f"{path}/undo")
    assert part["title"] in [row["title"] for row in decided(place).of("activity")]
    facilitator.post(f"{path}/take-out")
    assert part["title"] not in [row["title"] for row in decided(place).of("activity")]
    assert facilitator.post(path, {"title": "x"}).status_code == 404


def test_the_plan_is_a_word_document(place: Any, signed_in: Callable[..., Client]) -> None:
    held = signed_in(place, "reader").get(to(place, f"{decided(place).key}/plan.docx"))
    text = "\n".join(one.text for one in Document(io.BytesIO(held.content)).paragraphs)
    assert "Overdue since 31 October 2026" in text and "Timetable" in text
