"""What every answer says to browsers, and what is refused before anybody looks at it."""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from bygd.web import gathered
from bygd.web.templating import static

pytestmark = pytest.mark.django_db

PATHS = ("/", "/open/", "/account/login/", "/help/", "/health", "/api/v1/docs", "/api/v1/places", "/nowhere")


@pytest.mark.parametrize("path", PATHS)
def test_browsers_are_told_what_a_page_may_do(path: str) -> None:
    answer = Client(SERVER_NAME="localhost").get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin" and answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_have_nothing_inline(place: Any, signed_in: Callable[..., Client]) -> None:
    text = signed_in(place, "reader").get(f"/p/{place.slug}/").content.decode()
    assert " style=" not in text and "<style" not in text and " onclick=" not in text and "<script>" not in text


def test_other_names_are_refused() -> None:
    assert Client(SERVER_NAME="evil.example.org").get("/").status_code == 400


def test_forms_of_other_sites_are_refused(place: Any, somebody: Callable[..., Any]) -> None:
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    browser.force_login(somebody(place, "analyst"))
    for path in ("/account/language", "/account/logout/"):
        assert browser.post(path, {"language": "sv"}).status_code == 403, path


def test_bodies_that_are_too_large_are_refused(place: Any, signed_in: Callable[..., Client], settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = signed_in(place, "reader").post("/account/language", {"language": "sv", "next": "x" * 2000})
    assert answer.status_code in (400, 413)


def test_static_files_are_kept_by_their_version() -> None:
    address = static("bygd.css")
    assert "?v=" in address
    answer = Client(SERVER_NAME="localhost").get(address)
    assert answer.status_code == 200 and "max-age=" in answer["Cache-Control"] and not answer.cookies
    answer.close()


def test_gathered_files_are_kept_for_ever_and_sent_packed(settings: Any, tmp_path: Path) -> None:
    settings.STATE = tmp_path
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "bygd.0123456789ab.css").write_text("of an earlier version")
    gathered.gather()
    made = {path: path.stat().st_mtime_ns for path in (tmp_path / "static").rglob("*")}
    gathered.gather()
    assert made == {path: path.stat().st_mtime_ns for path in (tmp_path / "static").rglob("*")}, "nothing is done twice"
    assert not (tmp_path / "static" / "bygd.0123456789ab.css").exists()
    address = gathered.address("bygd.css")
    assert re.fullmatch(r"/static/bygd\.[0-9a-f]{12}\.css", address)
    plain, packed = (
        Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING=known).get(address) for known in ("identity", "gzip")
    )
    assert "immutable" in plain["Cache-Control"] and packed["Content-Encoding"] == "gzip"
    assert packed["Content-Type"].startswith("text/css") and "Accept-Encoding" in packed["Vary"]
    whole = b"".join(plain.streaming_content)
    assert gzip.decompress(b"".join(packed.streaming_content)) == whole == Path(finders.find("bygd.css")).read_bytes()
    assert int(packed["Content-Length"]) < len(whole) / 2


SETTINGS = """
import django; django.setup()
from django.conf import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,
      s.SECURE_HSTS_SECONDS > 0, s.ALLOWED_HOSTS[-1], s.DEBUG, s.SECURE_PROXY_SSL_HEADER)
"""


def test_served_to_others_cookies_go_by_https_only() -> None:
    environment = {
        **os.environ,
        "BYGD_ADDRESS": "https://bygd.example.org",
        "DJANGO_SETTINGS_MODULE": "bygd.web.settings",
    }
    done = subprocess.run([sys.executable, "-c", SETTINGS], env=environment, capture_output=True, text=True, check=True)
    expected = "True True True Lax True bygd.example.org False ('HTTP_X_FORWARDED_PROTO', 'https')"
    assert done.stdout.strip() == expected


BEHIND = """
import json, threading, urllib.request
from bygd.web import start
from pathlib import Path
start.settle([Path("/")], Path("."))
from django.http import HttpResponse
import bygd.web.wsgi as wsgi
told = {}
def application(environ, answer):
    told.update(scheme=environ["wsgi.url_scheme"], at=environ["REMOTE_ADDR"])
    answer("200 OK", []); return [b""]
wsgi.application = application
server = start.server("127.0.0.1", 0, 1, 1000)
threading.Thread(target=server.run, daemon=True).start()
address = f"http://127.0.0.1:{server.effective_port}/"
headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.9, 192.0.2.7"}
urllib.request.urlopen(urllib.request.Request(address, headers=headers)).close()
print(json.dumps(told))
"""


@pytest.mark.parametrize(
    ("given", "scheme", "at"),
    [
        ({}, "http", "127.0.0.1"),
        ({"BYGD_ADDRESS": "https://bygd.example.org"}, "https", "127.0.0.1"),
        ({"BYGD_ADDRESS": "https://bygd.example.org", "BYGD_PROXIES": "1"}, "https", "192.0.2.7"),
    ],
)
def test_only_a_proxy_that_was_named_is_believed(given: dict[str, str], scheme: str, at: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEHIND], env={**os.environ, **given}, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {"scheme": scheme, "at": at}
