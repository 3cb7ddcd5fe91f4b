"""Papers: what came of a circle or a meeting, sent as a document, and all of it as a file to keep."""

from django.http import Http404, HttpResponse

from bygd.reports.paper import TYPES, Paper, written


def sent(paper: Paper, ending: str, name: str) -> HttpResponse:
    """The paper as a file to keep: DOCX or PDF, by its ending. Raises Http404 for another."""
    if ending not in TYPES:
        raise Http404
    answer = HttpResponse(written(paper, ending), content_type=TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def kept(text: str, key: str) -> HttpResponse:
    """A circle or a meeting as JSON, which another installation takes in."""
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}.json"'
    return answer
