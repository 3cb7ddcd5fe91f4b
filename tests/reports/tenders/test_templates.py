"""Templates go out, are filled in, and come back; every fault is named with its cell."""

import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from bygd.reports.tenders import Unusable, read, told
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools.tenders import Form, Item, Question

from .filling import FORM, TOTAL, blank, document, workbook

LANGUAGES = ("sv", "nl", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fill", [workbook, document])
def test_round_trip(fill: Any, language: str, tmp_path: Path) -> None:
    found = read(fill(tmp_path, language), FORM)
    assert (found.firm, found.firm_number) == ("Åkers Kök AB", "556677-8899")
    assert found.answers["1.1"].number == 3 and found.answers["1.2"].text == "With care.\nBy Åsa."
    assert found.answers["2.1"].yes is True and found.answers["2.2"].text == ""
    assert found.prices == {"P1": Decimal("41.5"), "P2": Decimal("1200.50")}
    assert found.total(FORM) == TOTAL == Decimal("561026.25")


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_an_empty_template_names_each_cell_that_is_missing(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"empty.{kind}"
    path.write_bytes(blank(kind, "en").read())
    with pytest.raises(Unusable) as caught:
        read(path, FORM)
    assert len(caught.value.faults) == 6  # the firm, three answers, two prices
    assert "name of the firm" in str(caught.value) and "price of P2" in str(caught.value)
    assert "2.2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("1.250,50", "1250.5"),
        ("1,250.50", "1250.5"),
        ("1.250.000", "1250000"),
        ("0,125", "0.125"),
        ("1 250,5", "1250.5"),
    ],
)
def test_prices_written_with_marks_between_thousands(text: str, price: str, tmp_path: Path) -> None:
    assert read(workbook(tmp_path, "nl", E5=text), FORM).prices["P1"] == Decimal(price)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"D10": None}, "Answers, D10: the answer to 1.2 is missing"),
        ({"D4": " "}, "D4: the name of the firm is missing"),
        ({"E6": None}, "Prices, E6: the price of P2 is missing"),
        ({"B10": "How do you feel?"}, "B10: it should say 'How are they trained?' but says 'How do you feel?'"),
        ({"A10": None}, "A10: '1.2' is gone"),
        ({"P_C5": 11000}, "Prices, C5: it should say '12000'"),
        ({"C9": "three"}, "'three' is no number"),
        ({"C9": -1}, "'-1' is no number"),
        ({"C9": "1.234"}, "may be read in two ways"),
        ({"E5": "1,234"}, "may be read in two ways"),
        ({"E5": "1.250.00"}, "'1.250.00' is no number"),
        ({"E5": 1.23456}, "four decimals"),
        ({"E5": "=A1*2"}, "E5: there is a formula"),
        ({"D10": '=HYPERLINK("http://x")'}, "D10: there is a formula"),
        ({"P_F5": "=1+1"}, "F5: there is a formula"),
        ({"C11": "perhaps"}, "'perhaps' is neither 'yes' nor 'no'"),
        ({"F20": "We make a reservation"}, "F20: there is something where nothing belongs"),
        ({"D10": "x" * 20_001}, "more than 20,000 signs"),
        ({"E5": 0, "E6": 0}, "All prices together are nought"),
    ],
)
def test_faults_of_a_workbook(cells: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable) as caught:
        read(workbook(tmp_path, "en", **cells), FORM)
    assert said in str(caught.value) and len(caught.value.faults) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({(3, 1, 1): ""}, "the answer to 1.2 is missing"),
        ({(3, 0, 1): "How do you feel?"}, "it should say 'How are they trained?'"),
        ({(6, 1, 2): "11000"}, "it should say '12000'"),
        ({(6, 2, 4): "a lot"}, "P2: 'a lot' is no number"),
        ({(4, 1, 1): "ja"}, "neither 'yes' nor 'no'"),
    ],
)
def test_faults_of_a_document(changes: Any, said: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable) as caught:
        read(document(tmp_path, "en", changes), FORM)
    assert said in str(caught.value) and len(caught.value.faults) == 1


