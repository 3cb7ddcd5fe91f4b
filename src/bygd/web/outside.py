"""Outside: what everybody or a program asks for is answered without cookies, whoever asks."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PATHS = ("/open/", "/bid/", "/api/", "/health", "/reconcile", "/report/", "/circle/", "/meeting/", "/assess/")
"""Addresses that know nobody by a cookie: no session is read there and none is begun."""

EMBED = re.compile(r"/p/[^/]+/embed/")
"""Such as well, of a place."""


class Outside:
    """Takes cookies off requests for those addresses, and off their answers. Stands before sessions are read."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer without cookies."""
        if not (request.path_info.startswith(PATHS) or EMBED.match(request.path_info)):
            return self.answer(request)
        request.META.pop("HTTP_COOKIE", None)
        answer = self.answer(request)
        answer.cookies.clear()
        # Sessions were looked for and not found; what is answered does not vary with them.
        varies = [part.strip() for part in answer.headers.get("Vary", "").split(",")]
        kept = ", ".join(part for part in varies if part and part.lower() != "cookie")
        if kept:
            answer["Vary"] = kept
        elif "Vary" in answer:
            del answer["Vary"]
        return answer
