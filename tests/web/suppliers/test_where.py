"""A registered office or a branch is corrected: who may, what is understood, what is shown, and taken back."""

from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from bygd.vocabulary import tables
from bygd.workbench import decisions, snapshot

pytestmark = pytest.mark.django_db

SAID = {"site": "seat", "where": "Danmark", "evidence": "https://example.org/register"}


def anchors(place: Any) -> list[str]:
    return list(dict.fromkeys(entry.source for entry in place.project.ledgers))


def rows(place: Any, statement: str) -> list[dict[str, Any]]:
    with snapshot.current(place.project).engine() as engine:
        return engine.rows(statement)


def linked(place: Any) -> dict[str, Any]:
    return rows(place, "SELECT supplier_key, org_id, anchor FROM links JOIN suppliers USING (supplier_key) "
                       "WHERE state = 'linked' AND NOT is_masked ORDER BY 1")[0]  # fmt: skip


def written(place: Any) -> list[dict[str, Any]]:
    return decisions.read(place.project, tables.seat_decisions)


def test_where_an_organisation_is_is_corrected_and_taken_back(own_place: Any, signed_in: Callable[..., Client]) -> None:
    one = linked(own_place)
    root, org = f"/p/{own_place.slug}", quote(one["org_id"])
    analyst = signed_in(own_place, "analyst", anchors=[one["anchor"]])
    form = analyst.get(f"{root}/where/{org}?site=branch").content.decode()
    assert '<datalist id="places">' in form and form.count("<option value=") > 3 and "checked" in form
    answer = analyst.post(f"{root}/where/{org}", SAID)
    assert answer["Location"] == f"{root}/organisations/{one['org_id']}"
    row = written(own_place)[-1]
    assert (row["subject_id"], row["site"], row["area_id"]) == (one["org_id"], "seat", "dk")
    for page in (f"{root}/organisations/{org}", f"{root}/suppliers/{one['supplier_key']}"):
        seen = unescape(analyst.get(page).content.decode())
        for said in ("Registered office: Denmark", SAID["evidence"], "Counts from the next build on"):
            assert said in seen
        assert f"{root}/where-back/{one['org_id']}" in unquote(seen)
    taken = analyst.post(f"{root}/where-back/{org}", {"site": "seat"}, follow=True)
    assert "Taken back" in taken.content.decode()
    last = written(own_place)[-1]
    assert last["area_id"] is None and last["decided_at"] > row["decided_at"]
    page = analyst.get(f"{root}/organisations/{org}").content.decode()
    assert "took back what was said" in page and "/where-back/" not in page
    analyst.post(f"{root}/where-back/{org}", {"site": "seat"})
    assert len(written(own_place)) == 2, "taken back twice is taken back once"
    assert analyst.post(f"{root}/where-back/{org}", {"site": "branch"}).status_code == 404
    assert analyst.post(f"{root}/where-back/{org}", {"site": "roof"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"where": ""}, "Say where it is."),
        ({"where": "Atlantis"}, "Nothing is known of 'Atlantis'"),
        ({"where": "\x00"}, "Null characters"),
        ({"site": ""}, "Choose which one you mean."),
        ({"site": "roof"}, "Choose which one you mean."),
        ({"evidence": " "}, "without evidence nobody can check it"),
        ({"where": "x" * 101}, "at most 100"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(
    own_place: Any, signed_in: Callable[..., Client], wrong: dict[str, str], text: str
) -> None:
    analyst = signed_in(own_place, "analyst")
    answer = analyst.post(f"/p/{own_place.slug}/where/{quote(linked(own_place)['org_id'])}", {**SAID, **wrong})
    assert answer.status_code == 400 and text in unescape(answer.content.decode())
    assert written(own_place) == []


def test_who_may_place_what(own_place: Any, signed_in: Callable[..., Client]) -> None:
    own, other, *_ = anchors(own_place)
    known = rows(own_place, "SELECT supplier_key, anchor, is_masked FROM suppliers ORDER BY supplier_key")
    client = signed_in(own_place, "analyst", anchors=[own])

    def answer(subject: str) -> int:
        return int(client.post(f"/p/{own_place.slug}/where/{quote(subject)}", SAID).status_code)

    mine = next(row["supplier_key"] for row in known if row["anchor"] == own and not row["is_masked"])
    assert answer(mine) == 302
    theirs = next(row["supplier_key"] for row in known if row["anchor"] == other and not row["is_masked"])
    assert answer(theirs) == 404
    assert answer(next(row["supplier_key"] for row in known if row["is_masked"])) == 404
    assert answer("SE-ON:0000000000") == 404
    assert client.post(f"/p/{own_place.slug}/where-back/{theirs}", {"site": "seat"}).status_code == 404
    for role in ("reader", "buyer", "facilitator", "administrator"):
        person = signed_in(own_place, role)
        assert person.get(f"/p/{own_place.slug}/where/{mine}").status_code == 403, role
        assert person.post(f"/p/{own_place.slug}/where-back/{mine}", {"site": "seat"}).status_code == 403, role
    assert signed_in().get(f"/p/{own_place.slug}/where/{mine}").status_code == 404
    assert Client(SERVER_NAME="localhost").get(f"/p/{own_place.slug}/where/{mine}").status_code == 302
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(f"/p/{own_place.slug}/where/{mine}", SAID).status_code in (302, 403)
    assert len(written(own_place)) == 1
