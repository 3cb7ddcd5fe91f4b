"""The web's tests run on the database that was asked for."""

import os

import pytest


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    from django.db import connection

    assert connection.vendor == os.environ.get("BYGD_TEST_DATABASE", "sqlite")
