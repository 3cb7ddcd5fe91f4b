"""The template as a workbook: white cells to fill in, all others locked, sums that count by themselves."""

from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from bygd.reports.tenders.layout import ANSWERS, Kind, sheets
from bygd.reports.translate import Translator
from bygd.tools.tenders import Form
from bygd.tools.tenders.form import LONGEST

WIDTHS = ((11, 62, 16, 70), (11, 46, 12, 12, 16, 18))
MOST_VALIDATED = 32_767


def write_workbook(form: Form, translate: Translator, target: BinaryIO) -> None:
    """Write the template of a form in the translator's language, to be filled in offline and sent back."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    lined = {"valign": "top", "border": 1, "border_color": "#8a9199"}
    shut, free = {**lined, "bg_color": "#eef1f4"}, {**lined, "locked": False}
    looks = {
        "label": book.add_format({**shut, "text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 15}),
        "note": book.add_format({"italic": True, "font_color": "#444444"}),
        "head": book.add_format({**shut, "bold": True, "text_wrap": True, "bg_color": "#d5dbe2"}),
        "heading": book.add_format({"bold": True, "font_size": 12, "valign": "top"}),
        "number": book.add_format({**shut, "num_format": "#,##0.####"}),
        "sum": book.add_format({**shut, "num_format": "#,##0.00"}),
        Kind.TEXT: book.add_format({**free, "text_wrap": True, "num_format": "@"}),
        Kind.NUMBER: book.add_format(free),
        Kind.YES_NO: book.add_format(free),
        Kind.PRICE: book.add_format({**free, "num_format": "#,##0.00"}),
    }
    for place, about in enumerate(sheets(form, translate)):
        sheet = book.add_worksheet(about.name)
        sheet.protect("", {"select_locked_cells": True, "format_rows": True, "format_columns": True})
        sheet.hide_gridlines(2)
        for column, width in enumerate(WIDTHS[place]):
            sheet.set_column(column, column, width)
        heads = "7" if place == ANSWERS else "4"
        for cell, text in about.locked.items():
            look = looks[_look(cell, about.headings, heads)]
            if isinstance(text, Decimal):
                sheet.write_number(cell, float(text), looks["number"])
            else:
                sheet.write_string(cell, text, look)
        for cell, blank in about.blanks.items():
            sheet.write_blank(cell, None, looks[blank.kind])
            _validate(sheet, cell, blank.kind, translate)
        for cell, formula in about.sums.items():
            sheet.write_formula(cell, f"={formula}", looks["sum"], 0)
        sheet.freeze_panes(int(heads), 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
    book.set_properties({"title": next(iter(form.title.values()), form.number)})
    book.close()


def _look(cell: str, headings: list[str], heads: str) -> str:
    row = cell.lstrip("ABCDEFGH")
    if cell == "A1":
        return "title"
    if row == "2" or (row == "3" and heads == "7"):
        return "note"
    return "heading" if cell in headings else "head" if row == heads else "label"


def _validate(sheet: Any, cell: str, kind: Kind, _: Translator) -> None:
    """What the spreadsheet itself says of a wrong entry, while it can still be mended."""
    if kind is Kind.YES_NO:
        sheet.data_validation(cell, {"validate": "list", "source": [_("yes"), _("no")]})
    elif kind is Kind.TEXT:
        most = min(LONGEST, MOST_VALIDATED)
        sheet.data_validation(cell, {"validate": "length", "criteria": "<=", "value": most})
    else:
        sheet.data_validation(
            cell,
            {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "error_title": _("Not a number"),
                "error_message": _("Write a number of nought or more."),
            },
        )
