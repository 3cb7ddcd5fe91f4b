"""Progress: what the decisions since the last build came to."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.reports.review import narrowing
from bygd.sources.errors import InputError
from bygd.web.pages.review import measuring
from bygd.web.pages.review.desk import desk
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right


@needs(Right.REVIEW)
@require_GET
def progress(request: PlaceRequest) -> HttpResponse:
    """How much narrower the range of the person's institutions became, worked out on demand."""
    at_desk = desk(request)
    if at_desk is None:
        raise Http404
    try:
        found = measuring.measured(at_desk.held, at_desk.project, at_desk.since.read_on())
    except InputError as error:
        return render(
            request,
            "review/progress.html",
            {"found": None, "wrong": request.translate.said(error), "is_waiting": False},
        )
    context = {
        "found": found,
        "narrowing": " ".join(narrowing(found.before, found.now, request.translate)) if found else "",
        "is_waiting": found is None,
        "wrong": "",
        "decided": len(at_desk.settled),
        "left": sum(1 for case in at_desk.cases if at_desk.is_open(case)),
    }
    part = request.htmx  # type: ignore[attr-defined]
    return render(request, "review/_progress.html" if part else "review/progress.html", context)
