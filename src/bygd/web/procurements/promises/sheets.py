"""Sheets: forms and lists as spreadsheets, out and back in; what would change is shown before it is kept."""

import io
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports.documents import sheet as csv_sheet
from bygd.reports.documents import workbook
from bygd.reports.grid import Grid
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.web.decisions import together
from bygd.web.pages.money.files import TYPES, XLSX
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places.models import Place
from bygd.web.procurements.promises import supplier
from bygd.web.procurements.promises.evidence import MOST_BYTES
from bygd.web.procurements.promises.forms import SheetForm
from bygd.web.procurements.promises.supplier import Reached, by_link
from bygd.web.procurements.promises.views import SHOWN, contract_of, open_book
from bygd.workbench import asking, decisions, promises
from bygd.workbench.promises import Book, reading, sheet
from bygd.workbench.promises.entering import SUPPLIER
from bygd.workbench.promises.reading import Change, Effect

SALT = "bygd.promises.sheet"
HOUR = 3600
BROUGHT, BROUGHT_REPORTS = N_("brought promises"), N_("brought reports")


@needs(Right.SEE_POOL)
@require_safe
def table(request: PlaceRequest, by: str, ending: str) -> HttpResponse:
    """Delivered against promised as CSV or XLSX: by what was asked, or promise by promise."""
    book, _ = open_book(request), request.translate
    if ending not in ("csv", "xlsx") or by not in (*SHOWN, "promise"):
        raise Http404
    if by == "promise":
        grid = promises.account_grid(book, book.accounts, _)
    else:
        grid = promises.year_grid(book, _) if by == "year" else promises.total_grid(book, book.accounts, by, _)
    log.record(request, "downloaded a table", f"promises: {by}")
    return _file(_as(grid, ending, request), ending, f"promises-{by}-{request.place.slug}-{date.today()}.{ending}")


@needs(Right.SEE_POOL, Right.PROCURE)
@require_safe
def form(request: PlaceRequest, key: str) -> HttpResponse:
    """The supplier's form for one contract, XLSX."""
    book = open_book(request)
    contract_of(book, key)
    return _form(book, key, request.translate)


@needs(Right.SEE_POOL, Right.PROCURE)
@require_safe
def listed(request: PlaceRequest, key: str) -> HttpResponse:
    """The promises of one contract as a list to change, XLSX."""
    book, held = open_book(request), io.BytesIO()
    contract_of(book, key)
    sheet.promises(book, held, request.translate, key)
    return _file(held.getvalue(), "xlsx", f"promises-{key}.xlsx")


@needs(Right.SEE_POOL, Right.PROCURE)
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: PlaceRequest, key: str, what: str) -> HttpResponse:
    """Read a list of promises, or a supplier's form, in: first shown, then kept."""
    book = open_book(request)
    contract = contract_of(book, key)
    is_list = what == "promises"
    kept = tables.promise_entries if is_list else tables.delivery_entries
    if "rows" in request.POST:
        number = _keep(request.POST["rows"], kept, request.place, book, f"{request.place.pk}:{key}")
        if number is not None:
            log.record(request, BROUGHT if is_list else BROUGHT_REPORTS, key)
            messages.success(
                request, request.translate.ngettext("{number} row is kept.", "{number} rows are kept.", number)
            )
        return redirect("promises-contract", request.place.slug, key)
    shown = _looked(request, book, key, kept, request.user.label, f"{request.place.pk}:{key}")
    shown |= {"contract": contract, "what": what}
    return render(request, "procurements/promises/bring.html", shown, status=422 if shown["form"].errors else 200)


@by_link
@require_safe
def suppliers_form(request: Reached, secret: str) -> HttpResponse:
    """The form for the supplier of the link."""
    return _form(request.book, request.link.contract_key, request.translate)


