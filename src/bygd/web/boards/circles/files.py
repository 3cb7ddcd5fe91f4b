"""Files: a circle as a file of the project and back, and what it came to as a document."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bygd.reports import Translator
from bygd.reports.documents.concluded import Concluded, Line
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.words import Pillar
from bygd.web.boards.circles.models import Answer, Circle, Effort, Talk
from bygd.web.boards.circles.shared import on
from bygd.web.boards.taking import day, take_in
from bygd.web.places.models import Place

FOLDER = Path("boards") / "circles"
OWN = ("title", "language", "where", "course", "days", "state", "members", "conclusion", "handed_to")
PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "answers": (Answer, ("part", "text", "is_picked")),
    "efforts": (
        Effort,
        ("pillar", "standing", "title", "text", "for_whom", "owner", "first_step", "first_step_by", "card_key"),
    ),
    "talks": (Talk, ("partner", "about", "said", "next")),
}
GIVEN = ("given_by", "is_shown")


def taken_in(place: Place) -> int:
    """Take in circles from the project's folder that are not known yet; how many."""
    return take_in(place, FOLDER, Circle, _made)


def text(circle: Circle) -> str:
    """The circle as JSON; its address is left out."""
    said: dict[str, Any] = {name: getattr(circle, name) for name in OWN}
    said["concluded_on"] = circle.concluded_on.isoformat() if circle.concluded_on else None
    for name, (_model, fields) in PARTS.items():
        listed = []
        for one in getattr(circle, name).all():
            row = {field: getattr(one, field) for field in (*fields, *GIVEN)}
            if isinstance(one, Effort):
                row["first_step_on"] = one.first_step_on.isoformat() if one.first_step_on else None
            listed.append(row)
        said[name] = listed
    return json.dumps(said, ensure_ascii=False, indent=1)


def concluded(circle: Circle, translate: Translator) -> Concluded:
    """What the circle has come to, as documents tell it."""
    course = circle.held()
    questions = {part.key: part.question for meeting in course.meetings for part in meeting.parts}
    answers = [
        (questions.get(one.part, ""), one.text) for one in circle.answers.all() if one.is_shown and one.is_picked
    ]
    efforts = [one for one in circle.efforts.all() if one.is_shown]
    return Concluded(
        title=circle.title,
        place=circle.place.name,
        where=circle.where,
        days=tuple(when for meeting in course.meetings if (when := on(circle, meeting.key)) is not None),
        members=circle.members,
        conclusion=circle.conclusion,
        handed_to=circle.handed_to,
        concluded_on=circle.concluded_on,
        answers=tuple(answers),
        done={pillar: tuple(one.title for one in efforts if _is(one, pillar, CardStanding.DONE)) for pillar in Pillar},
        possible={
            pillar: tuple(_line(one) for one in efforts if _is(one, pillar, CardStanding.POSSIBLE)) for pillar in Pillar
        },
        talks=circle.talks.filter(is_shown=True).count(),
    )


def _is(one: Effort, pillar: Pillar, standing: CardStanding) -> bool:
    return one.pillar == pillar and one.standing == standing


def _line(one: Effort) -> Line:
    return Line(one.title, one.first_step, one.first_step_by, one.first_step_on)


def _made(place: Place, key: str, said: Mapping[str, Any]) -> None:
    circle = Circle(place=place, key=key, made_by="file", **{name: said[name] for name in OWN})
    circle.concluded_on = day(said.get("concluded_on"))
    circle.held()  # raises where the course is not whole
    circle.renew()
    circle.save()
    for name, (model, fields) in PARTS.items():
        for row in said[name]:
            values = {field: row[field] for field in (*fields, *GIVEN)}
            if model is Effort:
                values["first_step_on"] = day(row.get("first_step_on"))
            model.objects.create(circle=circle, **values)
