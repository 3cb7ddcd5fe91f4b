"""The account: one's own name, tokens and data, and taking all of it away."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.people.conftest import PASSWORD, is_in, sign_in

from bygd.web.people import links, owndata, tokens
from bygd.web.people.models import Event, Membership, Person, Token
from bygd.web.people.words import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(place: Any, with_password: Callable[..., Any]) -> Any:
    person = with_password(place, "analyst", email="anna@example.org", anchors=["Fyrhamns kommun"])
    person.name = "Anna Berg"
    person.save()
    return person


@pytest.fixture
def hers(anna: Any, browser: Callable[..., Client]) -> Client:
    client = browser()
    sign_in(client, anna)
    return client


def test_only_for_who_is_signed_in(browser: Callable[..., Client]) -> None:
    for path in (
        "",
        "name",
        "tokens",
        "sessions",
        "data",
        "erase",
        "password/change/",
        "password/set/",
        "2fa/totp/activate/",
    ):
        answer = browser().get(f"/account/{path}")
        assert answer.status_code == 302 and answer.url.startswith("/account/login/"), path


def test_a_name_is_changed(anna: Any, hers: Client) -> None:
    assert hers.post("/account/name", {"name": ""}).status_code == 200
    hers.post("/account/name", {"name": "Anna Dal"}, follow=True)
    anna.refresh_from_db()
    assert anna.name == "Anna Dal" and anna.email == "anna@example.org"


def test_a_token_is_shown_once_and_ended(anna: Any, hers: Client) -> None:
    asked = {"name": "figures", "scopes": ["read", "decide"], "days": "30"}
    page = hers.post("/account/tokens", asked).content.decode()
    [token] = Token.objects.all()
    secret = page.split('class="secret">')[1].split("<")[0]
    assert tokens.find(secret) == (anna, {Scope.READ, Scope.DECIDE})
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
    again = hers.get("/account/tokens").content.decode()
    assert secret not in again and token.prefix in again
    hers.post(f"/account/tokens/{token.pk}/end")
    assert tokens.find(secret) is None


def test_a_token_without_scopes_or_end_is_not_made(hers: Client) -> None:
    for asked in ({"scopes": ["read"], "days": "9999"}, {"days": "30"}, {"scopes": ["everything"], "days": "30"}):
        assert hers.post("/account/tokens", {"name": "x", **asked}).status_code == 200
    assert not Token.objects.exists()


def test_nobody_ends_the_token_of_another(hers: Client, somebody: Callable[..., Any]) -> None:
    tokens.make(somebody(), "x", [Scope.READ], timedelta(days=1))
    assert hers.post(f"/account/tokens/{Token.objects.get().pk}/end").status_code == 404 and Token.objects.exists()


def test_all_data_about_oneself_and_no_secret(anna: Any, hers: Client, place: Any) -> None:
    secret = tokens.make(anna, "figures", [Scope.READ], timedelta(days=1))
    link = links.make(anna.email, place)
    answer = hers.get("/account/data")
    told = json.loads(answer.content)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert told["account"]["email"] == "anna@example.org" and told["account"]["name"] == "Anna Berg"
    assert {"place": place.name, "role": "anchor_member", "anchor": "Fyrhamns kommun"} in told["roles"]
    assert told["tokens"][0]["name"] == "figures" and told["sessions"] and told["links"] and told["did"]
    kept = [anna.password, secret, link, *Token.objects.values_list("secret_hash", flat=True)]
    assert not any(one in answer.content.decode() for one in kept)


def test_every_column_about_a_person_is_in_their_data_or_left_out_on_purpose() -> None:
    told = {"email", "name", "language", "joined_at", "last_login", "password"}
    kept = {"id", "is_active", "erased_at"}
    assert {field.name for field in Person._meta.get_fields() if field.concrete} == told | kept


def test_erasing_takes_name_and_address_out_of_everything(
    anna: Any, hers: Client, place: Any, signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    secret = tokens.make(anna, "figures", [Scope.READ], timedelta(days=1))
    hers.get("/account/data")
    assert "/reauthenticate/" in hers.post("/account/erase").url, "who it is, is asked again"
    hers.post("/account/reauthenticate/", {"password": PASSWORD})
    assert "person-" in hers.get("/account/erase").content.decode() and is_in(hers)
    assert hers.post("/account/erase").status_code == 200
    assert not is_in(hers) and tokens.find(secret) is None and not Membership.objects.filter(person=anna).exists()
    assert sign_in(browser(), anna).status_code == 200, "it does not let in"
    from django.apps import apps

    rows = [str(row) for model in apps.get_models() for row in model._default_manager.values()]
    assert not [row for row in rows if "anna" in row.casefold() or "Berg" in row]
    log = signed_in(place, "administrator").get(f"/p/{place.slug}/log/").content.decode()
    assert "anna@" not in log
    assert Event.objects.filter(person=anna, did="erased the account").exists()


def test_what_somebody_did_stays_under_a_label(anna: Any, place: Any, signed_in: Callable[..., Client]) -> None:
    from bygd.web.people import log, membership

    membership.give(anna, place, [("buyer", "")], anna)
    log.record(None, "built", place=place, whom=anna)
    owndata.erase(anna)
    page = signed_in(place, "administrator").get(f"/p/{place.slug}/log/").content.decode()
    assert f"erased ({anna.label})" in page


def test_the_only_administrator_is_not_erased(
    place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    chief = somebody(place, "administrator")
    answer = signed_in(person=chief).post("/account/erase")
    chief.refresh_from_db()
    assert chief.is_active and f"only administrator of {place.name}" in answer.content.decode()


def test_who_was_erased_may_be_invited_anew_as_somebody_new(anna: Any, place: Any) -> None:
    owndata.erase(anna)
    links.make("anna@example.org", place)
    new = Person.objects.get(email="anna@example.org")
    assert new.pk != anna.pk and new.is_active


def test_decisions_are_signed_with_labels_that_pages_show_as_names(anna: Any) -> None:
    from bygd.reports import Translator
    from bygd.web.people.written import signer

    translate = Translator("en")
    assert signer(anna.label, translate) == "Anna Berg"
    assert signer("Anna Berg", translate) == "Anna Berg" and signer("person-x", translate) == "person-x"
    owndata.erase(anna)
    assert signer(anna.label, translate) == f"erased ({anna.label})"
