"""When and for what suppliers were paid: against organisations that did not live then, or sell other things."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from tests.lib.linking import explained, link, load
from tests.lib.text_tables import draw

from bygd.countries import available, pack
from bygd.engine import DuckEngine
from bygd.linkage import deal
from bygd.linkage.score import shipped
from bygd.linkage.trades import sold_by
from bygd.vocabulary import tables

PAID = {"first_paid_on": date(2020, 3, 1), "last_paid_on": date(2022, 6, 1), "category": None}


def linked(engine: DuckEngine, organisation: Mapping[str, Any], paid: Mapping[str, Any] | None = None) -> Any:
    """The link of 'Acorn Catering Ltd' to an organisation of that name, the supplier paid so."""
    load(
        engine, [{"name": "Acorn Catering Ltd"}], [{"org_id": "XX:1", "name": "Acorn Catering Limited", **organisation}]
    )
    rows = [] if paid is None else [{"supplier_key": "Acorn Catering Ltd", **PAID, **paid}]
    engine.register(tables.dealings, rows)
    return link(engine)["Acorn Catering Ltd"]


def test_payments_are_summed_up_by_supplier(engine: DuckEngine) -> None:
    payments = """
        supplier_key | amount | paid_on    | category
        a            |    300 | 2021-02-01 | Food
        a            |   -300 | 2021-03-01 | Food
        a            |    500 | 2020-01-01 | Taxi
        b            |     10 | 2021-01-01 | Food
        b            |     10 | 2022-01-01 | -
        c            |     40 | 2021-01-01 | Food
        c            |     30 | 2021-01-01 | Taxi
        c            |     35 | 2021-01-01 | -
    """
    engine.register(tables.payments, draw(tables.payments, payments))
    deal(engine)
    found = engine.rows("SELECT * FROM dealings ORDER BY supplier_key")
    assert [list(row.values()) for row in found] == [
        ["a", date(2020, 1, 1), date(2021, 3, 1), "Food"],
        ["b", date(2021, 1, 1), date(2022, 1, 1), "Food"],
        ["c", date(2021, 1, 1), date(2021, 1, 1), None],
    ]


def test_registered_after_the_last_payment_is_left_to_people(engine: DuckEngine) -> None:
    found = linked(engine, {"registered_on": date(2024, 5, 1)}, {})
    assert (found["state"], found["candidate_id"]) == ("unresolved", "XX:1")
    assert "registered on 1 May 2024, after the last payment on 1 June 2022" in explained(engine, "Acorn Catering Ltd")


def test_ended_long_before_the_first_payment_is_left_to_people(engine: DuckEngine) -> None:
    found = linked(engine, {"ended_on": date(2010, 1, 1), "status": "ended"}, {})
    assert (found["state"], found["candidate_id"]) == ("unresolved", "XX:1")
    said = explained(engine, "Acorn Catering Ltd")
    assert "it ended on 1 January 2010, long before the first payment on 1 March 2020" in said
    assert "the organisation has ended" not in said


@pytest.mark.parametrize(
    "organisation",
    [
        {"registered_on": date(2022, 6, 20)},  # the first of June may stand for the last
        {"registered_on": date(2019, 1, 1), "ended_on": date(2023, 1, 1), "status": "ended"},
        {"ended_on": date(2021, 1, 1), "status": "ended"},
        {"industry": "64209"},
        {"industry": ""},
    ],
)
def test_who_lived_when_it_was_paid_is_linked_as_if_nothing_were_known(
    engine: DuckEngine, organisation: dict[str, Any]
) -> None:
    bare = linked(engine, {}, None)
    assert linked(engine, organisation, {"category": "School meals"})["score"] == bare["score"]
    assert bare["state"] == "linked"


def test_an_end_speaks_against_it_where_the_days_of_payment_are_not_known(engine: DuckEngine) -> None:
    ended = {"ended_on": date(2021, 1, 1), "status": "ended"}
    assert linked(engine, ended)["score"] < linked(engine, ended, {})["score"]


def test_an_industry_that_sells_other_things_speaks_against_it(engine: DuckEngine) -> None:
    bare = linked(engine, {"industry": "62020"}, {})
    other = linked(engine, {"industry": "62020"}, {"category": "School meals"})
    assert json.loads(other["evidence"])["weights"]["other_trade"] < 0
    assert other["score"] < bare["score"]
    said = explained(engine, "Acorn Catering Ltd")
    assert "firms of its industry (62020) sell other things than what was bought: School meals" in said
    same = linked(engine, {"industry": "56290"}, {"category": "School meals"})
    assert same["score"] == bare["score"]
    assert "firms of its industry (56290) sell what was bought: School meals" in explained(engine, "Acorn Catering Ltd")
    assert "säljer det som köptes: School meals" in explained(engine, "Acorn Catering Ltd", "sv")


def test_of_two_of_one_name_the_one_that_lived_and_sells_it_is_linked(engine: DuckEngine) -> None:
    load(
        engine,
        [{"name": "Acorn Services"}],
        [
            {"org_id": "XX:1", "name": "Acorn Services Limited", "registered_on": date(2024, 1, 1)},
            {"org_id": "XX:2", "name": "Acorn Services Limited", "registered_on": date(2001, 1, 1)},
        ],
    )
    engine.register(tables.dealings, [])
    assert link(engine)["Acorn Services"]["state"] == "unresolved"
    engine.register(tables.dealings, [{"supplier_key": "Acorn Services", **PAID}])
    found = link(engine)["Acorn Services"]
    assert found["candidate_id"] == "XX:2"
    assert found["margin"] > 0.5


def test_days_and_industries_never_lift_a_name() -> None:
    """Alone, a candidate is never likelier for them: they only speak against, and agreement weighs nothing."""
    curves = shipped().curves
    assert "same_trade" not in curves
    for feature in ("not_yet", "long_ended", "other_trade", "is_ended"):
        assert all(odds <= 0 for _, odds in curves[feature])


@pytest.mark.parametrize(
    ("country", "category", "sold", "not_sold"),
    [
        ("gb", "Catering Provisions", "56", "62"),
        ("gb", "45000000-7 Construction work", "41", "56"),
        ("gb", "Domiciliary Care Spot - Private (3rd)", "88", "43"),
        ("se", "Inhyrd personal", "78", "43"),
        ("se", "Köp av vård och omsorg", "87", "43"),
        ("nl", "Schoonmaakkosten", "81", "62"),
    ],
)
def test_categories_tell_who_sells_it(country: str, category: str, sold: str, not_sold: str) -> None:
    found = sold_by(category, pack.load(country).conventions())
    assert sold in found and not_sold not in found


@pytest.mark.parametrize("category", ["", "Miscellaneous", "Digital", "Elevhälsa", "12345", "99999999"])
def test_other_categories_say_nothing(category: str) -> None:
    for country in available():
        assert sold_by(category, pack.load(country).conventions()) == ()


@pytest.mark.parametrize("country", [*available(), "_template"])
def test_all_that_packs_say_was_bought_is_sold_by_somebody(country: str) -> None:
    conventions = pack.load(country).conventions()
    assert conventions.trade_words
    assert {key for keys in conventions.trade_words.values() for key in keys} <= set(conventions.trades)


def test_a_number_that_left_the_register_leads_to_who_took_its_place(engine: DuckEngine) -> None:
    load(
        engine,
        [{"name": "Kullagret", "org_number": "5560160680"}, {"name": "Tackjärn AB", "org_number": "5560125790"}],
        [{"org_id": "SE-ON:5560006538", "name": "Nya Bolaget AB", "country": "se"},
         {"org_id": "SE-ON:5560125790", "name": "Järn AB", "country": "se"}],
    )  # fmt: skip
    succession = """
        org_id           | successor_id     | kind   | happened_on | source
        SE-ON:5560160680 | SE-ON:5560747551 | merged | 2021-01-01  | list
        SE-ON:5560747551 | SE-ON:5560006538 | merged | 2022-01-01  | list
    """
    engine.register(tables.dealings, [{"supplier_key": "Kullagret", **PAID}])
    engine.register(tables.successions, draw(tables.successions, succession))
    found = link(engine, "se")
    assert (found["Kullagret"]["org_id"], found["Kullagret"]["stage"]) == ("SE-ON:5560006538", "number")
    assert found["Tackjärn AB"]["org_id"] == "SE-ON:5560125790"
    assert "is that of an organisation whose place it took" in explained(engine, "Kullagret")


def test_a_former_number_that_forks_leads_nowhere(engine: DuckEngine) -> None:
    load(
        engine,
        [{"name": "Kullagret", "org_number": "5560160680"}],
        [{"org_id": f"SE-ON:{number}", "name": name, "country": "se"}
         for number, name in (("5560006538", "Nya Bolaget AB"), ("5560125790", "Andra Bolaget AB"))],
    )  # fmt: skip
    succession = """
        org_id           | successor_id     | kind   | happened_on | source
        SE-ON:5560160680 | SE-ON:5560125790 | merged | -           | list
        SE-ON:5560160680 | SE-ON:5560006538 | merged | -           | list
    """
    engine.register(tables.successions, draw(tables.successions, succession))
    found = link(engine, "se")["Kullagret"]
    assert (found["state"], found["candidate_id"]) == ("unresolved", None)
