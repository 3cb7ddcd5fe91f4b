"""The web in this process: Django set up once, over the small register or over an address of its own."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from tests.lib import small_register

from bygd.workbench.reconciliation import Register
from bygd.workbench.reconciliation.held import hold


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with small_register.opened(tmp_path_factory.mktemp("served")) as register:
        yield register


@pytest.fixture(scope="session")
def django_ready() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bygd.web.settings"
    import django

    django.setup()


@pytest.fixture
def client(django_ready: None, served: Register) -> Any:
    from django.test import Client

    hold(served)
    return Client(SERVER_NAME="localhost")
