"""Dates: the whole column decides, and says how it knows."""

from datetime import date

import pytest

from bygd.countries import load
from bygd.sources import dates

TELLS_NOT = " (the country's order; the column alone does not tell)"


def read(country, *texts, order=None):
    return dates.read(texts, load(country).conventions(), order)


@pytest.mark.parametrize(
    ("country", "text", "day"),
    [
        ("se", "2023-09-01", date(2023, 9, 1)),
        ("se", "2023-09-01 00:00:00", date(2023, 9, 1)),
        ("se", "2023-09-01T23:59:59.123Z", date(2023, 9, 1)),
        ("se", "20230901", date(2023, 9, 1)),
        ("se", "202309", date(2023, 9, 1)),
        ("se", "2023-09", date(2023, 9, 1)),
        ("se", "2023/9/1", date(2023, 9, 1)),
        ("se", "1 maj 2023", date(2023, 5, 1)),
        ("se", "3 oktober 2023", date(2023, 10, 3)),
        ("nl", "1 maart 2023", date(2023, 3, 1)),
        ("nl", "1 mrt 2023", date(2023, 3, 1)),
        ("nl", "5-mei-23", date(2023, 5, 5)),
        ("gb", "15 June 2023", date(2023, 6, 15)),
        ("gb", "15-Jun-23", date(2023, 6, 15)),
        ("gb", "3rd March 2021", date(2021, 3, 3)),
        ("gb", "June 15, 2023", date(2023, 6, 15)),
        ("gb", "Friday 16 June 2023", date(2023, 6, 16)),
        ("gb", "Apr-18", date(2018, 4, 1)),
        ("gb", "44927", date(2023, 1, 1)),
        ("gb", "44927.5", date(2023, 1, 1)),
        ("gb", "25/12/2022 13:45", date(2022, 12, 25)),
    ],
)
def test_one_day_in_many_forms(country, text, day):
    assert read(country, text).days == {text: day}


@pytest.mark.parametrize(
    ("texts", "order", "first"),
    [
        (("03/04/2021", "13/04/2021"), "dmy", date(2021, 4, 3)),
        (("03/04/2021", "04/13/2021"), "mdy", date(2021, 3, 4)),
        (("03/04/2021",), "dmy" + TELLS_NOT, date(2021, 4, 3)),
        (
            ("03/04/2021", "13/04/2021", "14/04/2021", "04/15/2021"),
            "dmy (but 1 rows fit another order only)",
            date(2021, 4, 3),
        ),
        (
            ("03/04/2021", "13/04/2021", "04/15/2021"),
            "dmy (the country's order; rows contradict each other)",
            date(2021, 4, 3),
        ),
    ],
)
def test_the_column_decides_between_day_and_month_first(texts, order, first):
    found = read("gb", *texts)
    assert found.order == order and found.days[texts[0]] == first


def test_rows_of_the_other_order_are_wrong_not_guessed():
    found = read("gb", "03/04/2021", "13/04/2021", "14/04/2021", "04/15/2021")
    assert found.wrong == {"04/15/2021": "no date that exists"}


def test_years_of_two_digits_are_told_by_the_span():
    assert read("gb", "27/11/25", "04/11/25").order == "dmy (the only order within thirteen months)"
    found = read("se", "24-03-05", "24-12-24")
    assert found.order == "ymd (the only order within thirteen months)"
    assert found.days["24-03-05"] == date(2024, 3, 5)


def test_the_countrys_order_counts_where_nothing_tells():
    assert read("se", "05-03-04").order == "ymd" + TELLS_NOT


@pytest.mark.parametrize("text", ["31/02/2020", "2020-13-01", "tomorrow", "13/13/2020", "1 smarch 2020", "12"])
def test_what_is_no_date_is_wrong(text):
    assert read("gb", text).wrong == {text: "no date that exists"}


@pytest.mark.parametrize("text", ["01/01/0225", "0225-01-01", "2099-01-01", "1 May 1066"])
def test_impossible_years_are_wrong(text):
    assert "is not between 1990 and" in read("gb", text).wrong[text]


def test_an_order_given_is_taken():
    assert read("gb", "03/04/2021", order="mdy").days == {"03/04/2021": date(2021, 3, 4)}
