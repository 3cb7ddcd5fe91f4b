"""Spend lines: summed, tagged once, nothing lost."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lib.text_tables import draw

from bygd import countries, scope
from bygd.engine import DuckEngine
from bygd.scope.rules import Rule
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import NotProcurement

SUPPLIERS = """
    supplier_key | anchor      | name              | kind
    own          | Leeds       | LEEDS             | -
    council      | Leeds       | York City Council | -
    acme         | Leeds       | Acme Ltd          | -
    wga          | Leeds       | Norse Ltd         | WGA
"""
PAYMENTS = """
    anchor | supplier_key | amount | paid_on    | category | account | currency
    Leeds  | own          |   1.00 | 2020-03-31 | -        | -       | GBP
    Leeds  | council      |  10.00 | 2020-03-31 | Grants   | 1       | GBP
    Leeds  | council      |  -4.00 | 2020-04-01 | Works    | 2       | GBP
    Leeds  | acme         |   5.50 | 2020-04-01 | Grants   | 3       | GBP
    Leeds  | acme         |   6.00 | 2020-04-02 | Pens     | 4       | GBP
    Leeds  | acme         |   0.25 | 2020-12-31 | Pens     | 5       | GBP
    Leeds  | acme         |   9.00 | 2020-12-31 | Pens     | 5       | EUR
    Leeds  | wga          |   7.00 | 2021-01-01 | Pens     | 5       | GBP
