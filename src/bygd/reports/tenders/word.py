"""The template as a document: a table for each question, with room for the answer."""

from datetime import UTC, datetime
from typing import Any, BinaryIO

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bygd.reports.tenders.layout import KINDS, asked_label, mark
from bygd.reports.translate import LANGUAGES, Translator
from bygd.tools.tenders import Form

GREY, WHITE = "EEF1F4", "FFFFFF"
WIDE, NARROW = Cm(13.4), Cm(3.6)
FONT = "Arial"


def write_document(form: Form, translate: Translator, target: BinaryIO) -> None:
    """Write the template of a form in the translator's language, to be filled in offline and sent back."""
    _, language = translate, translate.language
    title = form.title.get(language) or next(iter(form.title.values()), form.number)
    document = blank(title, language)
    document.add_heading(title, 0)
    document.add_paragraph(
        _("Write your answers into the white cells and change nothing else. Then save the file and send it.")
    )
    _table(document, [(_("Form"), mark(form, language))])
    _table(document, [(_("Name of the firm"), None), (_("Organisation number"), None)])
    before = ""
    for one in form.questions:
        heading = one.heading.get(language) or next(iter(one.heading.values()), "")
        if heading and heading != before:
            document.add_heading(heading, 1)
        before = heading
        kind = KINDS[one.asked]
        rows: list[tuple[str, str | None]] = [(one.code, one.text_in(language))]
        rows += [(asked_label(kind, one.unit, _), None)] if kind else []
        _table(document, [*rows, (_("Your answer"), None)], tall=kind is None)
    if form.items:
        document.add_heading(_("Prices without VAT, in {currency}", currency=form.currency), 1)
        _prices(document, form, _)
    document.save(target)


def blank(title: str, language: str) -> Any:
    """An empty document on A4 with that title, in that language, its text in a plain face."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.language = language
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    spoken = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if spoken is not None:
        spoken.set(qn("w:val"), LANGUAGES[language].replace("_", "-"))
    for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 14), ("Heading 2", 12), ("Caption", 10)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0x1A, 0x1A, 0x1A)
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        for face in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            faces.attrib.pop(qn(f"w:{face}"), None)
    return document


def shade(cell: Any, colour: str) -> None:
    """Colour a cell."""
    properties = cell._tc.get_or_add_tcPr()
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    properties.append(shading)


def repeat(row: Any) -> None:
    """Have a row stand on top of every page that its table reaches."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _table(document: Any, rows: list[tuple[str, str | None]], tall: bool = False) -> None:
    """Rows of a label and what belongs to it; None is a white cell."""
    table = document.add_table(len(rows), 2, style="Table Grid")
    table.autofit = False
    for place, (label, text) in enumerate(rows):
        first, second = table.rows[place].cells
        first.width, second.width = NARROW, WIDE
        first.text, second.text = label, text or ""
        shade(first, GREY)
        shade(second, WHITE if text is None else GREY)
        if text is None and tall and place == len(rows) - 1:
            table.rows[place].height, table.rows[place].height_rule = Cm(3), WD_ROW_HEIGHT_RULE.AT_LEAST
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _prices(document: Any, form: Form, _: Translator) -> None:
    heads = [_("Code"), _("What is bought"), _("Quantity"), _("Unit"), _("Price of one")]
    widths = [Cm(2.2), Cm(6.8), Cm(2.4), Cm(2.4), Cm(3.2)]
    table = document.add_table(len(form.items) + 1, len(heads), style="Table Grid")
    table.autofit = False
    repeat(table.rows[0])
    for place, item in enumerate([None, *form.items]):
        texts = heads if item is None else [item.code, item.text_in(_.language), quantity(item.quantity), item.unit, ""]
        for cell, text, width in zip(table.rows[place].cells, texts, widths, strict=True):
            cell.width, cell.text = width, text
            shade(cell, GREY if item is None or cell is not table.rows[place].cells[-1] else WHITE)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


def quantity(value: Any) -> str:
    """A quantity as the document writes it and reads it back: plain, without noughts at its end."""
    return f"{value.normalize():f}"
