"""Suggestions begin as one types, name what they hit, and never show a person."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lib.reconciliation_schemas import valid
from tests.lib.small_register import MARKUP, MILL, PERSON, PIPES, PIPES_HB, ROWS, SOLEN, number, org_id

from bygd.workbench.reconciliation import Register, RequestError, flyout, limits, suggested
from bygd.workbench.reconciliation.suggest import _entity


def entities(register: Register, prefix: str, limit: int | None = None, offset: int = 0) -> list[dict[str, Any]]:
    answer = valid("0.2", "entities", suggested(register, "entity", prefix, limit, offset, "en"))
    found: list[dict[str, Any]] = answer["result"]
    return found


@pytest.mark.parametrize("serial", ROWS)
def test_every_organisation_is_suggested_by_name_and_identifier(register: Register, serial: int) -> None:
    for prefix in (ROWS[serial]["name"], org_id(serial), number(serial), number(serial)[:9]):
        assert org_id(serial) in [one["id"] for one in entities(register, prefix)]
    assert entities(register, org_id(serial))[0]["id"] == org_id(serial)


def test_names_that_begin_so_come_before_words_that_do(register: Register) -> None:
    assert [one["id"] for one in entities(register, "byg")][:2] == [org_id(PIPES), org_id(PIPES_HB)]
    assert [one["id"] for one in entities(register, "solen")] == [org_id(SOLEN)]
    assert [one["id"] for one in entities(register, "RÖRLAGGERI h")] == [org_id(PIPES_HB)]


def test_a_hit_on_another_name_says_which(register: Register) -> None:
    found = entities(register, "Rörmokarna")[0]
    assert (found["id"], found["name"]) == (org_id(PIPES), "Byggd Rörläggeri AB")
    assert found["description"] == "Övriga aktiebolag, Byggeby · Rörmokarna i Byggeby AB"


def test_its_own_name_in_other_letters_is_no_other_name(register: Register) -> None:
    organisation = register.organisations([org_id(MILL)])[org_id(MILL)]
    for hit in ("GAMLA KVARNEN AB", "Gamla-Kvarnen AB"):
        assert _entity(register, organisation, hit, "en")["description"] == "Övriga aktiebolag, ended"


def test_pages_follow_each_other(register: Register) -> None:
    every = [one["id"] for one in entities(register, "k", 100)]
    assert len(every) > 2
    assert [one["id"] for start in range(0, len(every) + 1, 2) for one in entities(register, "k", 2, start)] == every


def test_persons_and_nothing_suggest_nobody(register: Register) -> None:
    masked = register.rows("SELECT org_id, name FROM organisations WHERE is_masked")[0]
    for prefix in ("", " ", "Anna", PERSON, masked["org_id"], masked["name"], masked["org_id"].partition(":")[2], "p:"):
        assert entities(register, prefix) == []


@given(st.text(max_size=20))
def test_any_prefix_gets_an_answer(register: Register, prefix: str) -> None:
    for kind, schema in (("entity", "entities"), ("property", "properties"), ("type", "types")):
        valid("0.2", schema, suggested(register, kind, prefix, None, 0, "nl"))


def test_properties_and_types_are_listed_whole_for_nothing_and_found_by_name(register: Register) -> None:
    properties = suggested(register, "property", "", None, 0, "sv")["result"]
    assert {one["id"] for one in properties} >= {"place", "org_number", "legal_form", "former_names", "parent"}
    assert [one["id"] for one in suggested(register, "property", "postn", None, 0, "sv")["result"]] == ["postcode"]
    types = valid("1.0-draft", "types", suggested(register, "type", "", 100, 0, "en"))["result"]
    assert types[0] == {"id": "organisation", "name": "Organisation"}
    assert {"form:49", "form:51", "ownership:democratic", "ownership:private"} <= {one["id"] for one in types}
    assert suggested(register, "type", "aktie", None, 0, "en")["result"][0]["id"] == "form:49"


def test_what_cannot_be_suggested_is_refused(register: Register) -> None:
    with pytest.raises(RequestError) as error:
        suggested(register, "person", "a", None, 0, "en")
    assert error.value.status == 404
    assert len(suggested(register, "entity", "x" * 10_000, 10**9, -5, "en")["result"]) <= limits.MOST_SUGGESTIONS


@pytest.mark.parametrize(("kind", "id"), [("entity", org_id(MARKUP)), ("property", "place"), ("type", "form:49")])
def test_flyouts_are_small_and_escaped(register: Register, kind: str, id: str) -> None:
    answer = valid("0.2", "flyout", flyout(register, kind, id, "en"))
    assert answer["id"] == id and "<script" not in answer["html"] and "<b>" not in answer["html"]
    if kind == "entity":
        assert html.escape(ROWS[MARKUP]["name"]) in answer["html"]


@pytest.mark.parametrize(
    ("kind", "id"), [("entity", "SE-ON:0"), ("entity", ""), ("property", "x"), ("type", "x"), ("x", "x")]
)
def test_a_flyout_about_nothing_is_refused(register: Register, kind: str, id: str) -> None:
    with pytest.raises(RequestError) as error:
        flyout(register, kind, id, "en")
    assert error.value.status == 404
