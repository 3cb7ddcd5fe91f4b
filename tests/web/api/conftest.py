"""Programs that ask the API: with a token of somebody with roles in a place, or with none."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bygd.web.api.v1 import often

ALL = ("read", "decide", "import")


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(often, "most", 1_000_000)


@pytest.fixture
def anchors(place: Any) -> list[str]:
    return sorted({entry.source for entry in place.project.ledgers})


@pytest.fixture
def token() -> Callable[..., str]:
    from bygd.web.people import tokens
    from bygd.web.people.words import Scope

    def made(person: Any, *scopes: str, lasts: timedelta = timedelta(days=1)) -> str:
        return tokens.make(person, "test", [Scope(scope) for scope in scopes or ALL], lasts)

    return made


@pytest.fixture
def program(somebody: Callable[..., Any], token: Callable[..., str]) -> Callable[..., Client]:
    """A client with a token: `program(place, "analyst", anchors=["X"], scopes=["read"])`."""

    def made(place: Any = None, *roles: str, anchors: Any = (), scopes: Any = ALL) -> Client:
        secret = token(somebody(place, *roles, anchors=anchors), *scopes)
        return Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {secret}")

    return made
