"""Rows that a check set aside, as a table to mend the ledger by: CSV or XLSX, personal numbers masked."""

import io

from django.http import Http404, HttpResponse

from bygd.reports import Translator
from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid, Head, Kind
from bygd.vocabulary.words import SetAside
from bygd.web.work.models import Import
from bygd.workbench import checking

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answered(brought: Import, form: str, translate: Translator) -> HttpResponse:
    """The rows as a download. Raises Http404 for a form that is neither csv nor xlsx."""
    _ = translate
    currency = next((one["currency"] for one in brought.findings.get("sums", ())), "")
    heads = (
        Head(_("Sheet")), Head(_("Row"), Kind.NUMBER), Head(_("Reason")), Head(_("What decided")),
        Head(_("Sum"), Kind.MONEY), Head(_("The row as read")),
    )  # fmt: skip
    rows = [
        (row["sheet"], row["row_number"], _.word(SetAside(row["reason"])), row["detail"], row["amount"], row["text"])
        for row in checking.rows_aside(brought.aside)
    ]
    grid = Grid(_("Set aside"), heads, rows)
    if form == "csv":
        answer = HttpResponse(sheet.sheet(grid, currency, _), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        held = io.BytesIO()
        workbook.tables([(_("Set aside"), grid)], held, _, currency, brought.file_name)
        answer = HttpResponse(held.getvalue(), content_type=XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="set-aside-{brought.pk}.{form}"'
    return answer
