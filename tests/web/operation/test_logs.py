"""Logs and health: every answer has a number, and nothing that is written tells who asked for what."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from bygd.web import logs

pytestmark = pytest.mark.django_db


def record(name: str, message: str, *args: Any, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.ERROR, "", 1, message, args, more.pop("exc_info", None))
    for key, value in more.items():
        setattr(made, key, value)
    return made


def test_every_answer_has_a_number_of_its_own() -> None:
    asking = Client(SERVER_NAME="localhost")
    first, second = asking.get("/health"), asking.get("/health", headers={"x-request-id": "given-by-somebody"})
    assert first["X-Request-Id"] != second["X-Request-Id"] and second["X-Request-Id"] != "given-by-somebody"


def test_behind_a_proxy_its_number_is_kept(settings: Any) -> None:
    settings.IS_SECURE = True
    asking = Client(SERVER_NAME="localhost")
    assert asking.get("/health", headers={"x-request-id": "given-by-proxy"})["X-Request-Id"] == "given-by-proxy"
    assert asking.get("/health", headers={"x-request-id": "a b\tc"})["X-Request-Id"] != "a b\tc"


def test_a_line_tells_the_pattern_of_the_address_only(caplog: Any, place: Any) -> None:
    with caplog.at_level(logging.INFO, logger="bygd.web.answered"):
        Client(SERVER_NAME="localhost").get("/account/enter/verysecret?q=Anna+Andersson", REMOTE_ADDR="192.0.2.7")
    line = next(one for one in caplog.records if one.name == "bygd.web.answered")
    told = logs.Lines().format(line)
    assert json.loads(told)["route"] == "/account/enter/<str:secret>" and json.loads(told)["status"] == 410
    for hidden in ("verysecret", "Anna", "192.0.2.7"):
        assert hidden not in told and hidden not in logs.Plain().format(line)


def test_addresses_are_written_only_when_asked_for(caplog: Any, settings: Any) -> None:
    settings.LOGS_ADDRESSES = True
    with caplog.at_level(logging.INFO, logger="bygd.web.answered"):
        Client(SERVER_NAME="localhost").get("/health", REMOTE_ADDR="192.0.2.7")
    assert json.loads(logs.Lines().format(caplog.records[-1]))["ip"] == "192.0.2.7"


def test_a_fault_is_told_without_its_message() -> None:
    cell = "supplier Anna Andersson 19121212-1212"
    try:
        raise ValueError(cell)
    except ValueError:
        about = sys.exc_info()
    request = RequestFactory().get("/p/x/suppliers/secretkey")
    line = record("django.request", "Internal Server Error: %s", request.path, exc_info=about, request=request)
    for form in (logs.Lines(), logs.Plain()):
        text = form.format(line)
        assert "ValueError" in text and "test_logs.py" in text
        assert "Anna" not in text and "secretkey" not in text
    told = logs.Plain().format(record("bygd.work", "job %s failed", 7, exc_info=about))
    assert "job 7 failed" in told and "Anna" not in told


def test_health(settings: Any, tmp_path: Path) -> None:
    asking = Client(SERVER_NAME="localhost")
    settings.STATE = tmp_path
    assert asking.get("/health").json() == {"live": True}
    ready = asking.get("/health/ready")
    assert ready.status_code == 200 and ready.json()["ready"] and ready["Cache-Control"] == "no-store"
    settings.STATE = tmp_path / "gone"
    assert asking.get("/health/ready").status_code == 503
    assert not ready.cookies and not list(tmp_path.iterdir())
