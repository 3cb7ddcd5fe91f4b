"""Data extension gives what the register says, in words or codes, and nothing of persons."""

from typing import Any

import pytest
from tests.lib.reconciliation_schemas import valid
from tests.lib.small_register import CHILD, MARKUP, MILL, PIPES, ROWS, SOLEN, number, org_id

from bygd.workbench.reconciliation import Register, RequestError, extended, extended_draft, facts, limits, proposed
from bygd.workbench.reconciliation.properties import ALL


def fetch(register: Register, serial: int, pid: str, language: str = "en", **settings: Any) -> list[dict[str, Any]]:
    query = {"ids": [org_id(serial)], "properties": [{"id": pid, "settings": settings}]}
    answer = valid("0.2", "extension", extended(register, query, language))
    found: list[dict[str, Any]] = answer["rows"][org_id(serial)][pid]
    return found


@pytest.mark.parametrize(
    ("serial", "pid", "value"),
    [(PIPES, "org_number", {"str": number(PIPES)}), (PIPES, "postcode", {"str": "123 45"}),
     (PIPES, "town", {"str": "Byggeby"}), (PIPES, "municipality", {"str": "Simrishamn"}),
     (PIPES, "legal_form", {"str": "Övriga aktiebolag"}),
     (PIPES, "ownership", {"str": "Private, group not known"}), (PIPES, "status", {"str": "Active"}),
     (PIPES, "industry", {"str": "43221"}), (PIPES, "size", {"str": "10 to 49 employees"}),
     (PIPES, "registered_on", {"date": "1999-05-04T00:00:00Z"}),
     (MILL, "ended_on", {"date": "2020-01-31T00:00:00Z"}),
     (MILL, "status", {"str": "Ended"}), (PIPES, "former_names", {"str": "Rörmokarna i Byggeby AB"}),
     (PIPES, "other_names", {"str": "Byggd VVS"}), (PIPES, "country", {"str": "se"}),
     (PIPES, "source", {"str": "register"}),
     (SOLEN, "ownership", {"str": "Democratic (co-operatives, mutuals)"}),
     (CHILD, "parent", {"id": org_id(PIPES), "name": "Byggd Rörläggeri AB"})],
)  # fmt: skip
def test_every_property(register: Register, serial: int, pid: str, value: dict[str, Any]) -> None:
    assert fetch(register, serial, pid) == [value]


def test_settings_choose_codes_and_how_many(register: Register) -> None:
    assert fetch(register, PIPES, "legal_form", show="code") == [{"str": "49"}]
    assert fetch(register, PIPES, "municipality", show="code") == [{"str": "1291"}]
    assert fetch(register, SOLEN, "ownership", show="code") == [{"str": "democratic"}]
    for limit in (1, "1", 1.0):
        assert len(fetch(register, PIPES, "former_names", limit=limit)) == 1
    for odd in ("x", None, -3, [], True):
        fetch(register, PIPES, "former_names", limit=odd, show=odd)


def test_words_are_in_the_language(register: Register) -> None:
    assert fetch(register, SOLEN, "ownership", "sv") == [{"str": "Demokratiskt (kooperativ, ömsesidiga)"}]
    assert fetch(register, MILL, "status", "nl") == [{"str": "Opgeheven"}]


def test_both_versions_give_the_same(register: Register) -> None:
    ids, pids = [org_id(serial) for serial in ROWS], [known.id for known in ALL]
    query = {"ids": ids, "properties": [{"id": pid} for pid in pids]}
    old, new = extended(register, query, "en"), valid("1.0-draft", "extension", extended_draft(register, query, "en"))
    assert {row["id"]: {one["id"]: one["values"] for one in row["properties"]} for row in new["rows"]} == old["rows"]
    assert [row["id"] for row in new["rows"]] == ids and [one["id"] for one in new["meta"]] == pids
    assert old["meta"] == new["meta"]


def test_unknown_organisations_persons_and_properties_are_empty(register: Register) -> None:
    masked = register.rows("SELECT org_id FROM organisations WHERE is_masked")[0]["org_id"]
    query = {"ids": [masked, "SE-ON:0", "", org_id(PIPES)], "properties": [{"id": "town"}, {"id": "colour"}]}
    rows = valid("0.2", "extension", extended(register, query, "en"))["rows"]
    assert rows[masked] == rows["SE-ON:0"] == {"town": [], "colour": []} and rows[org_id(PIPES)]["colour"] == []


@pytest.mark.parametrize(
    "query",
    [None, [], {}, {"ids": "x", "properties": []}, {"ids": [1], "properties": []}, {"ids": [], "properties": [1]},
     {"ids": [], "properties": [{"id": 1}]}],
)  # fmt: skip
def test_what_is_no_query_for_data_is_refused(register: Register, query: Any) -> None:
    with pytest.raises(RequestError) as error:
        extended(register, query, "en")
    assert error.value.status == 400


def test_too_much_at_once_is_refused(register: Register) -> None:
    with pytest.raises(RequestError) as error:
        extended(register, {"ids": ["x"] * (limits.IDS + 1), "properties": [{"id": "town"}]}, "en")
    assert error.value.status == 413


def test_proposals_are_what_may_be_fetched() -> None:
    every = valid("0.2", "proposal", proposed("form:49", None, "sv"))
    assert every["type"] == "form:49" and {"id": "town", "name": "Ort"} in every["properties"]
    assert "place" not in [one["id"] for one in every["properties"]]
    assert len(valid("1.0-draft", "proposal", proposed("", 3, "sv"))["properties"]) == 3


@pytest.mark.parametrize("language", ["en", "sv", "nl"])
def test_facts_of_a_page(register: Register, language: str) -> None:
    found = facts.of(register, org_id(PIPES), language)
    assert found and found.name == "Byggd Rörläggeri AB" and len(found.lines) >= 10
    assert all(line.label and line.value for line in found.lines)
    other = facts.of(register, org_id(MARKUP), language)
    assert other and "<b>Ort</b>" in [line.value for line in other.lines], "escaping is the page's task"
    assert facts.of(register, "SE-ON:0", language) is None
