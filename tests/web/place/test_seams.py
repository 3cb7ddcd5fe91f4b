"""Where other rooms meet the place: cards, plans and the circles' pages without an account."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bygd.reports.translate import Translator

pytestmark = pytest.mark.django_db


def test_an_indicator_is_the_measure_of_a_goal(counted: Any) -> None:
    from bygd.web.pages.place import measured

    _ = Translator("en", "bygd.web")
    found = measured.measured(counted, "see indicator:child_poverty", _)
    assert found is not None and (found.value, found.period, found.area) == ("9.4%", "2025", "Fyrhamn")
    assert ("Id", "indicator:child_poverty") in found.card and found.figure.snapshot
    small = measured.measured(counted, "indicator:population@village:bruksbygden", _)
    assert small is not None and small.value == "3,790" and "area=village%3Abruksbygden" in small.href
    for nothing in (
        "",
        None,
        "indicator:never_heard_of",
        "indicator:nitrogen",
        "indicator:turnout@se:nowhere",
        "words",
    ):
        assert measured.measured(counted, nothing, _) is None, nothing
    part = {
        "part_key": "abc", "evidence": "indicator:child_poverty", "baseline": Decimal("9.4"), "baseline_on": None,
        "target": Decimal(6), "target_on": date(2030, 12, 31),
    }  # fmt: skip
    wide, narrow = measured.line(counted, part, _)
    assert (wide[0], narrow[0]) == ("wide", "narrow")
    assert (
        "Target 6.0% by 2030 (from 9.4%)" in wide[1] and "2030" in wide[1] and 'id="measure-abc-wide-title"' in wide[1]
    )
    assert measured.line(counted, {**part, "evidence": "a count of our own"}, _) == []


def test_a_circle_reads_the_sheet_without_an_account(counted: Any, signed_in: Callable[..., Client]) -> None:
    from bygd.web.boards.circles.models import Circle

    said = {"template": "three_meetings", "title": "Cirkeln", "language": "sv", "where": "Biblioteket"}
    assert signed_in(counted, "facilitator").post(f"/p/{counted.slug}/plan/circles/new", said).status_code == 302
    circle, anybody = Circle.objects.get(), Client(SERVER_NAME="localhost")
    facts = anybody.get(f"/circle/{circle.secret}/facts")
    assert facts.status_code == 200
    said = facts.content.decode()
    assert "12\u00a0400 personer bor i Fyrhamn" in said and "Faktablad att skriva ut" in said and "Bruksbygden" in said
    sheet = anybody.get(f"/circle/{circle.secret}/sheet?area=village:bruksbygden")
    assert sheet.status_code == 200 and "Bruksbygden i siffror" in sheet.content.decode()
    assert anybody.get(f"/circle/{circle.secret}/sheet?area=se:9702").status_code == 404
    assert not anybody.cookies, "the page sets no cookies"


def test_a_plan_shows_the_line_of_its_measure(counted: Any, signed_in: Callable[..., Client]) -> None:
    facilitator, base = signed_in(counted, "facilitator"), f"/p/{counted.slug}/plan/plans/"
    made = facilitator.post(
        f"{base}new", {"title": "Byaplanen", "template": "scottish_action_plan", "starts_on": "2026-01-01"}
    )
    assert made.status_code == 302
    part = {
        "title": "Fewer poor children", "baseline": "9.4", "target": "6", "target_on": "2030-12-31",
        "evidence": "indicator:child_poverty",
    }  # fmt: skip
    assert facilitator.post(f"{made['Location']}new/indicator", part).status_code == 302
    facilitator.post(f"{made['Location']}new/indicator", {**part, "title": "Words", "evidence": "we shall see"})
    said = facilitator.get(made["Location"]).content.decode()
    assert said.count("Measured by statistics:") == 1 and "<strong>9.4%</strong> (2025)" in said
    assert "Target 6.0% by 2030 (from 9.4%)" in said and "How this was counted" in said


def test_the_evidence_of_a_card_is_the_value_with_its_method(counted: Any, signed_in: Callable[..., Client]) -> None:
    facilitator = signed_in(counted, "facilitator")
    card = {
        "title": "Meals at school", "pillar": "work", "standing": "idea", "state": "not_begun",
        "evidence": "indicator:child_poverty\nindicator:nitrogen",
    }  # fmt: skip
    made = facilitator.post(f"/p/{counted.slug}/plan/board/new", card)
    assert made.status_code == 302, made.content.decode()[-3000:]
    said = facilitator.get(made["Location"]).content.decode()
    assert "9.4%" in said and "place/indicator/child_poverty/" in said and "An indicator: nitrogen" in said
