"""Addresses of the API."""

from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe

from bygd.vocabulary.said import Said
from bygd.web.api import docs
from bygd.web.api.problems import problem
from bygd.web.api.v1 import api
from bygd.web.people.gate import open_to_all


@open_to_all
@require_safe
def description(_request: HttpRequest) -> HttpResponse:
    """What the API says of itself: OpenAPI 3.1."""
    return JsonResponse(api.get_openapi_schema())


@open_to_all
def missing(_request: HttpRequest) -> HttpResponse:
    """Any other address."""
    return problem(404, Said("There is nothing at this address. The API is described at /api/v1/docs."))


missing.csrf_exempt = True  # type: ignore[attr-defined]

operations = [one for one in api.urls[0] if not isinstance(one.callback, partial)]
"""The library's own root, which answers nothing, is left out."""

urlpatterns = [
    path("v1/docs", docs.page, name="api-docs"),
    path("v1/openapi.json", description, name="api-description"),
    path("v1/", include((operations, "api-1"))),
    re_path(r"^.*$", missing),
]
