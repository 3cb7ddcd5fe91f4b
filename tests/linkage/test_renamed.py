"""Renamed: members of a federation are found under its old name and its new one, and a reader is told."""

import json
from dataclasses import replace

import pytest
from tests.lib.linking import SUPPLIER, link, load

from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage.renamed import renamed
from bygd.vocabulary import tables

OLD, NEW, MIND, BUREAU = (f"GB-COH:0000000{number}" for number in range(1, 5))
REGISTER = [
    {"org_id": OLD, "name": "Age Concern Wyre Valley"},
    {"org_id": NEW, "name": "Age UK Northshire Limited"},
    {"org_id": MIND, "name": "The Tarnbrook Association for Mental Health"},
    {"org_id": BUREAU, "name": "Hindburn Citizens Advice Bureau"},
]


def candidates(engine: DuckEngine, written: str, register: list[dict[str, str]]) -> list[dict[str, object]]:
    load(engine, [{"name": written}], register)
    link(engine)
    return [
        {**json.loads(row["evidence"]), "org_id": row["org_id"], "score": row["score"]}
        for row in engine.rows("SELECT * FROM link_candidates ORDER BY position")
    ]


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("AGE CONCERN NORTHSHIRE", NEW),
        ("Age UK (Wyre Valley)", OLD),
        ("Tarnbrook Mind", MIND),
        ("HINDBURN CITIZENS ADVICE", BUREAU),
    ],
)
def test_the_other_name_is_looked_for_and_told(engine: DuckEngine, written: str, org_id: str) -> None:
    first = candidates(engine, written, REGISTER)[0]
    assert (first["org_id"], first["variant"]) == (org_id, "renamed")
    assert float(str(first["score"])) > 0.9


def test_of_two_that_both_stand_in_the_register_the_one_of_the_very_name_comes_first(engine: DuckEngine) -> None:
    both = [{"org_id": OLD, "name": "Age Concern Northshire"}, {"org_id": NEW, "name": "Age UK Northshire"}]
    for written, org_id in (("AGE CONCERN NORTHSHIRE", OLD), ("AGE UK NORTHSHIRE", NEW)):
        found = candidates(engine, written, both)
        assert found[0]["org_id"] == org_id
        assert {row["org_id"] for row in found} == {OLD, NEW}


def test_only_whole_words_are_replaced_and_none_twice(engine: DuckEngine) -> None:
    written = [
        "Sage Concern Wyre",
        "Age Concerned Wyre",
        "Hindburn Citizens Advice Bureau",
        "Tarnbrook Citizens Advice",
    ]
    engine.register(tables.suppliers, [{**SUPPLIER, "supplier_key": name, "name": name} for name in written])
    others = engine.rows(renamed("suppliers", 9, pack.load("gb").conventions()))
    found = {(row["supplier_key"], str(row["name"]).strip()) for row in others}
    assert found == {
        ("Hindburn Citizens Advice Bureau", "hindburn citizens advice"),
        ("Tarnbrook Citizens Advice", "tarnbrook cab"),
        ("Tarnbrook Citizens Advice", "tarnbrook citizens advice bureau"),
        ("Tarnbrook Citizens Advice", "tarnbrook citizens advice bureaux"),
    }


def test_a_country_without_such_names_looks_for_none(engine: DuckEngine) -> None:
    engine.register(tables.suppliers, [{**SUPPLIER, "supplier_key": "k", "name": "Age Concern Wyre Valley"}])
    bare = replace(pack.load("gb").conventions(), renamed={})
    assert engine.rows(renamed("suppliers", 9, bare)) == []
