"""Rows that a check set aside, as a table to mend the ledger by: CSV or XLSX, personal numbers masked."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse

from bygd.reports import Translator
from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid, Head, Kind
from bygd.vocabulary.words import SetAside

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answered(
    rows: Iterable[Mapping[str, Any]], name: str, currency: str, form: str, translate: Translator
) -> HttpResponse:
    """The rows as a download of that name. Raises Http404 for a form that is neither csv nor xlsx."""
    _ = translate
    heads = (
        Head(_("Sheet")), Head(_("Row"), Kind.NUMBER), Head(_("Reason")), Head(_("What decided")),
        Head(_("Sum"), Kind.MONEY), Head(_("The row as read")),
    )  # fmt: skip
    cells = [
        (row["sheet"], row["row_number"], _.word(SetAside(row["reason"])), row["detail"], row["amount"], row["text"])
        for row in rows
    ]
    grid = Grid(_("Set aside"), heads, cells)
    if form == "csv":
        answer = HttpResponse(sheet.sheet(grid, currency, _), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        held = io.BytesIO()
        workbook.tables([(_("Set aside"), grid)], held, _, currency, name)
        answer = HttpResponse(held.getvalue(), content_type=XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="set-aside.{form}"'
    return answer
