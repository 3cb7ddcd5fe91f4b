"""Told: a meeting as its pages show it: ideas by group, what is alike, the count, and entries of cards."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools import votes
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.said import Said, from_plain
from bygd.vocabulary.words import Pillar
from bygd.web.boards.meetings.models import Group, Idea, Meeting
from bygd.web.boards.meetings.words import IdeaState, MeetingKind, Phase, Source, VoteKind
from bygd.workbench import alike

WORDS: dict[str, Any] = {
    "phase": Phase,
    "meeting_kind": MeetingKind,
    "idea_source": Source,
    "vote_kind": VoteKind,
    "pillar": Pillar,
    "pillars": tuple(Pillar),
    "tie_break": votes.TieBreak,
}
"""What templates turn stored texts into words with."""
LEAST_ALIKE, MOST_OFFERED = 2, 8


@dataclass(frozen=True)
class Gathered:
    """A group by its number, its ideas that are shown, and who wants to work on it."""

    number: int
    group: Group
    ideas: list[Idea]
    names: list[Any]


@dataclass(frozen=True)
class Wall:
    """All that was said: groups, ideas shown that stand in none, those not read yet, those hidden."""

    gathered: list[Gathered]
    loose: list[Idea]
    waiting: list[Idea]
    hidden: list[Idea]


@dataclass(frozen=True)
class Count:
    """The votes: dots by group, or the rounds of ranked choice; how many cards voted."""

    cards: int
    dotted: tuple[votes.Dotted, ...] = ()
    ranked: votes.Outcome | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """Keys of groups, the most wanted first."""
        return self.ranked.order if self.ranked else tuple(one.choice for one in self.dotted)


def wall(meeting: Meeting) -> Wall:
    """What was said in a meeting."""
    ideas = list(meeting.ideas.all())
    shown = [one for one in ideas if one.state == IdeaState.SHOWN]
    groups = list(meeting.groups.prefetch_related("volunteers"))
    return Wall(
        [
            Gathered(number, one, [idea for idea in shown if idea.group_id == one.pk], list(one.volunteers.all()))
            for number, one in enumerate(groups, 1)
        ],
        [one for one in shown if one.group_id is None],
        [one for one in ideas if one.state == IdeaState.WAITING],
        [one for one in ideas if one.state == IdeaState.HIDDEN],
    )


def near(said: Wall) -> dict[str, Group]:
    """For ideas in no group the group they are most alike, where there is one; people decide."""
    texts = {one.group: [one.group.title, *(idea.text for idea in one.ideas)] for one in said.gathered}
    found = {idea.key: alike.near(idea.text, texts) for idea in (*said.loose, *said.waiting)}
    return {key: listed[0] for key, listed in found.items() if listed}


def bundles(said: Wall) -> list[list[Idea]]:
    """Ideas in no group that are alike, as bundles that could become groups; people decide."""
    left, found = list(said.loose), list[list[Idea]]()
    while left:
        first = left.pop(0)
        keys = alike.near(first.text, {one.key: [one.text] for one in left})
        bundle = [first, *(one for one in left if one.key in keys)]
        if len(bundle) >= LEAST_ALIKE:
            found.append(bundle)
            left = [one for one in left if one not in bundle]
    return found[:MOST_OFFERED]


def count(meeting: Meeting) -> Count | None:
    """The votes counted; None where nobody voted or nothing was voted on."""
    keys = [one.key for one in meeting.groups.all()]
    marks = list(meeting.ballots.values_list("marks", flat=True))
    if not marks or not keys or meeting.vote == VoteKind.NONE:
        return None
    ranked, ballots = meeting.vote == VoteKind.RANKED, [still(one, set(keys)) for one in marks]
    if any(isinstance(one, list) != ranked for one in ballots):  # the kind was changed when cards had been given
        return None
    try:
        if ranked:
            return Count(len(marks), ranked=votes.count_ranked(keys, ballots, meeting.seed))
        return Count(len(marks), dotted=votes.count_dots(keys, ballots, meeting.dots))
    except InputError:  # there are fewer dots than when cards were given
        return None


def aside(meeting: Meeting) -> list[Said]:
    """Why ballots of the file that a meeting was taken in from do not count."""
    found: list[Said] = from_plain(meeting.aside)
    return found


def still(marks: Any, groups: Container[str]) -> Any:
    """What is left of a ballot: a group that was taken apart takes its votes with it."""
    if isinstance(marks, dict):
        return {key: number for key, number in marks.items() if key in groups}
    return [key for key in marks if key in groups]


def ordered(said: Wall, counted: Count | None) -> list[Gathered]:
    """The groups, the most wanted first where there was a vote."""
    if counted is None:
        return said.gathered
    places = {key: place for place, key in enumerate(counted.order)}
    return sorted(said.gathered, key=lambda one: places.get(one.group.key, len(places)))


def card(meeting: Meeting, one: Gathered) -> dict[str, Any]:
    """A group as an entry of a card on the place's board."""
    group = one.group
    return {
        **({"card_key": group.card_key} if group.card_key else {}),
        "pillar": group.pillar,
        "standing": CardStanding.IDEA.value,
        "title": group.title,
        "text": "\n".join(idea.text for idea in one.ideas)[:3_900],
        "owner": group.owner,
        "allies": ", ".join(volunteer.name for volunteer in one.names),
        "first_step": group.first_step,
        "first_step_by": group.owner,
        "first_step_on": group.first_step_on,
        "origin": f"meeting:{meeting.key}",
    }
