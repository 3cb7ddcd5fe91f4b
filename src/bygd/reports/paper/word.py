"""A document as DOCX: headings as headings, tables with heads that repeat, pictures with a text in their place."""

import zipfile
from io import BytesIO
from typing import Any, BinaryIO

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bygd.reports.drawing import image
from bygd.reports.grid import Kind, shown
from bygd.reports.paper.blocks import Block, Drawing, Heading, Listed, Paper, Table
from bygd.reports.tenders.word import GREY, blank, repeat, shade
from bygd.reports.translate import Translator

ACROSS, TALLEST = Cm(17), Cm(21)
SMALL = Pt(9.5)
SHARP = 2.0
LONG_AGO = (2000, 1, 1, 0, 0, 0)
"""The time of each file in the archive, so that the same document gives the same bytes."""


def write_word(paper: Paper, target: BinaryIO) -> None:
    """Write a document as DOCX on A4; the same document gives the same bytes."""
    translate = Translator(paper.language)
    document = blank(paper.title, paper.language)
    document.add_heading(paper.title, 0)
    if paper.subtitle:
        document.add_paragraph(paper.subtitle)
    for at, block in enumerate(paper.blocks):
        _add(document, block, translate, paper.is_headed(at))
    _number_pages(document)
    held = BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(target, "w") as archive:
        for name in made.namelist():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), made.read(name), zipfile.ZIP_DEFLATED)


def _add(document: Any, block: Block, translate: Translator, is_headed: bool) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, block.level)
        case Listed():
            for item in block.items:
                document.add_paragraph(item, style="List Bullet")
        case Table():
            _table(document, block, translate, is_headed)
        case Drawing():
            _picture(document, block, translate)
        case _:
            paragraph = document.add_paragraph(block.text)
            if block.is_quiet:
                for run in paragraph.runs:
                    run.font.size = Pt(9)


def _table(document: Any, block: Table, translate: Translator, is_headed: bool) -> None:
    grid = block.grid
    rows = grid.all_rows()
    if not is_headed:
        document.add_paragraph(grid.caption, style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(len(rows) + 1, len(grid.heads), style="Table Grid")
    table.autofit = False
    for place, head in enumerate(grid.heads):
        cell = table.rows[0].cells[place]
        cell.text = head.label
        shade(cell, GREY)
        for run in cell.paragraphs[0].runs:
            run.bold = True
    repeat(table.rows[0])
    for number, row in enumerate(rows, start=1):
        _keep_whole(table.rows[number])
        for place, (value, head) in enumerate(zip(row, grid.heads, strict=True)):
            cell = table.rows[number].cells[place]
            cell.text = shown(value, head.kind, translate)
            if head.kind not in (Kind.TEXT, Kind.DAY):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    widths = [int(ACROSS * width / sum(block.widths)) for width in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # which some programs go by, and others by the cells'
    for number, row in enumerate(table.rows):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            _settle(cell.paragraphs[0], keeps=number == 0)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _settle(paragraph: Any, *, keeps: bool) -> None:
    """Give a cell's text air and the size of tables; `keeps` it on the page of the row below."""
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.keep_with_next = keeps
    for run in paragraph.runs:
        run.font.size = SMALL


def _keep_whole(row: Any) -> None:
    """Have no page end within a row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _number_pages(document: Any) -> None:
    """The page and how many there are, at the foot of each."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("", "PAGE"), (" / ", "NUMPAGES")):
        paragraph.add_run(text)
        counted = OxmlElement("w:fldSimple")
        counted.set(qn("w:instr"), field)
        paragraph._p.append(counted)


def _picture(document: Any, block: Drawing, translate: Translator) -> None:
    png = image(block.wide, SHARP, translate)
    placed = document.add_picture(BytesIO(png), width=ACROSS)
    if placed.height > TALLEST:  # it stands on one page with its heading
        placed.width, placed.height = int(placed.width * TALLEST / placed.height), TALLEST
    about = placed._inline.docPr
    about.set("descr", block.says)
    about.set("title", " ".join(block.wide["title"]["text"]))
