"""Links: what people decided wins over the machine, and survives."""

from datetime import datetime

import pytest
from tests.lib.linking import decide, explained, link, load, resolved

from bygd.engine import DuckEngine
from bygd.linkage import unknown_decisions

ACORN, BEECH, GONE = "GB-COH:00000001", "GB-COH:00000002", "GB-COH:00000009"
DAYS = [datetime(2026, 1, day) for day in range(1, 9)]


@pytest.fixture
def linked(engine: DuckEngine) -> DuckEngine:
    load(
        engine,
        [{"supplier_key": "k", "name": "Acorn Joinery"}, {"supplier_key": "other", "name": "Zebra Cranes"}],
        [{"org_id": ACORN, "name": "Acorn Joinery Ltd"}, {"org_id": BEECH, "name": "Beech Joinery Ltd"}],
    )
    assert link(engine)["k"]["org_id"] == ACORN
    return engine


@pytest.mark.parametrize(
    ("decisions", "state", "org_id"),
    [
        ([("same", BEECH, 0)], "linked", BEECH),
        ([("same", BEECH, 0), ("same", ACORN, 1)], "linked", ACORN),
        ([("same", ACORN, 1), ("same", BEECH, 0)], "linked", ACORN),
        ([("different", ACORN, 0)], "unresolved", None),
        ([("different", ACORN, 0), ("same", ACORN, 1)], "linked", ACORN),
        ([("same", BEECH, 0), ("different", BEECH, 1)], "linked", ACORN),
        ([("same", BEECH, 0), ("different", ACORN, 1)], "linked", BEECH),
        ([("absent", None, 0)], "absent", None),
        ([("absent", None, 0), ("same", ACORN, 1)], "linked", ACORN),
        ([("unsure", ACORN, 0)], "unresolved", None),
        ([("same", GONE, 0)], "unresolved", None),
        ([("same", None, 0)], "linked", ACORN),
    ],
)
def test_decisions_win(
    linked: DuckEngine, decisions: list[tuple[str, str | None, int]], state: str, org_id: str | None
) -> None:
    decide(
        linked,
        [
            {"supplier_key": "k", "judgement": said, "org_id": org, "decided_at": DAYS[day]}
            for said, org, day in decisions
        ],
    )
    found = resolved(linked)["k"]
    assert (found["state"], found["org_id"]) == (state, org_id)


def test_an_organisation_that_left_the_register_waits(linked: DuckEngine) -> None:
    decide(linked, [{"supplier_key": "k", "judgement": "same", "org_id": GONE}])
    found = resolved(linked)["k"]
    assert found["stage"] == "decision"
    assert "which is in no register that was read" in explained(linked, "k")
    assert [row["reason"] for row in unknown_decisions(linked)] == [
        "the organisation stands in no register that was read"
    ]


def test_contradiction_is_said(linked: DuckEngine) -> None:
    decide(
        linked,
        [
            {"supplier_key": "k", "judgement": "same", "org_id": BEECH, "decided_by": "Anna", "decided_at": DAYS[0]},
            {"supplier_key": "k", "judgement": "absent", "decided_by": "Bo", "decided_at": DAYS[1]},
        ],
    )
    assert resolved(linked)["k"]["state"] == "absent"
    assert "Bo found on 2 January 2026 that it is in no register." in explained(linked, "k")
    assert "Anna said otherwise" in explained(linked, "k")


def test_a_poisoned_file_of_decisions_changes_nothing_else(linked: DuckEngine) -> None:
    decide(
        linked,
        [
            {"supplier_key": "nobody", "judgement": "same", "org_id": ACORN},
            {"supplier_key": "", "judgement": "different", "org_id": ""},
            {"supplier_key": "'; DROP TABLE links", "judgement": "absent"},
            {"supplier_key": "other", "judgement": "different", "org_id": GONE},
        ],
    )
    links = resolved(linked)
    assert (links["k"]["org_id"], links["other"]["state"]) == (ACORN, "unresolved")
    assert len(links) == 2
    assert len(unknown_decisions(linked)) == 4


def test_decisions_survive_a_rebuild(linked: DuckEngine) -> None:
    decide(linked, [{"supplier_key": "k", "judgement": "same", "org_id": BEECH}])
    before = resolved(linked)
    assert link(linked) == before


@pytest.mark.parametrize(
    ("name", "english", "swedish", "dutch"),
    [
        pytest.param("", "has no letter", "ingen bokstav", "geen letter", id="empty"),
        pytest.param("12345", "has no letter", "ingen bokstav", "geen letter", id="digits"),
        pytest.param("😀😀", "has no letter", "ingen bokstav", "geen letter", id="pictures"),
        pytest.param("x" * 10_000, "with 10,000 signs", "10 000 tecken", "10.000 tekens", id="endless"),
    ],
)
def test_what_was_never_looked_for_is_not_said_not_to_be_found(
    engine: DuckEngine, name: str, english: str, swedish: str, dutch: str
) -> None:
    load(engine, [{"supplier_key": "k", "name": name}], [{"org_id": "GB-COH:1", "name": "Acorn Joinery Limited"}])
    assert link(engine)["k"]["state"] == "unresolved"
    assert english in explained(engine, "k")
    assert swedish in explained(engine, "k", "sv").replace("\u00a0", " ") and dutch in explained(engine, "k", "nl")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Redacted", "withholds"),
        ("REDACTED 12", "withholds"),
        ("Ltd", "legal form"),
        ("12 Limited (The)", "legal form"),
    ],
)
def test_a_name_that_is_withheld_or_none_is_said_not_to_have_been_looked_for(
    engine: DuckEngine, name: str, why: str
) -> None:
    load(
        engine,
        [{"supplier_key": "k", "name": name}, {"supplier_key": "z", "name": "Zebra Cranes Ltd"}],
        [{"org_id": "GB-COH:1", "name": "Acorn Joinery Limited"}],
    )
    assert {row["state"] for row in link(engine).values()} == {"unresolved"}
    assert why in explained(engine, "k") and "Not looked for by name" in explained(engine, "k")
    assert "nothing like it was found" in explained(engine, "z")


def test_what_people_ruled_out_is_not_said_not_to_be_found(engine: DuckEngine) -> None:
    load(
        engine,
        [{"supplier_key": "k", "name": "Acorn Joinery Ltd"}],
        [{"org_id": "GB-COH:1", "name": "Acorn Joinery Limited"}],
        decisions=[{"supplier_key": "k", "org_id": "GB-COH:1", "judgement": "different"}],
    )
    assert link(engine)["k"]["state"] == "unresolved"
    assert "ruled out every organisation" in explained(engine, "k")
