"""Groups: chains of any length, and what is known of a supplier's group after a real build of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.lib.text_tables import fill

from bygd import countries, ownership
from bygd.engine import DuckEngine
from bygd.sources.privacy import Pseudonym
from bygd.vocabulary import tables


def _owned(org_id: str, parent_id: str) -> dict[str, Any]:
    drawn = {"org_id": org_id, "parent_id": parent_id, "kind": "organisation", "nature": "shares", "is_control": "yes"}
    return fill(tables.parents, drawn)


@pytest.mark.parametrize("length", [1, 7, 32, 33, 100])
def test_a_chain_of_any_length_is_followed_to_its_top(engine: DuckEngine, length: int) -> None:
    engine.register(tables.organisations, [])
    ring = [_owned("r0", "r1"), _owned("r1", "r0")]
    engine.register(tables.parents, [*ring, *(_owned(f"o{number}", f"o{number + 1}") for number in range(length))])
    ownership.ultimate(engine)
    (first,) = engine.rows("SELECT * FROM ultimate_owners WHERE org_id = 'o0'")
    found = (first["ended"], first["owner_id"], first["steps"])
    assert found == ("top", f"o{length}", length)
    (turning,) = engine.rows("SELECT ended, owner_id FROM ultimate_owners WHERE org_id = 'r0'")
    assert turning == {"ended": "cycle", "owner_id": None}


@pytest.mark.parametrize("around", [1, 2, 3, 5, 31, 32, 33])
def test_a_circle_of_owners_has_no_top(engine: DuckEngine, around: int) -> None:
    engine.register(tables.organisations, [])
    ring = [_owned(f"o{number}", f"o{(number + 1) % around}") for number in range(around)]
    engine.register(tables.parents, [*ring, _owned("outside", "o0")])
    ownership.ultimate(engine)
    found = engine.rows("SELECT DISTINCT ended, owner_id FROM ultimate_owners")
    assert found == [{"ended": "cycle", "owner_id": None}]


@pytest.mark.parametrize(("until", "owner"), [("2026-06-30", None), ("2026-07-01", None), ("2026-07-02", "o1")])
def test_an_owner_whose_last_day_is_still_to_come_lasts(engine: DuckEngine, until: str, owner: str | None) -> None:
    day = date(2026, 7, 1)
    engine.register(tables.organisations, [])
    engine.register(tables.parents, [{**_owned("o0", "o1"), "until": date.fromisoformat(until)}])
    ownership.ultimate(engine, day)
    assert [row["owner_id"] for row in engine.rows("SELECT owner_id FROM ultimate_owners")] == (
        [owner] if owner else []
    )
    assert (ownership.last_end(engine, day) is None) == (owner is not None), "a build after it makes owners anew"


def test_shares_of_its_own_do_not_hide_who_owns_it(engine: DuckEngine) -> None:
    engine.register(tables.organisations, [])
    engine.register(tables.parents, [_owned("o0", "o0"), _owned("o0", "o1")])
    ownership.ultimate(engine)
    (found,) = engine.rows("SELECT ended, owner_id, parent_id FROM ultimate_owners")
    assert found == {"ended": "top", "owner_id": "o1", "parent_id": "o1"}


@pytest.mark.parametrize(("second", "country"), [("us", "us"), (None, "us"), ("gb", None)])
def test_of_a_top_that_sources_put_in_two_countries_none_is_known(
    engine: DuckEngine, second: str | None, country: str | None
) -> None:
    engine.register(tables.organisations, [])
    owned = [{**_owned("o0", "top"), "country": "us"}, {**_owned("o1", "top"), "country": second}]
    engine.register(tables.parents, owned)
    ownership.ultimate(engine)
    found = engine.rows("SELECT DISTINCT owner_id, country FROM ultimate_owners")
    assert found == [{"owner_id": "top", "country": country}]


def test_real_statements_say_whose_suppliers_are(engine: DuckEngine, shared_data: Path) -> None:
    paths = sorted((shared_data / "gb/contracts/bods").glob("*.json"))
    if not paths:
        pytest.skip("no statements there")
    country = countries.load("gb")
    countries.read_register(engine, country, "world/bods", paths, None, Pseudonym(b"k" * 32))
    orgs = [row["org_id"] for row in engine.rows("SELECT DISTINCT org_id FROM parents ORDER BY org_id")]
    form = {"country": "gb", "legal_form": "Private Limited Company"}
    engine.register(tables.organisations, [fill(tables.organisations, {"org_id": org, **form}) for org in orgs])
    suppliers = [fill(tables.suppliers, {"supplier_key": org}) for org in orgs]
    engine.register(tables.suppliers, suppliers)
    engine.register(tables.links, [fill(tables.links, {"supplier_key": org, "org_id": org}) for org in orgs])
    engine.register(tables.class_decisions, [])
    engine.register(tables.legal_forms, ownership.legal_forms(country))
    ownership.ultimate(engine)
    ownership.run(engine, country)
    kinds = {
        row["ownership"]: row["n"]
        for row in engine.rows("SELECT ownership, COUNT(*) AS n FROM ownerships GROUP BY ownership")
    }
    assert sum(kinds.values()) == len(orgs) == 98
    assert kinds == {"private_group": 47, "private_independent": 38, "private": 7, "foreign": 6}
    rows = engine.rows("SELECT * FROM ownerships WHERE ownership = 'foreign' ORDER BY supplier_key")
    assert {row["ultimate_country"] for row in rows} == {"au", "fr", "jp", "us"}
    (apetito,) = engine.rows("SELECT * FROM ownerships WHERE supplier_key = 'GB-COH:00233851'")
    assert (apetito["ownership"], apetito["ultimate_owner_id"]) == ("private", None)
