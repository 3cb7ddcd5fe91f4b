"""Rows of an anchor reach its members only: a walk through everything that others may open finds none of its words."""

import html
import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client
from tests.lib.rights import UNLINKED, UNLINKED_API
from tests.lib.web import kind_of

from bygd.web.people import tokens
from bygd.web.people.words import Role, Scope
from bygd.web.places import held
from bygd.workbench import contracts

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLAIN = [role.value for role in Role if role is not Role.ANCHOR_MEMBER]
A_KIND, A_PAGE = 2, 10
"""So many addresses of each kind are opened, and of each page with whatever filters: many more are alike."""
LINKS = re.compile(r"(?:href|hx-get|src)=\"([^\"#]+)")


@dataclass(frozen=True)
class Theirs:
    """What only one institution's ledger says: names of suppliers that stand nowhere else."""

    anchor: str
    names: frozenset[str]
    supplier: str
    case: str


@pytest.fixture
def theirs(place: Any) -> list[Theirs]:
    """For each anchor of the sample place what only its members may read."""
    opened = held.current(place.project)
    assert opened is not None
    with opened.engine() as engine:
        suppliers = engine.rows("SELECT anchor, name, supplier_key FROM suppliers WHERE NOT is_masked")
        registered = [str(row["name"]) for row in engine.rows("SELECT name FROM organisations")]
        cases = {
            row["supplier_key"]: row["case_key"]
            for row in engine.rows("SELECT supplier_key, COALESCE(group_key, supplier_key) AS case_key FROM links")
        }
    # Whom a public body has a contract with is no secret of its ledger.
    registered += [row["supplier_name"] or "" for row in contracts.current(place.project)]
    public = " ".join(registered).casefold()
    found = []
    for anchor in dict.fromkeys(row["anchor"] for row in suppliers):
        known = " ".join([public, *(row["name"].casefold() for row in suppliers if row["anchor"] != anchor)])
        own = [
            row
            for row in suppliers
            if row["anchor"] == anchor and len(row["name"]) > 7 and row["name"].casefold() not in known
        ]
        assert len(own) > 5, f"the sample has too few words that only {anchor} knows"
        key = own[0]["supplier_key"]
        found.append(Theirs(anchor, frozenset(row["name"].casefold() for row in own), key, cases.get(key, key)))
    return found


def text_of(answer: Any) -> str:
    """All that an answer says, whatever its form."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as opened:
            body = b" ".join(opened.read(name) for name in opened.namelist())
    return html.unescape(body.decode("utf-8", "replace"))


def walk(client: Client, starts: list[str]) -> Iterator[tuple[str, Any, str]]:
    """Everything that links lead to from there, some of each kind; pages once more as a fragment."""
    waiting, seen, opened = deque(starts), set(starts), Counter[str]()
    while waiting:
        address = waiting.popleft()
        page, filters = kind_of(address), re.sub(r"=[^&]*", "", urlsplit(address).query)
        if opened[page] >= A_PAGE or opened[f"{page}?{filters}"] >= A_KIND:
            continue
        opened.update({page, f"{page}?{filters}"})
        answer = client.get(address)
        text = text_of(answer)
        yield address, answer, text
        if answer.get("Content-Type", "").startswith("text/html"):
            asked = client.get(address, HTTP_HX_REQUEST="true")
            yield address, asked, text_of(asked)
        found = [answer["Location"]] if answer.get("Location") else LINKS.findall(text)
        for link in found:
            onward = urljoin(address, link)
            if onward.startswith("/") and not onward.startswith(("/static", "/help")) and onward not in seen:
                seen.add(onward)
                waiting.append(onward)


def spilled(text: str, others: list[Theirs]) -> list[str]:
    folded = text.casefold()
    return sorted(name for one in others for name in one.names if name in folded)


@pytest.mark.parametrize("member", [0, None], ids=["member of another", "member of none"])
def test_no_page_says_a_word_of_anothers_ledger(
    member: int | None, place: Any, theirs: list[Theirs], somebody: Callable[..., Any]
) -> None:
    """Asked by somebody who has every role there is, and is a member of one other anchor, or of none."""
    own = [] if member is None else [theirs[member].anchor]
    others = [one for one in theirs if one.anchor not in own]
    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(somebody(place, *PLAIN, anchors=own))
    root = f"/p/{place.slug}/"
    hidden = [
        root
        + address.format(anchor=quote(one.anchor), supplier=quote(one.supplier, safe=""), case=quote(one.case, safe=""))
        for one in others
        for address in UNLINKED
    ]
    kinds, own_words = set(), set[str]()
    for address, answer, text in walk(client, [root, "/account/", "/account/data", "/open/", *hidden]):
        assert answer.status_code < 500, address
        assert spilled(text, others) == [], f"{address} ({answer.status_code})"
        kinds.add(kind_of(address))
        own_words.update([] if member is None else spilled(text, [theirs[member]]))
    assert len(kinds) > 25, sorted(kinds)
    assert member is None or len(own_words) > 5, "the walk saw rows: those of their own"


@pytest.mark.parametrize("member", [0, None], ids=["member of another", "member of none"])
def test_the_api_says_no_word_of_anothers_ledger(
    member: int | None, place: Any, theirs: list[Theirs], somebody: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bygd.web.api.v1 import often

    monkeypatch.setattr(often, "most", 1_000_000)
    own = [] if member is None else [theirs[member].anchor]
    others = [one for one in theirs if one.anchor not in own]
    person = somebody(place, *PLAIN, anchors=own)
    client = Client(
        SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {tokens.make(person, 'x', Scope, timedelta(days=1))}"
    )
    own_words = set[str]()
    for one in others:
        for address in UNLINKED_API:
            asked = address.format(anchor=quote(one.anchor), supplier=quote(one.supplier, safe=""))
            answer = client.get(f"/api/v1/places/{place.slug}/{asked}")
            assert answer.status_code in (200, 403, 404, 409), f"{asked}: {answer.status_code}"
            text = text_of(answer)
            assert spilled(text, others) == [], asked
            own_words.update([] if member is None else spilled(text, [theirs[member]]))
    assert member is None or len(own_words) > 5, "rows were there: those of their own"
