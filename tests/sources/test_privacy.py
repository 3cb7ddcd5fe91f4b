"""Persons: a hundred numbers in every form are planted, and none is in anything the reader left."""

import random
import re
from datetime import date, timedelta

import pytest

from bygd.countries import load
from bygd.sources.privacy import WITHHELD, Finder, Masker, Pseudonym, Who, core, luhn, ten_digits
from bygd.vocabulary import tables

KEY = Pseudonym(b"key")


def with_check_digit(nine: str) -> str:
    return next(nine + str(digit) for digit in range(10) if luhn(nine + str(digit)))


def personal_numbers(count: int, seed: int = 1) -> list[str]:
    """Made-up numbers in twelve digits, a quarter of them coordination numbers; the check digits are right."""
    numbers = random.Random(seed)
    found = []
    while len(found) < count:
        born = date(1930, 1, 1) + timedelta(days=numbers.randrange(28_000))
        day = born.day + (60 if len(found) % 4 == 0 else 0)
        nine = f"{born:%y%m}{day:02d}{numbers.randrange(1000):03d}"
        found.append(f"{born:%Y}"[:2] + with_check_digit(nine))
    return found


FORMS = {
    "ten": lambda n: n[2:],
    "ten-hyphen": lambda n: f"{n[2:8]}-{n[8:]}",
    "ten-plus": lambda n: f"{n[2:8]}+{n[8:]}",
    "ten-blank": lambda n: f"{n[2:8]} {n[8:]}",
    "ten-blanks": lambda n: f" {n[2:8]} - {n[8:]} ",
    "twelve": lambda n: n,
    "twelve-hyphen": lambda n: f"{n[:8]}-{n[8:]}",
    "prefix-16": lambda n: f"16{n[2:]}",
    "vat": lambda n: f"SE{n[2:]}01",
    "vat-blanks": lambda n: f"SE {n[2:8]}-{n[8:]} 01",
    "bolagsverket": lambda n: f"{n[2:]}$PERSON-IDORG",
    "no-break": lambda n: f"{n[2:8]}\u00a0{n[8:]}",
    "dash": lambda n: f"{n[2:8]}–{n[8:]}",
}
COLUMNS = (
    "leverantör",
    "leverantörsnr",
    "orgnr",
    "postnr",
    "ort",
    "konto",
    "kontotext",
    "förvaltning",
    "fakturanr",
    "avtal",
    "juridisk form",
    "övrigt",
)