def test_whole_amounts_with_their_thousands_apart(tmp_path: Path) -> None:
    found = read(workbook(tmp_path, "nl", E5="12 345,5", E6="7"), FORM)
    assert found.prices == {"P1": Decimal("12345.5"), "P2": Decimal(7)}


def test_a_template_of_another_tender_or_an_earlier_form(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    with pytest.raises(InputError, match="earlier version"):
        read(path, replace(FORM, number="T-2"))
    with pytest.raises(InputError, match="earlier version"):
        read(path, replace(FORM, items=(FORM.items[0], replace(FORM.items[1], quantity=Decimal(53)))))


def test_the_mark_does_not_change_with_how_a_quantity_is_written() -> None:
    same = replace(FORM, items=(FORM.items[0], replace(FORM.items[1], quantity=Decimal("52.500"))))
    assert same.fingerprint == FORM.fingerprint


def test_something_else_is_no_template(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "hello"
    book.save(tmp_path / "other.xlsx")
    docx.Document().save(tmp_path / "other.docx")
    for name in ("other.xlsx", "other.docx"):
        with pytest.raises(InputError, match="is not our template"):
            read(tmp_path / name, FORM)


def test_a_sheet_or_a_table_more_or_less(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("More")
    book.save(path)
    with pytest.raises(InputError, match="not our template"):
        read(path, FORM)
    opened = docx.Document(document(tmp_path))
    opened.add_table(1, 1)
    opened.save(tmp_path / "more.docx")
    with pytest.raises(InputError, match="not our template"):
        read(tmp_path / "more.docx", FORM)


def test_a_form_without_prices(tmp_path: Path) -> None:
    form = replace(FORM, items=(), currency="")
    found = read(workbook(tmp_path, "sv", form, E5=None, E6=None), form)
    assert found.total(form) is None and found.prices == {}


def test_locked_cells_and_language_of_the_files() -> None:
    book = openpyxl.load_workbook(blank("xlsx", "nl"))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet and sheet["B9"].protection.locked and not sheet["D10"].protection.locked
    with zipfile.ZipFile(blank("docx", "nl")) as opened:
        assert b'w:lang w:val="nl-NL"' in opened.read("word/styles.xml")


def test_faults_in_the_languages_of_people(tmp_path: Path) -> None:
    from bygd.reports.tenders.reading import told

    with pytest.raises(Unusable) as caught:
        read(workbook(tmp_path, "sv", D10=None), FORM)
    for language in ("sv", "nl"):
        (said,) = told(caught.value, Translator(language))
        assert "1.2" in said and "missing" not in said


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: replace(FORM, items=(Item("1.1", {"en": "x"}, Decimal(1)),)), "twice"),
        (lambda: replace(FORM, items=(Item("P", {"en": "x"}, Decimal(0)),)), "quantity above nought"),
        (lambda: Form("n", {"en": "t"}, (Question("q", {"en": " "}),)), "no text"),
        (lambda: Form("n", {"en": "t"}, tuple(Question(str(n), {"en": "t"}) for n in range(201))), "200 questions"),
    ],
)
def test_forms_that_are_none(make: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        make()


def test_sums_that_are_shared_as_spreadsheets_write_them(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    shared = tmp_path / "shared.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(shared, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).replace(b"<f>C5*E5</f>", b'<f t="shared" ref="F5:F6" si="0">C5*E5</f>')
            new.writestr(entry, content.replace(b"<f>C6*E6</f>", b'<f t="shared" si="0"/>'))
    with zipfile.ZipFile(shared) as opened:
        assert b'si="0"/>' in opened.read("xl/worksheets/sheet2.xml").replace(b" />", b"/>")
    assert read(shared, FORM).total(FORM) == TOTAL


def test_weights_are_told_as_they_were_given() -> None:
    shown = [told.percent(Fraction(text), Translator("nl")) for text in ("0.5", "0.125", "0.1225", "1/3")]
    assert shown == ["50%", "12,5%", "12,25%", "33,3%"]
