"""Who stands at the top of an organisation, as its page says it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from tests.lib.linking import ORGANISATION
from tests.lib.text_tables import fill

from bygd.engine import DuckEngine
from bygd.reports import Translator
from bygd.reports.translate import LANGUAGES
from bygd.vocabulary import tables
from bygd.workbench import organisations

OWNED = (
    {"org_id": "X:1", "parent_id": "X:2", "owner_id": "X:3", "kind": "organisation", "country": "se", "steps": 2},
    {"org_id": "X:2", "parent_id": "X:3", "owner_id": "X:3", "kind": "organisation", "country": "se", "steps": 1},
    {"org_id": "X:4", "parent_id": "X:9", "owner_id": "X:9", "kind": "organisation", "country": "fi", "steps": 1},
    {"org_id": "X:5", "owner_id": "X:5/persons", "kind": "person", "country": "no", "steps": 1, "ended": "persons"},
    {"org_id": "X:6", "parent_id": "X:7", "steps": 0, "ended": "cycle"},
    {"org_id": "X:7", "steps": 0, "ended": "several"},
    {"org_id": "X:11", "parent_id": "X:99", "owner_id": "DE:1", "kind": "organisation", "country": "de", "steps": 2},
    {"org_id": "X:10", "parent_id": "DE:1", "owner_id": "DE:1", "kind": "organisation", "country": "de", "steps": 1},
)


@pytest.fixture
def told(engine: DuckEngine) -> Any:
    engine.register(
        tables.organisations,
        [{**ORGANISATION, "org_id": f"X:{n}", "name": f"Number {n}", "is_masked": n == 9} for n in range(1, 12)],
    )
    engine.register(tables.legal_forms, [])
    engine.register(tables.areas, [])
    owners = [fill(tables.ultimate_owners, {"ended": "top", "source": "t", **row}) for row in OWNED]
    engine.register(tables.ultimate_owners, owners)
    stated = {"kind": "organisation", "nature": "shares", "is_control": "yes", "source": "t"}
    engine.register(
        tables.parents,
        [
            fill(tables.parents, {**stated, "org_id": "X:10", "parent_id": "DE:1", "name": "Mutter GmbH"}),
            fill(tables.parents, {**stated, "org_id": "X:11", "parent_id": "X:99", "name": "Between Ltd"}),
            fill(tables.parents, {**stated, "org_id": "X:4", "parent_id": "X:9", "name": "Number 9 of a list"}),
        ],
    )

    def tell(org_id: str, language: str = "en") -> str:
        about = organisations.about(engine, [org_id])[org_id]
        known = {"_": Translator(language, "bygd.web"), "place": SimpleNamespace(slug="p")}
        parts = engines["jinja2"].env.get_template("suppliers/parts.html").make_module(known)  # type: ignore[attr-defined]
        return " ".join(str(parts.found_owner(about, "A list")).split())

    return tell


def test_the_last_owner_and_the_next_are_named_with_the_steps_between(told: Any) -> None:
    assert (
        ">Number 3</a> (Sweden)" in told("X:1") and "Next above it:" in told("X:1") and ">Number 2</a>" in told("X:1")
    )
    assert "2 owners above one another" in told("X:1") and "A list" in told("X:1")
    assert "Next above it" not in told("X:2") and "above one another" not in told("X:2")


def test_an_owner_that_no_register_has_is_called_as_the_list_calls_it(told: Any) -> None:
    assert "Mutter GmbH, which is in no register here (Germany)" in told("X:10")
    assert "Next above it: Between Ltd, which is in no register here" in told("X:11")
    assert "Next above it" not in told("X:10")
    assert "Mutter GmbH, som inte finns i något register här (Tyskland)" in told("X:10", "sv")


def test_masked_owners_and_persons_are_not_named(told: Any) -> None:
    assert "in no register here (Finland)" in told("X:4") and "Number 9" not in told("X:4")
    assert "en organisation som inte finns" in told("X:4", "sv")
    assert "owners are persons" in told("X:5") and "Norway" in told("X:5")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_end_that_leads_nowhere_says_why(told: Any, language: str) -> None:
    said = {told(org_id, language) for org_id in ("X:6", "X:7")}
    assert len(said) == 2 and all(len(one) > 40 and "{" not in one for one in said)
    assert told("X:8", language) == ""
