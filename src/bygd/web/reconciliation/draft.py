"""The draft of version 1.0 of the protocol; each view asks one function."""

from typing import Any

from django.http import HttpRequest

from bygd.web.reconciliation.answering import address_of, answering, body, language, number, parsed
from bygd.workbench import reconciliation
from bygd.workbench.reconciliation import RequestError
from bygd.workbench.reconciliation.held import held

ENDPOINT = "/reconcile/1.0-draft"


@answering("GET")
def endpoint(request: HttpRequest) -> Any:
    """The manifest. A query for data in the manner of 0.2, as the test bench sends, is answered in that manner."""
    if "extend" in request.GET:
        return reconciliation.extended(held(), parsed(request.GET["extend"]), language(request))
    return reconciliation.draft_manifest(held(), address_of(request, ENDPOINT), language(request))


@answering("POST", "GET")
def match(request: HttpRequest) -> Any:
    """The answer to queries: a body, or a parameter that people can look at in a browser."""
    if request.method == "POST":
        return reconciliation.reconcile_draft(held(), body(request), language(request))
    if "queries" not in request.GET:
        raise RequestError(400, "Send the queries as the JSON body of a POST request.")
    return reconciliation.reconcile_draft(held(), parsed(request.GET["queries"]), language(request))


@answering("GET")
def suggest(request: HttpRequest, kind: str) -> Any:
    """Organisations, properties or types that begin with a prefix."""
    limit, skipped = number(request, "limit"), number(request, "offset", "cursor") or 0
    return reconciliation.suggested(held(), kind, request.GET.get("prefix", ""), limit, skipped, language(request))


@answering("POST")
def extend(request: HttpRequest) -> Any:
    """The answer to a query for data."""
    return reconciliation.extended_draft(held(), body(request), language(request))
