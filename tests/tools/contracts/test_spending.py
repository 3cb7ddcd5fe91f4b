"""Purchases inside and outside contracts: known answers, and sums that always add up."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lib.town import payments, town

from bygd.engine import DuckEngine
from bygd.tools import contracts as tool
from bygd.tools.contracts import Part, WhyUnsure, by_supplier, parts
from bygd.tools.contracts.figures import DEFINITIONS, share_outside
from bygd.tools.contracts.used import used
from bygd.vocabulary import tables

A = "SE-ON:5560000001"


def contract(key: str = "k", **more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(tables.contracts.columns()),
        "contract_key": key,
        "anchor": "X",
        "title": "Contract",
        "supplier_id": A,
        "starts_on": date(2020, 1, 1),
        "ends_on": date(2020, 12, 31),
        "stage": "signed",
        "is_framework": False,
        "source": "test",
        "entered_by": "test",
        "entered_at": datetime(2026, 1, 1),
        **more,
    }


FORMS = {
    "ltd": "limited",
    "limited": "limited",
    "l t d": "limited",
    "plc": "plc",
    "ek for": "ek",
    "ekonomisk forening": "ek",
}


def told(engine: DuckEngine, rows: str | list[dict[str, Any]], *contracts: dict[str, Any]) -> dict[str, Decimal]:
    """Sums by what was told: within, outside, or the reason of doubt."""
    town(engine, payments(rows) if isinstance(rows, str) else rows)
    engine.register(tables.contracts, list(contracts))
    found: dict[str, Decimal] = {}
    for one in tool.spending(engine, "EUR", forms=FORMS):
        name = one.why.value if one.why else one.part.value
        found[name] = found.get(name, Decimal(0)) + one.amount
    return found


ONE = f"""
    anchor | supplier | amount | seat         | org | day
    X      | Firm     | 100    | municipality | {A} | {{day}}