"""


def lines(engine: DuckEngine, rules: tuple[Rule, ...], year_starts: int = 1) -> list[tuple[Any, ...]]:
    engine.register(tables.suppliers, draw(tables.suppliers, SUPPLIERS))
    engine.register(tables.payments, draw(tables.payments, PAYMENTS))
    scope.run(engine, rules, year_starts)
    wanted = ("supplier_key", "year", "category", "rule", "amount", "payments", "currency")
    found = engine.rows("FROM spend_lines")
    return sorted(tuple(row[name] for name in wanted) for row in found)


def test_each_line_is_tagged_by_the_first_rule_that_catches(engine: DuckEngine) -> None:
    assert lines(engine, scope.rules(countries.load("gb"))) == [
        ("acme", 2020, "Grants", "gb.grants", Decimal("5.50"), 1, "GBP"),
        ("acme", 2020, "Pens", "", Decimal("6.25"), 2, "GBP"),
        ("acme", 2020, "Pens", "", Decimal("9.00"), 1, "EUR"),
        ("council", 2020, "Grants", "gb.grants", Decimal("10.00"), 1, "GBP"),
        ("council", 2020, "Works", "gb.councils", Decimal("-4.00"), 1, "GBP"),
        ("own", 2020, "", "world.own_name", Decimal("1.00"), 1, "GBP"),
        ("wga", 2021, "Pens", "gb.government_kind", Decimal("7.00"), 1, "GBP"),
    ]


def test_lines_stand_in_order_however_payments_came(engine: DuckEngine) -> None:
    lines(engine, scope.rules(countries.load("gb")))
    first = engine.rows("FROM spend_lines")
    engine.register(tables.payments, list(reversed(engine.rows("FROM payments"))))
    scope.run(engine, scope.rules(countries.load("gb")))
    assert engine.rows("FROM spend_lines") == first


def by_account() -> Rule:
    return Rule(
        id="our.account",
        reason=NotProcurement.INTERNAL,
        fields=("account",),
        pattern="^ 5 $",
        exceptions="",
        own_name=False,
        label={"en": "Internal"},
        why="Account 5.",
        source="",
        from_pack="project",
    )


def test_lines_that_only_the_account_tells_apart_are_kept_file_by_file(engine: DuckEngine) -> None:
    engine.register(tables.suppliers, draw(tables.suppliers, SUPPLIERS))
    payments = draw(tables.payments, PAYMENTS)
    engine.register(tables.payments, [{**row, "file_key": f"f{n % 2}"} for n, row in enumerate(payments)])
    scope.run(engine, (by_account(),))
    found = engine.rows("FROM split_lines")
    told = [(row["file_key"], row["supplier_key"], row["category"], row["rule"], row["amount"]) for row in found]
    assert told == [
        ("f0", "acme", "Pens", "", Decimal("6.00")),
        ("f1", "acme", "Pens", "our.account", Decimal("0.25")),
    ]
    scope.run(engine, scope.rules(countries.load("gb")))
    assert engine.rows("FROM split_lines") == []


def test_without_rules_all_is_procurement(engine: DuckEngine) -> None:
    assert {line[3] for line in lines(engine, ())} == {""}


def test_the_year_is_the_one_in_which_the_financial_year_began(engine: DuckEngine) -> None:
    years = {(line[0], line[4]): line[1] for line in lines(engine, (), year_starts=4)}
    assert years[("own", Decimal("1.00"))] == 2019
    assert years[("acme", Decimal("5.50"))] == 2020
    assert years[("wga", Decimal("7.00"))] == 2020


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_year_cannot_start_in_no_month(engine: DuckEngine, month: int) -> None:
    with pytest.raises(InputError, match="month from 1 to 12"):
        scope.run(engine, (), month)


def test_a_supplier_nobody_knows_is_still_paid(engine: DuckEngine) -> None:
    engine.register(tables.suppliers, [])
    engine.register(tables.payments, draw(tables.payments, PAYMENTS))
    scope.run(engine, scope.rules(countries.load("gb")))
    assert engine.rows("SELECT SUM(amount) AS amount FROM spend_lines") == [{"amount": Decimal("34.75")}]


def rule(id: str, reason: str, pattern: str, *fields: str, exceptions: str = "", own_name: bool = False) -> Rule:
    return Rule(id, NotProcurement(reason), fields, pattern, exceptions, own_name, {}, "", "", "test")  # type: ignore[call-arg]


RULES = (
    rule("own", "internal", "", own_name=True),
    rule("word", "public_body", " åa | b ", "supplier", "category", exceptions=" ltd "),
    rule("account", "tax", "^ 4[0-9]* $", "account"),
    rule("quote's", "grant", "b b| ø", "category", "department"),
    rule("kind", "benefit", " k ", "kind"),
    rule("everything", "treasury", " x ", *scope.FIELDS),
)
TEXT = st.text(alphabet="aåABbÅø kx4LTDltd.&-'\u00a0ß1", max_size=8)
MAYBE = st.none() | TEXT | st.sampled_from(["40", "4", "B ltd", "b.b", " ", "x", "a", "K"])
CENTS = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents) / 100)
SUPPLIER = st.fixed_dictionaries({"anchor": st.sampled_from(["A", "a b"]), "name": TEXT | st.just("A"), "kind": MAYBE})
PAYMENT = st.fixed_dictionaries(
    {
        "supplier": st.integers(0, 4),
        "amount": CENTS,
        "currency": st.sampled_from(["SEK", "EUR"]),
        "paid_on": st.dates(date(1999, 1, 1), date(2001, 12, 31)),
        "category": MAYBE,
        "account": MAYBE,
        "department": MAYBE,
    }
)


@pytest.fixture(scope="module")
def engine_of_module() -> Iterator[DuckEngine]:
    """One engine for every example: each example puts its tables anew."""
    with DuckEngine(threads=1) as engine:
        yield engine


@settings(max_examples=40, deadline=None)
@given(
    suppliers=st.lists(SUPPLIER, min_size=5, max_size=5),
    payments=st.lists(PAYMENT, max_size=12),
    year_starts=st.integers(1, 12),
    chosen=st.sets(st.sampled_from(RULES)),
)
def test_sql_and_plain_python_give_the_same_lines(
    suppliers: list[dict[str, Any]],
    payments: list[dict[str, Any]],
    year_starts: int,
    chosen: set[Rule],
    engine_of_module: DuckEngine,
) -> None:
    engine = engine_of_module
    rules = tuple(one for one in RULES if one in chosen)
    rest = {"supplier_number", "org_number", "postcode", "town", "country"}
    rows = [
        {**one, **dict.fromkeys(rest), "is_masked": False, "supplier_key": str(n)} for n, one in enumerate(suppliers)
    ]
    expected: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [Decimal(0), 0])
    paid = []
    for number, one in enumerate(payments):
        of = suppliers[one["supplier"]]
        found = scope.catch(
            rules,
            supplier=of["name"],
            anchor=of["anchor"],
            kind=of["kind"],
            category=one["category"],
            account=one["account"],
            department=one["department"],
        )
        year = one["paid_on"].year - (one["paid_on"].month < year_starts)
        tag = (found.id, found.reason.value) if found else ("", "")
        line = expected[of["anchor"], str(one["supplier"]), year, one["category"] or "", *tag, one["currency"]]
        line[0] += one["amount"]
        line[1] += 1
        paid.append(
            {
                **{name: value for name, value in one.items() if name != "supplier"},
                "anchor": of["anchor"],
                "supplier_key": str(one["supplier"]),
                "file_key": "f",
                "row_number": number,
                "invoice": None,
                "contract": None,
            }
        )
    engine.register(tables.suppliers, rows)
    engine.register(tables.payments, paid)
    scope.run(engine, rules, year_starts)
    lines = [tuple(row.values()) for row in engine.rows("FROM spend_lines")]
    assert {line[:7]: list(line[7:]) for line in lines} == dict(expected)
    assert sum(line[7] for line in lines) == sum(one["amount"] for one in payments)


def test_a_project_folder_rule_reaches_the_lines(engine: DuckEngine, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    text = "rules: [{id: pens, reason: internal, fields: [category], pattern: ' pens '}]"
    (tmp_path / "rules" / "not_procurement.yaml").write_text(text)
    rules = scope.rules(countries.load("gb"), tmp_path)
    assert ("acme", 2020, "Pens", "pens", Decimal("6.25"), 2, "GBP") in lines(engine, rules)
