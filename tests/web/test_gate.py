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
