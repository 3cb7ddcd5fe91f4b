"""Memory: what one supplier is found to be holds for its other spellings; organisations are followed by date."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from tests.lib.linking import decide, explained, link, load, resolved
from tests.lib.text_tables import fill

from bygd.engine import DuckEngine
from bygd.linkage import unknown_decisions
from bygd.vocabulary import tables

ACORN, BEECH, CEDAR, GONE = (f"GB-COH:0000000{number}" for number in (1, 2, 3, 9))
DAYS = [datetime(2026, 1, day) for day in range(1, 9)]


def said(key: str, judgement: str, org_id: str | None = None, **more: Any) -> dict[str, Any]:
    return {"supplier_key": key, "judgement": judgement, "org_id": org_id, **more}


def succeed(engine: DuckEngine, *steps: tuple[str, str, str | None]) -> None:
    engine.register(
        tables.successions,
        [
            {
                "org_id": old,
                "successor_id": new,
                "kind": "merged",
                "happened_on": date.fromisoformat(day) if day else None,
                "source": "t",
            }
            for old, new, day in steps
        ],
    )


def pay(engine: DuckEngine, days: Mapping[str, list[str]]) -> None:
    rows = [(key, day) for key, listed in days.items() for day in listed]
    engine.register(
        tables.payments,
        [
            fill(tables.payments, {"supplier_key": key, "paid_on": day}, number)
            for number, (key, day) in enumerate(rows)
        ],
    )


def evidence(found: Mapping[str, Any]) -> dict[str, Any]:
    return dict(json.loads(found["evidence"]))


# --- groups


@pytest.fixture(scope="module")
def _spellings() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        _link_spellings(engine)
        yield engine


@pytest.fixture
def spellings(_spellings: DuckEngine) -> DuckEngine:
    """Two spellings under one supplier number, of which only one is like the register's name; nothing decided."""
    decide(_spellings, [])
    return _spellings


def _link_spellings(engine: DuckEngine) -> None:
    load(
        engine,
        [
            {"supplier_key": "k1", "name": "Acorn Joinery Ltd", "supplier_number": "7", "postcode": "PR1 2AB"},
            {"supplier_key": "k2", "name": "Acorn", "supplier_number": "7"},
            {"supplier_key": "k3", "name": "Zebra Cranes", "supplier_number": "8"},
        ],
        [
            {"org_id": ACORN, "name": "Acorn Joinery Ltd", "postcode": "PR1 2AB"},
            {"org_id": BEECH, "name": "Acorn Bakery Ltd", "postcode": "LS1 1AA"},
            {"org_id": CEDAR, "name": "Acorn Cars Ltd", "postcode": "EX1 1AA"},
        ],
    )
    link(engine)


def test_name_and_place_carry_the_other_spelling(spellings: DuckEngine) -> None:
    links = resolved(spellings)
    assert (links["k1"]["stage"], links["k1"]["org_id"]) == ("name_place", ACORN)
    assert (links["k2"]["stage"], links["k2"]["org_id"], links["k2"]["member_key"]) == ("group", ACORN, "k1")
    assert links["k1"]["group_key"] == links["k2"]["group_key"] == "k1"
    assert links["k3"]["group_key"] is None
    assert evidence(links["k2"])["member_stage"] == "name_place"


def test_without_the_other_spelling_it_stays_open(spellings: DuckEngine) -> None:
    groups = spellings.rows("SELECT * FROM supplier_groups")
    spellings.register(tables.supplier_groups, [])
    assert resolved(spellings)["k2"]["state"] == "unresolved"
    spellings.register(tables.supplier_groups, groups)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([said("k1", "same", BEECH)], BEECH),
        ([said("k1", "absent")], None),
        ([said("k2", "different", ACORN)], None),
        ([said("k1", "same", BEECH), said("k2", "same", CEDAR)], CEDAR),
        ([said("k1", "same", BEECH), said("k2", "different", BEECH)], None),
        ([said("k1", "unsure", ACORN)], None),
    ],
)
def test_what_people_say_of_one_spelling_holds_for_the_other(
    spellings: DuckEngine, decisions: list[dict[str, Any]], expected: str | None
) -> None:
    decide(spellings, decisions)
    assert resolved(spellings)["k2"]["org_id"] == expected


