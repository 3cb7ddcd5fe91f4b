"""Caller, against a server on this machine that is busy, fails, breaks off and goes away."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bygd.sources.errors import InputError
from bygd.sources.patience import AGENT
from bygd.sources.statistics.caller import MARGIN, Caller, Limit, Refused


class Service:
    """Answers with a list, after the faults it is given."""

    def __init__(self) -> None:
        self.faults: list[Response] = []
        self.requests: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.requests.append(request)
        return self.faults.pop(0) if self.faults else Response("[1, 2]", content_type="application/json")


@pytest.fixture
def service(httpserver: HTTPServer) -> Service:
    found = Service()
    httpserver.expect_request("/data").respond_with_handler(found)
    return found


def test_an_answer_is_kept_with_its_day_and_taken_within_the_pass(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    began = datetime.now(UTC) - timedelta(seconds=5)
    address = httpserver.url_for("/data?a=1")
    with Caller(tmp_path, since=began) as caller:
        assert caller.get(address).json() == [1, 2]
    with Caller(tmp_path, since=began) as caller:
        again = caller.get(address)
        assert (again.json(), again.is_stored, caller.calls) == ([1, 2], True, 0)
    assert len(service.requests) == 1
    assert service.requests[0].headers["User-Agent"] == AGENT
    with Caller(tmp_path, since=datetime.now(UTC) + timedelta(seconds=5)) as caller:
        assert not caller.get(address).is_stored
    assert len(service.requests) == 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again_when_it_said(
    httpserver: HTTPServer, service: Service, tmp_path: Path, status: int
) -> None:
    service.faults = [Response("busy", status, headers={"Retry-After": "0"}), Response("oops", 500)]
    with Caller(tmp_path, wait=0.01) as caller:
        assert caller.get(httpserver.url_for("/data")).json() == [1, 2]
    assert len(service.requests) == 3


def test_a_service_that_wants_an_hour_is_not_waited_for(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    service.faults = [Response("busy", 429, headers={"Retry-After": "3600"})]
    with Caller(tmp_path) as caller, pytest.raises(InputError, match="come back in 60 minutes"):
        caller.get(httpserver.url_for("/data"))


def test_an_answer_that_breaks_off_is_asked_for_again_and_never_kept(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    service.faults = [Response('{"value": [1, 2', content_type="application/json")]
    with Caller(tmp_path, wait=0.01) as caller:
        assert caller.get(httpserver.url_for("/data")).json() == [1, 2]
        assert caller.calls == 2


def test_a_refusal_says_why_and_is_not_asked_again(httpserver: HTTPServer, service: Service, tmp_path: Path) -> None:
    service.faults = [Response("Too many cells", 403)]
    with Caller(tmp_path) as caller, pytest.raises(Refused, match="status 403: Too many cells"):
        caller.get(httpserver.url_for("/data"))
    assert len(service.requests) == 1


def test_away_from_the_network_the_kept_answer_is_used_and_told(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    address = httpserver.url_for("/data")
    with Caller(tmp_path) as caller:
        caller.get(address)
    service.faults = [Response("", 503) for _ in range(6)]
    with Caller(tmp_path, wait=0.0) as caller:
        assert caller.get(address).is_stored
        assert "could not be reached" in caller.notes[0]
    with Caller(tmp_path, offline=True) as caller:
        assert caller.get(address).json() == [1, 2]
        with pytest.raises(InputError, match="never fetched"):
            caller.get(f"{address}?other")
        assert caller.calls == 0


def test_a_service_that_is_away_is_not_asked_a_hundred_times(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    service.faults = [Response("", 503) for _ in range(1000)]
    with Caller(tmp_path, wait=0.0, limits={f"{httpserver.host}:{httpserver.port}": Limit(99, 1.0)}) as caller:
        for number in range(9):
            with pytest.raises(InputError, match="Try again later"):
                caller.get(httpserver.url_for(f"/data?{number}"))
    assert len(service.requests) == 12  # two addresses, six times each


def test_being_asked_to_wait_is_no_failure_however_often(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    """More often than a failure would be tried again, and at more addresses than would be given up after."""
    waits, told = list[float](), list[float]()
    service.faults = [Response("busy", 429, headers={"Retry-After": "7"}) for _ in range(9)]
    service.faults += [Response("busy", 429), Response('{"warning": "ASYNCHRONOUS_RESPONSE"}', 413)]
    host = f"{httpserver.host}:{httpserver.port}"
    with Caller(tmp_path, limits={host: Limit(99, 1.0)}, sleep=waits.append) as caller:
        caller.waiting = lambda _host, seconds: told.append(seconds)
        for number in range(3):
            assert caller.get(httpserver.url_for(f"/data?{number}"), later="ASYNCHRONOUS").json() == [1, 2]
    assert caller.waited[host] == sum(waits) >= 9 * 7 and max(waits) <= 5.0
    assert told[:3] == [7.0, 2.0, 7.0] and not caller.put_off and not caller.notes


def test_a_host_is_waited_for_so_long_in_all_and_then_left_for_later(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    began = datetime.now(UTC) - timedelta(seconds=5)
    host = f"{httpserver.host}:{httpserver.port}"
    kept = httpserver.url_for("/data?kept")
    with Caller(tmp_path) as caller:
        caller.get(kept)
    service.faults = [Response("busy", 429, headers={"Retry-After": "60"}) for _ in range(99)]
    with Caller(tmp_path, patience=150.0, limits={host: Limit(99, 1.0)}, sleep=lambda _: None) as caller:
        with pytest.raises(InputError, match="as long as we wait in one pass"):
            caller.get(httpserver.url_for("/data?1"))
        with pytest.raises(InputError, match="as long as we wait"):
            caller.get(httpserver.url_for("/data?2"))
        assert caller.get(kept).is_stored and "come back later" in caller.notes[0]
        assert list(caller.put_off) == [host] and caller.calls == 3
    service.faults = []
    with Caller(tmp_path, since=began, limits={host: Limit(99, 1.0)}) as caller:
        assert caller.get(kept).is_stored and caller.get(httpserver.url_for("/data?1")).json() == [1, 2]
        assert caller.calls == 1


def test_a_service_that_refuses_something_in_between_is_there(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    busy = [Response("", 503) for _ in range(6)]
    service.faults = [*busy, Response("no", 404), *busy]
    with Caller(tmp_path, wait=0.0, limits={f"{httpserver.host}:{httpserver.port}": Limit(99, 1.0)}) as caller:
        for number, error in enumerate((InputError, Refused, InputError)):
            with pytest.raises(error):
                caller.get(httpserver.url_for(f"/data?{number}"))
        assert caller.get(httpserver.url_for("/data?3")).json() == [1, 2]


def test_a_kept_answer_that_was_changed_on_disk_is_fetched_anew(
    httpserver: HTTPServer, service: Service, tmp_path: Path
) -> None:
    began = datetime.now(UTC) - timedelta(seconds=5)
    with Caller(tmp_path, since=began) as caller:
        caller.get(httpserver.url_for("/data"))
    (about,) = tmp_path.glob("*/*.json")
    about.write_text(json.dumps({**json.loads(about.read_text()), "sha256": "0" * 64}))
    with Caller(tmp_path, since=began) as caller:
        assert not caller.get(httpserver.url_for("/data")).is_stored


def test_no_host_is_asked_more_often_than_it_allows(httpserver: HTTPServer, service: Service, tmp_path: Path) -> None:
    now, waits = [100.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    host = f"{httpserver.host}:{httpserver.port}"
    with Caller(tmp_path, limits={host: Limit(3, 10.0)}, sleep=sleep, clock=lambda: now[0]) as caller:
        for number in range(7):
            caller.get(httpserver.url_for(f"/data?{number}"))
    assert waits == pytest.approx([10.0 + MARGIN, 10.0 + MARGIN])


def test_only_https_is_spoken_to_others(tmp_path: Path) -> None:
    with Caller(tmp_path) as caller, pytest.raises(InputError, match="https"):
        caller.get("http://example.org/data")
