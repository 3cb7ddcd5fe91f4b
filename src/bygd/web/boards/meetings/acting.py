"""Acting: what the facilitator's page asks for, one thing at a time, done once however often it is sent.

The page keeps what it has not been able to send, and sends it in order when the network is back; each thing carries a
key of its own. What is already done, or is about something that is gone, changes nothing.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from bygd.sources.errors import InputError
from bygd.vocabulary.words import Pillar
from bygd.web.boards.forms import NAME
from bygd.web.boards.meetings.models import KEY, TEXT, TITLE, Applied, Ballot, Group, Idea, Meeting, Volunteer
from bygd.web.boards.meetings.words import IdeaState, Phase, Source, VoteKind
from bygd.web.boards.outside import clean

KEYS = re.compile(rf"[A-Za-z0-9-]{{8,{KEY}}}")
MOST_IDEAS, MOST_GROUPS, MOST_AT_ONCE = 2_000, 200, 500

Asked = Mapping[str, Any]


def act(meeting: Meeting, asked: Asked) -> None:
    """Do one thing. Raises InputError for what cannot be done; that is never tried again by itself."""
    key, what = _text(asked, "key", KEY), str(asked.get("what", ""))
    if not KEYS.fullmatch(key) or what not in ACTIONS:
        raise InputError("The page asked for something that is not known here. Open it anew.")
    if meeting.phase == Phase.CLOSED:
        raise InputError("The meeting is closed. Nothing is changed any more.")
    try:
        with transaction.atomic():
            Applied.objects.create(meeting=meeting, key=key)
            ACTIONS[what](meeting, key, asked)
    except IntegrityError:
        if not Applied.objects.filter(meeting=meeting, key=key).exists():
            raise


def _idea(meeting: Meeting, key: str, asked: Asked) -> None:
    if meeting.ideas.count() >= MOST_IDEAS:
        raise InputError("The meeting has so many ideas that nobody could read more.")
    source = next((one for one in Source if one == asked.get("source")), Source.PAPER)
    text = _clean(meeting, asked, "text", TEXT, lines=True)
    if not text:
        raise InputError("There is no text.")
    given_by = _clean(meeting, asked, "given_by", NAME)
    group = _group_of(meeting, asked) if asked.get("group") else None
    Idea.objects.create(
        meeting=meeting, key=key, text=text, source=source, given_by=given_by, state=IdeaState.SHOWN.value, group=group
    )


def _judge(meeting: Meeting, _key: str, asked: Asked) -> None:
    state = asked.get("state")
    if state in list(IdeaState):
        meeting.ideas.filter(key=_text(asked, "idea", KEY)).update(state=state)


def _show_all(meeting: Meeting, _key: str, _asked: Asked) -> None:
    meeting.ideas.filter(state=IdeaState.WAITING.value).update(state=IdeaState.SHOWN.value)


def _nameless(meeting: Meeting, _key: str, asked: Asked) -> None:
    meeting.ideas.filter(key=_text(asked, "idea", KEY)).update(given_by="")


def _translate(meeting: Meeting, _key: str, asked: Asked) -> None:
    text = _clean(meeting, asked, "text", TEXT, lines=True)
    meeting.ideas.filter(key=_text(asked, "idea", KEY)).update(text_other=text)


def _gather(meeting: Meeting, _key: str, asked: Asked) -> None:
    """Put ideas into a group, or with none out of any."""
    group = _group_of(meeting, asked) if asked.get("group") else None
    keys = [part for part in _text(asked, "idea", 50 * KEY).split() if KEYS.fullmatch(part)]
    meeting.ideas.filter(key__in=keys).update(group=group, state=IdeaState.SHOWN.value)


def _group(meeting: Meeting, key: str, asked: Asked) -> None:
    """A new group, perhaps with ideas in it."""
    title = _clean(meeting, asked, "title", TITLE)
    if not title:
        raise InputError("Give the group a name.")
    if meeting.groups.count() >= MOST_GROUPS:
        raise InputError("The meeting has so many groups that nobody could choose among them.")
    made = Group.objects.create(
        meeting=meeting, key=key, title=title, title_other=_clean(meeting, asked, "title_other", TITLE)
    )
    if asked.get("idea"):
        _gather(meeting, key, {"idea": asked["idea"], "group": made.key})


def _result(meeting: Meeting, _key: str, asked: Asked) -> None:
    """What comes of a group: pillar, who answers for it, first step and day."""
    group = _group_of(meeting, asked)
    if title := _clean(meeting, asked, "title", TITLE):
        group.title = title
    group.title_other = _clean(meeting, asked, "title_other", TITLE)
    group.pillar = pillar if (pillar := asked.get("pillar", "")) in list(Pillar) else ""
    group.owner = _clean(meeting, asked, "owner", TITLE)
    group.first_step = _clean(meeting, asked, "first_step", 500)
    day = _text(asked, "first_step_on", 10)
    try:
        group.first_step_on = date.fromisoformat(day) if day else None
    except ValueError:
        raise InputError("'{text}' is no day. Write it as year, month and day.", text=day) from None
    group.save()


def _ungroup(meeting: Meeting, _key: str, asked: Asked) -> None:
    """Take a group apart; its ideas stay."""
    group = _group_of(meeting, asked)
    if meeting.phase in (Phase.VOTING, Phase.RESULT):
        raise InputError("The groups are being voted on. They stay as they are.")
    group.delete()


def _volunteer(meeting: Meeting, key: str, asked: Asked) -> None:
    name = _clean(meeting, asked, "name", NAME)
    if not name:
        raise InputError("There is no name.")
    Volunteer.objects.create(meeting=meeting, group=_group_of(meeting, asked), key=key, name=name)


def _leave(meeting: Meeting, _key: str, asked: Asked) -> None:
    meeting.volunteers.filter(key=_text(asked, "volunteer", KEY)).delete()


def _ballot(meeting: Meeting, _key: str, asked: Asked) -> None:
    """A paper card, typed in: groups by their numbers, with dots each (`2 2 5`) or in order."""
    code = _text(asked, "card", 12).replace("-", "").replace(" ", "").casefold()
    if code not in meeting.codes():
        raise InputError("No card of this meeting has the code '{code}'.", code=code)
    if meeting.phase != Phase.VOTING:
        raise InputError("There is no voting now.")
    groups = {str(number): one.key for number, one in enumerate(meeting.groups.all(), 1)}
    listed = re.findall(r"\d+", _text(asked, "marks", 200))
    if unknown := [number for number in listed if number not in groups]:
        raise InputError("There is no group {number}.", number=unknown[0])
    keep(meeting, code, [groups[number] for number in listed])


def keep(meeting: Meeting, code: str, given: list[str] | dict[str, int]) -> None:
    """Keep the vote of a card; a later one of the same card counts instead. Raises InputError for too many marks."""
    marks: Any = given
    if meeting.vote == VoteKind.DOTS:
        marks = given if isinstance(given, dict) else {key: given.count(key) for key in given}
        if sum(marks.values()) > meeting.dots:
            raise InputError(
                "The card has {given} dots; {each} are allowed.", given=sum(marks.values()), each=meeting.dots
            )
    elif len(set(given)) < len(given):
        raise InputError("The card names a group twice.")
    Ballot.objects.update_or_create(meeting=meeting, card=code, defaults={"marks": marks})


ACTIONS: dict[str, Callable[[Meeting, str, Asked], None]] = {
    "idea": _idea,
    "judge": _judge,
    "show_all": _show_all,
    "nameless": _nameless,
    "translate": _translate,
    "gather": _gather,
    "group": _group,
    "result": _result,
    "ungroup": _ungroup,
    "volunteer": _volunteer,
    "leave": _leave,
    "ballot": _ballot,
}


def _group_of(meeting: Meeting, asked: Asked) -> Group:
    found = meeting.groups.filter(key=_text(asked, "group", KEY)).first()
    if found is None:
        raise InputError("The group is no longer there.")
    return found


def _text(asked: Asked, name: str, most: int) -> str:
    text = str(asked.get(name) or "").strip()
    if len(text) > most:
        raise InputError("The text '{text}…' is longer than {most} signs.", text=text[:60], most=most)
    return text


def _clean(meeting: Meeting, asked: Asked, name: str, most: int, *, lines: bool = False) -> str:
    return clean(_text(asked, name, most), meeting.place.project, lines=lines)