def test_absent_is_carried_too(spellings: DuckEngine) -> None:
    decide(spellings, [said("k1", "absent")])
    found = resolved(spellings)["k2"]
    assert (found["state"], found["stage"], found["member_key"]) == ("absent", "group", "k1")


def test_what_a_spelling_is_not_the_other_is_not_unless_its_own_place_says_so(spellings: DuckEngine) -> None:
    assert resolved(spellings)["k2"]["runner_up_id"]
    first = resolved(spellings)["k2"]["candidate_id"]
    decide(spellings, [said("k1", "different", first)])
    assert resolved(spellings)["k2"]["candidate_id"] != first
    decide(spellings, [said("k2", "different", ACORN)])
    links = resolved(spellings)
    assert (links["k1"]["org_id"], links["k2"]["org_id"]) == (ACORN, None)


def test_a_third_spelling_follows_no_verdicts_that_differ(engine: DuckEngine) -> None:
    names = ("Acorn", "Acorn Joiners", "Acorn Joinery")
    load(
        engine,
        [{"supplier_key": f"k{n}", "name": name, "supplier_number": "7"} for n, name in enumerate(names, 1)],
        [{"org_id": BEECH, "name": "Beech Ltd"}, {"org_id": CEDAR, "name": "Cedar Ltd"}],
    )
    link(engine)
    decide(engine, [said("k1", "same", BEECH), said("k2", "same", CEDAR)])
    assert resolved(engine)["k3"]["state"] == "unresolved"
    decide(engine, [said("k1", "same", BEECH), said("k2", "same", BEECH)])
    assert resolved(engine)["k3"]["org_id"] == BEECH


@pytest.mark.parametrize(
    "own",
    [
        {"org_number": "00000002"},  # its own number leads elsewhere
        {"org_number": "00000099"},  # its own number is in no register
    ],
)
def test_a_number_of_its_own_is_not_overruled(engine: DuckEngine, own: dict[str, Any]) -> None:
    load(
        engine,
        [
            {"supplier_key": "k1", "name": "Acorn Joinery Ltd", "supplier_number": "7", "postcode": "PR1 2AB"},
            {"supplier_key": "k2", "name": "Acorn", "supplier_number": "7", **own},
        ],
        [{"org_id": ACORN, "name": "Acorn Joinery Ltd", "postcode": "PR1 2AB"}, {"org_id": BEECH, "name": "Acorn"}],
    )
    links = link(engine)
    assert links["k1"]["org_id"] == ACORN and links["k2"]["org_id"] != ACORN
    decide(engine, [said("k1", "same", ACORN)])
    assert resolved(engine)["k2"]["org_id"] != ACORN


def test_a_decision_on_an_earlier_spelling_is_followed(engine: DuckEngine) -> None:
    load(
        engine,
        [{"supplier_key": "new", "name": "Acorn", "supplier_number": "7"}],
        [{"org_id": BEECH, "name": "Beech Ltd"}],
        decisions=[said("old", "same", BEECH)],
    )
    earlier = {"supplier_key": "old", "anchor": "a", "supplier_number": "7", "name": "Acorn Joinery"}
    engine.register(tables.remembered_suppliers, [{**fill(tables.remembered_suppliers, {}), **earlier}])
    found = link(engine)
    assert found.keys() == {"new"}
    assert (found["new"]["org_id"], found["new"]["stage"], found["new"]["member_key"]) == (BEECH, "group", "old")
    assert unknown_decisions(engine) == []
    rows = [said("old", "same", BEECH, decided_by="Anna"), said("old", "absent", decided_by="Bo", decided_at=DAYS[7])]
    decide(engine, rows)
    found = resolved(engine)["new"]
    assert (found["state"], found["is_contested"]) == ("absent", True)


