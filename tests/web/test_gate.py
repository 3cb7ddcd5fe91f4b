"""Every view says who may ask for it; who is nothing in a place does not learn that it exists."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bygd.web.outside import PATHS


def routes(patterns: Any = None, before: str = "/") -> Iterator[tuple[str, Any]]:
    for one in patterns if patterns is not None else get_resolver("bygd.web.urls").url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern), one.callback


def views() -> list[Any]:
    return [view for _route, view in routes()]


def test_every_view_of_the_web_says_what_it_needs() -> None:
    ours = [view for view in views() if not view.__module__.startswith(("allauth.", "ninja.", "django."))]
    assert len(ours) > 5
    assert [f"{view.__module__}.{view.__qualname__}" for view in ours if not hasattr(view, "needs")] == []


def test_forms_without_a_secret_of_the_session_are_taken_only_where_no_session_is_read() -> None:
    free = [(route, view) for route, view in routes() if getattr(view, "csrf_exempt", False)]
    assert len(free) > 10
    assert [route for route, _view in free if not route.startswith(PATHS)] == []


@pytest.mark.django_db
def test_a_place_is_not_there_for_strangers(place: Any, signed_in: Callable[..., Client]) -> None:
    address = f"/p/{place.slug}/"
    assert Client(SERVER_NAME="localhost").get(address).status_code == 302
    assert signed_in().get(address).status_code == 404
    assert signed_in(place, "reader").get(address).status_code == 200
    assert signed_in(place, "reader").get("/p/no-such-place/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen", "back"),
    [
        ("http://localhost/p/somewhere/review/7?page=2", "/p/somewhere/review/7%3Fpage%3D2"),
        ("https://elsewhere.example/p/x", "/"),
        ("", "/"),
    ],
)
def test_who_signs_in_comes_back_to_the_page_and_not_to_a_part_of_it(place: Any, seen: str, back: str) -> None:
    """A part of a page has no frame, and what a form is sent to is no page at all."""
    client, address = Client(SERVER_NAME="localhost"), f"/p/{place.slug}/plan/meetings/1/phase"
    part = client.get(address, headers={"HX-Request": "true", "HX-Current-URL": seen})
    assert part["HX-Redirect"] == f"/account/login/?next={back}"
    sent = client.post(address, headers={"Referer": seen})
    assert sent.status_code == 302 and sent["Location"] == f"/account/login/?next={back}"


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so(own_place: Any, signed_in: Callable[..., Client]) -> None:
    answer = signed_in(own_place, "facilitator").get(f"/p/{own_place.slug}/plan/meetings/1/phase")
    page = answer.content.decode()
    assert answer.status_code == 405 and "only takes what a form sends" in page
    assert f'href="/p/{own_place.slug}/"' in page
