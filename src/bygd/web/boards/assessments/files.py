"""Files: rounds as files of the project."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bygd.tools.assessments import LEVELS
from bygd.web.boards.assessments.models import Round, Sheet
from bygd.web.boards.taking import day, take_in
from bygd.web.places.models import Place
from bygd.workbench import assessments

FOLDER = Path("boards") / "assessments"


def taken_in(place: Place) -> int:
    """Take in rounds from the project's folder that are not known yet; how many."""
    return take_in(place, FOLDER, Round, _made)


def _made(place: Place, key: str, said: Mapping[str, Any]) -> None:
    parts = {part.id: part for part in assessments.parts(place.project.country)}
    asked = [{"id": id, "questions": [{"id": question.id} for question in parts[id].questions]} for id in said["parts"]]
    ids = {question["id"] for part in asked for question in part["questions"]}
    made = Round(
        place=place,
        key=key,
        title=str(said["title"])[:120],
        parts=asked,
        language=str(said["language"])[:2],
        opened_on=date.fromisoformat(said["opened_on"]),
        closed_on=day(said.get("closed_on")),
    )
    made.renew()
    made.save()
    for number, answers in enumerate(said["sheets"]):
        kept = {
            id: {"level": one[0], "note": str(one[1])} if len(one) > 1 else {"level": one[0]}
            for id, one in answers.items()
            if id in ids and one[0] in LEVELS
        }
        Sheet.objects.create(round=made, answers=kept, hand=f"{key}-{number}", sent_on=made.opened_on)