"""


@pytest.mark.parametrize(
    ("day", "more", "expected"),
    [
        ("2020-01-01", {}, Part.WITHIN),
        ("2020-12-31", {}, Part.WITHIN),
        ("2019-12-31", {}, Part.OUTSIDE),
        ("2021-01-01", {}, WhyUnsure.LATE),
        ("2021-03-31", {}, WhyUnsure.LATE),
        ("2021-04-01", {}, Part.OUTSIDE),
        ("2021-02-01", {"longest_until": date(2022, 12, 31)}, WhyUnsure.OPTION),
        ("2023-02-01", {"longest_until": date(2022, 12, 31)}, WhyUnsure.LATE),
        ("2024-02-01", {"longest_until": date(2022, 12, 31)}, Part.OUTSIDE),
        ("2024-02-01", {"options": "may be prolonged"}, WhyUnsure.OPTION),
        ("2024-02-01", {"ends_on": None}, WhyUnsure.DATES),
        ("2019-02-01", {"ends_on": None}, Part.OUTSIDE),
        ("2019-02-01", {"starts_on": None}, WhyUnsure.DATES),
        ("2024-02-01", {"starts_on": None}, Part.OUTSIDE),
        ("2021-02-01", {"starts_on": None}, WhyUnsure.LATE),
        ("2019-12-31", {"starts_on": None, "signed_on": date(2019, 12, 1)}, Part.WITHIN),
        ("2020-06-01", {"supplier_id": "SE-ON:5560000002"}, Part.OUTSIDE),
        ("2020-06-01", {"supplier_id": None, "supplier_name": "FIRM."}, Part.WITHIN),
        ("2020-06-01", {"supplier_id": None, "supplier_name": "Other"}, Part.OUTSIDE),
        ("2020-06-01", {"stage": "called"}, WhyUnsure.REGISTER),
        ("2020-06-01", {"anchor": "Y"}, WhyUnsure.REGISTER),
    ],
)
def test_a_payment_on_a_day(engine: DuckEngine, day: str, more: dict[str, Any], expected: str) -> None:
    assert told(engine, ONE.format(day=day), contract(**more)) == {expected: Decimal(100)}


@pytest.mark.parametrize(
    ("written", "paid", "expected"),
    [
        ("Firm Ltd", "FIRM LIMITED", Part.WITHIN),
        ("Firm Limited", "Firm L.T.D.", Part.WITHIN),
        ("Firm Ltd", "Firm PLC", Part.OUTSIDE),
        ("Firm Ltd", "Firm", Part.OUTSIDE),
        ("Limited Editions", "Ltd. Editions", Part.WITHIN),
        ("Åkern ek. för.", "AKERN EKONOMISK FÖRENING", Part.WITHIN),
        ("Ltd", "Limited", Part.OUTSIDE),
    ],
)
def test_a_legal_form_is_one_however_it_is_spelled(engine: DuckEngine, written: str, paid: str, expected: str) -> None:
    rows = f"anchor | supplier | amount | seat | org | day\nX | {paid} | 100 | municipality | {A} | 2020-06-01"
    assert told(engine, rows, contract(supplier_id=None, supplier_name=written)) == {expected: Decimal(100)}
    assert bool(used(engine, "k", "EUR", forms=FORMS)) == (expected is Part.WITHIN)


def test_of_two_contracts_the_surer_counts_and_no_cent_is_doubled(engine: DuckEngine) -> None:
    both = contract("one", ends_on=None), contract("two"), contract("three", ends_on=date(2020, 2, 1))
    assert told(engine, ONE.format(day="2020-06-01"), *both) == {"within": Decimal(100)}


def test_a_supplier_nobody_found_may_be_anybodys(engine: DuckEngine) -> None:
    rows = """
        anchor | supplier | amount
        X      | Stranger | 30
        X      | Firm     | 5
    """
    named = contract(supplier_id=None, supplier_name="Firm")
    assert told(engine, rows, named) == {WhyUnsure.SUPPLIER: Decimal(30), Part.WITHIN: Decimal(5)}


def test_an_organisation_stands_once_however_the_ledger_spells_it(engine: DuckEngine) -> None:
    rows = f"""
        anchor | supplier | amount | seat         | org | day
        X      | Firm     | 60     | municipality | {A} | 2019-02-01
        X      | Firma    | 20     | municipality | {A} | 2019-11-01
        Y      | Firm     | 7      | municipality | {A} | 2019-11-01
    """
    told(engine, rows, contract(), contract("y", anchor="Y"))
    listed = [
        (party, anchor, sums.outside) for (party, _, anchor, _), sums in by_supplier(tool.spending(engine, "EUR"))
    ]
    assert listed == [(A, "X", Decimal(80)), (A, "Y", Decimal(7))]


def test_credits_and_what_is_no_purchase(engine: DuckEngine) -> None:
    rows = f"""
        anchor | supplier | amount | seat         | org | ownership | day
        X      | Firm     | 100    | municipality | {A} | private   | 2020-06-01
        X      | Firm     | -40    | municipality | {A} | private   | 2021-09-01
        X      | State    | 900    | municipality | S   | public    | 2020-06-01
    """
    assert told(engine, rows, contract()) == {Part.WITHIN: Decimal(100), Part.OUTSIDE: Decimal(-40)}


def test_the_share_and_its_range(engine: DuckEngine) -> None:
    rows = f"""
        anchor | supplier | amount | seat         | org | day
        X      | Firm     | 60     | municipality | {A} | 2020-06-01
        X      | Other    | 20     | municipality | B   | 2020-06-01
        X      | Who      | 30     | unknown      |     | 2020-06-01
        X      | Back     | -10    | unknown      |     | 2020-06-01
    """
    told(engine, rows, contract())
    money = tool.spending(engine, "EUR")
    sums = parts(money)
    assert (sums.within, sums.outside, sums.doubt, sums.total) == tuple(map(Decimal, (60, 20, 20, 100)))
    assert share_outside(sums) == (0.25, 0.1, 0.5, 0.8)
    figures = {one.id: one for one in tool.figures(money, [contract()], date(2020, 6, 1), "EUR") if one.anchor is None}
    assert figures.keys() == DEFINITIONS.keys()
    share = figures["contracts.outside_share"]
    assert (share.value, share.low, share.high, share.coverage, share.period) == (0.25, 0.1, 0.5, 0.8, "2020")
    assert figures["contracts.outside"].value == 20.0 and figures["contracts.ending"].value == 1.0


def test_with_less_than_a_fifth_told_there_is_no_share(engine: DuckEngine) -> None:
    told(engine, "anchor | supplier | amount\nX | Who | 90")
    engine.register(tables.contracts, [contract()])
    assert share_outside(parts(tool.spending(engine, "EUR"))) == (None, 0.0, 1.0, 0.0)


def test_what_was_used_of_a_contract_and_what_is_shared_with_another(engine: DuckEngine) -> None:
    rows = f"""
        anchor | supplier | amount | seat         | org | day
        X      | Firm     | 60     | municipality | {A} | 2020-02-01
        X      | Firm     | 20     | municipality | {A} | 2020-11-01
        X      | Firm     | 7      | municipality | {A} | 2022-11-01
        Y      | Firm     | 500    | municipality | {A} | 2020-02-01
    """
    told(engine, rows, contract("k"), contract("l", starts_on=date(2020, 10, 1)))
    (year,) = used(engine, "k", "EUR")
    assert (year.year, year.amount, year.shared, year.payments) == (2020, Decimal(80), Decimal(20), 2)
    told(engine, rows, contract("k", options="as long as both wish"))
    before, after = used(engine, "k", "EUR")
    assert (before.open, after.year, after.amount, after.open) == (0, 2022, 7, 7), "its last day is not known"


SUPPLIERS = {"Firm": {"seat": "municipality", "org": A}, "Firma": {"seat": "municipality", "org": A}, "Who": {}}
days = st.dates(date(2019, 1, 1), date(2021, 12, 31))
dated = st.one_of(st.none(), days)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["X", "Y"]), st.sampled_from(list(SUPPLIERS)), st.integers(-10_000, 10_000), days,
            st.sampled_from(["-", "Fuel", "Food"]),
        ),
        min_size=1, max_size=15,
    ),
    held=st.lists(st.tuples(st.sampled_from([A, None]), dated, dated, dated), max_size=4),
)  # fmt: skip
def test_within_outside_and_doubt_are_all_purchases(engine: DuckEngine, rows: list[Any], held: list[Any]) -> None:
    listed = [
        {"anchor": anchor, "supplier": name, "amount": str(Decimal(cents) / 100), "day": day, "category": category}
        | SUPPLIERS[name]
        for anchor, name, cents, day, category in rows
    ]
    contracts = [
        contract(f"c{n}", supplier_id=who, supplier_name="Who", starts_on=first, ends_on=last, longest_until=longest)
        for n, (who, first, last, longest) in enumerate(held)
    ]
    sums = told(engine, listed, *contracts)
    whole = engine.rows("SELECT SUM(amount) AS amount FROM spend WHERE is_procurement AND currency = 'EUR'")
    assert sum(sums.values(), Decimal(0)) == (whole[0]["amount"] or 0)
    by_payment = engine.rows("SELECT COUNT(*) AS n FROM payments")[0]["n"]
    assert sum(one.payments for one in tool.spending(engine, "EUR")) == by_payment
