"""Answering: what every view shares: methods, JSON in and out, errors, access from other sites, JSONP."""

import functools
import json
import logging
import re
import traceback
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse

from bygd.reports import Translator
from bygd.vocabulary.said import Said
from bygd.workbench.reconciliation import RequestError, limits
from bygd.workbench.reconciliation.texts import language_of

logger = logging.getLogger("django.request")

View = Callable[..., Any]
CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,127}")
"""Names that a script may be called by; anything else could be a script itself."""
DAY = "86400"
LARGEST = 10**9


def answering(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Makes a view of a function that gives plain values or a response, and may raise RequestError.

    Answers preflight requests, refuses other methods, and turns errors into JSON (RFC 9457).
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def answer(request: HttpRequest, **parts: str) -> HttpResponse:
            request.register_of = parts.pop("place", "")  # type: ignore[attr-defined]  # see `asked`
            response = _answer(view, methods, request, parts)
            response["Access-Control-Allow-Origin"] = "*"
            response["Vary"] = "Accept-Language"
            response["Content-Language"] = language(request)
            return response

        answer.csrf_exempt = True  # type: ignore[attr-defined]
        answer.needs = None  # type: ignore[attr-defined]  # registers are public; see `people.gate`
        return answer

    return decorate


def _answer(view: View, methods: tuple[str, ...], request: HttpRequest, parts: dict[str, str]) -> HttpResponse:
    allowed = ", ".join((*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"))
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = response["Allow"] = allowed
        response["Access-Control-Allow-Headers"] = "Content-Type, Accept, Accept-Language"
        response["Access-Control-Max-Age"] = DAY
        return response
    if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
        response = problem(
            request, 405, Said("{method} is not answered here. Use {methods}.", method=request.method, methods=methods)
        )
        response["Allow"] = allowed
        return response
    try:
        found = view(request, **parts)
        return found if isinstance(found, HttpResponse) else _json(request, found)
    except RequestError as error:
        return problem(request, error.status, error.detail)
    except RequestDataTooBig:
        return problem(
            request, 413, Said("The request is too large. Send at most {most} MiB at once.", most=limits.BODY >> 20)
        )
    except TooManyFieldsSent:
        return problem(request, 400, Said("The request has too many fields."))
    except Exception as error:
        # Where and of what kind, never the message: it may hold what was asked.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("%s in a request for %s\n%s", type(error).__name__, request.path, where)
        told = Said("This went wrong on our side; it has been noted. Other requests can be answered.")
        return problem(request, 500, told)


def language(request: HttpRequest) -> str:
    """The language to answer in."""
    return language_of(request.headers.get("Accept-Language", ""))


def address_of(request: HttpRequest, path: str) -> str:
    """The full address of a path, as clients reach it."""
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


def parsed(text: str | bytes) -> Any:
    """JSON as plain values. Raises RequestError where it is none."""
    try:
        return json.loads(text)
    except RecursionError:
        raise RequestError(400, "The JSON is nested too deeply.") from None
    except ValueError as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        raise RequestError(
            400,
            "The request is no JSON (line {line}, column {column}). Check quotation marks and commas.",
            line=line,
            column=column,
        ) from None


def body(request: HttpRequest) -> Any:
    """The JSON body of a request. Raises RequestError where it is none."""
    if request.content_type != "application/json":
        raise RequestError(415, "Send the body as JSON, with Content-Type: application/json.")
    return parsed(request.body)


def number(request: HttpRequest, *names: str) -> int | None:
    """The first of these parameters that is a whole number, not below nought; LARGEST stands for all above it."""
    for name in names:
        text = request.GET.get(name, "").strip()
        if text.isascii() and text.isdigit():
            return int(text) if len(text) < len(str(LARGEST)) else LARGEST
    return None


def problem(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """An error as JSON, in the language of the request."""
    told = Translator(language(request)).said(detail)
    return JsonResponse({"status": status, "detail": told}, status=status, content_type="application/problem+json")


def _json(request: HttpRequest, found: Any) -> HttpResponse:
    callback = request.GET.get("callback")
    if callback is None:
        return JsonResponse(found)
    if not CALLBACK.fullmatch(callback):
        raise RequestError(400, "The callback must be the name of a function: letters, digits, _, $ and dots.")
    # The comment in front keeps the answer from being taken for anything but a script.
    return HttpResponse(f"/**/{callback}({json.dumps(found)});", content_type="application/javascript; charset=utf-8")
