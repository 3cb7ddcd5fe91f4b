"""Concluded: what a study circle has come to, as a document to hand over: DOCX."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.shared import Cm

from bygd.reports.tenders.word import GREY, blank, repeat, shade
from bygd.reports.translate import Translator
from bygd.vocabulary.words import Pillar

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
    found = [(_("The place"), said.place)]
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


def made(said: Concluded, translate: Translator) -> bytes:
    """The document as DOCX on A4, with headings and tables that readers of screens know."""
    _ = translate
    document = blank(said.title, translate.language)
    document.add_heading(said.title, 0)
    document.add_paragraph(_("What the circle has come to")).runs[0].bold = True
    _table(document, [], [[term, text] for term, text in facts(said, _)], (Cm(5), Cm(12)))
    if said.conclusion:
        document.add_heading(_("In our own words"), 1)
        for paragraph in said.conclusion.splitlines():
            if paragraph.strip():
                document.add_paragraph(paragraph.strip())
    if said.steps:
        document.add_heading(_("First steps"), 1)
        rows = [
            [line.title, line.first_step, line.by, _.day(line.on) if line.on else ""] for _pillar, line in said.steps
        ]
        heads = [_("What"), _("First step"), _("By whom"), _("By when")]
        _table(document, heads, rows, (Cm(5), Cm(6), Cm(3), Cm(3)))
    document.add_heading(_("Pillar by pillar"), 1)
    rows = [
        [_.word(pillar), "\n".join(said.done[pillar]), "\n".join(one.title for one in said.possible[pillar])]
        for pillar in Pillar
    ]
    heads = [_("Pillar"), _("Is done already"), _("Could be done")]
    _table(document, heads, rows, (Cm(4), Cm(6.5), Cm(6.5)))
    if said.answers:
        document.add_heading(_("Answers we wish to pass on"), 1)
        for question, text in said.answers:
            document.add_heading(question, 2)
            document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _table(document: Any, heads: list[str], rows: list[list[str]], widths: tuple[Any, ...]) -> None:
    table = document.add_table(len(rows) + bool(heads), len(widths), style="Table Grid")
    table.autofit = False
    for number, texts in enumerate(([heads] if heads else []) + rows):
        for cell, text, width in zip(table.rows[number].cells, texts, widths, strict=True):
            cell.width, cell.text = width, text
        if heads and number == 0:
            repeat(table.rows[0])
            for cell in table.rows[0].cells:
                shade(cell, GREY)
                cell.paragraphs[0].runs[0].bold = True
        else:
            cell = table.rows[number].cells[0]
            if not heads:
                shade(cell, GREY)
    document.add_paragraph()
