"""Amounts: the whole column decides the decimal mark; signs and currencies in every form."""

from decimal import Decimal

import pyarrow as pa
import pytest

from bygd.countries import load
from bygd.sources import amounts


def read(engine, country, *cells, given=None):
    conventions = load(country).conventions()
    engine.put("cells", pa.table({"c0": pa.array(cells, pa.string())}))
    marks = amounts.decide(engine, "cells", ["c0"], conventions, conventions.currency, given)
    value, _ = amounts.value_sql("c0", marks, conventions, conventions.currency)
    return marks, [row["v"] for row in engine.rows(f"SELECT {value} AS v FROM cells")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234\u00a0567,50", "1234567.50"),
        ("1\u202f234,50", "1234.50"),
        ("1\u2009234,50", "1234.50"),
        ("1'234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("-1 234,50", "-1234.50"),
        ("1 234,50-", "-1234.50"),
        ("\u22121 234,50", "-1234.50"),
        ("- 1 234,50", "-1234.50"),
        ("(1 234,50)", "-1234.50"),
        ("1 234,50 kr", "1234.50"),
        ("1 234,50 SEK", "1234.50"),
        ("SEK 1 234,50", "1234.50"),
        ("1234,5", "1234.50"),
        ("0,05", "0.05"),
        (",05", "0.05"),
        ("+12,00", "12.00"),
        ("1,5E+3", "1500.00"),
        ("-468,2800000000001", "-468.28"),
        ("100", "100.00"),
    ],
)
def test_swedish_amounts(engine, cell, value):
    marks, (found, _) = read(engine, "se", cell, "0,01")
    assert marks.decimal == "," and found == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.50", "1234.50"),
        ("£1,234.50", "1234.50"),
        ("-£1,234.50", "-1234.50"),
        ("£-1,234.50", "-1234.50"),
        ("(£1,234.50)", "-1234.50"),
        ("£1,234.50-", "-1234.50"),
        ("1,234.50 CR", "-1234.50"),
        ("1,234", "1234.00"),
        ("GBP 12.00", "12.00"),
        ("-468.2800000000001", "-468.28"),
        ("1.5E+03", "1500.00"),
        (".5", "0.50"),
    ],
)
def test_british_amounts(engine, cell, value):
    marks, (found, _) = read(engine, "gb", cell, "0.01")
    assert marks.decimal == "." and found == Decimal(value)


def test_euro_amounts(engine):
    _, found = read(engine, "nl", "€ 1.234,50", "€ -12,00", "1.234,50 EUR", "12,-")
    assert found == [Decimal("1234.50"), Decimal("-12.00"), Decimal("1234.50"), Decimal("12")]


@pytest.mark.parametrize(
    "cell", ["abc", "1,2,3", "12 34,50", "1.23,4", "€5,00", "12/3", "--", "1e999", "9" * 30, "1_000"]
)
def test_what_is_no_amount_is_null(engine, cell):
    assert read(engine, "se", cell, "0,01")[1][0] is None


def test_the_majority_decides_and_says_so(engine):
    marks, found = read(engine, "se", "1.50", "2.50", "3,50")
    assert marks.said == ". (but 1 cells are written with the other mark)"
    assert found == [Decimal("1.50"), Decimal("2.50"), None]


def test_the_countrys_mark_counts_where_nothing_tells(engine):
    for country, value in (("se", "1.50"), ("gb", "1500")):
        marks, found = read(engine, country, "1,500")
        assert "does not tell" in marks.said and found == [Decimal(value)]
    assert read(engine, "gb", "1,500", given=",")[1] == [Decimal("1.50")]


def test_plain_numbers_say_nothing(engine):
    assert read(engine, "se", "1", "2")[0].said == ","
