"""Public pages: what was published and nothing else, to anybody, without a cookie."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bygd.web.places.published import folder, publish, withdraw
from bygd.workbench import snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("published")]


@pytest.fixture
def anybody() -> Client:
    return Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="nl")


@pytest.fixture
def open_place(place: Any) -> Any:
    publish(place, snapshot.current(place.project).id)
    return place


def test_nothing_is_public_before_it_is_published(place: Any, anybody: Client) -> None:
    assert anybody.get(f"/open/{place.slug}/").status_code == 404
    assert anybody.get(f"/open/{place.slug}/en/index.html").status_code == 404
    assert f'href="/open/{place.slug}/"' not in anybody.get("/open/").content.decode()


def test_anybody_reads_what_was_published(open_place: Any, anybody: Client) -> None:
    assert f'href="/open/{open_place.slug}/"' in anybody.get("/open/").content.decode()
    assert f"/open/{open_place.slug}/" in anybody.get("/").content.decode()
    first = anybody.get(f"/open/{open_place.slug}/")
    assert first.status_code == 302 and first["Location"] == f"/open/{open_place.slug}/nl/index.html"
    assert first["Vary"] == "Accept-Language"
    page = anybody.get(first["Location"])
    assert page.status_code == 200 and page["Content-Language"] == "nl"
    assert '<html lang="nl">' in page.content.decode() and "<script" not in page.content.decode()


def test_every_link_of_the_pages_leads_somewhere_and_sets_no_cookie(
    open_place: Any, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in(open_place, "reader")
    browser.cookies["language"] = "sv"
    for language in ("sv", "nl", "en"):
        base = f"/open/{open_place.slug}/{language}/"
        found = set(re.findall(r'(?:href|src)="([^"#]+)"', browser.get(base).content.decode()))
        assert len(found) > 15
        for address in found - {"data:,"}:
            answer = browser.get(f"{base}{address}" if "://" not in address else base)
            assert answer.status_code == 200, address
            assert not answer.cookies and "Cookie" not in answer.get("Vary", ""), address


def test_what_is_not_of_the_site_is_not_served(open_place: Any, anybody: Client) -> None:
    home = folder(open_place)
    assert home is not None
    (home / "secret.key").write_text("x")
    (home.parent / "other.json").write_text("{}")
    for path in ("secret.key", "../other.json", "..%2fother.json", "en/../../other.json", "en", "en/nothing.csv"):
        assert anybody.get(f"/open/{open_place.slug}/{path}").status_code == 404, path
    (home / "secret.key").unlink()


def test_a_page_that_is_known_is_not_sent_again(open_place: Any, anybody: Client) -> None:
    address = f"/open/{open_place.slug}/figures.json"
    first = anybody.get(address)
    assert json.loads(first.content)["audience"] == "public" and first["Access-Control-Allow-Origin"] == "*"
    again = anybody.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304 and not again.content
    assert anybody.post(address).status_code == 405


def test_what_is_taken_back_is_gone(open_place: Any, anybody: Client) -> None:
    withdraw(open_place)
    assert anybody.get(f"/open/{open_place.slug}/figures.json").status_code == 404


def test_a_snapshot_that_is_not_there_is_not_published(place: Any) -> None:
    from bygd.sources.errors import InputError

    for name in ("nothing", "../current", ""):
        with pytest.raises(InputError):
            publish(place, name)
    place.refresh_from_db()
    assert place.published == ""


def test_what_was_published_stays_when_its_snapshot_is_gone(own_place: Any, anybody: Client) -> None:
    import shutil

    name = snapshot.current(own_place.project).id
    publish(own_place, name)
    shutil.rmtree(own_place.project.state / "snapshots" / name)
    assert anybody.get(f"/open/{own_place.slug}/figures.json").status_code == 200
    shutil.rmtree(own_place.project.state / "published")
    assert anybody.get(f"/open/{own_place.slug}/figures.json").status_code == 404
