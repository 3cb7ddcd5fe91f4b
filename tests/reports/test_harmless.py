"""Texts that a spreadsheet would take for a formula stay texts, and are read back as they were."""

import csv
import io
import re
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.reports import Translator
from bygd.reports.documents import opendata, sheet
from bygd.reports.documents.harmless import as_meant, harmless, harmless_column
from bygd.reports.grid import Head

NUMBERS = st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.floats(-1e18, 1e18)).map(str)
BEGINNINGS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "|", "%", " =", "\u00a0+", "\u2003-", "\x0b@"])
LETTERS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=8)


@pytest.mark.parametrize("text", ["=1+1", " =1", "@x", "-10 % less", "+ five", "|x", "%y", "\u00a0=1", "-1+1"])
def test_a_formula_stands_behind_an_apostrophe_and_comes_back(text: str) -> None:
    assert harmless(text) == f"'{text}" and as_meant(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "-5.00", "-5", "-1E-7", "-10 %", "+46 70 1", "Firm AB", "'t Huis", "''", "a=b"])
def test_other_texts_are_their_own(text: str) -> None:
    assert harmless(text) == text and as_meant(text) == text


def test_what_is_no_text_stays_as_it_is() -> None:
    assert harmless(None) is None and harmless(-1) == -1


def written(text: str) -> list[str]:
    """The text as each kind of export has it."""
    lines = list(sheet.lines([Head("x")], [[text]], "", Translator("en")))
    (from_sheet,) = list(csv.reader(io.StringIO("".join(lines[1:]), newline="")))
    (from_column,) = harmless_column(pa.array([text])).to_pylist()
    return [str(harmless(text)), *from_sheet, str(opendata._plain(text)), str(from_column)]


@given(NUMBERS)
def test_a_number_keeps_its_sign_in_every_export(number: str) -> None:
    for text in (number, f"+{number.lstrip('-')}"):
        assert set(written(text)) == {text} and Decimal(text) == Decimal(number).copy_sign(Decimal(text))


@given(BEGINNINGS, LETTERS)
def test_every_export_marks_the_same_texts(beginning: str, rest: str) -> None:
    text = beginning + rest
    (made,) = set(written(text))
    assert as_meant(made) == text
    assert made == f"'{text}" or re.fullmatch("[-+][0-9][-0-9eE+., %\u00a0\u202f]*", text), "but for a number"
