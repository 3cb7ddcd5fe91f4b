"""Pages for what went wrong: they say what, and what to do."""

import logging
import traceback

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bygd.sources.errors import InputError
from bygd.vocabulary.said import Said
from bygd.web import languages
from bygd.web.pages import kept

logger = logging.getLogger("bygd.web.errors")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For who is known but may not."""
    return _page(request, "forbidden", 403, said=getattr(exception, "said", None))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For an address that leads nowhere, or nowhere for this person."""
    return _page(request, "missing", 404)


def only_forms(request: HttpRequest) -> HttpResponse:
    """For an address that takes what a form sends and shows nothing itself, asked for as if it were a page."""
    return _page(request, "only_forms", 405)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form that was open for too long, or that another site sent; one of ours can be sent once more."""
    if hasattr(request, "translate") and hasattr(request, "user") and (fields := kept.written(request)):
        return kept.again(request, fields)
    return _page(request, "stale", 403)


def earlier(request: HttpRequest) -> HttpResponse:
    """For figures that an earlier version built: they are there again after a build."""
    return _page(request, "earlier", 409)


def refused(request: HttpRequest, error: InputError) -> HttpResponse:
    """For what cannot be told as the place's files stand; what is wrong is said to those who may see the place."""
    route = request.resolver_match.route if request.resolver_match else ""
    where = "".join(traceback.format_tb(error.__traceback__)[-3:])
    logger.warning("%s in a request for %s\n%s", type(error).__name__, route, where)  # not its message: see web.logs
    return _page(request, "refused", 409, error if hasattr(request, "place") else None)


def fault(request: HttpRequest) -> HttpResponse:
    """For a fault of the program. Rests on nothing that may be what failed."""
    return _page(request, "fault", 500)


def _page(
    request: HttpRequest, what: str, status: int, error: InputError | None = None, said: Said | None = None
) -> HttpResponse:
    if not hasattr(request, "translate"):  # the request did not come as far as the middleware of languages
        request.language = "en"  # type: ignore[attr-defined]
        request.translate = languages.Translator("en", languages.PACKAGE)  # type: ignore[attr-defined]
    return render(request, "errors.html", {"what": what, "error": error, "why": said}, status=status)
