"""Told: what a round of self-assessment came to, and what may be shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from bygd.tools.assessments import LEVELS, Spread, spread
from bygd.web.boards.assessments.models import Round, Sheet
from bygd.workbench import assessments
from bygd.workbench.assessments import Part, Question


@dataclass(frozen=True)
class Answered:
    """One question with the spread of its answers, the middle of the round before, and what was noted."""

    question: Question
    spread: Spread
    before: int | None
    notes: tuple[str, ...]


def results(found: Round, before: Round | None = None) -> list[tuple[Part, list[Answered]]]:
    """Each question of a closed round. Notes stand in the order of the alphabet, so that nobody's stand together.

    Where fewer answered than may be shown there is a number and nothing else, no notes either.
    """
    country = found.place.project.country
    least = assessments.fewest(country, found.opened_on)
    earlier = _levels(before) if before else {}
    own, notes = _levels(found), _notes(found)

    def told(question: Question) -> Answered:
        made = spread(own.get(question.id, ()), least)
        was = spread(earlier.get(question.id, ()), least)
        return Answered(question, made, was.median, tuple(sorted(notes.get(question.id, ()))) if made.is_told else ())

    return [(part, [told(one) for one in listed]) for part, listed in assessments.asked(found.parts, country)]


def previous(found: Round) -> Round | None:
    """The round before, of those that are closed."""
    return (
        Round.objects.filter(place=found.place, closed_on__isnull=False, pk__lt=found.pk)
        .order_by("-pk")
        .select_related("place")
        .first()
    )


def cleaned(said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers of a form as a sheet keeps them; questions left open are not there."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in said.items():
        kind, _, id = name.partition("-")
        if kind == "level" and value != "":
            found.setdefault(id, {})["level"] = int(value)
        elif kind == "note" and value:
            found.setdefault(id, {})["note"] = value
    return found


def keep(found: Round, hand: str, answers: Mapping[str, Any]) -> bool:
    """Keep what somebody answered, in place of what the same hand did before; whether the round still took it.

    None comes in while it is being closed: one more answer than were shown could be told from the others.
    """
    today = date.today()
    with transaction.atomic():
        if not is_open(Round.objects.select_for_update(of=("self",)).get(pk=found.pk), today):
            return False
        values = {"answers": answers, "sent_on": today}
        Sheet.objects.update_or_create(round=found, hand=hand, defaults=values)
    return True


def is_open(found: Round, today: date) -> bool:
    """Whether the round still takes answers."""
    return found.closed_on is None and found.opened_on <= today


def _levels(found: Round) -> dict[str, list[int]]:
    levels: dict[str, list[int]] = {}
    for answers in found.sheet_set.order_by("pk").values_list("answers", flat=True):
        for id, one in answers.items():
            if one.get("level") in LEVELS:
                levels.setdefault(id, []).append(one["level"])
    return levels


def _notes(found: Round) -> dict[str, list[str]]:
    notes: dict[str, list[str]] = {}
    for answers in found.sheet_set.order_by("pk").values_list("answers", flat=True):
        for id, one in answers.items():
            if one.get("note"):
                notes.setdefault(id, []).append(one["note"])
    return notes
