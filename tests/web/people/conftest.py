"""People who sign in by password, and links read from pages and mails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

PASSWORD = "correct horse battery staple"
LINK = re.compile(r"/account/enter/[\w-]+")


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    """Attempts at signing in are counted in the cache; none of an earlier test is left."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def browser() -> Callable[..., Client]:
    """A browser of somebody who is not signed in; with `checks` it must send what keeps other sites' forms out."""

    def made(checks: bool = False) -> Client:
        return Client(enforce_csrf_checks=checks, SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")

    return made


@pytest.fixture
def with_password(somebody: Callable[..., Any]) -> Callable[..., Any]:
    """Somebody who has a password (`PASSWORD`)."""

    def made(*args: Any, **kwargs: Any) -> Any:
        person = somebody(*args, **kwargs)
        person.set_password(PASSWORD)
        person.save()
        return person

    return made


def sign_in(client: Client, person: Any, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": person.email, "password": password})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200
