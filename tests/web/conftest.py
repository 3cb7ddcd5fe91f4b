"""The web in this process: the small register, the sample place, and people with roles in it."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.lib import copies, small_register

from bygd.workbench.reconciliation import Register
from bygd.workbench.reconciliation import held as holding


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Once more on PostgreSQL goes only what asks a database, and more of it than who asks for which place."""
    if os.environ.get("BYGD_TEST_DATABASE") == "postgresql":
        without = [
            one
            for one in items
            if only_asks_who(one) or not (one.get_closest_marker("django_db") or DATABASE & set(_wishes(one)))
        ]
        items[:] = [one for one in items if one not in set(without)]
        config.hook.pytest_deselected(items=without)


DATABASE = {"db", "transactional_db"}


WHO = {
    *(("SELECT", table) for table in ("django_session", "people_person", "people_membership", "places_place")),
    *(("INSERT", table) for table in ("django_session", "people_person", "people_membership", "places_place")),
    ("UPDATE", "django_session"),
    ("DELETE", "django_session"),  # who signs in gets a new one
    ("UPDATE", "people_person"),  # when they last came
}
"""What all pages ask of the database: who it is, in which place, and what they are there."""
STATEMENT = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)')


def only_asks_who(item: pytest.Item) -> bool:
    """Whether the nearest `asks_who` says so; `asks_who(more="…")` takes a test out that asks more than its file."""
    mark = item.get_closest_marker("asks_who")
    return mark is not None and "more" not in mark.kwargs


@pytest.fixture(autouse=True)
def asked(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that is not run on PostgreSQL since it `asks_who` asks nothing else: what it asks is looked at."""
    from django.db import connection

    if not only_asks_who(request.node):
        yield
        return
    found = set[tuple[str, str]]()

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found.update((sql.split(None, 1)[0].upper(), table) for table in STATEMENT.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield
    assert found, "it asks nothing of the database: the mark says nothing"
    assert found <= WHO, f"it asks more, and belongs on PostgreSQL as well: {sorted(found - WHO)}"


def _wishes(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Passwords are hashed by Argon2 with less work; else that is half of what the tests of people do."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"time_cost": 1, "memory_cost": 1024, "parallelism": 1}.items():
            patch.setattr(Argon2PasswordHasher, name, value)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database of tests may empty its audit log between tests; that a real one may not is tested by itself."""
    from importlib import import_module

    from django.db import connection

    shut = [import_module(f"bygd.web.{app}.migrations.0002_append_only") for app in ("people", "procurements.tenders")]
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for one in shut:
            one.open_again(None, editor)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with small_register.opened(tmp_path_factory.mktemp("served")) as register:
        yield register


@pytest.fixture
def client(served: Register, settings: Any) -> Any:
    """A client of the reconciliation service by itself."""
    from django.test import Client

    from bygd.web.reconciliation import settings as alone

    settings.ROOT_URLCONF = alone.ROOT_URLCONF
    settings.RECONCILE = alone.RECONCILE
    settings.MIDDLEWARE = alone.MIDDLEWARE
    settings.APPEND_SLASH = False
    settings.TEMPLATES = alone.TEMPLATES
    if not any(one is served for one in holding._held):  # holding asks it a query
        holding.hold(served)
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def place(db: None, built_sample: Path) -> Any:
    """The sample place with its snapshot, for reading only."""
    from bygd.web.places.register import register

    return register(built_sample)


@pytest.fixture
def own_place(db: None, built_sample: Path, tmp_path: Path) -> Any:
    """A copy of the sample place with its snapshot, to change."""
    from bygd.web.places.register import register

    return register(copies.copy(built_sample, tmp_path / "own"))


@pytest.fixture
def somebody(db: None) -> Callable[..., Any]:
    """Makes a person with roles in a place: `somebody(place, "analyst", anchors=["X"])`."""
    from bygd.web.people.models import Membership, Person

    def made(place: Any = None, *roles: str, anchors: Any = (), email: str = "") -> Person:
        address = email or f"{'-'.join(roles) or 'nobody'}-{Person.objects.count()}@example.org"
        person = Person.objects.create_user(address, name=address.split("@")[0])
        for role in roles:
            Membership.objects.create(person=person, place=place, role=role)
        for anchor in anchors:
            Membership.objects.create(person=person, place=place, role="anchor_member", anchor=anchor)
        return person

    return made


@pytest.fixture
def signed_in(somebody: Callable[..., Any]) -> Callable[..., Any]:
    """A client signed in as somebody with those roles: `signed_in(place, "analyst", anchors=["X"])`."""
    from django.test import Client

    def made(place: Any = None, *roles: str, anchors: Any = (), person: Any = None) -> Client:
        browser = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")
        browser.force_login(person or somebody(place, *roles, anchors=anchors))
        return browser

    return made
