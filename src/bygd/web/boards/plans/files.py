"""Files of a plan: as a Word document, as its rows, and as one pack for whoever takes over."""

import io
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from bygd.reports import Translator
from bygd.reports.documents import sheet
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.paper import write_pdf, write_word
from bygd.web.boards.plans import keep
from bygd.web.boards.plans.models import Answer
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import plans
from bygd.workbench.plans import told

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": WORD, "pdf": "application/pdf", "zip": "application/zip"}


@needs(Right.SEE_POOL)
@require_GET
def file(request: PlaceRequest, plan: str, ending: str) -> HttpResponse:
    """The plan as it stands, as a file of that ending."""
    if ending not in TYPES:
        raise Http404
    if ending == "zip" and not request.access.may(Right.FACILITATE):
        raise PermissionDenied
    found, today, _ = keep.find(request, plan), date.today(), Translator(request.language)
    target = io.BytesIO()
    if ending == "zip":
        more = {"4-answers.csv": _answers(request, plan, _).encode()}
        target.write(plans.pack(request.place.project, found, today, _, more))
    else:
        write = write_word if ending == "docx" else write_pdf
        write(told.paper(found, request.place.name, today, _), target)
    log.record(request, "exported", f"plan {plan}.{ending}")
    answer = HttpResponse(target.getvalue(), content_type=TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="{request.place.slug}-plan.{ending}"'
    return answer


def _answers(request: PlaceRequest, plan: str, _: Translator) -> str:
    """The answers of the consultation with their replies, as a table."""
    heads = (Head(_("Day"), Kind.DAY), Head(_("Answer")), Head(_("Name")), Head(_("Reply")), Head(_("Shown")))
    rows = [
        (one.sent_at.date(), one.text, one.sender, one.reply, _("yes") if one.is_shown else _("no"))
        for one in Answer.objects.filter(place=request.place, plan_key=plan)
    ]
    return sheet.sheet(Grid(_("Answers"), heads, rows), "", _)
