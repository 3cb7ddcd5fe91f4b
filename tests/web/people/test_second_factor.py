"""Two-factor sign-in: turned on with an app, asked for at every door, and recovered from."""

import base64
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from tests.web.people.conftest import PASSWORD, is_in, sign_in

from bygd.web.people import links
from bygd.web.people.models import Event

pytestmark = pytest.mark.django_db
ON = "/account/2fa/totp/activate/"
CODES = "/account/2fa/recovery-codes/"


def code(secret: str, later: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def prove(client: Client) -> None:
    """Show once more that it is oneself, as before everything grave."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def turn_on(client: Client) -> str:
    """Turn it on; the key of the app."""
    page = client.get(ON).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret, page
    assert client.post(ON, {"code": code(secret[1])}).url == CODES
    return secret[1]


@pytest.fixture
def anna(with_password: Callable[..., Any]) -> Any:
    return with_password(email="anna@example.org")


@pytest.fixture
def hers(anna: Any, browser: Callable[..., Client]) -> Client:
    client = browser()
    sign_in(client, anna)
    prove(client)
    return client


def test_the_picture_of_the_key_may_be_shown_under_our_rules(hers: Client) -> None:
    answer = hers.get(ON)
    picture = re.search(r'<img [^>]*src="data:image/svg\+xml;base64,([^"]+)"', answer.content.decode())
    assert picture and b"<svg" in base64.b64decode(picture[1])
    assert "data:" in answer.headers["Content-Security-Policy"].split("img-src")[1].split(";")[0]
    assert "style=" not in answer.content.decode()


def test_it_is_asked_for_after_the_password(
    anna: Any, hers: Client, browser: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret = turn_on(hers)
    client = browser()
    assert sign_in(client, anna).url.startswith("/account/2fa/authenticate/") and not is_in(client)
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode() and not is_in(client)
    client.post("/account/2fa/authenticate/", {"code": code(secret, 1)})
    assert is_in(client)
    assert Event.objects.filter(did="turned the second factor on").exists()


def test_it_is_asked_for_after_a_link_too(anna: Any, hers: Client, browser: Callable[..., Client]) -> None:
    turn_on(hers)
    client = browser()
    client.post(f"/account/enter/{links.make(anna.email)}")
    assert not is_in(client)


def test_a_link_to_start_anew_takes_it_away(anna: Any, hers: Client, browser: Callable[..., Client]) -> None:
    turn_on(hers)
    client = browser()
    client.post(f"/account/enter/{links.make(anna.email, starts_anew=True)}")
    assert is_in(client) and not Authenticator.objects.exists() and not is_in(hers)


def test_a_code_works_once(anna: Any, hers: Client, browser: Callable[..., Client]) -> None:
    secret = turn_on(hers)
    used = code(secret, 1)
    for works in (True, False):
        client = browser()
        sign_in(client, anna)
        client.post("/account/2fa/authenticate/", {"code": used})
        assert is_in(client) is works


def test_guessing_codes_is_stopped(anna: Any, hers: Client, browser: Callable[..., Client]) -> None:
    secret = turn_on(hers)
    client = browser()
    sign_in(client, anna)
    for number in range(6):
        client.post("/account/2fa/authenticate/", {"code": f"{number:06}"})
    client.post("/account/2fa/authenticate/", {"code": code(secret, 1)})
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(anna: Any, hers: Client, browser: Callable[..., Client]) -> None:
    turn_on(hers)
    shown = re.findall(r"<code>(\d{8})</code>", hers.get(CODES).content.decode())
    assert len(shown) == 10
    downloaded = hers.get(f"{CODES}download/")
    assert downloaded.content.decode().split() == shown and "attachment" in downloaded.headers["Content-Disposition"]
    for works in (True, False):
        client = browser()
        sign_in(client, anna)
        client.post("/account/2fa/authenticate/", {"code": shown[0]})
        assert is_in(client) is works


def test_the_key_is_not_in_the_database_as_it_is(hers: Client) -> None:
    secret = turn_on(hers)
    stored = [str(one.data) for one in Authenticator.objects.all()]
    assert len(stored) == 2 and not any(secret in one for one in stored)


def test_turning_it_on_or_off_or_seeing_codes_asks_who_it_is(
    anna: Any, hers: Client, browser: Callable[..., Client]
) -> None:
    secret, client = turn_on(hers), browser()
    sign_in(client, anna)
    client.post("/account/2fa/authenticate/", {"code": code(secret, 1)})
    assert is_in(client)
    for path in ("/account/2fa/totp/deactivate/", CODES, f"{CODES}generate/", "/account/erase"):
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 405 or "/reauthenticate/" in answer.url, path
    assert Authenticator.objects.count() == 2
    prove(client)
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()


def test_who_has_no_password_is_not_sent_in_a_circle(browser: Callable[..., Client]) -> None:
    client = browser()
    client.post(f"/account/enter/{links.make('anna@example.org')}")
    assert client.get(ON).status_code == 200


def test_with_another_key_nobody_comes_in_and_nothing_breaks(
    anna: Any, hers: Client, browser: Callable[..., Client], settings: Any
) -> None:
    secret = turn_on(hers)
    settings.SECRET_KEY = "another"
    client = browser()
    sign_in(client, anna)
    for tried in (code(secret, 1), "328482"):
        answer = client.post("/account/2fa/authenticate/", {"code": tried})
        assert "Incorrect code" in answer.content.decode() and not is_in(client)
