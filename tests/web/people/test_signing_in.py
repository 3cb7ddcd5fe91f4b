"""Signing in: by password and by link; what is refused, and what of the library does not exist here."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.people.conftest import LINK, PASSWORD, is_in, sign_in

from bygd.reports import Translator
from bygd.web.people import links, written
from bygd.web.people.models import Event, Person

pytestmark = pytest.mark.django_db


def test_by_password(browser: Callable[..., Client], with_password: Callable[..., Any]) -> None:
    client, anna = browser(), with_password(email="anna@example.org")
    assert sign_in(client, anna).status_code == 302 and is_in(client)
    assert Event.objects.get().did == "signed in"


def test_the_address_may_be_written_in_capitals(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    client = browser()
    with_password(email="Åsa@Example.org")
    client.post("/account/login/", {"login": "ÅSA@EXAMPLE.ORG", "password": PASSWORD})
    anna = with_password(email="Anna@Example.org")
    client.post("/account/login/", {"login": " ANNA@example.ORG ", "password": PASSWORD})
    assert is_in(client) and anna.email == "anna@example.org"


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_a_wrong_password_says_the_same_for_known_and_unknown(
    browser: Callable[..., Client], with_password: Callable[..., Any], email: str
) -> None:
    with_password(email="anna@example.org")
    client = browser()
    answer = client.post("/account/login/", {"login": email, "password": "wrong"})
    assert answer.status_code == 200 and "not correct" in answer.content.decode() and not is_in(client)


def test_who_could_not_sign_in_is_written_down_seldom_and_without_what_was_typed(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    anna = with_password(email="anna@example.org")
    for login in ("Anna@example.org", "anna@example.org", "a@example.org", "b@example.org"):
        browser().post("/account/login/", {"login": login, "password": "wrong"})
    events = list(Event.objects.order_by("id"))
    assert [(event.did, event.person, event.whom, event.about) for event in events] == [
        ("could not sign in", None, anna, ""),
        ("could not sign in", None, None, ""),
    ]
    assert written.doer(events[0], Translator("sv", "bygd.web")) == "någon som inte är inloggad"


def test_guessing_is_stopped_even_from_many_places(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    anna = with_password(email="anna@example.org")
    for number in range(5):
        browser().post(
            "/account/login/", {"login": anna.email, "password": f"guess {number}"}, REMOTE_ADDR=f"10.0.0.{number}"
        )
    client = browser()
    answer = client.post("/account/login/", {"login": anna.email, "password": PASSWORD}, REMOTE_ADDR="10.0.1.1")
    assert "Too many failed login attempts" in answer.content.decode() and not is_in(client)


def test_the_count_of_attempts_is_shared_by_processes(settings: Any) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"), "memory of one process is not enough"


def test_guessing_many_addresses_from_one_place_is_stopped(
    browser: Callable[..., Client], db: None, settings: Any
) -> None:
    from allauth.account import app_settings

    assert app_settings.RATE_LIMITS["login"] == "30/m/ip"
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}  # the hash of a password takes long, as it should
    answers = [
        browser().post("/account/login/", {"login": f"{number}@example.org", "password": "x"}) for number in range(4)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Too many attempts" in answers[-1].content.decode()


def test_a_password_is_kept_as_argon2(with_password: Callable[..., Any]) -> None:
    assert with_password().password.startswith("argon2$argon2id$")


def test_who_is_shut_out_does_not_come_in(browser: Callable[..., Client], with_password: Callable[..., Any]) -> None:
    anna, client = with_password(), browser()
    sign_in(client, anna)
    assert is_in(client)
    Person.objects.update(is_active=False)
    assert not is_in(client), "at once, in a session that stands"
    assert not (sign_in(client, anna), is_in(client))[1]


def test_another_site_cannot_sign_anybody_in_or_out(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    client = browser(checks=True)
    assert sign_in(client, with_password()).status_code == 403
    assert client.post("/account/logout/").status_code == 403


def test_signing_out_needs_a_press_of_a_button(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    client = browser()
    sign_in(client, with_password())
    assert client.get("/account/logout/").status_code == 200 and is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)


def test_a_session_ends(browser: Callable[..., Client], with_password: Callable[..., Any], settings: Any) -> None:
    client = browser()
    sign_in(client, with_password())
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"], "with the browser"
    from django.contrib.sessions.models import Session

    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(hours=11) < left <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)


def test_a_session_ends_twelve_hours_after_it_began_however_much_is_done(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    client = browser()
    sign_in(client, with_password())
    for hours, stands in ((11, True), (12.1, False)):
        session = client.session
        session["began"] = time.time() - hours * 3600
        session.save()
        assert is_in(client) is stands


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "signup/passkey/",
        "email/",
        "confirm-email/",
        "confirm-email/x/",
        "login/code/",
        "login/code/confirm/",
        "phone/verify/",
        "3rdparty/",
        "3rdparty/signup/",
        "social/signup/",
        "social/connections/",
        "2fa/webauthn/",
        "2fa/trust/",
        "sessions/",
        "oidc/organisation/login/",
        "oidc/organisation/login/callback/",
        "oidc/other/login/callback/",
    ],
)
def test_what_is_not_used_of_the_library_does_not_exist(
    browser: Callable[..., Client], signed_in: Callable[..., Client], path: str
) -> None:
    for client in (browser(), signed_in()):
        for ask in (client.get, client.post):
            assert ask(f"/account/{path}").status_code in (404, 405)


def test_by_link_once(browser: Callable[..., Client], somebody: Callable[..., Any]) -> None:
    somebody(email="anna@example.org")
    path = f"/account/enter/{links.make('Anna@Example.org')}"
    client = browser()
    assert "anna@example.org" in client.get(path).content.decode() and not is_in(client), "a preview does not use it"
    client.post(path)
    assert is_in(client)
    again = browser()
    assert again.get(path).status_code == 410 and again.post(path).status_code == 410 and not is_in(again)


def test_a_link_that_is_too_old(browser: Callable[..., Client]) -> None:
    secret = links.make("anna@example.org", lasts=timedelta(seconds=-1))
    assert browser().post(f"/account/enter/{secret}").status_code == 410


def test_a_link_signs_out_whoever_was_there(browser: Callable[..., Client], with_password: Callable[..., Any]) -> None:
    client = browser()
    sign_in(client, with_password(email="bo@example.org"))
    client.post(f"/account/enter/{links.make('anna@example.org')}")
    assert "anna@example.org" in client.get("/account/").content.decode()


def test_on_ones_own_machine_no_password_is_asked_for(browser: Callable[..., Client], settings: Any) -> None:
    settings.ADDRESS = ""
    assert browser().post(f"/account/enter/{links.make('anna@example.org')}").url == "/"


def test_on_a_server_the_invited_choose_a_password_and_a_name(browser: Callable[..., Client], settings: Any) -> None:
    settings.ADDRESS = "https://bygd.example.org"
    client = browser()
    onward = client.post(f"/account/enter/{links.make('anna@example.org')}").url
    assert onward == "/account/password/set/"
    weak = client.post(onward, {"name": "Anna", "password1": "password1234", "password2": "password1234"})
    assert "too common" in weak.content.decode()
    done = client.post(onward, {"name": "Anna Berg", "password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302
    anna = Person.objects.get()
    assert anna.name == "Anna Berg" and anna.check_password(PASSWORD) and is_in(client)


@pytest.fixture
def mails(settings: Any) -> Any:
    settings.MAILS = True
    return mail.outbox


def test_a_forgotten_password(browser: Callable[..., Client], with_password: Callable[..., Any], mails: Any) -> None:
    anna, thief, client = with_password(email="anna@example.org"), browser(), browser()
    anna.language = "sv"
    anna.save()
    sign_in(thief, anna)
    assert client.post("/account/password/reset/", {"email": "ANNA@example.org"}).status_code == 302
    [sent] = mails
    assert sent.to == ["anna@example.org"] and sent.subject == "Ett nytt lösenord"
    path = sent.body[sent.body.index("/account/password/reset/key/") :].split()[0]
    form = client.get(path, follow=True)
    onward = form.request["PATH_INFO"]
    assert onward.endswith("set-password/"), "the secret is out of the address before anything is shown"
    client.post(onward, {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert sign_in(client, anna, PASSWORD + "!").status_code == 302 and is_in(client)
    assert not is_in(thief), "all other sessions are over"
    assert len(mails) == 2 and "lösenord" in mails[1].body, "whoever it was, the person hears of it"
    assert "The link cannot be used" in browser().get(path, follow=True).content.decode()


def test_the_link_in_a_mail_leads_to_the_installation_whatever_it_was_asked_by(
    browser: Callable[..., Client], with_password: Callable[..., Any], mails: Any, settings: Any
) -> None:
    settings.ADDRESS = "https://bygd.example.org"
    browser().post("/account/password/reset/", {"email": with_password().email}, HTTP_HOST="127.0.0.1")
    assert "https://bygd.example.org/account/password/reset/key/" in mails[0].body and "127.0.0.1" not in mails[0].body


def test_forgotten_tells_nobody_who_has_an_account(browser: Callable[..., Client], mails: Any) -> None:
    answer = browser().post("/account/password/reset/", {"email": "nobody@example.org"})
    assert answer.url == reverse("account_reset_password_done") and mails == []


def test_forgotten_without_mail_says_whom_to_ask(browser: Callable[..., Client], settings: Any) -> None:
    settings.MAILS = False
    assert "Ask an administrator" in browser().get("/account/password/reset/").content.decode()


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    anna, client, elsewhere = with_password(), browser(), browser()
    sign_in(client, anna), sign_in(elsewhere, anna)
    new = {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    assert client.post("/account/password/change/", {"oldpassword": "wrong", **new}).status_code == 200
    assert client.post("/account/password/change/", {"oldpassword": PASSWORD, **new}).url == "/account/"
    assert is_in(client) and not is_in(elsewhere)


def test_sessions_are_listed_and_the_others_ended(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    anna, client, elsewhere = with_password(), browser(), browser()
    sign_in(client, anna)
    elsewhere.post("/account/login/", {"login": anna.email, "password": PASSWORD}, HTTP_USER_AGENT="Telephone 9")
    assert "Telephone 9" in client.get("/account/sessions").content.decode()
    client.post("/account/sessions")
    assert is_in(client) and not is_in(elsewhere)
    assert "Telephone 9" not in client.get("/account/sessions").content.decode()


def test_after_signing_in_one_goes_on_to_where_one_wanted_and_nowhere_else(
    browser: Callable[..., Client], with_password: Callable[..., Any]
) -> None:
    anna = with_password()
    wanted = {"login": anna.email, "password": PASSWORD, "next": "/account/tokens"}
    assert browser().post("/account/login/", wanted).url == "/account/tokens"
    assert browser().post("/account/login/", wanted | {"next": "https://evil.example.org/"}).url == "/"


def test_no_link_is_in_the_database_as_it_is(db: None) -> None:
    from bygd.web.people.models import Link

    secret = links.make("anna@example.org")
    assert secret not in str(Link.objects.values().get()) and LINK.search(f"/account/enter/{secret}")