@by_link
@require_http_methods(["GET", "POST"])
def suppliers_bring(request: Reached, secret: str) -> HttpResponse:
    """Read a filled-in form in: first shown, then kept."""
    book, key = request.book, request.link.contract_key
    bound = f"link:{request.link.pk}"
    if "rows" in request.POST:
        number = _keep(request.POST["rows"], tables.delivery_entries, request.link.place, book, bound)
        if number:
            log.record(None, log.SUPPLIER_REPORTED, key, place=request.link.place)
        return redirect(supplier._address("report", request, secret, done="reported" if number else "held"))
    shown = _looked(request, book, key, tables.delivery_entries, SUPPLIER, bound)
    return supplier._page(request, secret, "sheet.html", shown, 422 if shown["form"].errors else 200)


def _looked(request: Any, book: Book, key: str, kept: type[Table], by: str, bound: str) -> dict[str, Any]:
    """The form, and once a file was given what its rows would change, sealed so that they can be kept."""
    asked = SheetForm(request.POST or None, request.FILES or None, translate=request.translate)
    changes: list[Change] = []
    if request.method == "POST" and asked.is_valid():
        try:
            groups = asking.groups(request.translate.language, book.project.country.code)
            changes = _read(book, asked.cleaned_data["file"], key, kept, by, groups)
        except InputError as error:
            asked.failed(error, "file")
    new = [one for one in changes if one.effect is not Effect.KNOWN]
    texts = [{name: decisions._text(value) for name, value in one.row.items()} for one in new]
    return {
        "form": asked,
        "changes": changes,
        "new": new,
        "read": request.method == "POST" and not asked.errors,
        "Effect": Effect,
        "rows": signing.dumps([bound, texts], salt=SALT, compress=True) if new else "",
        "unit_of": {one.code: one.unit for one in book.promises.values() if one.contract_key == key},
    }


def _read(book: Book, upload: Any, key: str, kept: type[Table], by: str, groups: str) -> list[Change]:
    if (upload.size or 0) > MOST_BYTES:
        raise InputError("{name} is larger than {number} MB. Make it smaller.", name="", number=MOST_BYTES >> 20)
    with tempfile.TemporaryDirectory(prefix="bygd-") as folder:
        path = Path(folder) / "sheet"
        path.write_bytes(upload.read())
        if kept is tables.delivery_entries:
            return reading.read_reports(book, path, key, by, groups)
        changes = reading.read_promises(book, path, by, groups)
    if any(one.row["contract_key"] != key for one in changes):
        raise InputError("There are promises of other contracts in the file. Give only those of this one.")
    return changes


def _keep(sealed: str, kept: type[Table], place: Place, book: Book, bound: str) -> int | None:
    """Keep rows that were shown before; how many, None where they are too old or were meant for another."""
    try:
        meant, texts = signing.loads(sealed, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        return None
    if meant != bound:
        return None
    rows = decisions.checked(kept.columns(), enumerate(texts, start=1), kept, "")
    name = "delivery_key" if kept is tables.delivery_entries else "promise_key"
    if kept is tables.delivery_entries:  # somebody may have verified one meanwhile, or sent the page twice
        rows = [row for row in rows if (before := book.reports.get(row[name])) is None or (
            before["state"] != "verified" and before["entered_at"] < row["entered_at"])]  # fmt: skip
    together.add(place, kept, rows, book.project)
    return len(rows)


def _form(book: Book, key: str, translate: Any) -> HttpResponse:
    held = io.BytesIO()
    sheet.form(book, key, held, translate)
    return _file(held.getvalue(), "xlsx", f"report-{key}.xlsx")


def _as(grid: Grid, ending: str, request: PlaceRequest) -> bytes:
    if ending == "csv":
        return csv_sheet.sheet(grid, "", request.translate).encode()
    held = io.BytesIO()
    workbook.tables([(grid.caption, grid)], held, request.translate, request.place.project.country.currency)
    return held.getvalue()


def _file(content: bytes, ending: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX if ending == "xlsx" else TYPES["csv"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
