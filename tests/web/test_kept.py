"""What was written is not lost to who was signed out meanwhile; what another site sent is not offered again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

OURS = {"origin": "http://localhost"}
ADDRESS = "/p/{}/plan/meetings/new"
FORM = {
    "kind": "open",
    "title": "Stormöte om maten",
    "question": "Vad äter vi i skolan?",
    "about": 'Ett "långt" <b>stycke</b> om kök och åkrar.',
    "vote": "dots",
    "dots": "3",
    "cards": "60",
    "language": "sv",
}


@pytest.mark.django_db
def test_who_is_signed_out_sends_the_same_form_after_signing_in(place: Any, somebody: Callable[..., Any]) -> None:
    address, client = ADDRESS.format(place.slug), Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    person = somebody(place, "facilitator")
    client.get("/account/login/")
    before = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    answer = client.post(address, FORM | before, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403 and answer["Cache-Control"] == "no-store"
    assert 'name="title" value="Stormöte om maten"' in page and "&lt;b&gt;stycke&lt;/b&gt;" in page
    assert 'target="_blank"' in page and f'action="{address}"' in page

    client.force_login(person)
    client.cookies["csrftoken"] = "b" * 32  # signing in changes the secret of forms
    answer = client.post(address, FORM | before, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403 and 'name="title" value="Stormöte om maten"' in page
    assert 'target="_blank"' not in page
    after = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = client.post(address, FORM | {"csrfmiddlewaretoken": after}, headers=OURS)
    assert answer.status_code == 302 and "/plan/meetings/" in answer.url


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}])
def test_a_form_of_another_site_is_not_offered_again(
    place: Any, somebody: Callable[..., Any], headers: dict[str, str]
) -> None:
    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    client.force_login(somebody(place, "facilitator"))
    answer = client.post(ADDRESS.format(place.slug), FORM, headers=headers)
    assert answer.status_code == 403 and "Stormöte om maten" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["password1", "old-password", "recovery_code", "token"])
def test_secrets_are_put_into_no_page(place: Any, name: str) -> None:
    client = Client(SERVER_NAME="localhost")
    answer = client.post(ADDRESS.format(place.slug), FORM | {name: "hemligt ord"}, headers=OURS)
    assert answer.status_code == 302 and answer.url.startswith("/account/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["code", "postcodes", "cpv_code", "org_codes"])
def test_codes_that_are_no_secrets_are_kept(place: Any, name: str) -> None:
    """A list of postcodes, a card's code, codes of goods: what somebody typed for an hour."""
    client = Client(SERVER_NAME="localhost")
    answer = client.post(ADDRESS.format(place.slug), FORM | {name: "272 31 Simrishamn"}, headers=OURS)
    assert answer.status_code == 403 and f'name="{name}" value="272 31 Simrishamn"' in answer.content.decode()


@pytest.mark.django_db
def test_the_code_one_signs_in_with_is_put_into_no_page(place: Any) -> None:
    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    answer = client.post("/account/login/", {"login": "a@example.org", "code": "271828 314"}, headers=OURS)
    assert answer.status_code == 403 and "271828" not in answer.content.decode()
