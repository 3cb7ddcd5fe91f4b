"""Tables of procurement as downloads: CSV in the reader's own way of writing numbers, or XLSX."""

import io

from django.http import HttpResponse
from django.urls import register_converter
from django.urls.converters import StringConverter

from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid
from bygd.reports.translate import Translator

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Ending(StringConverter):
    """What the name of a table ends in."""

    regex = "csv|xlsx"


register_converter(Ending, "table")


def answer(grid: Grid, ending: str, translate: Translator, currency: str, name: str) -> HttpResponse:
    """A table as a download; no cell is a formula."""
    if ending == "csv":
        content: str | bytes = sheet.sheet(grid, translate.symbol(currency), translate)
    else:
        held = io.BytesIO()
        workbook.tables([(grid.caption, grid)], held, translate, currency, grid.caption)
        content = held.getvalue()
    sent = HttpResponse(content, content_type=TYPES[ending])
    sent["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return sent
