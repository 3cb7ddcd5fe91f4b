"""Concluded: what a study circle has come to, as a document to hand over: DOCX or PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bygd.reports.paper import Block, Heading, Paper, Text, table
from bygd.reports.translate import Translator
from bygd.vocabulary.words import Pillar


@dataclass(frozen=True, slots=True)
class Line:
    """Something that could be done, and its first step."""

    title: str
    first_step: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Concluded:
    """What a circle has come to. `answers` are questions with the answers that were picked."""

    title: str
    place: str
    where: str
    days: tuple[date, ...]
    members: int | None
    conclusion: str
    handed_to: str
    concluded_on: date | None
    answers: tuple[tuple[str, str], ...]
    done: Mapping[Pillar, tuple[str, ...]]
    possible: Mapping[Pillar, tuple[Line, ...]]
    talks: int

    @property
    def steps(self) -> tuple[tuple[Pillar, Line], ...]:
        """What has a first step, pillar by pillar."""
        return tuple((pillar, line) for pillar, lines in self.possible.items() for line in lines if line.first_step)


def facts(said: Concluded, _: Translator) -> list[tuple[str, str]]:
    """What the circle was, as terms and texts."""
    found = [(_("Of which place"), said.place)]
    if said.where:
        found.append((_("Where it met"), said.where))
    if said.days:
        found.append((_("When it met"), ", ".join(_.day(one) for one in said.days)))
    if said.members:
        found.append((_("How many took part"), _.number(said.members)))
    if said.talks:
        found.append((_("Talks with others"), _.number(said.talks)))
    if said.handed_to:
        found.append((_("Handed over to"), said.handed_to))
    if said.concluded_on:
        found.append((_("Concluded on"), _.day(said.concluded_on)))
    return found


def paper(said: Concluded, translate: Translator) -> Paper:
    """The document, to be written as DOCX or PDF."""
    _ = translate
    blocks: list[Block] = [table(_("The circle"), (_("Fact"), _("Said")), facts(said, _))]
    if said.conclusion:
        blocks += [Heading(1, _("In our own words")), *map(Text, filter(str.strip, said.conclusion.splitlines()))]
    if said.steps:
        heads = (_("What"), _("First step"), _("By whom"), _("By when"))
        rows = [(line.title, line.first_step, line.by, _.day(line.on) if line.on else "") for _p, line in said.steps]
        blocks += [Heading(1, _("First steps")), table(_("What is done first"), heads, rows)]
    efforts = [
        (_.word(pillar), "; ".join(said.done[pillar]), "; ".join(one.title for one in said.possible[pillar]))
        for pillar in Pillar
    ]
    columns = (_("Pillar"), _("Is done already"), _("Could be done"))
    blocks += [Heading(1, _("Pillar by pillar")), table(_("What is done, and what could be"), columns, efforts)]
    if said.answers:
        blocks.append(Heading(1, _("Answers we wish to pass on")))
        for question, text in said.answers:
            blocks += [Heading(2, question), Text(text)]
    return Paper(said.title, _("What the circle has come to"), translate.language, blocks)
