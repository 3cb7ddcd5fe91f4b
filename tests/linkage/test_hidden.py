"""Names that hide in a registered one: what is found by them, and what is not cut off."""

import pytest
from tests.lib.linking import link, load

from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage.readings import read_names

ID = "GB-COH:00000001"


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("Quarry Lane Trust (The Lighthouse Project) Ltd", ["Quarry Lane Trust", "The Lighthouse Project"]),
        ("Lighthouse Project, Carers of Quarry Lane", ["Lighthouse Project"]),
        ("Lighthouse Project - Quarry Lane", ["Lighthouse Project"]),
        ("Lighthouse Project Limited (The)", []),
        ("Lighthouse Project, Limited", []),
        ("Lighthouse Project (Trading) Limited", ["Trading"]),
        ("Lighthouse Project (Isle of Man Branch)", ["Isle of Man Branch"]),
        ("Lighthouse-Project Limited", []),
    ],
)
def test_what_hides_in_a_name(engine: DuckEngine, name: str, hidden: list[str]) -> None:
    load(engine, [], [{"org_id": ID, "name": name}])
    read_names(engine, pack.load("gb").conventions())
    rows = engine.rows("SELECT name_id, name, is_other FROM linkage_names ORDER BY name_id")
    assert rows[0] == {"name_id": 0, "name": name, "is_other": 0}
    assert [(row["name"], row["is_other"]) for row in rows[1:]] == [(found, 2) for found in hidden]


def test_a_supplier_is_found_by_what_hides_in_a_registered_name(engine: DuckEngine) -> None:
    name = "Quarry Lane Trust (The Lighthouse Befriending Project) Ltd"
    load(engine, [{"name": "Lighthouse Befriending Project"}], [{"org_id": ID, "name": name}])
    found = link(engine)["Lighthouse Befriending Project"]
    best = engine.rows("SELECT org_id, stage, score, evidence FROM link_candidates ORDER BY position")[0]
    assert best["org_id"] == ID and best["stage"] == "fuzzy" and '"hidden_name":1' in best["evidence"], found


def test_who_bears_the_whole_name_comes_before_whom_it_hides_in(engine: DuckEngine) -> None:
    hiding = {"org_id": ID, "name": "Quarry Lane Trust (Lighthouse Befriending Project) Ltd"}
    load(
        engine,
        [{"name": "Lighthouse Befriending Project"}],
        [hiding, {"org_id": "GB-COH:00000002", "name": "Lighthouse Befriending Project"}],
    )
    link(engine)
    rows = engine.rows("SELECT org_id, score FROM link_candidates ORDER BY position")
    assert [row["org_id"] for row in rows] == ["GB-COH:00000002", ID] and rows[0]["score"] > 2 * rows[1]["score"]
