"""An organisation's own login, against a provider on this machine that signs its tokens as real ones do."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from pytest_httpserver import HTTPServer
from tests.web.people.conftest import is_in
from werkzeug import Request, Response

from bygd.sources.errors import InputError
from bygd.web.people import links
from bygd.web.people.models import Membership, Person
from bygd.web.people.provider import from_environment
from bygd.web.people.words import Role

pytestmark = pytest.mark.django_db
LOGIN, CALLBACK = "/account/oidc/organisation/login/", "/account/oidc/organisation/login/callback/"


class Provider:
    """What the provider will say next; `claims` stand in the token, `told` in the other answer."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("").rstrip("/")
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signed_with = self.key
        self.claims: dict[str, Any] = {"sub": "u-1", "iss": self.url, "aud": "bygd", "exp": time.time() + 300}
        self.told: dict[str, Any] = {"sub": "u-1", "email": "anna@example.org", "email_verified": True, "name": "Anna"}
        self.challenge = ""
        where = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
        }
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        keys = {"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]}
        server.expect_request("/.well-known/openid-configuration").respond_with_json(where)
        server.expect_request("/keys").respond_with_json(keys)
        server.expect_request("/token", method="POST").respond_with_handler(self.token)
        server.expect_request("/userinfo").respond_with_handler(lambda _: self.json(self.told))

    def token(self, request: Request) -> Response:
        assert request.form["code"] == "the code" and request.form["code_verifier"], "PKCE"
        told = jwt.encode(self.claims, self.signed_with, algorithm="RS256", headers={"kid": "k1"})
        return self.json({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": told})

    @staticmethod
    def json(told: dict[str, Any]) -> Response:
        return Response(json.dumps(told), content_type="application/json")


@pytest.fixture
def provider(httpserver: HTTPServer, settings: Any) -> Iterator[Provider]:
    made = Provider(httpserver)
    settings.SOCIALACCOUNT_PROVIDERS = from_environment(
        {
            "BYGD_OIDC_URL": made.url,
            "BYGD_OIDC_CLIENT_ID": "bygd",
            "BYGD_OIDC_SECRET": "s",
            "BYGD_OIDC_NAME": "Kommunen",
        }
    )
    yield made
    httpserver.check_assertions()


def through(client: Client) -> Any:
    """There and back again; the answer to the way back."""
    onward = client.post(LOGIN)
    assert onward.status_code == 200, "a page of ours, not a redirect that our own rules would stop"
    asked = parse_qs(urlsplit(onward.headers["Refresh"].partition("url=")[2]).query)
    assert asked["redirect_uri"] == [f"http://localhost{CALLBACK}"] and asked["code_challenge_method"] == ["S256"]
    return client.get(CALLBACK, {"code": "the code", "state": asked["state"][0]})


def test_it_is_offered_where_it_is_configured(browser: Callable[..., Client], provider: Provider) -> None:
    page = browser().get("/account/login/").content.decode()
    assert "Sign in with Kommunen" in page and f'action="{LOGIN}"' in page


def test_who_is_invited_comes_in_with_what_they_were_invited_to(
    browser: Callable[..., Client], provider: Provider, place: Any
) -> None:
    links.make("Anna@example.org", place, [(Role.ANALYST, "")])
    client = browser()
    assert through(client).url == "/" and is_in(client)
    assert list(Membership.objects.values_list("person__email", "role")) == [("anna@example.org", "analyst")]
    assert SocialAccount.objects.get().extra_data == {}, "nothing but who it is is kept"


def test_from_then_on_they_are_known_by_what_the_provider_calls_them(
    browser: Callable[..., Client], provider: Provider, somebody: Callable[..., Any]
) -> None:
    anna = somebody(email="anna@example.org")
    through(browser())
    provider.told |= {"email": "anna.new.name@example.org", "email_verified": False}
    client = browser()
    through(client)
    assert is_in(client) and SocialAccount.objects.get().user == anna and Person.objects.count() == 1


def refused(client: Client) -> None:
    answer = through(client)
    assert answer.status_code in (401, 403), answer.status_code
    assert not is_in(client) and not SocialAccount.objects.exists()


def test_nobody_else_comes_in_and_no_account_is_made(browser: Callable[..., Client], provider: Provider) -> None:
    refused(browser())
    assert not Person.objects.exists()


@pytest.mark.parametrize("verified", [False, None, "false"])
def test_an_address_that_the_provider_has_not_verified_is_nobodys(
    browser: Callable[..., Client], provider: Provider, somebody: Callable[..., Any], verified: Any
) -> None:
    somebody(email="anna@example.org")
    provider.told["email_verified"] = verified
    refused(browser())


def test_domains_that_the_provider_answers_for(
    browser: Callable[..., Client], provider: Provider, somebody: Callable[..., Any], settings: Any
) -> None:
    somebody(email="anna@example.org")
    somebody(email="bo@elsewhere.org")
    del provider.told["email_verified"]
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["verified_email"] = ["example.org"]
    client = browser()
    through(client)
    assert is_in(client)
    other = browser()
    provider.told |= {"email": "bo@elsewhere.org", "sub": "u-2"}
    provider.claims["sub"] = "u-2"
    through(other)
    assert not is_in(other)


def test_who_is_shut_out_stays_out(
    browser: Callable[..., Client], provider: Provider, somebody: Callable[..., Any]
) -> None:
    anna = somebody(email="anna@example.org")
    through(browser())
    anna.is_active = False
    anna.save()
    client = browser()
    through(client)
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another"}, {"iss": "https://evil.example.org"}, {"exp": 1}, {"sub": "somebody else"}],
    ids=["for another", "of another", "too old", "about another"],
)
def test_a_token_that_is_not_for_us_and_now_and_about_them_is_refused(
    browser: Callable[..., Client], provider: Provider, somebody: Callable[..., Any], claims: dict[str, Any]
) -> None:
    somebody(email="anna@example.org")
    provider.claims |= claims
    refused(browser())


def test_a_token_signed_by_somebody_else_is_refused(
    browser: Callable[..., Client], provider: Provider, somebody: Callable[..., Any]
) -> None:
    somebody(email="anna@example.org")
    provider.signed_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    refused(browser())


def test_coming_back_without_having_left_is_refused(
    browser: Callable[..., Client], provider: Provider, somebody: Callable[..., Any]
) -> None:
    somebody(email="anna@example.org")
    client = browser()
    assert client.get(CALLBACK, {"code": "the code", "state": "guessed"}).status_code == 401 and not is_in(client)


def test_stopping_half_way_and_a_provider_that_is_down(
    browser: Callable[..., Client], provider: Provider, settings: Any
) -> None:
    client = browser()
    asked = parse_qs(urlsplit(client.post(LOGIN).headers["Refresh"].partition("url=")[2]).query)
    answer = client.get(CALLBACK, {"error": "access_denied", "state": asked["state"][0]}, follow=True)
    assert "You stopped" in answer.content.decode()
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    assert "did not answer as it should" in client.post(LOGIN).content.decode()


def test_leaving_for_the_provider_needs_a_press_of_a_button(browser: Callable[..., Client], provider: Provider) -> None:
    assert browser().get(LOGIN).status_code == 405 and browser(checks=True).post(LOGIN).status_code == 403


def test_what_is_configured_wrongly_is_told() -> None:
    url = {"BYGD_OIDC_URL": "https://login.example.org"}
    with pytest.raises(InputError, match="BYGD_OIDC_CLIENT_ID, BYGD_OIDC_SECRET"):
        from_environment(url)
    known = {"BYGD_OIDC_CLIENT_ID": "a", "BYGD_OIDC_SECRET": "b"}
    with pytest.raises(InputError, match="https"):
        from_environment({"BYGD_OIDC_URL": "http://login.example.org", **known})
    assert from_environment({}) == {}
    [app] = from_environment({**url, **known})["openid_connect"]["APPS"]
    assert app["name"] == "login.example.org"
