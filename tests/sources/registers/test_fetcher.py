"""Fetcher, against a real server on this machine that breaks, is busy, and changes its mind."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bygd.sources.errors import InputError
from bygd.sources.fetcher import AGENT, Fetcher

CONTENT = bytes(range(256)) * 400


class Place:
    """A file at a server that speaks Range, can break off, be busy, and change."""

    def __init__(self) -> None:
        self.content = CONTENT
        self.etag = '"one"'
        self.break_after: list[int] = []
        self.busy: list[tuple[int, str]] = []
        self.requests: list[dict[str, str]] = []
        self.speaks_range = True

    def __call__(self, request: Request) -> Response:
        self.requests.append(dict(request.headers))
        if self.busy:
            status, wait = self.busy.pop(0)
            return Response("busy", status, headers={"Retry-After": wait} if wait else {})
        if request.headers.get("If-None-Match") == self.etag:
            return Response(status=304)
        start, status = 0, 200
        asked = request.headers.get("Range", "")
        if self.speaks_range and asked and request.headers.get("If-Range") == self.etag:
            start, status = int(asked.removeprefix("bytes=").rstrip("-")), 206
        body = self.content[start:]
        headers = {"ETag": self.etag, "Content-Length": str(len(body)), "Content-Type": "application/zip"}
        if status == 206:
            headers["Content-Range"] = f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"
        if self.break_after:
            body = body[: self.break_after.pop(0)]
        return Response(iter([body]), status, headers=headers)  # a list would get a length of its own


@pytest.fixture
def place(httpserver: HTTPServer) -> Place:
    place = Place()
    httpserver.expect_request("/register.zip").respond_with_handler(place)
    return place


@pytest.fixture
def fetcher(tmp_path: Path) -> Iterator[Fetcher]:
    with Fetcher(tmp_path / "store", wait=0.01) as opened:
        yield opened


def test_a_file_is_kept_under_its_hash_with_what_is_known_of_it(
    place: Place, fetcher: Fetcher, httpserver: HTTPServer
) -> None:
    seen: list[tuple[int, int]] = []
    fetcher.progress = lambda done, total: seen.append((done, total))
    path = fetcher.get(httpserver.url_for("/register.zip"))
    assert path.read_bytes() == CONTENT
    assert path.name.endswith("-register.zip")
    known = json.loads(path.with_name(f"{path.name}.json").read_text())
    assert known["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert known["bytes"] == len(CONTENT)
    assert known["address"] == httpserver.url_for("/register.zip")
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert place.requests[0]["User-Agent"] == AGENT
    assert {one.name for one in fetcher.folder.iterdir()} == {path.name, f"{path.name}.json", ".lock"}


def test_a_broken_download_goes_on_where_it_stopped(place: Place, fetcher: Fetcher, httpserver: HTTPServer) -> None:
    place.break_after = [30_000, 20_000]
    assert fetcher.get(httpserver.url_for("/register.zip")).read_bytes() == CONTENT
    assert [one.get("Range") for one in place.requests] == [None, "bytes=30000-", "bytes=50000-"]


def test_it_goes_on_in_a_later_process_too(place: Place, tmp_path: Path, httpserver: HTTPServer) -> None:
    place.break_after = [30_000] + [0] * 5
    with Fetcher(tmp_path, wait=0.001) as first, pytest.raises(InputError, match="could not be fetched"):
        first.get(httpserver.url_for("/register.zip"))
    place.requests.clear()
    with Fetcher(tmp_path, wait=0.001) as second:
        assert second.get(httpserver.url_for("/register.zip")).read_bytes() == CONTENT
    assert place.requests[0]["Range"] == "bytes=30000-"


def test_a_file_that_changed_between_attempts_starts_anew(
    place: Place, fetcher: Fetcher, httpserver: HTTPServer
) -> None:
    new = CONTENT[::-1]

    def change(request: Request) -> Response:
        answer = place(request)
        place.content, place.etag = new, '"two"'
        return answer

    httpserver.clear()
    httpserver.expect_request("/register.zip").respond_with_handler(change)
    place.break_after = [30_000]
    assert fetcher.get(httpserver.url_for("/register.zip")).read_bytes() == new


def test_a_server_without_ranges_is_asked_for_the_whole(place: Place, fetcher: Fetcher, httpserver: HTTPServer) -> None:
    place.speaks_range = False
    place.break_after = [30_000]
    assert fetcher.get(httpserver.url_for("/register.zip")).read_bytes() == CONTENT


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_given_the_time_it_asks_for(
    place: Place, fetcher: Fetcher, httpserver: HTTPServer, status: int
) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    place.busy = [(status, "0"), (status, soon), (status, "")]
    assert fetcher.get(httpserver.url_for("/register.zip")).read_bytes() == CONTENT
    assert len(place.requests) == 4


def test_a_server_that_asks_for_hours_is_left_alone(place: Place, fetcher: Fetcher, httpserver: HTTPServer) -> None:
    place.busy = [(429, "7200")]
    with pytest.raises(InputError, match="120 minutes"):
        fetcher.get(httpserver.url_for("/register.zip"))


def test_what_did_not_change_is_not_fetched_again(place: Place, fetcher: Fetcher, httpserver: HTTPServer) -> None:
    first = fetcher.get(httpserver.url_for("/register.zip"))
    assert fetcher.get(httpserver.url_for("/register.zip")) == first
    assert place.requests[1]["If-None-Match"] == '"one"'


def test_without_a_network_the_stored_file_is_used(place: Place, fetcher: Fetcher, httpserver: HTTPServer) -> None:
    address = httpserver.url_for("/register.zip")
    first = fetcher.get(address)
    place.busy = [(503, "0")] * 6
    assert fetcher.get(address) == first
    assert "is used" in fetcher.notes[0]


def test_other_schemes_and_redirects_to_them_are_refused(fetcher: Fetcher, httpserver: HTTPServer) -> None:
    for address in ("ftp://127.0.0.1/x", "file:///etc/passwd", "http://example.org/x"):
        with pytest.raises(InputError, match="only addresses"):
            fetcher.get(address)
    httpserver.expect_request("/away").respond_with_data("", 302, headers={"Location": "file:///etc/passwd"})
    with pytest.raises(InputError, match="another scheme"):
        fetcher.get(httpserver.url_for("/away"))
    httpserver.expect_request("/round").respond_with_data("", 302, headers={"Location": "/round"})
    with pytest.raises(InputError, match="more than 5 times"):
        fetcher.get(httpserver.url_for("/round"))


def test_a_redirect_within_the_scheme_is_followed(place: Place, fetcher: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data("", 301, headers={"Location": "/register.zip"})
    assert fetcher.get(httpserver.url_for("/old")).read_bytes() == CONTENT


def test_a_file_beyond_the_limit_is_refused(place: Place, tmp_path: Path, httpserver: HTTPServer) -> None:
    with Fetcher(tmp_path, max_bytes=1000) as small, pytest.raises(InputError, match=r"more than the 1,000"):
        small.get(httpserver.url_for("/register.zip"))


def test_a_web_page_or_a_missing_file_is_no_register(fetcher: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/page").respond_with_data("<html>", content_type="text/html")
    with pytest.raises(InputError, match="web page"):
        fetcher.get(httpserver.url_for("/page"))
    with pytest.raises(InputError, match="status 404"):
        httpserver.expect_request("/gone").respond_with_data("", 404)
        fetcher.get(httpserver.url_for("/gone"))