def planted() -> tuple[list[str], str]:
    """A ledger with a number in every form in every column, good rows and rows to be set aside; and the numbers."""
    numbers = personal_numbers(100)
    lines = [";".join([*COLUMNS, "datum", "belopp"])]
    for place, number in enumerate(numbers * 8):
        form = list(FORMS.values())[place % len(FORMS)]
        row = [
            f"Anna Hemlig {place}",
            "77",
            "556016-0680",
            "123 45",
            "Lund",
            "4010",
            "Städ",
            "Skola",
            f"F{place}",
            "",
            "",
            "",
        ]
        column = (place // len(FORMS) + place) % len(COLUMNS)
        alone = COLUMNS[column] in ("orgnr", "leverantörsnr")
        row[column] = form(number) if alone or place % 3 == 0 else f"Avser {form(number)} Anna Hemlig"
        lines.append(";".join([*row, "2024-01-02" if place % 5 else "igår", "100,00" if place % 7 else form(number)]))
    return numbers, "\n".join(lines) + "\n"


def traces(numbers: list[str], text: str) -> list[str]:
    """The numbers whose ten digits stand in a text, whatever stands between the digits."""
    digits = re.sub(r"[^\d]", "", re.sub(r"(?<=\d)[ \u00a0+–-]+(?=\d)", "", text))
    return [number for number in numbers if number[2:] in digits or number[2:8] + "-" + number[8:] in text]


def test_none_of_a_hundred_planted_numbers_is_left(read, engine, tmp_path):
    numbers, text = planted()
    found = read(text)
    assert len(found.payments) > 400 and len(found.aside) > 100
    for table in (tables.payments, tables.suppliers, tables.set_aside, tables.ledger_files):
        path = tmp_path / f"{table.__name__}.parquet"
        engine.write(table, path)
        content = path.read_bytes()
        for row in engine.rows(f"SELECT * FROM {table.__name__}"):
            for name, cell in row.items():
                if name not in ("file_key", "supplier_key", "sha256"):
                    bare = re.sub(r"p:[0-9a-f]{20}", "", str(cell))
                    assert not traces(numbers, bare), (table.__name__, name, cell)
        for number in numbers:
            for form in FORMS.values():
                assert form(number).encode() not in content and form(number).encode("utf-16-le") not in content


def test_amounts_that_look_like_personal_numbers_are_not_read_as_money(read):
    """A number in the amount column is a number to the reader; its digits must not stay as an amount."""
    number = personal_numbers(1)[0]
    found = read(f"leverantör;datum;belopp\nA AB;2024-01-02;{number[2:8]}-{number[8:]}\nB AB;2024-01-02;1,00\n")
    assert found.aside[0]["text"] == WITHHELD


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_person_has_one_pseudonym_in_every_form(form):
    finder = Finder(load("se").conventions())
    for number in personal_numbers(8, seed=2):
        assert finder.is_number(form(number))
        assert KEY.number(form(number)) == KEY.number(number)
        assert ten_digits(core(form(number))) == number[2:]


def test_pseudonyms_need_the_key():
    number = personal_numbers(1)[0]
    assert KEY.number(number) != Pseudonym(b"other").number(number)
    assert re.fullmatch(r"p:[0-9a-f]{20}", KEY.number(number))
    assert "key" not in repr(Pseudonym(b"key").__repr__())


@pytest.mark.parametrize(
    "cell", ["556016-0680", "5560160680", "165560160680", "SE556016068001", "212000-1355", "SAKNAS", "802002-4512", ""]
)
def test_organisations_are_no_persons(cell):
    finder = Finder(load("se").conventions())
    assert not finder.is_number(cell) and not finder.inside(f"avser {cell} i maj")


@pytest.mark.parametrize(
    "text", ["Faktura 202401151235", "tel 040-123456", "2024-01-15 1234", "850230-1233", "8501011235", "851332-1235"]
)
def test_texts_are_only_touched_where_month_day_and_check_digit_are_right(text):
    assert Finder(load("se").conventions()).replaced(text, KEY) == text


def test_a_day_that_its_month_does_not_have_is_masked_all_the_same():
    """A slip of the pen in somebody's number; to spare it would save one invoice number in a hundred of those lost."""
    found = Finder(load("se").conventions()).replaced("avser 850230-1230, 31 april 8504311237", KEY)
    assert "850230" not in found and "850431" not in found and found.count("p:") == 2


def test_a_mistyped_number_in_the_number_column_is_masked_all_the_same(read):
    number = personal_numbers(1)[0]
    wrong = number[2:-1] + str((int(number[-1]) + 1) % 10)
    found = read(f"leverantör;orgnr;postnr;datum;belopp;fakturanr\nAnna Hemlig;{wrong};223 50;2024-01-02;1,00;ANNA-1\n")
    (supplier,) = found.suppliers
    assert supplier["is_masked"] and supplier["name"] == f"Enskild näringsidkare {supplier['org_number'][-4:]}"
    assert supplier["postcode"] == "223" and supplier["org_number"].startswith("p:")
    assert found.payments[0]["invoice"] is None and found.file["rows_masked"] == 1


def test_a_form_of_person_masks_by_kind(read):
    text = "Supplier Name,Date,Amount,Creditor Type,Postcode\n"
    text += "A. Person,2021-03-01,1.50,SOLE,PR1 2HE\n"
    text += "Firm Ltd,2021-03-01,2.50,LTD,PR1 2HE\nRedacted,2021-03-01,2.50,INDV,\n"
    found = read(text, country="gb")
    by_kind = {row["kind"]: row for row in found.suppliers}
    assert by_kind["SOLE"]["is_masked"] and re.fullmatch("Sole trader [0-9a-f]{4}", by_kind["SOLE"]["name"])
    assert by_kind["SOLE"]["postcode"] == "PR1" and by_kind["LTD"]["postcode"] == "PR1 2HE"
    assert by_kind["INDV"]["name"] == "Redacted" and not by_kind["INDV"]["is_masked"]
    again = read(text.replace("A. Person", "a.  person"), country="gb")
    assert {row["org_number"] for row in again.suppliers} == {row["org_number"] for row in found.suppliers}


def test_dutch_numbers_only_count_in_columns_of_numbers_and_names():
    finder = Finder(load("nl").conventions())
    assert finder.is_number("111222333") and not finder.is_number("111222334")
    assert finder.inside("factuur 111222333") == []
    masker = Masker(load("nl").conventions(), KEY)
    assert masker.person(Who("Jan", "111222333")) and not masker.person(Who("Bakkerij BV", "12345678"))


def test_rows_set_aside_keep_their_text_unless_a_person_is_in_it():
    masker = Masker(load("se").conventions(), KEY)
    number = personal_numbers(1)[0]
    assert masker.row_text(["Firma AB", "abc", None]) == "Firma AB | abc | "
    assert masker.row_text(["Anna", number[2:]]) == WITHHELD
    assert masker.row_text(["Anna", "x"], kind="E") == WITHHELD
