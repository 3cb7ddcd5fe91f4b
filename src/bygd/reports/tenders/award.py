"""The award report as a document: headings, paragraphs and tables that page and document share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from bygd.reports.grid import Grid, Kind, shown
from bygd.reports.tenders.word import GREY, blank, repeat, shade
from bygd.reports.translate import Translator


@dataclass(frozen=True)
class Part:
    """A part of a report: its heading, paragraphs, points of a list and a table. `level` is that of the heading."""

    heading: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    grid: Grid | None = None
    level: int = 2


def write_award(title: str, parts: Sequence[Part], translate: Translator, target: BinaryIO) -> None:
    """Write a report in the translator's language."""
    document = blank(title, translate.language)
    document.add_heading(title, 0)
    for part in parts:
        document.add_heading(part.heading, part.level - 1)
        for text in part.paragraphs:
            document.add_paragraph(text)
        for text in part.points:
            document.add_paragraph(text, style="List Bullet")
        if part.grid is not None and part.grid.rows:
            _grid(document, part.grid, translate)
    document.save(target)


def _grid(document: "object", grid: Grid, translate: Translator) -> None:
    table = document.add_table(1, len(grid.heads), style="Table Grid")  # type: ignore[attr-defined]
    repeat(table.rows[0])
    rows = [[head.label for head in grid.heads]]
    rows += [
        [shown(cell, head.kind, translate) for head, cell in zip(grid.heads, row, strict=True)]
        for row in grid.all_rows()
    ]
    for place, texts in enumerate(rows):
        cells = table.rows[0].cells if place == 0 else table.add_row().cells
        for cell, text, head in zip(cells, texts, grid.heads, strict=True):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(9), place == 0
            if head.kind is not Kind.TEXT:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if place == 0:
                shade(cell, GREY)
