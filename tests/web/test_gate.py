"""Every view says who may ask for it; who is nothing in a place does not learn that it exists."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver


def views(patterns: Any = None) -> Iterator[Any]:
    for one in patterns if patterns is not None else get_resolver("bygd.web.urls").url_patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield one.callback


def test_every_view_of_the_web_says_what_it_needs() -> None:
    ours = [view for view in views() if not view.__module__.startswith(("allauth.", "ninja.", "django."))]
    assert len(ours) > 5
    assert [f"{view.__module__}.{view.__qualname__}" for view in ours if not hasattr(view, "needs")] == []


@pytest.mark.django_db
def test_a_place_is_not_there_for_strangers(place: Any, signed_in: Callable[..., Client]) -> None:
    address = f"/p/{place.slug}/"
    assert Client(SERVER_NAME="localhost").get(address).status_code == 302
    assert signed_in().get(address).status_code == 404
    assert signed_in(place, "reader").get(address).status_code == 200
    assert signed_in(place, "reader").get("/p/no-such-place/").status_code == 404
