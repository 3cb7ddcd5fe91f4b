"""Mappings: guessed and shown as a guess, kept as plain values, joined for files of several years."""

import pytest

from bygd.countries import load
from bygd.sources.errors import InputError
from bygd.sources.files.headings import distinct, plain
from bygd.sources.ledgers import ledger
from bygd.sources.ledgers.guess import period_of
from bygd.sources.ledgers.mapping import Mapping


def look(tmp_path, text, country="gb", name="ledger.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (sheet,) = ledger.inspect(path, load(country).conventions())
    return sheet


def test_a_mapping_survives_as_plain_values():
    mapping = Mapping(
        columns={"supplier": ["Payee", "Name"], "amount": "Net"},
        ignore=("VAT",),
        header_row=3,
        decimal_mark=",",
        period="2020-01",
    )
    assert Mapping.from_dict(mapping.to_dict()) == mapping
    assert mapping.to_dict() == {
        "columns": {"supplier": ["Payee", "Name"], "amount": "Net"},
        "ignore": ["VAT"],
        "header_row": 3,
        "decimal_mark": ",",
        "period": "2020-01",
    }


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"columns": {"colour": "Red"}}, "unknown fields: colour"),
        ({"colums": {}}, "unknown keys: colums"),
        ({"date_order": "myd"}, "date_order is 'myd'"),
        ({"decimal_mark": "x"}, "decimal_mark is 'x'"),
        ({"vat": "some"}, "vat is 'some'"),
        ({"period": "2020-13"}, "period is '2020-13'"),
    ],
)
def test_mistakes_in_a_mapping_are_said(values, match):
    with pytest.raises(InputError, match=match):
        Mapping.from_dict(values)


def test_joined_mappings_serve_both_files():
    one = Mapping(columns={"supplier": "Name", "amount": "Net"}, ignore=("Ref",), period="2020-01")
    two = Mapping(columns={"supplier": "Payee", "amount": "Net", "invoice": "Ref"})
    both = one.joined(two)
    assert both.columns == {"supplier": ["Name", "Payee"], "amount": "Net", "invoice": "Ref"}
    assert both.ignore == () and both.period is None


def test_what_is_seen_is_told_with_what_is_sure(tmp_path):
    sheet = look(tmp_path, "Note\n\nPayee;Datum;Net;Gross;VAT;Zebra\nOne Ltd;2021-03-01;1,50;2,00;0,50;x\n")
    assert (sheet.header_row, sheet.delimiter, sheet.encoding) == (3, ";", "utf-8")
    fields = {field.field: field for field in sheet.fields}
    assert fields["supplier"].sure and fields["supplier"].column == "Payee"
    assert not fields["amount"].sure and fields["amount"].candidates == ("Net", "Gross")
    assert not fields["paid_on"].sure
    assert sheet.unmatched == ("Gross", "VAT", "Zebra") and sheet.mapping.ignore == sheet.unmatched
    assert sheet.sample == (("One Ltd", "2021-03-01", "1,50", "2,00", "0,50", "x"),)
    assert (sheet.decimal_mark, sheet.date_order, sheet.vat, sheet.currency) == (",", "ymd", "excluding", "GBP")


def test_columns_are_guessed_from_their_cells(tmp_path):
    sheet = look(
        tmp_path, "Supplier,Town,When,Cost\nOne Ltd,Preston,01/02/2021,1.50\nTwo Ltd,Leyland,15/02/2021,2.50\n"
    )
    guesses = {field.field: (field.column, field.sure, field.why) for field in sheet.fields}
    assert guesses["amount"] == ("Cost", False, "its cells look like it")
    assert guesses["paid_on"] == ("When", False, "its cells look like it")


def test_a_name_that_promises_more_than_its_cells_is_passed_over(tmp_path):
    sheet = look(tmp_path, "Supplier,Date,Amount,Total\nOne Ltd,2021-03-01,see total,1.50\nTwo,2021-03-01,-,2.50\n")
    assert sheet.mapping.columns["amount"] == "Total"


def test_a_text_of_its_own_in_each_row_is_no_category(tmp_path):
    for kinds, expected in ((3, "Omschrijving"), (1000, None)):
        rows = "".join(f"Bakker BV;{day:02d}-03-2025;1.234,5{day % 10};Order {day % kinds}\n" for day in range(1, 29))
        sheet = look(tmp_path, f"Crediteur;Factuurdatum;Bedrag;Omschrijving\n{rows}", "nl")
        assert sheet.mapping.columns.get("category") == expected
        assert "Omschrijving" in (sheet.unmatched if expected is None else sheet.headers)


def test_what_is_lacking_is_a_problem_that_says_what_to_do(tmp_path):
    sheet = look(tmp_path, "Supplier,Colour,Department\nOne Ltd,red,Parks\nTwo Ltd,blue,Parks\n")
    assert "has no column for amount, paid_on" in sheet.problem and "amount=COLUMN" in sheet.problem


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("leverantorsreskontra-202001.csv", "2020-01"),
        ("2016-04.csv", "2016-04"),
        ("betalningar 2021_12.xlsx", "2021-12"),
        ("June-24.csv", "2024-06"),
        ("December-2024-CSV.csv", "2024-12"),
        ("SpendOver250Feb24.csv", "2024-02"),
        ("APR 24", "2024-04"),
        ("leverantörer maj 2023.csv", "2023-05"),
        ("payments.csv", None),
        ("payments-2023.csv", None),
        ("202013.csv", None),
        ("1694702240wpdm.csv", None),
    ],
)
def test_a_month_is_found_in_a_name(name, month):
    assert period_of(name, load("se").conventions()) == month


def test_headers_are_compared_without_case_signs_and_brackets():
    assert plain("* Net  Amount (£)") == plain("net_amount") == "net amount"
    assert plain("Avtal (ramavtal)") == "avtal ramavtal"
    assert distinct(["Amount", "", "Amount", " Name:  "]) == ("Amount", "column 2", "Amount (2)", "Name:")


@pytest.mark.parametrize("country", ["gb", "nl", "se"])
def test_every_name_in_a_pack_is_written_as_it_is_compared(country):
    for names in load(country).conventions().headers.values():
        assert [plain(name) for name in names] == list(names)
