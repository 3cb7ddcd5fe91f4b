"""The audit log: read by administrators alone, filtered, downloaded, and never changed."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from bygd.web.people import log
from bygd.web.people.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(place: Any, somebody: Callable[..., Any]) -> tuple[Any, Any]:
    """Two people who did things."""
    anna, bo = somebody(place, "analyst", email="anna@example.org"), somebody(place, "buyer", email="bo@example.org")
    for number in range(60):
        Event.objects.create(place=place, person=anna, did="built", about=f"build {number}")
    Event.objects.create(place=place, person=bo, did=log.SIGNED_IN)
    Event.objects.create(place=None, person=bo, did=log.CHANGED_PASSWORD)
    Event.objects.create(place=None, person=somebody(), did=log.CHANGED_PASSWORD, about="elsewhere")
    return anna, bo


def test_pages_and_filters(
    place: Any, told: tuple[Any, Any], signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client, anna = signed_in(place, "administrator"), told[0]
    with django_assert_max_num_queries(14):
        first = client.get(f"/p/{place.slug}/log/").content.decode()
    assert first.count("<tr>") == 51 and "Page 1 of 2" in first and "changed the password" in first
    assert "elsewhere" not in first, "what people of other places did in none is not this place's"
    hers = client.get(f"/p/{place.slug}/log/?person={anna.pk}&did=built&page=2").content.decode()
    assert hers.count("<tr>") == 11 and "<td>bo<" not in hers and f"person={anna.pk}&amp;did=built" in hers
    assert "Nothing was done" in client.get(f"/p/{place.slug}/log/?to=2001-01-01").content.decode()
    assert client.get(f"/p/{place.slug}/log/?from=today&page=x&person=y").status_code == 200


def test_in_other_languages_too(place: Any, told: tuple[Any, Any], signed_in: Callable[..., Client]) -> None:
    page = signed_in(place, "administrator").get(f"/p/{place.slug}/log/?lang=sv").content.decode()
    assert "loggade in" in page and "signed in" not in page.split("<tbody>")[1].split("</tbody>")[0]


def test_download(place: Any, told: tuple[Any, Any], signed_in: Callable[..., Client]) -> None:
    Event.objects.create(place=place, did="built", about="=HYPERLINK(1)")
    answer = signed_in(place, "administrator").get(f"/p/{place.slug}/log/csv?did=built")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "When,By whom,What,Whom,About" and text.count("\n") == 62
    assert "'=HYPERLINK" in text, "no cell is a formula"
    assert Event.objects.filter(did=log.READ_LOG).count() == 1


@pytest.mark.parametrize("path", ["log/", "log/csv"])
@pytest.mark.parametrize("role", ["reader", "analyst", "buyer", "facilitator"])
def test_for_administrators_only(place: Any, signed_in: Callable[..., Client], path: str, role: str) -> None:
    assert signed_in(place, role).get(f"/p/{place.slug}/{path}").status_code == 403


def test_the_program_refuses_to_change_it(place: Any) -> None:
    event = Event.objects.create(place=place, did="built")
    for change in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(did="x")):
        with pytest.raises(TypeError, match="never changed"):
            change()


@pytest.mark.parametrize("statement", ["UPDATE people_event SET did = 'x'", "DELETE FROM people_event"])
def test_the_database_refuses_to_change_it(place: Any, statement: str) -> None:
    """Tests empty the log between them; here it is shut again, as it is everywhere else."""
    Event.objects.create(place=place, did="built")
    with connection.cursor() as cursor:
        for command in import_module("bygd.web.people.migrations.0002_append_only").SHUT[connection.vendor]:
            cursor.execute(command)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get().did == "built"
    Event.objects.create(place=place, did="built on")


def test_who_or_where_something_was_done_cannot_be_taken_out_from_under_it(
    place: Any, somebody: Callable[..., Any]
) -> None:
    from django.db.models import ProtectedError

    anna = somebody(place)
    Event.objects.create(place=place, person=anna, did="built")
    for one in (anna, place):
        with pytest.raises(ProtectedError):
            one.delete()
