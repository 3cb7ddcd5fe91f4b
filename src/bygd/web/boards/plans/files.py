"""Files of a plan: as a Word document, as its rows, and as one pack for whoever takes over."""

import io
from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from bygd.reports.paper import write_word
from bygd.web.boards.plans import keep
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench.plans import told

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": WORD}


@needs(Right.SEE_POOL)
@require_GET
def file(request: PlaceRequest, plan: str, ending: str) -> HttpResponse:
    """The plan as it stands, as a file of that ending."""
    if ending not in TYPES:
        raise Http404
    found = keep.find(request, plan)
    paper = told.paper(found, request.place.name, date.today(), request.translate)
    target = io.BytesIO()
    write_word(paper, target)
    log.record(request, "exported", f"plan {plan}.{ending}")
    answer = HttpResponse(target.getvalue(), content_type=TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="{request.place.slug}-plan.{ending}"'
    return answer
