"""Who may do what: one test per cell of THREATS.md's table, at every door: pages, fragments, forms, downloads, API."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.lib.rights import API, REFINED, Operation, table

from bygd.web.people.rights import GRANTED
from bygd.web.people.words import Right, Role, Scope

pytestmark = pytest.mark.django_db
NOT_YET: set[Right] = set()
"""Rights of parts that are not built; the day they get a door, this test wants them taken out."""


class Door(NamedTuple):
    """An address of a place with made-up keys, and the rights its view asks for."""

    name: str
    path: str
    needs: tuple[Right, ...]


def made_up(converter: Any) -> str:
    """Something that an address may hold at that point and that is not there."""
    if converter.regex == "[0-9]+":
        return "999999"
    if re.fullmatch(r"\w+(\|\w+)*", converter.regex):
        return str(converter.regex).split("|")[0]
    return "nothing-there"


def doors(patterns: Any = None, before: tuple[URLPattern | URLResolver, ...] = ()) -> Iterator[Door]:
    """Every view of places that says which rights it asks for."""
    for one in patterns if patterns is not None else get_resolver("bygd.web.urls").url_patterns:
        if isinstance(one, URLResolver):
            yield from doors(one.url_patterns, (*before, one))
        elif isinstance(getattr(one.callback, "needs", None), tuple):
            path = "/"
            for part in (*before, one):
                text = re.sub(r"<(?:\w+:)?place>", "{place}", str(part.pattern))
                for name, converter in part.pattern.converters.items():
                    text = re.sub(rf"<(?:\w+:)?{name}>", made_up(converter), text)
                path += text
            yield Door(one.name or path, path, one.callback.needs)


DOORS = list(doors())


def access(role: Role, right: Right) -> bool:
    return role in GRANTED[right]


@pytest.fixture
def one_of(place: Any, somebody: Callable[..., Any]) -> Callable[[Role], Any]:
    """Somebody who is that one thing in the place."""
    anchor = place.project.ledgers[0].source

    def made(role: Role) -> Any:
        is_member = role is Role.ANCHOR_MEMBER
        return somebody(place, *([] if is_member else [role.value]), anchors=[anchor] if is_member else [])

    return made


def test_every_right_has_a_door() -> None:
    assert len(DOORS) > 40
    asked = {right for door in DOORS for right in door.needs} | {right for one in REFINED.values() for right in one}
    assert set(Right) - asked == NOT_YET - asked and not NOT_YET & asked


@pytest.mark.slow(seconds=0.6)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_pages_fragments_forms_and_downloads(
    right: Right, role: Role, place: Any, one_of: Callable[[Role], Any], signed_in: Callable[..., Client]
) -> None:
    client = signed_in(person=one_of(role))
    for door in DOORS:
        inside = REFINED.get(door.name, ())
        if right not in (*door.needs, *inside):
            continue
        path = door.path.replace("{place}", place.slug)
        may = all(access(role, one) for one in door.needs)
        for told, answer in {
            "page": client.get(path),
            "fragment": client.get(path, HTTP_HX_REQUEST="true"),
            "form": client.post(path),
            "form of htmx": client.post(path, HTTP_HX_REQUEST="true"),
        }.items():
            where = f"{told} {path}: {answer.status_code}"
            if not may:
                assert answer.status_code == 403, where
            elif inside and not any(access(role, one) for one in inside):
                assert answer.status_code in (403, 404, 405), where
            else:
                assert answer.status_code not in (401, 403) and answer.status_code < 500, where
                assert "/account/login" not in answer.get("Location", ""), where


def test_nobody_and_strangers_at_every_door(place: Any, signed_in: Callable[..., Client]) -> None:
    nobody, stranger = Client(SERVER_NAME="localhost"), signed_in()
    for door in DOORS:
        path = door.path.replace("{place}", place.slug)
        for ask in ("get", "post"):
            answer = getattr(nobody, ask)(path)
            assert answer.status_code == 302 and answer.url.startswith("/account/login/"), path
            assert getattr(stranger, ask)(path).status_code == 404, path
            missing = getattr(stranger, ask)(door.path.replace("{place}", "no-such-place"))
            assert missing.status_code == 404 and place.name not in missing.content.decode(), path


def test_forms_of_other_sites_are_refused_at_every_door(place: Any, somebody: Callable[..., Any]) -> None:
    anchors = [entry.source for entry in place.project.ledgers]
    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    client.force_login(
        somebody(place, *(role for role in Role if role is not Role.ANCHOR_MEMBER), anchors=set(anchors))
    )
    for door in DOORS:
        assert client.post(door.path.replace("{place}", place.slug)).status_code == 403, door.path


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    from bygd.web.api.v1 import often

    monkeypatch.setattr(often, "most", 1_000_000)


@pytest.fixture
def program() -> Callable[..., Client]:
    """A program with a token of that person."""
    from datetime import timedelta

    from bygd.web.people import tokens

    def made(person: Any, scopes: Any = tuple(Scope)) -> Client:
        secret = tokens.make(person, "test", scopes, timedelta(days=1))
        return Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {secret}")

    return made


def ask(client: Client, operation: Operation, slug: str) -> Any:
    body = operation.body() if operation.body else {}
    return getattr(client, operation.method)(operation.path.format(place=slug), **body)


def _described(path: str) -> str:
    number = path.partition("?")[0].replace("999999", "{number}")
    return number.replace("nothing-there", "{supplier_key}").replace("no-such-contract", "{contract_key}")


def test_every_operation_of_the_api_is_asked(unhurried: None) -> None:
    schema = Client(SERVER_NAME="localhost").get("/api/v1/openapi.json").json()
    described = {
        (method, path)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if operation.get("security") and "{place}" in path
    }
    known = {(one.method, _described(one.path)) for one in API}
    known |= {("post", "/api/v1/places/{place}/imports")}  # asked by itself below
    assert known == described


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", sorted({right for one in API for right in one.rights}))
def test_api(
    right: Right, role: Role, place: Any, one_of: Callable[[Role], Any], program: Callable[..., Client], unhurried: None
) -> None:
    client = program(one_of(role))
    for operation in API:
        if right in operation.rights:
            status = ask(client, operation, place.slug).status_code
            where = f"{operation}: {status}"
            if any(access(role, one) for one in operation.rights):
                assert status not in (401, 403, 422) and status < 500, where
            else:
                assert status in ((403,) if not operation.hides else (403, 404)), where


@pytest.mark.parametrize("scope", Scope)
def test_a_token_does_nothing_outside_its_scope(
    scope: Scope, place: Any, somebody: Callable[..., Any], program: Callable[..., Client], unhurried: None
) -> None:
    anchors = {entry.source for entry in place.project.ledgers}
    everything = somebody(place, *(role for role in Role if role is not Role.ANCHOR_MEMBER), anchors=anchors)
    client = program(everything, [scope])
    for operation in API:
        if operation.scope is not scope:
            assert ask(client, operation, place.slug).status_code == 403, operation


def test_nobody_and_strangers_at_the_api(
    place: Any, somebody: Callable[..., Any], program: Callable[..., Client], unhurried: None
) -> None:
    nobody, stranger = Client(SERVER_NAME="localhost"), program(somebody())
    for operation in API:
        assert ask(nobody, operation, place.slug).status_code == 401, operation
        assert ask(stranger, operation, place.slug).status_code == 404, operation
        assert ask(stranger, operation, "no-such-place").status_code == 404, operation


def test_a_session_is_no_token_and_a_token_no_session(
    place: Any, somebody: Callable[..., Any], program: Callable[..., Client], unhurried: None
) -> None:
    """Else another site's form could ask the API in a signed-in browser, or a token open pages."""
    anna = somebody(place, "reader")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(anna)
    assert browser.get(f"/api/v1/places/{place.slug}").status_code == 401
    assert program(anna).get(f"/p/{place.slug}/").status_code == 302


def test_the_table_people_read_is_the_one_the_program_asks() -> None:
    assert table() in (Path(__file__).parents[2] / "THREATS.md").read_text(encoding="utf-8")
