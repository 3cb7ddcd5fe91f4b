"""What queries get: the right organisation, sure only where the machine would link, never a person."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.lib import small_register
from tests.lib.reconciliation_schemas import valid
from tests.lib.small_register import (
    ARABIC,
    CHILD,
    COFFEE,
    EK_NORTH,
    EK_SOUTH,
    FORMULA,
    MARKUP,
    MILL,
    PERSON,
    PIPES,
    PIPES_HB,
    ROWS,
    SOLEN,
    number,
    org_id,
)

from bygd import linkage
from bygd.linkage.options import DEFAULT
from bygd.vocabulary import tables
from bygd.workbench.reconciliation import Register, reconcile, reconcile_draft
from bygd.workbench.reconciliation.matching import EMPTY
from bygd.workbench.reconciliation.searching import propose


def ask(register: Register, query: Any, language: str = "en") -> dict[str, Any]:
    answer: dict[str, Any] = valid("0.2", "results", reconcile(register, {"q0": query}, language))["q0"]
    json.dumps(answer)
    return answer


def ids(answer: dict[str, Any]) -> list[str]:
    return [one["id"] for one in answer["result"]]


@pytest.mark.parametrize("serial", [serial for serial in ROWS if serial not in (EK_NORTH, EK_SOUTH)])
def test_a_registered_name_finds_its_organisation_first(register: Register, serial: int) -> None:
    assert ids(ask(register, {"query": ROWS[serial]["name"]}))[0] == org_id(serial)


def test_a_sure_match_is_what_the_machine_would_link(register: Register) -> None:
    town = [{"pid": "town", "v": "BYGGEBY"}]
    best = ask(register, {"query": "BYGGD RÖRLÄGGERI AKTIEBOLAG", "properties": town})["result"][0]
    assert best["id"] == org_id(PIPES) and best["match"] and best["score"] > 95
    assert best["description"] == "Övriga aktiebolag, Byggeby"
    assert [type["id"] for type in best["type"]] == ["organisation", "form:49"]
    assert {feature["id"] for feature in best["features"]} >= {"margin"}


NAMES = sorted({*(row["name"] for row in ROWS.values()), "Byggd Rörläggeri", "Gamla Kvarn", "Solen", "Granit AB"})


@pytest.fixture
def suppliers() -> list[dict[str, Any]]:
    """The names as a ledger would have them, some with a number or a town."""
    cells = {**EMPTY, "org_number": None, "postcode": None, "town": None}
    plain = [{**cells, "supplier_key": name, "name": name} for name in NAMES]
    placed = [
        {**row, "supplier_key": f"{row['name']}, placed", "town": "Byggeby", "postcode": "123 45"} for row in plain
    ]
    return [*plain, *placed, {**cells, "supplier_key": "number", "name": "x", "org_number": number(SOLEN)}]


def test_sure_is_what_links_say_of_the_same_names(register: Register, suppliers: list[dict[str, Any]]) -> None:
    answer = reconcile(register, {name: {"query": name} for name in NAMES}, "en")
    sure = {name: [one["id"] for one in found["result"] if one["match"]] for name, found in answer.items()}
    with register.lock:
        propose(register, suppliers, DEFAULT)
        linkage.resolve(register.engine)
        links = register.engine.rows("SELECT supplier_key, org_id FROM links WHERE state = 'linked'")
    linked = {row["supplier_key"]: row["org_id"] for row in links if row["supplier_key"] in sure}
    assert {name: found[0] for name, found in sure.items() if found} == linked
    assert len(linked) > 5


def test_the_index_is_held_and_finds_what_linkage_finds(
    register: Register, suppliers: list[dict[str, Any]], tmp_path: Path
) -> None:
    with register.lock:
        propose(register, suppliers, DEFAULT)
        held = register.engine.rows("SELECT * FROM link_candidates")
    assert register.held["index"] is not None, "each batch would read the whole register again"
    with small_register.opened(tmp_path) as other:
        other.engine.register(tables.suppliers, suppliers)
        linkage.propose(other.engine, other.conventions, DEFAULT)
        assert other.engine.rows("SELECT * FROM link_candidates") == held
    assert len(held) > 20


def test_namesakes_are_not_sure_and_a_place_tells_them_apart(register: Register) -> None:
    both = ask(register, {"query": "Ek Konsult AB"})["result"]
    assert {one["id"] for one in both} == {org_id(EK_NORTH), org_id(EK_SOUTH)} and not any(one["match"] for one in both)
    told = ask(register, {"query": "Ek Konsult AB", "properties": [{"pid": "place", "v": "201 00"}]})["result"]
    assert told[0]["id"] == org_id(EK_SOUTH) and told[0]["match"]
    town = ask(register, {"query": "Ek Konsult AB", "properties": [{"pid": "place", "v": "Norrby"}]})["result"]
    assert town[0]["id"] == org_id(EK_NORTH)


@pytest.mark.parametrize(
    "query",
    [
        {"query": org_id(SOLEN)},
        {"query": number(SOLEN)},
        {"query": f"{number(SOLEN)[:6]}-{number(SOLEN)[6:]}"},
        {"query": f"SE{number(SOLEN)}01"},
        {"query": "Solen", "properties": [{"pid": "org_number", "v": f"SE{number(SOLEN)}01"}]},
        {"query": "Solen", "properties": [{"pid": "org_number", "v": number(SOLEN)}]},
        {"properties": [{"pid": "org_number", "v": number(SOLEN)}]},
        {"query": "", "properties": [{"pid": "org_number", "v": {"id": org_id(SOLEN), "name": "Solen"}}]},
    ],
)
def test_a_number_in_any_form_is_enough(register: Register, query: dict[str, Any]) -> None:
    best = ask(register, query)["result"][0]
    assert best["id"] == org_id(SOLEN) and best["match"] and best["score"] == 100
    features = {one["id"]: one["value"] for one in best["features"]}
    assert features["number_found"] is True and features["number_trusted"] is True
    assert features.get("org_number_agrees", True) is True and "number_agrees" not in features


def test_a_number_that_leads_elsewhere_is_said_not_to_lead_here(register: Register) -> None:
    query = {"query": "Ek Konsult AB", "properties": [{"pid": "org_number", "v": number(SOLEN)}]}
    features = {one["id"]: {f["id"]: f["value"] for f in one["features"]} for one in ask(register, query)["result"]}
    assert features[org_id(SOLEN)]["number_found"] is True
    assert features[org_id(EK_SOUTH)]["number_found"] is False and "number_trusted" not in features[org_id(EK_SOUTH)]
    assert features[org_id(EK_SOUTH)]["org_number_agrees"] is False
    assert not any(
        "number_found" in {f["id"] for f in one["features"]} for one in ask(register, {"query": "Ek"})["result"]
    )


def test_former_and_trading_names_find_it_under_its_own_name(register: Register) -> None:
    for name in ("Rörmokarna i Byggeby AB", "Byggd VVS"):
        assert ask(register, {"query": name})["result"][0]["name"] == "Byggd Rörläggeri AB"


def test_a_legal_form_tells_two_firms_of_one_name_apart(register: Register) -> None:
    asked = {"query": "Byggd Rörläggeri", "properties": [{"pid": "legal_form", "v": "HB"}]}
    found = ask(register, asked)["result"]
    assert found[0]["id"] == org_id(PIPES_HB)
    agree = {one["id"]: {f["id"]: f["value"] for f in one["features"]} for one in found}
    assert agree[org_id(PIPES_HB)]["legal_form_agrees"] is True, "as names write it, too"
    assert agree[org_id(PIPES)]["legal_form_agrees"] is False
    asked = {"query": "Byggd Rörläggeri", "properties": [{"pid": "legal_form", "v": "49"}]}
    agree = {one["id"]: {f["id"]: f["value"] for f in one["features"]} for one in ask(register, asked)["result"]}
    assert agree[org_id(PIPES)]["legal_form_agrees"] is True
    assert agree[org_id(PIPES_HB)]["legal_form_agrees"] is False


@pytest.mark.parametrize(
    ("type", "found"),
    [("organisation", {PIPES, PIPES_HB}), ("form:31", {PIPES_HB}), ("ownership:private", {PIPES, PIPES_HB}),
     ("ownership:democratic", set()), ("form:51", set())],
)  # fmt: skip
def test_a_type_leaves_the_others_out(register: Register, type: str, found: set[int]) -> None:
    answer = ask(register, {"query": "Byggd Rörläggeri", "type": type, "type_strict": "should"})
    assert set(ids(answer)) & {org_id(PIPES), org_id(PIPES_HB)} == {org_id(serial) for serial in found}
    assert "messages" not in answer


def test_leaving_out_the_best_makes_nobody_else_sure(register: Register) -> None:
    answer = ask(register, {"query": "Byggd Rörläggeri AB", "type": "form:31"})
    assert ids(answer) == [org_id(PIPES_HB)] and not answer["result"][0]["match"]


@pytest.mark.parametrize(
    ("condition", "stays"),
    [({"propertyId": "town", "propertyValue": "byggeby", "required": True}, True),
     ({"propertyId": "town", "propertyValue": "Nyby", "required": True}, False),
     ({"propertyId": "town", "propertyValue": ["Nyby", "Byggeby"], "required": True}, True),
     ({"propertyId": "town", "propertyValue": ["Nyby", "Byggeby"], "required": True, "matchQuantifier": "all"}, False),
     ({"propertyId": "town", "propertyValue": ["Nyby"], "required": True, "matchQuantifier": "none"}, True),
     ({"propertyId": "status", "propertyValue": "verksam", "required": True}, True),
     ({"propertyId": "ownership", "propertyValue": "democratic", "required": True}, False),
     ({"propertyId": "municipality", "propertyValue": "1291", "required": True}, True),
     ({"propertyId": "industry", "propertyValue": 43, "required": True}, True),
     ({"propertyId": "org_number", "propertyValue": number(PIPES), "required": True}, True),
     ({"propertyId": "org_number", "propertyValue": f"SE{number(PIPES)}01", "required": True}, True),
     ({"propertyId": "org_number", "propertyValue": number(SOLEN), "required": True}, False),
     ({"propertyId": "legal_form", "propertyValue": "Övriga aktiebolag", "required": True}, True),
     ({"propertyId": "legal_form", "propertyValue": "AB", "required": True}, True),
     ({"propertyId": "legal_form", "propertyValue": "Handelsbolag", "required": True}, False),
     ({"propertyId": "legal_form", "propertyValue": "Okänd form", "required": True}, False),
     ({"propertyId": "country", "propertyValue": "SE", "required": True}, True),
     ({"propertyId": "town", "propertyValue": "Nyby", "required": False}, True)],
)  # fmt: skip
def test_required_conditions_of_the_draft_leave_out(register: Register, condition: dict[str, Any], stays: bool) -> None:
    name = {"matchType": "name", "propertyValue": "Byggd Rörläggeri AB"}
    query = {"conditions": [name, {"matchType": "property", **condition}]}
    answer = valid("1.0-draft", "results", reconcile_draft(register, {"queries": [query]}, "sv"))
    assert (org_id(PIPES) in [one["id"] for one in answer["results"][0]["candidates"]]) is stays


@pytest.mark.parametrize(
    "query",
    [{"query": PERSON}, {"query": f"{PERSON[:6]}-{PERSON[6:]}"}, {"query": f"Anna Nilsson 19{PERSON}"},
     {"query": "Anna Nilsson Städ", "properties": [{"pid": "org_number", "v": PERSON}]}],
)  # fmt: skip
def test_persons_are_not_looked_up(register: Register, query: dict[str, Any]) -> None:
    answer = ask(register, query, "sv")
    assert answer == {"result": [], "messages": ["Här står ett personnummer. Personer söks inte."]}


def test_sole_traders_of_the_register_are_never_served(register: Register) -> None:
    assert register.masked == 1
    masked = register.rows("SELECT org_id, name FROM organisations WHERE is_masked")[0]
    for query in ("Anna Nilsson Städ", masked["org_id"], masked["name"], masked["org_id"].partition(":")[2]):
        assert masked["org_id"] not in ids(ask(register, {"query": query}))
        assert not any("Anna" in one["name"] for one in ask(register, {"query": query})["result"])


@pytest.mark.parametrize(
    "query",
    ["", "   ", "AB", "Aktiebolag AB", "☕", "1234", "?!", "\u202e", "é" * 1000, "x" * 10_000, "a " * 499, "\ud800",
     "a\0b", "'; DROP TABLE organisations; --", "%", "{{7*7}}", "NaN", "ا"],
)  # fmt: skip
def test_odd_names_get_an_answer_and_no_sure_match(register: Register, query: str) -> None:
    answer = ask(register, {"query": query})
    assert not any(one["match"] for one in answer["result"])


def test_other_scripts_and_signs_are_found(register: Register) -> None:
    assert ids(ask(register, {"query": "أحمد للتجارة"}))[0] == org_id(ARABIC)
    assert ids(ask(register, {"query": "kaffe rosteriet"}))[0] == org_id(COFFEE)


def test_each_query_is_answered_as_if_it_were_alone(register: Register) -> None:
    names = [*[row["name"] for row in ROWS.values()][::2], "Byggd", "Konsult", "Okänd Firma", ""]
    batch = {f"q{place}": {"query": name, "limit": 2 + place % 9} for place, name in enumerate(names)}
    together = reconcile(register, batch, "en")
    turned = reconcile(register, dict(reversed(batch.items())), "en")
    assert list(together) == list(batch) and together == turned
    for key, query in batch.items():
        assert ask(register, query) == together[key]


def test_a_larger_limit_changes_no_score_and_no_decision(register: Register) -> None:
    names = [*[row["name"] for row in ROWS.values()], "Byggd Rörläggeri", "Konsult"]
    few = reconcile(register, {name: {"query": name, "limit": 2} for name in names}, "en")
    many = reconcile(register, {name: {"query": name, "limit": 50} for name in names}, "en")
    assert {name: many[name]["result"][:2] for name in names} == {name: few[name]["result"] for name in names}


def test_the_limit_is_kept_and_scores_fall(register: Register) -> None:
    answer = ask(register, {"query": "Konsult AB Byggd Rör", "limit": 2})["result"]
    assert len(answer) <= 2
    scores = [one["score"] for one in ask(register, {"query": "Byggd Rörläggeri AB", "limit": 50})["result"]]
    assert scores == sorted(scores, reverse=True) and len(scores) >= 2


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The type 'Q43229' is not known; it was passed over."),
     ("sv", "Typen 'Q43229' är inte känd; den lämnades därhän."),
     ("nl", "Het type 'Q43229' is onbekend; het is overgeslagen.")],
)  # fmt: skip
def test_what_was_passed_over_is_told_in_the_language(register: Register, language: str, said: str) -> None:
    answer = ask(register, {"query": "Gamla Kvarnen AB", "type": "Q43229"}, language)
    assert ids(answer)[0] == org_id(MILL) and answer["messages"] == [said]


def test_markup_and_formulas_are_names_like_others(register: Register) -> None:
    assert ids(ask(register, {"query": ROWS[MARKUP]["name"]}))[0] == org_id(MARKUP)
    assert ids(ask(register, {"query": "HYPERLINK 1 Kalkyl"}))[0] == org_id(FORMULA)
    assert ids(ask(register, {"query": "Dotterbolaget Granit"}))[0] == org_id(CHILD)
