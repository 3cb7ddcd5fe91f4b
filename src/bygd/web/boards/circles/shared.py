"""Shared: a circle as its pages show it, and what comes of it on the board."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bygd.reports import Translator
from bygd.tools.circles import Course, Meeting, Part
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.words import Pillar
from bygd.web.addresses import whole
from bygd.web.boards import codes
from bygd.web.boards.circles.models import Answer, Circle, Effort
from bygd.web.boards.circles.words import CircleState, Partner
from bygd.web.boards.outside import grouped

WORDS: dict[str, Any] = {
    "circle_state": CircleState,
    "partner": Partner,
    "pillars": tuple(Pillar),
    "pillar": Pillar,
    "card_standing": CardStanding,
}
"""What templates turn stored texts into words with."""


@dataclass(frozen=True)
class Asked:
    """A part of a meeting with the answers that were given to its question."""

    part: Part
    answers: list[Answer]


@dataclass(frozen=True)
class Sitting:
    """A meeting, its day, its parts with their answers."""

    number: int
    meeting: Meeting
    on: date | None
    asked: list[Asked]


def sittings(circle: Circle, course: Course, *, hidden: bool = False) -> list[Sitting]:
    """The meetings of a circle with what was answered; what is hidden only where asked for."""
    answers: dict[str, list[Answer]] = {}
    for one in circle.answers.all():
        if one.is_shown or hidden:
            answers.setdefault(one.part, []).append(one)
    return [
        Sitting(
            number,
            meeting,
            on(circle, meeting.key),
            [Asked(part, answers.get(part.key, [])) for part in meeting.parts],
        )
        for number, meeting in enumerate(course.meetings, 1)
    ]


def on(circle: Circle, key: str) -> date | None:
    """The day of a meeting."""
    said = circle.days.get(key)
    return date.fromisoformat(said) if said else None


def matrix(circle: Circle, *, hidden: bool = False) -> list[tuple[Pillar, list[Effort], list[Effort]]]:
    """Pillar by pillar what is done already and what could be done."""
    found = [one for one in circle.efforts.all() if one.is_shown or hidden]
    return [
        (
            pillar,
            [one for one in found if one.pillar == pillar and one.standing == CardStanding.DONE],
            [one for one in found if one.pillar == pillar and one.standing == CardStanding.POSSIBLE],
        )
        for pillar in Pillar
    ]


def address(request: HttpRequest, circle: Circle) -> str:
    """The whole address of the participants' page."""
    return whole(request, reverse("circle-outside", args=[grouped(circle.secret)]))


def code(request: HttpRequest, circle: Circle, _: Translator) -> Any:
    """That address as a square that telephones read."""
    return codes.square(address(request, circle), _("Address of the circle's page"))


def cards(circle: Circle) -> list[dict[str, Any]]:
    """The efforts of a circle as entries of cards on the place's board."""
    return [card(circle, one) for one in circle.efforts.filter(is_shown=True)]


def card(circle: Circle, one: Effort) -> dict[str, Any]:
    """One effort as an entry of a card."""
    return {
        **({"card_key": one.card_key} if one.card_key else {}),
        "pillar": one.pillar,
        "standing": one.standing,
        "title": one.title,
        "text": one.text,
        "for_whom": one.for_whom,
        "owner": one.owner,
        "first_step": one.first_step,
        "first_step_by": one.first_step_by,
        "first_step_on": one.first_step_on,
        "origin": f"circle:{circle.key}",
    }
