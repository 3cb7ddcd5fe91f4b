"""Decisions in any order, and about anybody else, change no link."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lib.linking import DECISION, ORGANISATION, SUPPLIER
from tests.lib.text_tables import fill

from bygd.engine import DuckEngine
from bygd.linkage import conflicts, resolve
from bygd.vocabulary import tables

ORGANISATIONS = [f"GB-COH:0000000{number}" for number in range(4)]
KEYS = ["a1", "a2", "a3", "b1", "b2", "c1"]
"""a and b are groups; c1 stands alone."""

Rows = list[dict[str, Any]]

SAID = st.builds(
    lambda key, judgement, org_id, who, day: {
        **DECISION,
        "supplier_key": key,
        "judgement": judgement,
        "org_id": None if judgement == "absent" else org_id,
        "decided_by": who,
        "decided_at": datetime(2026, 1, day),
    },
    st.sampled_from([*KEYS, "nobody"]),
    st.sampled_from(["same", "same", "different", "unsure", "absent"]),
    st.sampled_from([*ORGANISATIONS, "GB-COH:99999999"]),
    st.sampled_from(["Anna", "Bo"]),
    st.integers(1, 4),
)
DECISIONS = st.lists(SAID, max_size=8)
STEPS = st.lists(
    st.tuples(st.sampled_from(ORGANISATIONS), st.sampled_from(ORGANISATIONS), st.sampled_from([None, 2024, 2026])),
    max_size=4,
    unique_by=lambda step: step[:2],
)

SUPPLIERS = [{**SUPPLIER, "supplier_key": key, "name": key} for key in KEYS]
REGISTER = [{**ORGANISATION, "org_id": org_id, "name": org_id} for org_id in ORGANISATIONS[:3]]
GROUPS = [
    {"supplier_key": key, "group_key": f"{key[0]}1", "basis": "name", "number_id": None} for key in KEYS if key != "c1"
]
CANDIDATES = [
    {
        "supplier_key": key,
        "org_id": ORGANISATIONS[(at + place) % 3],
        "stage": stage,
        "score": score if place == 0 else 0.3,
        "position": place + 1,
        "evidence": "{}",
    }
    for at, (key, stage, score) in enumerate(
        [("a1", "number", 1.0), ("a2", "name", 0.5), ("b1", "name", 0.9999), ("b2", "fuzzy", 0.2), ("c1", "fuzzy", 0.1)]
    )
    for place in range(2)
]
PAYMENTS = [fill(tables.payments, {"supplier_key": key, "paid_on": "2025-06-01"}, n) for n, key in enumerate(KEYS)]


@pytest.fixture(scope="module")
def shared() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        engine.register(tables.payments, PAYMENTS)
        engine.register(tables.remembered_suppliers, [])
        yield engine


def resolved(engine: DuckEngine, decisions: Rows, steps: list[tuple[str, str, int | None]], order: Any) -> Rows:
    """The links, with every table's rows in the order that `order` gives them."""
    succeeded = [
        {
            "org_id": old,
            "successor_id": new,
            "kind": "merged",
            "happened_on": date(year, 1, 1) if year else None,
            "source": "t",
        }
        for old, new, year in steps
    ]
    for table, rows in (
        (tables.suppliers, SUPPLIERS),
        (tables.organisations, REGISTER),
        (tables.supplier_groups, GROUPS),
        (tables.link_candidates, CANDIDATES),
        (tables.link_decisions, decisions),
        (tables.successions, succeeded),
    ):
        engine.register(table, order(rows))
    resolve(engine)
    return engine.rows("SELECT * FROM links ORDER BY supplier_key")


@pytest.mark.slow
@settings(max_examples=20)
@given(decisions=DECISIONS, steps=STEPS, chance=st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(shared: DuckEngine, decisions: Rows, steps: Any, chance: Any) -> None:
    links = resolved(shared, decisions, steps, list)
    listed = conflicts(shared)
    assert [row["supplier_key"] for row in links] == KEYS
    assert all((row["state"] == "linked") == (row["org_id"] is not None) for row in links)
    assert all(row["org_id"] in (None, *ORGANISATIONS[:3]) for row in links)
    assert resolved(shared, decisions, steps, lambda rows: chance.sample(rows, len(rows))) == links
    assert conflicts(shared) == listed
    assert resolved(shared, decisions + decisions, steps, list) == links


@pytest.mark.slow
@settings(max_examples=20)
@given(decisions=DECISIONS, more=DECISIONS, steps=STEPS)
def test_decisions_on_others_change_no_link(shared: DuckEngine, decisions: Rows, more: Rows, steps: Any) -> None:
    """Others are suppliers that are not of one's group."""
    ours = [row for row in decisions if row["supplier_key"].startswith("a")]
    theirs = [row for row in more if not row["supplier_key"].startswith("a")]
    before = [row for row in resolved(shared, ours, steps, list) if row["supplier_key"].startswith("a")]
    after = [row for row in resolved(shared, ours + theirs, steps, list) if row["supplier_key"].startswith("a")]
    assert after == before


@pytest.mark.slow
@settings(max_examples=20)
@given(decisions=DECISIONS, steps=STEPS)
def test_a_supplier_that_was_judged_is_never_carried_by_another(
    shared: DuckEngine, decisions: Rows, steps: Any
) -> None:
    judged = {row["supplier_key"] for row in decisions if row["judgement"] != "different"}
    for row in resolved(shared, decisions, steps, list):
        if row["supplier_key"] in judged:
            last = [said for said in decisions if said["supplier_key"] == row["supplier_key"]]
            assert row["stage"] == "decision" or any(said["judgement"] == "different" for said in last)
        if row["member_key"]:
            assert row["member_key"][0] == row["supplier_key"][0] != "c"
            assert row["stage"] == "group"
        assert row["reopened"] is None or row["stage"] == "decision"
        assert set(json.loads(row["evidence"])) >= {"score", "margin"}
