"""The draft of version 1.0 of the protocol; each view asks one function."""

from typing import Any

from django.http import HttpRequest

from bygd.web.reconciliation.answering import answering, body, language, number, parsed
from bygd.web.reconciliation.asked import endpoint as endpoint_of
from bygd.web.reconciliation.asked import register
from bygd.workbench import reconciliation
from bygd.workbench.reconciliation import RequestError

DRAFT = "/1.0-draft"


@answering("GET")
def endpoint(request: HttpRequest) -> Any:
    """The manifest. A query for data in the manner of 0.2, as the test bench sends, is answered in that manner."""
    if "extend" in request.GET:
        return reconciliation.extended(register(request), parsed(request.GET["extend"]), language(request))
    return reconciliation.draft_manifest(register(request), endpoint_of(request, DRAFT), language(request))


@answering("POST", "GET")
def match(request: HttpRequest) -> Any:
    """The answer to queries: a body, or a parameter that people can look at in a browser."""
    if request.method == "POST":
        return reconciliation.reconcile_draft(register(request), body(request), language(request))
    if "queries" not in request.GET:
        raise RequestError(400, "Send the queries as the JSON body of a POST request.")
    return reconciliation.reconcile_draft(register(request), parsed(request.GET["queries"]), language(request))


@answering("GET")
def suggest(request: HttpRequest, kind: str) -> Any:
    """Organisations, properties or types that begin with a prefix."""
    limit, skipped = number(request, "limit"), number(request, "offset", "cursor") or 0
    prefix = request.GET.get("prefix", "")
    return reconciliation.suggested(register(request), kind, prefix, limit, skipped, language(request))


@answering("POST")
def extend(request: HttpRequest) -> Any:
    """The answer to a query for data."""
    return reconciliation.extended_draft(register(request), body(request), language(request))