def test_a_decision_holds_for_the_same_number_in_the_ledger_of_an_anchor_of_one_series(engine: DuckEngine) -> None:
    names = ("Acorn Joinery Services", "Birch Printing Works", "Cedar Cleaning Company")
    load(
        engine,
        [
            {
                "supplier_key": f"{anchor}{number}",
                "anchor": anchor,
                "supplier_number": f"10{number}",
                "name": name + more,
            }
            for anchor, more in (("a", ""), ("b", " of Preston"))
            for number, name in enumerate(names)
        ],
        [{"org_id": "GB-COH:00000009", "name": "Zenith Holdings Limited"}],
        decisions=[{"supplier_key": "a0", "org_id": "GB-COH:00000009", "judgement": "same"}],
    )
    links = link(engine)
    assert (links["b0"]["org_id"], links["b0"]["stage"], links["b0"]["member_key"]) == (
        "GB-COH:00000009",
        "group",
        "a0",
    )
    assert "as another supplier that is the same organisation" in explained(engine, "b0")
    assert links["b1"]["state"] == "unresolved"


def test_a_number_that_lost_its_zeros_leads_to_a_successor_where_the_names_are_alike(engine: DuckEngine) -> None:
    load(
        engine,
        [
            {"supplier_key": "like", "name": "Acorn Joinery Holdings", "org_number": "1234567"},
            {"supplier_key": "unlike", "name": "Zebra Cranes", "org_number": "1234567"},
            {"supplier_key": "written", "name": "Acorn Holdings", "org_number": "01234567"},
        ],
        [{"org_id": ACORN, "name": "Acorn Joinery Limited"}],
    )
    merged = {"org_id": "GB-COH:01234567", "successor_id": ACORN, "kind": "merged"}
    engine.register(tables.successions, [fill(tables.successions, merged)])
    links = link(engine)
    assert (links["like"]["org_id"], links["like"]["stage"]) == (ACORN, "number")
    assert (links["unlike"]["state"], links["unlike"]["candidate_id"]) == ("unresolved", ACORN)
    for language, said in (("en", "lost noughts are put back"), ("sv", "nollor"), ("nl", "nullen")):
        assert said in explained(engine, "like", language)
        assert said not in explained(engine, "written", language)


def test_masked_suppliers_are_never_carried(engine: DuckEngine) -> None:
    load(
        engine,
        [
            {"supplier_key": "k1", "name": "Acorn Ltd", "supplier_number": "7", "org_number": "00000001"},
            {"supplier_key": "k2", "name": "Acorn Ltd", "supplier_number": "7", "is_masked": True},
        ],
        [{"org_id": ACORN, "name": "Acorn Ltd"}],
    )
    links = link(engine)
    assert (links["k1"]["state"], links["k2"]["state"]) == ("linked", "masked")


# --- successions


@pytest.fixture(scope="module")
def _zebra() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        _link_zebra(engine)
        yield engine


@pytest.fixture
def decided(_zebra: DuckEngine) -> DuckEngine:
    """One supplier, decided to be an organisation that has left the register; three others stand there."""
    succeed(_zebra)
    pay(_zebra, {"k": ["2024-01-01", "2025-01-01"]})
    decide(_zebra, [said("k", "same", GONE)])
    return _zebra


def _link_zebra(engine: DuckEngine) -> None:
    load(
        engine,
        [{"supplier_key": "k", "name": "Zebra Cranes"}],
        [
            {"org_id": ACORN, "name": "Acorn Ltd"},
            {"org_id": BEECH, "name": "Beech Ltd"},
            {"org_id": CEDAR, "name": "Cedar Ltd", "status": "ended", "ended_on": date(2024, 6, 30)},
        ],
    )
    link(engine)


