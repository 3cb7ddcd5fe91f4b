"""Evening: what came of an open meeting, as a document to hand out the same evening, and the count in sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.paper import Block, Heading, Listed, Paper, Table, Text, table
from bygd.reports.translate import N_, Translator
from bygd.tools.votes import Dotted, Outcome, Round, TieBreak
from bygd.vocabulary.words import Pillar

RULE_OF_DOTS = N_("Groups with as many dots share a place; a tie is not broken.")
RULE_OF_RANKS = N_(
    "Each card counts for the group it puts first. The group with the fewest leaves, and its cards go to their next "
    "choice, until one group has more than half of the cards that still count."
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A group of ideas and what was agreed on it; `names` want to work on it."""

    key: str
    title: str
    ideas: tuple[str, ...] = ()
    pillar: Pillar | None = None
    owner: str = ""
    first_step: str = ""
    first_step_on: date | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evening:
    """What came of a meeting. `groups` stand in their order, the most wanted first where there was a vote."""

    title: str
    question: str
    place: str
    kind: str
    held_on: date | None
    starts_at: time | None
    room: str
    moderator: str
    follow_up_on: date | None
    groups: tuple[Agreed, ...]
    loose: tuple[str, ...] = ()
    cards: int = 0
    dotted: tuple[Dotted, ...] = ()
    ranked: Outcome | None = None

    @property
    def ideas(self) -> int:
        """How many ideas are told of."""
        return sum(len(one.ideas) for one in self.groups) + len(self.loose)

    @property
    def titles(self) -> Mapping[str, str]:
        """Titles of the groups by their keys."""
        return {one.key: one.title for one in self.groups}


def paper(said: Evening, translate: Translator) -> Paper:
    """The document, to be written as DOCX or PDF."""
    _ = translate
    heads = (_("Group"), _("Who answers for it"), _("First step"), _("By when"))
    rows = [
        (one.title, one.owner or _("Nobody yet"), one.first_step or _("None yet"), _on(one.first_step_on, _))
        for one in said.groups
    ]
    blocks: list[Block] = [table(_("The meeting"), (_("Fact"), _("Said")), _facts(said, _))]
    if rows:
        blocks += [Heading(1, _("What we agreed")), table(_("Who does what first"), heads, rows)]
    if said.cards:
        blocks += [Heading(1, _("How it was counted")), *_counted(said, _)]
    if said.groups:
        blocks += [Heading(1, _("What was said, group by group")), *_groups(said.groups, _)]
    if said.loose:
        blocks += [Heading(1, _("Ideas in no group")), Text(_("All ideas are kept.")), Listed(said.loose)]
    return Paper(said.title, said.question, _.language, blocks)


def sentences(one: Round, outcome: Outcome, titles: Mapping[str, str], _: Translator) -> list[str]:
    """What happened in a round of ranked choice and why, sentence by sentence."""
    found = []
    if one.exhausted:
        found.append(
            _.ngettext(
                "{number} card names no group that is still there, and counts no longer.",
                "{number} cards name no group that is still there, and count no longer.",
                one.exhausted,
            )
        )
    if one.out is None:
        told = _("{group} has more than half: {needed} of the cards that count were needed.",
                 group=titles[outcome.order[0]], needed=_.number(one.needed))  # fmt: skip
        return [*found, told]
    found.append(_("{group} has the fewest and leaves.", group=titles[one.out]))
    if one.tie is TieBreak.EARLIER:
        found.append(
            _("Several had as few; in round {number} it had fewer than the others.", number=one.looked_at or 0)
        )
    elif one.tie is TieBreak.LOT:
        found.append(
            _(
                "Several had as few, in every round before as well; lots were drawn by the seed {seed}.",
                seed=outcome.seed,
            )
        )
    for key, number in (one.moved or {}).items():
        if key:
            found.append(
                _.ngettext("{number} card goes to {group}.", "{number} cards go to {group}.", number, group=titles[key])
            )
    return found


def _facts(said: Evening, _: Translator) -> Iterable[tuple[str, str]]:
    yield _("Of which place"), said.place
    yield _("What it was"), said.kind
    if said.held_on:
        at = f", {said.starts_at:%H:%M}" if said.starts_at else ""
        yield _("When"), f"{_.day(said.held_on)}{at}"
    if said.room:
        yield _("Room"), said.room
    if said.moderator:
        yield _("Moderator"), said.moderator
    yield _("Ideas"), _.number(said.ideas)
    if said.cards:
        yield _("Cards that voted"), _.number(said.cards)
    if said.follow_up_on:
        yield _("We look at what came of it"), _.day(said.follow_up_on)


def _counted(said: Evening, _: Translator) -> Iterable[Block]:
    voted = _.ngettext("{number} card voted.", "{number} cards voted.", said.cards)
    outcome, titles = said.ranked, said.titles
    if outcome is None:
        heads = (
            Head(_("Group"), is_row_head=True),
            *(Head(_(label), Kind.NUMBER) for label in (N_("Dots"), N_("Cards that gave any"), N_("Place in order"))),
        )
        yield Table(Grid(voted, heads, [(titles[one.choice], one.dots, one.people, one.place) for one in said.dotted]))
        yield Text(_(RULE_OF_DOTS))
        return
    yield Text(f"{voted} {_(RULE_OF_RANKS)}")
    heads = (Head(_("Group"), is_row_head=True), Head(_("Cards"), Kind.NUMBER))
    for one in outcome.rounds:
        rows = sorted(one.votes.items(), key=lambda pair: -pair[1])
        caption = _("Round {number}", number=one.number)
        yield Table(Grid(caption, heads, [(titles[key], number) for key, number in rows]))
        yield Text(" ".join(sentences(one, outcome, titles, _)))
    if outcome.blank:
        yield Text(_.ngettext("{number} card was blank.", "{number} cards were blank.", outcome.blank))


def _groups(groups: Iterable[Agreed], _: Translator) -> Iterable[Block]:
    for number, one in enumerate(groups, 1):
        yield Heading(2, f"{number}. {one.title}")
        if one.pillar:
            yield Text(_("Pillar: {pillar}", pillar=_.word(one.pillar)))
        if one.names:
            yield Text(_("Want to work on it: {names}", names=", ".join(one.names)))
        if one.ideas:
            yield Listed(one.ideas)


def _on(day: date | None, _: Translator) -> str:
    return _.day(day) if day else ""
