"""Pages for what went wrong: they say what, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bygd.web import languages


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For who is known but may not."""
    return _page(request, "forbidden", 403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For an address that leads nowhere, or nowhere for this person."""
    return _page(request, "missing", 404)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form that was open for too long, or that another site sent."""
    return _page(request, "stale", 403)


def earlier(request: HttpRequest) -> HttpResponse:
    """For figures that an earlier version built: they are there again after a build."""
    return _page(request, "earlier", 409)


def fault(request: HttpRequest) -> HttpResponse:
    """For a fault of the program. Rests on nothing that may be what failed."""
    return _page(request, "fault", 500)


def _page(request: HttpRequest, what: str, status: int) -> HttpResponse:
    if not hasattr(request, "translate"):  # the request did not come as far as the middleware of languages
        request.language = "en"  # type: ignore[attr-defined]
        request.translate = languages.Translator("en", languages.PACKAGE)  # type: ignore[attr-defined]
    return render(request, "errors.html", {"what": what}, status=status)
