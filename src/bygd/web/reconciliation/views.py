"""Version 0.2 of the protocol, and the pages about organisations; each view asks one function."""

from functools import cache
from importlib.resources import files
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bygd.web.reconciliation.answering import answering, language, number, parsed
from bygd.web.reconciliation.asked import ENDPOINT, register
from bygd.web.reconciliation.asked import endpoint as endpoint_of
from bygd.workbench import reconciliation
from bygd.workbench.reconciliation import RequestError, facts
from bygd.workbench.reconciliation.texts import text

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""Pages have a style and nothing else; clients show them in frames."""


@answering("GET", "POST")
def endpoint(request: HttpRequest) -> Any:
    """The manifest; or the answer to queries, or to a query for data."""
    given = request.POST if request.method == "POST" else request.GET
    if "queries" in given:
        return reconciliation.reconcile(register(request), parsed(given["queries"]), language(request))
    if "extend" in given:
        return reconciliation.extended(register(request), parsed(given["extend"]), language(request))
    if request.method == "POST":
        raise RequestError(400, "Send a form with 'queries' or 'extend'. For JSON, use the endpoint of 1.0-draft.")
    return reconciliation.manifest(register(request), endpoint_of(request), language(request))


@answering("GET")
def suggest(request: HttpRequest, kind: str) -> Any:
    """Organisations, properties or types that begin with a prefix."""
    limit, skipped = number(request, "limit"), number(request, "cursor") or 0
    prefix = request.GET.get("prefix", "")
    return reconciliation.suggested(register(request), kind, prefix, limit, skipped, language(request))


@answering("GET")
def flyout(request: HttpRequest, kind: str) -> Any:
    """A small piece of HTML about one suggestion."""
    return reconciliation.flyout(register(request), kind, request.GET.get("id", ""), language(request))


@answering("GET")
def properties(request: HttpRequest) -> Any:
    """The properties that may be fetched."""
    return reconciliation.proposed(request.GET.get("type", ""), number(request, "limit"), language(request))


@answering("GET")
def preview(request: HttpRequest) -> HttpResponse:
    """What is known of an organisation, for a small frame."""
    return _page(request, "preview")


@answering("GET")
def view(request: HttpRequest) -> HttpResponse:
    """What is known of an organisation, as a page."""
    return _page(request, "view")


@answering("GET")
def style(_request: HttpRequest) -> HttpResponse:
    """The style of the pages."""
    response = HttpResponse(_style(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "max-age=3600"
    return response


@answering("GET")
def about(request: HttpRequest) -> HttpResponse:
    """A page that says what this is and how OpenRefine is pointed at it."""
    spoken, served = language(request), register(request)
    context = {
        "lang": spoken,
        "name": text("service", spoken, name=served.name),
        "about": text("page.about", spoken, count=f"{served.count:,}".replace(",", "\u00a0"), name=served.name),
        "address": endpoint_of(request),
        "draft": text("page.draft", spoken),
        "draft_address": endpoint_of(request, "/1.0-draft"),
        "masked": text("page.masked", spoken),
    }
    return _shown(request, "about", context)


@answering("GET", "POST")
def missing(_request: HttpRequest) -> Any:
    """Any other address."""
    raise RequestError(404, "There is nothing at this address. The service is at {address}.", address=ENDPOINT)


def _page(request: HttpRequest, kind: str) -> HttpResponse:
    spoken = language(request)
    found = facts.of(register(request), request.GET.get("id", ""), spoken)
    context = {"lang": spoken, "kind": kind, "facts": found, "missing": text("page.missing", spoken)}
    return _shown(request, "organisation", context, 200 if found else 404)


def _shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(
        request, f"reconciliation/{template}.html", {"style": endpoint_of(request, "/style.css"), **context}
    )
    response.status_code = status
    response["Content-Security-Policy"] = POLICY
    response.xframe_options_exempt = True  # type: ignore[attr-defined]
    return response


@cache
def _style() -> bytes:
    return files("bygd.web.reconciliation").joinpath("style.css").read_bytes()
