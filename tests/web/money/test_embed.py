"""Embeds: what was published and nothing else, without cookies, in anybody's frame."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bygd.workbench import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(own_place: Any) -> Any:
    own_place.published = snapshot.current(own_place.project).id
    own_place.save()
    return own_place


def at(place: Any, chart: str) -> str:
    return f"/p/{place.slug}/embed/{chart}"


def test_nothing_is_embedded_before_it_is_published(own_place: Any, signed_in: Callable[..., Client]) -> None:
    for browser in (Client(SERVER_NAME="localhost"), signed_in(own_place, "analyst")):
        assert browser.get(at(own_place, "definitions")).status_code == 404
    own_place.published = "0123456789ab"  # a snapshot that is gone
    own_place.save()
    assert Client(SERVER_NAME="localhost").get(at(own_place, "definitions")).status_code == 404


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
def test_an_embed_stands_by_itself(published: Any, signed_in: Callable[..., Client], language: str) -> None:
    for browser in (Client(SERVER_NAME="localhost"), signed_in(published, "analyst")):
        answer = browser.get(at(published, f"definitions?lang={language}"))
        text = answer.content.decode()
        assert answer.status_code == 200 and not answer.cookies
        assert "X-Frame-Options" not in answer and "Cookie" not in answer.get("Vary", "")
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert f'<html lang="{language}">' in text and "<svg" in text and "<table" in text
        assert "src=" not in text and "<link" not in text and "<script" not in text
        again = browser.get(at(published, f"definitions?lang={language}"), headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304


def test_pictures_and_what_is_not_there(published: Any) -> None:
    browser = Client(SERVER_NAME="localhost")
    assert browser.get(at(published, "flow.svg")).content.startswith(b"<svg")
    png = browser.get(at(published, "rings.png?width=narrow"))
    assert png.content[:4] == b"\x89PNG" and not png.cookies
    assert browser.get(at(published, "no-such")).status_code == 404
    assert browser.get(at(published, "trend?by=branch")).status_code == 404, "by another definition it would give away"
    assert browser.get(at(published, "definitions?by=nonsense&within=nonsense&lang=xx")).status_code == 200
    assert browser.post(at(published, "definitions")).status_code == 405


def test_who_works_here_is_told_how_to_embed(published: Any, signed_in: Callable[..., Client]) -> None:
    browser = signed_in(published, "reader")
    text = browser.get(f"/p/{published.slug}/money/flow").content.decode()
    assert f"http://localhost{at(published, 'rings')}?" in text
    published.published = ""
    published.save()
    assert "/embed/" not in browser.get(f"/p/{published.slug}/money/flow").content.decode()
