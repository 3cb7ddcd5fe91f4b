"""Files: a meeting as a file of the project and back, and what came of it as a document."""

import json
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.reports import Translator
from bygd.reports.documents.evening import Agreed, Evening
from bygd.vocabulary.said import to_plain
from bygd.vocabulary.words import Pillar
from bygd.web.boards.meetings import ballots, told
from bygd.web.boards.meetings.models import MOST_CARDS, Ballot, Group, Idea, Meeting, Volunteer
from bygd.web.boards.meetings.words import IdeaState, MeetingKind, Phase, Source, VoteKind
from bygd.web.boards.taking import day, take_in
from bygd.web.places.models import Place

FOLDER = Path("boards") / "meetings"
TEXTS = (
    *("title", "question", "about", "language", "language_other", "title_other", "question_other", "room"),
    *("moderator", "notes", "seed"),
)
NUMBERS = ("dots", "cards", "follow_up_hours")
WORDS = {"kind": MeetingKind, "phase": Phase, "vote": VoteKind}
GROUP = ("key", "title", "title_other", "pillar", "owner", "first_step", "card_key")
IDEA = ("key", "text", "text_other", "source", "given_by", "state")


def taken_in(place: Place) -> int:
    """Take in meetings from the project's folder that are not known yet; how many."""
    return take_in(place, FOLDER, Meeting, _made)


def text(meeting: Meeting) -> str:
    """The meeting as JSON; its address, the codes of its cards and which card gave which vote are left out."""
    said: dict[str, Any] = {name: getattr(meeting, name) for name in (*TEXTS, *NUMBERS, *WORDS)}
    said |= {name: str(value) if (value := getattr(meeting, name)) is not None else None for name in _DATED}
    said["groups"] = [
        {name: getattr(one, name) for name in GROUP}
        | {
            "first_step_on": one.first_step_on.isoformat() if one.first_step_on else None,
            "names": [name.name for name in one.volunteers.all()],
        }
        for one in meeting.groups.prefetch_related("volunteers")
    ]
    said["ideas"] = [
        {name: getattr(one, name) for name in IDEA} | {"group": one.group.key if one.group else None}
        for one in meeting.ideas.select_related("group")
    ]
    marks = meeting.ballots.values_list("marks", flat=True)
    said["ballots"] = sorted((told.still(one, {group["key"] for group in said["groups"]}) for one in marks), key=repr)
    return json.dumps(said, ensure_ascii=False, indent=1)


_DATED = ("held_on", "starts_at", "follow_up_on", "coffee")


def evening(meeting: Meeting, translate: Translator) -> Evening:
    """What came of the meeting, as documents tell it."""
    said = told.wall(meeting)
    counted = told.count(meeting)
    return Evening(
        title=_both(meeting.title, meeting.title_other),
        question=_both(meeting.question, meeting.question_other),
        place=meeting.place.name,
        kind=translate.word(MeetingKind(meeting.kind)),
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        room=meeting.room,
        moderator=meeting.moderator,
        follow_up_on=meeting.follow_up_on,
        groups=tuple(
            Agreed(
                key=one.group.key,
                title=_both(one.group.title, one.group.title_other),
                ideas=tuple(_both(idea.text, idea.text_other) for idea in one.ideas),
                pillar=Pillar(one.group.pillar) if one.group.pillar else None,
                owner=one.group.owner,
                first_step=one.group.first_step,
                first_step_on=one.group.first_step_on,
                names=tuple(name.name for name in one.names),
            )
            for one in told.ordered(said, counted)
        ),
        loose=tuple(_both(one.text, one.text_other) for one in said.loose),
        cards=counted.cards if counted else 0,
        dotted=counted.dotted if counted else (),
        ranked=counted.ranked if counted else None,
    )


def _both(first: str, other: str) -> str:
    return f"{first} / {other}" if other and other != first else first


def _made(place: Place, key: str, said: Mapping[str, Any]) -> None:
    meeting = Meeting(
        place=place,
        key=key,
        made_by="file",
        held_on=day(said.get("held_on")),
        follow_up_on=day(said.get("follow_up_on")),
        starts_at=time.fromisoformat(at) if (at := said.get("starts_at")) else None,
        coffee=Decimal(cost) if (cost := said.get("coffee")) else None,
        **{name: said.get(name) or "" for name in TEXTS},
        **{name: said.get(name) for name in NUMBERS},
        **{name: kind(said[name]).value for name, kind in WORDS.items()},
    )
    if not 0 <= meeting.cards <= MOST_CARDS:
        raise ValueError("so many cards nobody hands out")
    keys = {one["key"] for one in said["groups"]}
    counting, aside = ballots.checked(said["ballots"], VoteKind(meeting.vote), meeting.dots, keys, meeting.cards)
    meeting.aside = to_plain(aside)
    meeting.renew()
    meeting.save()
    groups = {}
    for one in said["groups"]:
        row = {name: one.get(name) or "" for name in GROUP}
        made = Group.objects.create(meeting=meeting, first_step_on=day(one.get("first_step_on")), **row)
        groups[made.key] = made
        for number, name in enumerate(one.get("names") or ()):
            Volunteer.objects.create(meeting=meeting, group=made, key=f"{made.key[:30]}-{number}", name=name)
    Idea.objects.bulk_create(
        Idea(
            meeting=meeting,
            key=one["key"],
            text=one["text"],
            text_other=one.get("text_other") or "",
            given_by=one.get("given_by") or "",
            source=Source(one["source"]).value,
            state=IdeaState(one.get("state") or IdeaState.SHOWN).value,
            group=groups[one["group"]] if one.get("group") else None,
        )
        for one in said["ideas"]
    )
    cards = zip(meeting.codes(), counting, strict=False)
    Ballot.objects.bulk_create(Ballot(meeting=meeting, card=card, marks=marks) for card, marks in cards)
