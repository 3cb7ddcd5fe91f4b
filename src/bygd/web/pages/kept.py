"""What somebody wrote is not lost where they were signed out, or the form grew too old, before they sent it."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST = 200_000
"""Characters of a form that are shown again; longer ones are taken for files."""

SECRET = re.compile(r"(^|[_-])(password\d*|passphrase|secret|token|recovery)([_-]|$)", re.IGNORECASE)
"""Names of fields that are never put into a page; of a form with one of them nothing is. Postcodes and codes of goods
and cards are no secrets; the codes one signs in with are asked for beneath WHO only."""

WHO = "/account/"
"""Where one signs in and keeps one's account: of a form from there nothing is put into a page."""


def written(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of the form that was sent, in its order; none where it is not certain that it is a form of ours.

    Another site can send a form here but not claim our origin. What it sent must not be offered to be sent
    again with our secret in it.
    """
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    if request.method != "POST" or request.headers.get("Origin") not in ours or "HX-Request" in request.headers:
        return []
    fields = [
        (name, str(value)) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    secret = request.path.startswith(WHO) or any(SECRET.search(name) for name, _value in fields)
    if secret or sum(len(value) for _name, value in fields) > MOST:
        return []
    return fields


def again(request: HttpRequest, fields: list[tuple[str, str]]) -> HttpResponse:
    """The page that holds those fields and says how to send them: 403, and never kept by a browser's cache."""
    shown = {
        "fields": fields,
        "texts": [value for _name, value in fields if " " in value.strip()],
        "files": bool(request.FILES),
        "known": request.user.is_authenticated,
        "action": request.get_full_path(),
    }
    answer = render(request, "kept.html", shown, status=403)
    answer["Cache-Control"] = "no-store"
    return answer
