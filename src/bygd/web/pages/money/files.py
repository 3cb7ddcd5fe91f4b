"""Files of the money pages: pictures, tables and the whole report, for the question in the address."""

import io
import tempfile
from pathlib import Path

import vl_convert
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bygd import geography, reports
from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid
from bygd.reports.privacy import Audience
from bygd.reports.subject import Subject
from bygd.sources.errors import InputError
from bygd.web.pages import older
from bygd.web.pages.money import told as telling
from bygd.web.pages.money.told import TAB_OF, Told
from bygd.web.pages.money.views import Looked, look
from bygd.web.pages.older import Unreadable
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

KEPT = 3600
"""Seconds for which a browser may keep a picture of a snapshot that its address names."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8", "xlsx": XLSX}
SHARP = 2
"""Points of a PNG per unit of its drawing."""


@needs(Right.SEE_POOL)
@require_safe
def picture(request: PlaceRequest, section: str, name: str, ending: str) -> HttpResponse:
    """A picture of a section as SVG or PNG; `width=narrow` gives that for small screens, `save` a download."""
    looked, said = _section(request, section)
    found = telling.picture_of(said, section, name)
    if found is None:
        raise Http404
    size = "narrow" if request.GET.get("width") == "narrow" else "wide"
    svg = str(telling.svg(looked.held, looked.question, said, found, size))
    answer = HttpResponse(
        svg if ending == "svg" else vl_convert.svg_to_png(svg, scale=SHARP), content_type=TYPES[ending]
    )
    if "save" in request.GET:
        answer["Content-Disposition"] = attachment(request, f"{name}.{ending}")
    if request.GET.get("v") == looked.held.snapshot.id:
        answer["Cache-Control"] = f"private, max-age={KEPT}"
    return answer


@needs(Right.SEE_POOL)
@require_safe
def table(request: PlaceRequest, section: str, number: int, ending: str) -> HttpResponse:
    """A table of a section as CSV in the reader's own way of writing numbers, or as XLSX."""
    _looked, said = _section(request, section)
    found = said.sections.get(section)
    if found is None or number >= len(found.grids):
        raise Http404
    answer = HttpResponse(grid_as(ending, found.grids[number], said.subject), content_type=TYPES[ending])
    answer["Content-Disposition"] = attachment(request, f"{section}-{number + 1}.{ending}")
    if said.sections and not said.subject.is_public:
        log.record(request, "downloaded a table", section)
    return answer


@needs(Right.SEE_POOL)
@require_safe
def report(request: PlaceRequest, ending: str) -> HttpResponse:
    """The whole report: the public one of all institutions together, or that of one's own with suppliers' names.

    That of one's own is by the definition of local in the address, the public one by the place's own; free filters
    leave neither smaller.
    """
    looked = _looked(request)
    asked, project, snapshot = looked.question, looked.project, looked.held.snapshot

    with looked.held.engine() as engine, tempfile.TemporaryDirectory() as folder:
        try:
            with older.readable(looked.chosen):
                written = reports.write(
                    engine,
                    geography.place(engine, project.place_id, project.place_name),
                    project.place_name,
                    Path(folder),
                    language=request.language,
                    snapshot=snapshot.id,
                    manifest=looked.held.manifest,
                    boundaries=[project.path(file) for entry in project.boundaries for file in entry.files],
                    audience=Audience.INTERNAL if asked.is_own else Audience.PUBLIC,
                    local_by=asked.by if asked.is_own else None,
                    within=asked.within if asked.is_own else None,
                )
        except InputError:
            raise Http404 from None
        content = (written.page if ending == "html" else written.workbook).read_bytes()
    if asked.is_own:
        log.record(request, "downloaded the report", ending)
    answer = HttpResponse(content, content_type=TYPES.get(ending, "text/html; charset=utf-8"))
    name = f"report-{snapshot.id}" if looked.chosen.is_old else "report"
    answer["Content-Disposition"] = attachment(request, f"{name}.{ending}")
    return answer


def grid_as(ending: str, grid: Grid, subject: Subject) -> str | bytes:
    """A table as the content of a file."""
    if ending == "csv":
        return sheet.sheet(grid, subject.translate.symbol(subject.currency), subject.translate)
    held = io.BytesIO()
    workbook.tables([(grid.caption, grid)], held, subject.translate, subject.currency, subject.title)
    return held.getvalue()


def attachment(request: PlaceRequest, name: str) -> str:
    """The header that makes a browser save the answer under the place's name."""
    return f'attachment; filename="{request.place.slug}-{name}"'


def _section(request: PlaceRequest, section: str) -> tuple[Looked, Told]:
    """The page on which the section stands. Raises Http404 where there is none for this asker."""
    looked = _looked(request)
    tab = TAB_OF.get(section)
    if tab is None:
        raise Http404
    try:
        with older.readable(looked.chosen):
            return looked, telling.told(looked.held, looked.project, looked.question, request.language, tab)
    except InputError:
        raise Http404 from None


def _looked(request: PlaceRequest) -> Looked:
    """What the request looks at. Raises Http404 where there is nothing, or nothing that can be told any more."""
    try:
        looked = look(request)
    except Unreadable:
        raise Http404 from None
    if looked is None:
        raise Http404
    return looked
