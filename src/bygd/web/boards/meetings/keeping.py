"""Keeping: the program that keeps the facilitator's page in the browser, so that it opens again without a network."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from bygd.web.boards.meetings.views import of
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.templating import static

PROGRAM = "desk-worker.js"
KEPT = ("bygd.css", "meetings.css", "bygd.svg", "django_htmx/htmx-2.min.js", "meeting.js")
"""What the page is made of besides itself."""


@needs(Right.FACILITATE)
@require_safe
def worker(request: PlaceRequest, number: int) -> HttpResponse:
    """The service worker of one meeting's desk; its address bounds what it may answer for."""
    of(request, number)
    files = json.dumps([static(name) for name in KEPT])
    path = finders.find(PROGRAM)
    assert isinstance(path, str), "it comes with the web"
    program = Path(path).read_text(encoding="utf-8")
    begin = f"const FILES = {files};\nconst LONGEST = {settings.SESSION_COOKIE_AGE * 1000};\n"
    answer = HttpResponse(begin + program, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "private, no-cache"
    return answer