@pytest.mark.parametrize(
    ("steps", "org_id", "reopened"),
    [
        ([], None, "gone"),
        ([(GONE, ACORN, "2024-06-01")], ACORN, None),
        ([(GONE, ACORN, None)], ACORN, None),
        ([(GONE, ACORN, "2026-06-01")], ACORN, None),  # it stands in no register: there is only the successor
        ([(GONE, "X:1", None), ("X:1", BEECH, None)], BEECH, None),
        ([(GONE, ACORN, "2020-01-01"), (ACORN, BEECH, "2024-06-01")], BEECH, None),
        ([(GONE, ACORN, "2020-01-01"), (ACORN, BEECH, "2025-06-01")], ACORN, None),  # after the last payment
        ([(GONE, ACORN, None), (GONE, BEECH, None)], None, "succession"),
        ([(GONE, "X:1", None), ("X:1", GONE, None)], None, "succession"),
        ([(GONE, GONE, None)], None, "succession"),
        ([(GONE, "X:1", None)], None, "gone"),
        ([(f"X:{n}" if n else GONE, f"X:{n + 1}" if n < 59 else ACORN, None) for n in range(60)], ACORN, None),
        ([(f"X:{n}" if n else GONE, f"X:{n + 1}", None) for n in range(2_000)], None, "succession"),
    ],
)
def test_a_decision_follows_the_organisation(
    decided: DuckEngine, steps: list[tuple[str, str, str | None]], org_id: str | None, reopened: str | None
) -> None:
    succeed(decided, *steps)
    found = resolved(decided)["k"]
    assert (found["org_id"], found["stage"], found["reopened"]) == (org_id, "decision", reopened)
    assert (found["state"] == "linked") == (org_id is not None)
    if org_id:
        assert evidence(found)["followed"].endswith(org_id)
        assert evidence(found)["decided_id"] == GONE


def test_a_link_by_number_is_followed_too(engine: DuckEngine) -> None:
    load(
        engine,
        [{"supplier_key": "k", "name": "Acorn Ltd", "org_number": "00000001"}],
        [{"org_id": ACORN, "name": "Acorn Ltd", "status": "ended"}, {"org_id": BEECH, "name": "Beech Ltd"}],
    )
    pay(engine, {"k": ["2025-01-01"]})
    succeed(engine, (ACORN, BEECH, "2024-01-01"))
    found = link(engine)["k"]
    assert (found["org_id"], found["stage"], found["candidate_id"]) == (BEECH, "number", ACORN)
    assert evidence(found)["succeeded_on"] == "2024-01-01"
    decide(engine, [said("k", "different", BEECH)])
    assert resolved(engine)["k"]["state"] == "unresolved"


# --- cases that come back


def test_an_organisation_that_had_ended_opens_the_case_again(decided: DuckEngine) -> None:
    decide(decided, [said("k", "same", CEDAR)])
    for days, reopened in [
        (["2024-01-01", "2025-06-01"], None),
        (["2024-01-01", "2025-08-01"], "ended"),
        (["2024-08-01"], "ended"),
    ]:
        pay(decided, {"k": days})
        found = resolved(decided)["k"]
        assert (found["org_id"], found["reopened"]) == (CEDAR, reopened)


@pytest.mark.parametrize(
    ("decision", "reopened"),
    [
        (said("k", "same", BEECH), "proposal"),
        (said("k", "same", BEECH, proposed_id=ACORN), None),
        (said("k", "same", BEECH, proposed_id=CEDAR), "proposal"),
        (said("k", "same", ACORN), None),
        (said("k", "absent"), "proposal"),
        (said("k", "absent", proposed_id=ACORN), None),
        (said("k", "unsure", ACORN, proposed_id=ACORN), None),
    ],
)
def test_another_strong_proposal_opens_the_case_again(
    engine: DuckEngine, decision: dict[str, Any], reopened: str | None
) -> None:
    load(
        engine,
        [{"supplier_key": "k", "name": "Acorn Joinery"}],
        [{"org_id": ACORN, "name": "Acorn Joinery Ltd"}, {"org_id": BEECH, "name": "Beech Ltd"}],
    )
    assert link(engine)["k"]["org_id"] == ACORN
    decide(engine, [decision])
    found = resolved(engine)["k"]
    assert found["reopened"] == reopened
    assert found["stage"] == "decision"
    decide(engine, [decision, said("k", "different", ACORN)])
    assert resolved(engine)["k"]["reopened"] is None


