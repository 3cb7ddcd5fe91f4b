"""A message with values is said in every language, survives JSON and pickling, and is English to who only reads it."""

import json
import pickle
from decimal import Decimal

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary.said import Said, from_plain, to_plain

ROWS = Said("{file} has {number} rows: {names}.", file="a{b}.csv", number=1234567, names=["x", Said("{n} more", n=2)])


def test_it_is_its_english_text() -> None:
    assert ROWS == "a{b}.csv has 1,234,567 rows: x, 2 more."
    assert Said("What {stands} without values is not formatted.") == "What {stands} without values is not formatted."
    assert Said(ROWS) is ROWS


def test_it_survives_json_and_pickling() -> None:
    again = from_plain(json.loads(json.dumps(to_plain({"warnings": [ROWS, "plain"]}))))
    assert again == {"warnings": [str(ROWS), "plain"]}
    assert again["warnings"][0].message == ROWS.message
    assert again["warnings"][0].values["names"][1].values == {"n": 2}
    assert pickle.loads(pickle.dumps(ROWS)).values == ROWS.values
    exact = from_plain(json.loads(json.dumps(to_plain(Said("{n}", n=Decimal("1.50"))))))
    assert isinstance(exact.values["n"], Decimal) and str(exact.values["n"]) == "1.50"
    assert to_plain(Said("")) == ""


def test_an_error_keeps_its_message_through_pickling_and_being_raised_anew() -> None:
    error = pickle.loads(pickle.dumps(InputError("{file} is empty: {why}", file="a.csv", why=InputError("no rows"))))
    assert (str(error), error.message) == ("a.csv is empty: no rows", "{file} is empty: {why}")
    assert InputError(error.said).values["file"] == "a.csv"


def test_it_is_said_in_the_language() -> None:
    swedish = Translator("sv")
    assert swedish.said(ROWS) == "a{b}.csv has 1\u00a0234\u00a0567 rows: x, 2 more."
    inner = InputError("There were no warnings.")
    assert swedish.said(Said("{why}", why=inner)) == swedish("There were no warnings.") != str(inner)
    assert swedish.said("an old text, kept as it was") == "an old text, kept as it was"
    assert Translator("en").said(ROWS) == str(ROWS)
