"""Listing: the ranked gaps, filtered, as a page and as files."""

import io
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bygd.reports import gaps as told
from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid
from bygd.reports.translate import Translator
from bygd.tools.procurement.answer import Part
from bygd.web.pages.money.files import TYPES, attachment
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.gaps.asked import Seen, see
from bygd.web.procurements.gaps.telling import buying, speaking
from bygd.workbench import gaps, lawful

A_PAGE = 20


@needs(Right.SEE_POOL)
@require_safe
def listing(request: PlaceRequest) -> HttpResponse:
    """A page of the list; only the list of it for htmx."""
    seen = see(request)
    if seen.held is None:
        return render(request, "procurements/gaps/nothing.html")
    found = seen.listed()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    is_part = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    context = {
        **speaking(request, seen),
        "page": page,
        "is_part": is_part,
        "routes": {gap.kind: _route(request, seen, gap) for gap in page.object_list},
        "lead": told.lead(found, seen.currency, request.translate) if found else "",
        "own": request.access.may(Right.SEE_ROWS),
    }
    status = 200 if seen.form.is_valid() and not (seen.problem and seen.is_own) else 400
    template = "procurements/gaps/results.html" if is_part else "procurements/gaps/list.html"
    answer = render(request, template, context, status=status)
    answer["Vary"] = "HX-Request, Cookie, Accept-Language"
    return answer


@needs(Right.SEE_POOL)
@require_safe
def file(request: PlaceRequest, ending: str) -> HttpResponse:
    """The list as a file, filtered as the page is."""
    seen = see(request)
    grid = told.listing(seen.listed(), seen.currency, request.translate)
    if seen.is_own:
        log.record(request, "downloaded a table", "gaps")
    return sent(request, grid, seen.currency, ending, "gaps")


def sent(request: PlaceRequest, grid: Grid, currency: str, ending: str, name: str) -> HttpResponse:
    """A table as a file to be saved."""
    answer = HttpResponse(_content(grid, currency, ending, request.translate), content_type=TYPES[ending])
    answer["Content-Disposition"] = attachment(request, f"{name}.{ending}")
    answer["Cache-Control"] = "no-store"
    return answer


def _content(grid: Grid, currency: str, ending: str, _: Translator) -> str | bytes:
    if ending == "csv":
        return sheet.sheet(grid, _.symbol(currency), _)
    target = io.BytesIO()
    workbook.tables([(grid.caption, grid)], target, _, currency, grid.caption)
    return target.getvalue()


def _route(request: PlaceRequest, seen: Seen, gap: Any) -> dict[str, Any] | None:
    """Whether the rules leave a direct award open, for what is bought of the kind in a year."""
    found = gaps.route(seen.project, gap.label, gap.whole, buying(seen), seen.currency)
    if found is None:
        return None
    speak = Translator(request.language, lawful.PACKAGE)
    (statement,) = found.of(Part.DIRECT_AWARD) or (None,)
    return lawful.row(statement, seen.currency, speak) if statement else None
