"""Logs: faults, and if wanted a line for every answer; never what was asked for, by whom, or from where.

A path may hold a secret or a supplier's key, a query what somebody looks for, the message of an error a cell of
a ledger. So of a request the pattern of its address is told, and of an error its kind and where it arose.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bygd.web.network import address_of

HEADER = "X-Request-Id"
ID = re.compile(r"[A-Za-z0-9-]{8,64}")
TOLD = ("method", "route", "status", "ms", "ip")
"""Fields of a line about an answer."""

answered = logging.getLogger("bygd.web.answered")
_id: ContextVar[str] = ContextVar("request", default="")


class Requests:
    """Gives every request a number that stands in its answer and in every line about it. Stands outermost."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and write down that it was answered."""
        given = request.headers.get(HEADER, "")
        number = given if settings.IS_SECURE and ID.fullmatch(given) else uuid4().hex
        token = _id.set(number)
        begin = time.perf_counter()
        try:
            answer = self.answer(request)
            answer[HEADER] = number
            if answered.isEnabledFor(logging.INFO):
                answered.info("answered", extra=_about(request, answer, begin))
            return answer
        finally:
            _id.reset(token)


def _about(request: HttpRequest, answer: HttpResponseBase, begin: float) -> dict[str, Any]:
    match = request.resolver_match
    told: dict[str, Any] = {
        "method": request.method,
        "route": f"/{match.route}" if match else "",
        "status": answer.status_code,
        "ms": round((time.perf_counter() - begin) * 1000, 1),
    }
    if settings.LOGS_ADDRESSES:
        told["ip"] = address_of(request)
    return told


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says, by field."""
    found: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
    }
    if _id.get():
        found["request"] = _id.get()
    if record.name.startswith("django") and (record.exc_info or hasattr(record, "request")):
        # The framework's own message holds the path.
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        found["message"] = f"answered {getattr(record, 'status_code', 500)}"
        found["route"] = f"/{match.route}" if match else ""
    else:
        found["message"] = record.getMessage()
    found |= {name: getattr(record, name) for name in TOLD if hasattr(record, name)}
    if record.exc_info and record.exc_info[0]:
        found["error"] = record.exc_info[0].__name__
        found["where"] = "".join(traceback.format_tb(record.exc_info[2]))
    return found


class Lines(logging.Formatter):
    """Each line as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(told(record), ensure_ascii=False, default=str)


class Plain(logging.Formatter):
    """Each line as text."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; where an error arose stands below it."""
        said = told(record)
        where = said.pop("where", "")
        head = " ".join(str(said.pop(name)) for name in ("at", "level", "logger", "message"))
        rest = " ".join(f"{name}={value}" for name, value in said.items() if value != "")
        return "\n".join(part for part in (f"{head} {rest}".strip(), where.rstrip()) if part)
