"""Problems: every error of the API says what is wrong and what to do, as RFC 9457 has it."""

import json
import logging
import re
import traceback
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from ninja import Schema

from bygd.vocabulary.said import N_, Said
from bygd.web.languages import spoken

logger = logging.getLogger("django.request")

ROOT = "/api/"
MEDIA = "application/problem+json"

SAID = {
    400: N_("The request cannot be understood."),
    401: N_("Send a token that is good: Authorization: Bearer bygd_… Make one under your account."),
    403: N_("This is not among what the person of this token may do there."),
    404: N_("There is nothing at this address, or not for you."),
    405: N_("This method is not answered here."),
    413: N_("The request is too large."),
    429: N_("Too many requests. Wait as long as Retry-After says."),
    500: N_("This went wrong on our side; it has been noted. Other requests can be answered."),
}
SCOPE = N_("This token may not be used for this. It needs the scope '{scope}'.")


class ProblemDetails(Schema):
    """What is wrong, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] | None = None


class Problem(Exception):
    """Ends a request with an error; the detail says what is wrong and what to do."""

    def __init__(self, status: int, detail: str = "", **values: object) -> None:
        self.detail = Said(detail, **values)
        super().__init__(self.detail)
        self.status = status


def problem(status: int, detail: str = "", errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """The answer that tells an error, in the language of the request."""
    title = HTTPStatus(status).phrase
    content: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    content["detail"] = spoken().said(detail or SAID.get(status, title))
    if errors:
        content["errors"] = errors
    answer = HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=MEDIA)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="bygd"'
    return answer


def fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of the program: noted where and of what kind, never with its message, which may hold what was asked."""
    where = "".join(traceback.format_tb(error.__traceback__))
    route = request.resolver_match.route if request.resolver_match else ""
    logger.error("%s in a request for %s\n%s", type(error).__name__, route, where)
    return problem(500)


class Problems:
    """Turns down what the API does not describe, and makes problems of errors that arose before it was asked."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; an error without a body of ours gets one."""
        answer = self.answer(request)
        if not request.path_info.startswith(ROOT) or answer.status_code < 400:
            return answer
        if answer.headers.get("Content-Type", "").startswith(MEDIA):
            return answer
        with translation.override(getattr(request, "language", "en")):
            told = problem(answer.status_code)
        if "Allow" in answer.headers:
            told["Allow"] = answer.headers["Allow"]
        return told

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Refuse parameters and media types that the operation does not know: a slip would else go unseen."""
        if not request.path_info.startswith(ROOT) or request.resolver_match is None:
            return None
        operation = described().get((_template(request.resolver_match.route), (request.method or "").lower()))
        if operation is None:
            return None
        known, media = operation
        unknown = sorted(set(request.GET) - known)
        if unknown:
            told = sorted(known) or Said("none")
            return problem(422, Said("Unknown parameter: {unknown}. Known here: {known}.", unknown=unknown, known=told))
        if media and request.content_type not in media:
            told = Said("Send the body as one of {media}, and say so in Content-Type.", media=sorted(media))
            return problem(415, told)
        return None


@cache
def described() -> dict[tuple[str, str], tuple[frozenset[str], frozenset[str]]]:
    """Path and method of each operation → names of its parameters, and media types of its body."""
    from bygd.web.api.v1 import api

    return {
        (path, method): (
            frozenset(one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"),
            frozenset(operation.get("requestBody", {}).get("content", ())),
        )
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    }


def _template(route: str) -> str:
    """A route of ours as OpenAPI writes paths."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
