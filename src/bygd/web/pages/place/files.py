"""Files of the pages of the place: pictures as SVG and PNG, tables as CSV and XLSX, for the question in the address."""

import io

import vl_convert
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bygd.reports.documents import sheet, workbook
from bygd.reports.documents.page import drawn
from bygd.reports.grid import Grid
from bygd.reports.place import sections
from bygd.reports.section import Section
from bygd.web.pages.money.files import SHARP, TYPES, attachment
from bygd.web.pages.place import indicator, map, portrait
from bygd.web.pages.place.looked import Looked, look
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

PAPER = '<rect width="100%" height="100%" fill="#ffffff"/>'
"""White behind what is saved: a picture without it cannot be read on dark ground."""


@needs(Right.SEE_POOL)
@require_safe
def picture(request: PlaceRequest, section: str, name: str, ending: str) -> HttpResponse:
    """A picture of a section; `width=narrow` gives that for small screens."""
    found = _section(request, look(request), section)
    one = next((one for one in found.pictures if one.name == name), None)
    if one is None:
        raise Http404
    size = "narrow" if request.GET.get("width") == "narrow" else "wide"
    svg = str(drawn(one, size, request.translate)).replace("</defs>", f"</defs>{PAPER}", 1)
    answer = HttpResponse(
        svg if ending == "svg" else vl_convert.svg_to_png(svg, scale=SHARP), content_type=TYPES[ending]
    )
    answer["Content-Disposition"] = attachment(request, f"place-{name}.{ending}")
    return answer


@needs(Right.SEE_POOL)
@require_safe
def table(request: PlaceRequest, section: str, number: int, ending: str) -> HttpResponse:
    """A table of a section as CSV in the reader's own way of writing numbers, or as XLSX."""
    looked = look(request)
    found = _section(request, looked, section)
    if number >= len(found.grids):
        raise Http404
    log.record(request, "downloaded a table", f"place {section}")
    answer = HttpResponse(grid_as(ending, found.grids[number], looked, request), content_type=TYPES[ending])
    answer["Content-Disposition"] = attachment(request, f"place-{section}.{ending}")
    return answer


def grid_as(ending: str, grid: Grid, looked: Looked, request: PlaceRequest) -> str | bytes:
    """A table as the content of a file."""
    _ = request.translate
    if ending == "csv":
        return sheet.sheet(grid, _.symbol(looked.currency), _)
    held = io.BytesIO()
    workbook.tables([(grid.caption, grid)], held, _, looked.currency, grid.caption)
    return held.getvalue()


def _section(request: PlaceRequest, looked: Looked, name: str) -> Section:
    """The section of that name, of whichever page it stands on. Raises Http404."""
    _, found = request.translate, looked.found
    if name == "ages":
        section = sections.ages(found, _)
    elif name == "jobs":
        section = sections.jobs(found, looked.currency, _)
    elif name == "map":
        section = map.section(looked, map.ask(request, looked), _)
    elif name in portrait.KINDS:
        section = portrait.section(name, found, _)
    elif name.startswith(indicator.PREFIX):
        section = indicator.section(name, looked, _)
    else:
        section = sections.theme(found, name, looked.currency, _)
    if section is None:
        raise Http404
    return section
