"""Files: a round in `boards/assessments/<key>.json` of a project folder is taken in when the rounds are looked at.

That is how the sample place has rounds. What was taken in is not read again.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from bygd.tools.assessments import LEVELS
from bygd.web.boards.assessments.models import Round, Sheet
from bygd.web.places.models import Place
from bygd.workbench import assessments

FOLDER = Path("boards") / "assessments"
MOST_BYTES = 2 << 20


def take_in(place: Place) -> int:
    """Take in rounds from the project's folder that are not known yet; how many. Damaged files are passed over."""
    paths = sorted((place.project.folder / FOLDER).glob("*.json"))
    if not paths:
        return 0
    known = set(Round.objects.filter(place=place).values_list("key", flat=True))
    found = 0
    for path in paths:
        if path.stem in known or path.stat().st_size > MOST_BYTES:
            continue
        try:
            with transaction.atomic():
                _made(place, path.stem, json.loads(path.read_text(encoding="utf-8")))
            found += 1
        except (ValueError, KeyError, TypeError, AttributeError, IntegrityError):
            continue
    return found


def _made(place: Place, key: str, said: dict[str, Any]) -> None:
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
        closed_on=date.fromisoformat(said["closed_on"]) if said.get("closed_on") else None,
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