def test_a_weak_proposal_opens_nothing(decided: DuckEngine) -> None:
    decide(decided, [said("k", "same", ACORN, proposed_id=BEECH)])
    assert resolved(decided)["k"]["reopened"] is None


# --- contradictions


@pytest.mark.parametrize(
    ("words", "org_id", "is_contested"),
    [
        ([("Anna", "same", ACORN, 0), ("Bo", "same", BEECH, 1)], BEECH, True),
        ([("Anna", "same", ACORN, 0), ("Anna", "same", BEECH, 1)], BEECH, False),
        ([("Anna", "same", ACORN, 0), ("Bo", "same", ACORN, 1)], ACORN, False),
        ([("Anna", "same", ACORN, 0), ("Bo", "absent", None, 1)], None, True),
        ([("Anna", "same", ACORN, 0), ("Bo", "unsure", ACORN, 1)], None, False),
        ([("Anna", "same", ACORN, 0), ("Bo", "different", ACORN, 1)], None, True),
        ([("Anna", "same", ACORN, 0), ("Bo", "different", BEECH, 1)], ACORN, False),
        ([("Bo", "different", ACORN, 0), ("Anna", "same", ACORN, 1)], ACORN, True),
        ([("Anna", "same", ACORN, 0), ("Bo", "same", BEECH, 1), ("Anna", "same", BEECH, 2)], BEECH, False),
        ([("Anna", "same", ACORN, 0), ("Bo", "same", BEECH, 1), ("Cia", "same", BEECH, 2)], BEECH, False),
        ([("Anna", "same", ACORN, 0), ("Cia", "same", ACORN, 1), ("Bo", "same", BEECH, 2)], BEECH, True),
        ([("Anna", "same", ACORN, 0), ("Bo", "same", BEECH, 1), ("Anna", "unsure", ACORN, 2)], None, False),
        ([("Anna", "same", ACORN, 0), ("Anna", "same", BEECH, 0)], ACORN, True),
        ([("Anna", "same", ACORN, 0), ("Anna", "same", ACORN, 0)], ACORN, False),
    ],
)
def test_contradictions_are_shown_and_a_third_person_settles_them(
    decided: DuckEngine, words: list[tuple[str, str, str | None, int]], org_id: str | None, is_contested: bool
) -> None:
    rows = [said("k", word, org, decided_by=who, decided_at=DAYS[day]) for who, word, org, day in words]
    for ordered in (rows, rows[::-1]):
        decide(decided, ordered)
        found = resolved(decided)["k"]
        assert (found["org_id"], found["is_contested"]) == (org_id, is_contested)


# --- branches


def test_the_branch_is_kept_where_the_postcode_is_a_workplaces(engine: DuckEngine) -> None:
    load(
        engine,
        [
            {"supplier_key": "here", "name": "Acorn Ltd", "org_number": "00000001", "postcode": "pr1 2ab"},
            {"supplier_key": "there", "name": "Acorn Ltd", "org_number": "00000001", "postcode": "M1 1AA"},
            {"supplier_key": "nobody", "name": "Zebra", "postcode": "PR1 2AB"},
        ],
        [{"org_id": ACORN, "name": "Acorn Ltd", "postcode": "LS1 1AA"}],
    )
    engine.register(
        tables.workplaces,
        [
            {"workplace_key": key, "org_id": ACORN, "postcode": postcode, "municipality": None, "country": "gb"}
            for key, postcode in (("w1", "PR12AB"), ("w2", "LS1 1AA"))
        ],
    )
    links = link(engine)
    assert {key: row["workplace_key"] for key, row in links.items()} == {"here": "w1", "there": None, "nobody": None}
    assert links["here"]["org_id"] == links["there"]["org_id"] == ACORN
