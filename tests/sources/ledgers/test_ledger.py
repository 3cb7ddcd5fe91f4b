"""Ledgers read end to end: known layouts, real mess, row numbers, control sums."""

import gzip
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from bygd.countries import load
from bygd.sources.errors import InputError
from bygd.sources.ledgers import ledger
from bygd.sources.ledgers.mapping import Mapping
from bygd.vocabulary.ids import make_key

PLAIN = {"paid_on": "Datum", "supplier": "Leverantör", "amount": "Belopp"}
SPECIFICATION = (
    "kopare_id,kopare,verifikationsnummer,leverantor,leverantor_id,konto_nr,konto_text,belopp,datum,"
    "forvaltning,fakturanummer,grund,avtal,kommun_id,s_kod_nr\n"
    "2120001355,Göteborgs Stad,V1,Telia Sverige AB,5564300142,6211,Telefoni,1234.50,2024-01-15,"
    "Stadsledningskontoret,F77,ramavtal,A-1,1480,\n"
    "2120001355,Göteborgs Stad,V2,Telia Sverige AB,5564300142,6212,Mobil,-34.50,2024-02-15,"
    "Stadsledningskontoret,F78,,,1480,\n"
)


def test_the_swedish_specification_is_a_known_layout(read):
    found = read(SPECIFICATION)
    assert found.file["layout"] == "se/leverantorsreskontra-1.1"
    assert [row["amount"] for row in found.payments] == [Decimal("1234.50"), Decimal("-34.50")]
    first = found.payments[0]
    assert first["paid_on"] == date(2024, 1, 15)
    assert (first["account"], first["category"], first["invoice"]) == ("6211", "Telefoni", "F77")
    assert first["department"] == "Stadsledningskontoret" and first["contract"] == "A-1"
    (supplier,) = found.suppliers
    assert supplier["name"] == "Telia Sverige AB" and supplier["org_number"] == "5564300142"
    assert supplier["supplier_key"] == first["supplier_key"] == make_key("Anchor", None, "Telia Sverige AB")
    assert found.file["rows_read"] == 2 and found.file["amount_read"] == Decimal("1200.00")


def test_only_the_nine_required_columns_will_do(read):
    rows = [line.split(",")[:9] for line in SPECIFICATION.splitlines()]
    found = read("\n".join(";".join(row) for row in rows))
    assert found.file["layout"] == "se/leverantorsreskontra-1.1" and len(found.payments) == 2
    assert found.payments[0]["contract"] is None


def test_gothenburg_has_its_month_in_the_file_name(read):
    text = (
        "Förvaltning;Leverantör;Organisationsnummer;Fakturanr;Konto;Kontotext;Belopp\r\n"
        "Grundskola;Telia Sverige AB;556430-0142;F1;6211;Telefoni;12\u00a0345,60\r\n"
        "Grundskola;Sodexo AB;SAKNAS;F2;5711;Måltider;-1 000,10\r\n"
    )
    found = read(text.encode("cp1252"), name="leverantorsfakturor-202001.csv")
    assert {row["paid_on"] for row in found.payments} == {date(2020, 1, 1)}
    assert sorted(row["amount"] for row in found.payments) == [Decimal("-1000.10"), Decimal("12345.60")]
    assert found.file["encoding"] == "cp1252" and found.file["delimiter"] == ";"
    assert found.file["decimal_mark"] == "," and found.file["date_order"] == "none: the month is 2020-01"
    assert {row["org_number"] for row in found.suppliers} == {"556430-0142", "SAKNAS"}


def test_umea_writes_months_and_masks_with_asterisks(read):
    text = (
        "datum;förvaltning;leverantör;orgnr;konto;kontotext;belopp;fakturanr\n"
        "202103;Fritid;Telia Sverige AB;556430-0142;6211;Telefoni;100,00;1\n"
        "202103;Social;***;******-****;5711;Stöd;250,50;2\n"
    )
    found = read(text)
    assert {row["paid_on"] for row in found.payments} == {date(2021, 3, 1)}
    assert {row["name"] for row in found.suppliers} == {"Telia Sverige AB", "***"}


def test_orebro_is_a_workbook_with_an_empty_column(read, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["datum", "förvaltning", "leverantör", "orgnr", "fakturanr", "konto", "belopp", None])
    book.active.append([datetime(2023, 9, 1), "Skola", "Telia Sverige AB", "556430-0142", 17, "30110 text", 99.5, None])
    book.save(tmp_path / "orebro.xlsx")
    found = read(tmp_path / "orebro.xlsx")
    (payment,) = found.payments
    assert (payment["paid_on"], payment["amount"]) == (date(2023, 9, 1), Decimal("99.50"))
    assert (payment["account"], payment["category"]) == ("30110", "text")
    assert (payment["invoice"], payment["row_number"]) == ("17", 2)


MESSY = (
    "Payments of the council\n"
    "\n"
    "Supplier Name,Payment Date,Net Amount (£),Department\n"
    'Jones & Sons Ltd,13/04/2021,"1,234.50",Parks\n'
    "\n"
    "Two\nLines Ltd,04/04/2021,£10.00,Parks\n".replace("Two\nLines Ltd", '"Two\nLines Ltd"')
    + "Supplier Name,Payment Date,Net Amount (£),Department\n"
    "Credit Ltd,15/04/2021,(25.00),Parks\n"
    "Minus Ltd,05/04/2021,5.00-,Parks\n"
    "Old Ltd,05/04/0225,7.00,Parks\n"
    "American Ltd,04/25/2021,8.00,Parks\n"
    "Words Ltd,05/04/2021,tbc,Parks\n"
    "Euro Ltd,05/04/2021,€9.00,Parks\n"
    ",05/04/2021,11.00,Parks\n"
    "100.25,Shifted Ltd,words,Parks\n"
    "Far Ltd,05/04/2021,12.00,Parks,,more\n"
    ",,,\n"
    "Grand total,,1231.50,\n"
    ",,1231.50,\n"
)


def test_every_row_is_read_or_kept_aside_under_the_number_a_spreadsheet_shows(read):
    found = read(MESSY, country="gb")
    assert {row["row_number"]: row["amount"] for row in found.payments} == {
        4: Decimal("1234.50"),
        6: Decimal("10.00"),
        8: Decimal("-25.00"),
        9: Decimal("-5.00"),
    }
    assert found.reasons == [
        (5, "blank"),
        (7, "repeated_header"),
        (10, "date"),
        (11, "date"),
        (12, "amount"),
        (13, "currency"),
        (14, "supplier"),
        (15, "shifted"),
        (16, "shifted"),
        (17, "blank"),
        (18, "total"),
        (19, "total"),
    ]
    assert found.file["header_row"] == 3 and found.file["rows_file"] == 16
    assert found.file["date_order"] == "dmy (but 1 rows fit another order only)"
    assert found.file["vat"] == "excluding"
    by_row = {row["row_number"]: row for row in found.aside}
    assert by_row[10]["detail"].startswith("'Payment Date' is year 0225")
    assert by_row[16]["amount"] == Decimal("12.00") and by_row[10]["text"].startswith("Old Ltd | 05/04/0225")
    assert by_row[18]["amount"] == Decimal("1231.50")


def test_regular_and_irregular_files_give_the_same_rows(read):
    """Rows of one width go through a fast reader, others through a slow one; both see the same."""
    rows = [f'"Firm {n}, ""quoted""\nLtd",2021-03-{n % 28 + 1:02d},{n}.50,x{n}\n' for n in range(300)]
    text = "Supplier,Date,Amount,Reference\n" + "".join(rows)
    regular = read(text, country="gb")
    irregular = read(text + "Last Ltd,2021-03-01\n", country="gb")
    assert irregular.payments == [{**row, "file_key": irregular.file["file_key"]} for row in regular.payments]
    assert irregular.reasons == [(302, "amount")]
    assert [row["row_number"] for row in regular.payments] == list(range(2, 302))


def test_lines_may_end_in_any_way(read):
    text = "Supplier,Date,Amount\nOne Ltd,2021-03-01,1.50\nTwo Ltd,2021-03-02,2.50\n"
    for end in ("\r", "\r\n"):
        found = read(text.replace("\n", end), country="gb")
        assert [row["row_number"] for row in found.payments] == [2, 3]


def test_a_header_below_the_rows_is_found(read):
    rows = "".join(f"Parks,Firm {n} Ltd,{n % 28 + 1:02d}/03/2021,{n}.50\n" for n in range(250))
    found = read(rows + "Department,Name,Payment Date,Amount Paid\n", country="gb")
    assert found.file["rows_read"] == 250 and found.file["header_row"] == 251
    assert found.payments[0]["row_number"] == 1


def test_cents_lost_by_rounding_are_accounted_for(read):
    found = read("Supplier,Date,Amount\nA Ltd,2021-03-01,-468.2800000000001\nB Ltd,2021-03-01,2.675\n", country="gb")
    assert [row["amount"] for row in found.payments] == [Decimal("-468.28"), Decimal("2.68")]
    assert found.file["amount_file"] == Decimal("-465.61") and found.file["rounding"] == Decimal("-0.01")


def test_debit_and_credit_make_one_amount(read):
    found = read(
        "Leverantör;Datum;Debet;Kredit\nA AB;2021-03-01;1 000,50;\nA AB;2021-03-02;;200,25\nB AB;2021-03-02;;\n"
    )
    assert [row["amount"] for row in found.payments] == [Decimal("1000.50"), Decimal("-200.25")]
    assert found.reasons == [(4, "amount")]


def test_rows_in_another_currency_are_set_aside(read):
    found = read(
        "Leverantör;Datum;Belopp;Valuta\nA AB;2021-03-01;1,50;SEK\nB AB;2021-03-02;2,50;EUR\nC AB;2021-03-02;3,50;SEK\n"
    )
    assert found.reasons == [(3, "currency")] and found.file["currency"] == "SEK"
    assert found.file["amount_set_aside"] == Decimal("2.50")


def test_archives_and_compressed_files_are_read(read):
    text = "Supplier,Date,Amount\nOne Ltd,2021-03-01,1.50\n"
    assert len(read(gzip.compress(text.encode()), name="l.csv.gz", country="gb").payments) == 1
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2021/march.csv", text)
        archive.writestr("2021/april.csv", text.replace("03-01", "04-01"))
        archive.writestr("readme.pdf", b"%PDF-1.7")
    found = read(packed.getvalue(), name="l.zip", country="gb")
    assert sorted(file["sheet"] for file in found.files) == ["2021/april.csv", "2021/march.csv"]
    assert len({file["file_key"] for file in found.files}) == 2
    assert len(found.payments) == 2 and len(found.suppliers) == 1


def test_every_sheet_that_fits_is_read_and_the_others_are_named(read, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["What this is"])
    for month in (1, 2):
        sheet = book.create_sheet(f"Month {month}")
        sheet.append(["* Supplier", "Date", "TOTAL"])
        sheet.append(["One Ltd", date(2021, month, 3), 537.1999999999999])
    book.create_sheet("Empty")
    book.save(tmp_path / "l.xlsx")
    found = read(tmp_path / "l.xlsx", country="gb")
    assert [file["sheet"] for file in sorted(found.files, key=lambda file: file["sheet"])] == ["Month 1", "Month 2"]
    assert {row["amount"] for row in found.payments} == {Decimal("537.20")}
    assert len(found.warnings) == 1 and "'About'" in found.warnings[0]


def test_a_column_is_used_ignored_or_an_error(read):
    text = "Supplier,Date,Amount,Colour\nOne Ltd,2021-03-01,1.50,red\n"
    columns = {"supplier": "Supplier", "paid_on": "Date", "amount": "Amount"}
    with pytest.raises(InputError, match=r"ledger.csv has the column 'Colour'.*ignore"):
        read(text, country="gb", columns=columns)
    assert len(read(text, country="gb", columns=columns, ignore=["Colour"]).payments) == 1
    with pytest.raises(InputError, match="no column for amount"):
        read(text, country="gb", columns={**columns, "amount": "Price"}, ignore=["Colour", "Amount"])


def test_a_mapping_may_name_headers_of_several_years(read):
    mapping = Mapping(columns={"supplier": ["Payee", "Supplier"], "paid_on": "Date", "amount": ["Net", "Amount"]})
    assert len(read("Supplier,Date,Amount\nA,2021-03-01,1.50\n", country="gb", mapping=mapping).payments) == 1
    assert len(read("Payee,Date,Net\nA,2021-03-01,1.50\n", country="gb", mapping=mapping).payments) == 1


def test_a_mapping_decides_what_the_column_does_not_tell(read):
    text = 'Supplier,Date,Amount\nA,03/04/2021,"1,500"\n'
    columns = {"supplier": "Supplier", "paid_on": "Date", "amount": "Amount"}
    found = read(text, country="gb")
    assert found.payments[0]["paid_on"] == date(2021, 4, 3) and found.payments[0]["amount"] == Decimal("1500")
    assert "does not tell" in found.file["date_order"] and "does not tell" in found.file["decimal_mark"]
    found = read(
        text, country="gb", columns=columns, date_order="mdy", decimal_mark=",", currency="eur", vat="including"
    )
    assert found.payments[0]["paid_on"] == date(2021, 3, 4) and found.payments[0]["amount"] == Decimal("1.50")
    assert found.file["currency"] == "EUR" and found.file["vat"] == "including"


def test_a_file_of_headers_alone_is_no_error(read):
    found = read(
        "Supplier,Date,Amount\n", country="gb", columns={"supplier": "Supplier", "paid_on": "Date", "amount": "Amount"}
    )
    assert found.payments == [] and found.file["rows_file"] == 0


def test_long_reads_say_how_far_they_are(engine, tmp_path):
    from bygd.countries import load
    from bygd.sources.ledgers import ledger
    from bygd.sources.privacy import Pseudonym

    path = tmp_path / "l.csv"
    path.write_text("Supplier,Date,Amount\nA,2021-03-01,1.50\n")
    steps = []
    ledger.read(
        engine, path, "A", None, load("gb").conventions(), Pseudonym(b"k"), progress=lambda *step: steps.append(step)
    )
    assert steps == [(0, 1), (1, 1)]


def test_a_supplier_called_total_is_a_supplier(read):
    text = "Supplier,Date,Amount\nTotal Energies,2021-03-01,1.50\n"
    text += "Total,2021-03-02,2.50\nTotal Energies,,3.50\nTotal:,,7.50\n"
    found = read(text, country="gb")
    assert found.reasons == [(4, "date"), (5, "total")] and len(found.payments) == 2
    found = read("Supplier,Amount\nTotal Energies,1.50\nTotal,1.50\n", name="2021-03.csv", country="gb")
    assert found.reasons == [(3, "total")]


def test_amounts_in_thousands_are_not_taken_for_amounts(read):
    with pytest.raises(InputError, match="no column for amount"):
        read("Leverantör;Datum;Belopp (tkr)\nA AB;2021-03-01;1,5\n")
    assert len(read("Leverantör;Datum;Belopp (kr)\nA AB;2021-03-01;1,5\n").payments) == 1


def test_a_number_too_large_for_money_is_set_aside(read):
    found = read("Supplier,Date,Amount\nA,2021-03-01,5560160680123.505\nB,2021-03-01,1.50\n", country="gb")
    assert found.reasons == [(2, "amount")] and found.file["amount_file"] == Decimal("1.50")


def test_a_sheet_that_is_not_there_is_said(read):
    columns = {"supplier": "Supplier", "paid_on": "Date", "amount": "Amount"}
    with pytest.raises(InputError, match="but not 'May'"):
        read("Supplier,Date,Amount\nA,2021-03-01,1.50\n", country="gb", columns=columns, sheet="May")


def test_a_header_that_changes_half_way_down_is_followed(read):
    text = (
        "Ref,Date,Expense Type,Supplier,Class,Amount\n1,2021-03-01,Hoses,One Ltd,Tools,1.50\n"
        "Ref,Date,Subjective,Supplier,Amount,\n2,2021-03-02,Pumps,Two Ltd,2.50,\n3,2021-03-03,Boots,Three Ltd,3.50,\n"
        "Ref,Date,Expense Type,Supplier,Class,Amount\n4,2021-03-04,Hoses,Four Ltd,Tools,4.50\n"
    )
    found = read(text, country="gb")
    assert [(row["row_number"], row["amount"], row["category"]) for row in found.payments] == [
        (2, Decimal("1.50"), "Hoses"),
        (4, Decimal("2.50"), "Pumps"),
        (5, Decimal("3.50"), "Boots"),
        (7, Decimal("4.50"), "Hoses"),
    ]
    assert found.reasons == [(3, "repeated_header"), (6, "repeated_header")]


def test_a_total_may_be_said_where_the_date_stands(read):
    found = read("Datum;Leverantör;Belopp\n2024-01-13;A AB;10,00\n2024-01-14;B AB;20,00\nSumma;;30,00\n")
    assert found.reasons == [(4, "total")] and found.file["amount_set_aside"] == Decimal("30.00")


def test_dates_that_could_be_the_other_way_round_are_told(read):
    found = read("Datum;Leverantör;Belopp\n03/04/2024;A AB;10,00\n05/06/2024;B AB;20,00\n")
    assert found.payments[0]["paid_on"].month == 4
    (warning,) = found.warnings
    assert warning.startswith("ledger.csv does not tell days from months; its dates were read as dmy")
    given = read("Datum;Leverantör;Belopp\n03/04/2024;A AB;10,00\n", date_order="mdy", columns=PLAIN)
    assert given.payments[0]["paid_on"].month == 3 and not given.warnings


def test_accounts_with_their_text_in_one_cell_are_parted(read):
    text = "Datum;Leverantör;Konto;Belopp\n2024-01-13;A AB;30110 - Löner;10,00\n2024-01-14;B AB;4600;20,00\n"
    rows = sorted((row["account"], row["category"]) for row in read(text).payments)
    assert rows == [("30110", "Löner"), ("4600", None)]
    named = read(text.replace("Belopp", "Belopp;Kontotext").replace(",00", ",00;Frakt"))
    assert {(row["account"], row["category"]) for row in named.payments} == {
        ("30110 - Löner", "Frakt"),
        ("4600", "Frakt"),
    }


def test_accounts_that_are_words_are_categories(read):
    text = "Datum;Leverantör;Konto;Belopp\n2024-01-13;A AB;Städning;10,00\n2024-01-14;B AB;K4600;20,00\n"
    rows = sorted((row["account"], row["category"]) for row in read(text).payments)
    assert rows == [("K4600", None), ("Städning", "Städning")]


def test_cells_that_many_rows_have_under_no_name_are_left_out_and_told(read, tmp_path):
    rows = "".join(f"2024-01-1{n};A AB;10,00;;x\n" for n in range(9))
    text = f"Datum;Leverantör;Belopp\n{rows}"
    found = read(text, columns=PLAIN)
    assert len(found.payments) == 9 and not found.aside
    (warning,) = found.warnings
    assert warning.startswith("ledger.csv has cells in column 5 where the header has no name")
    (guess,) = ledger.inspect(tmp_path / "ledger.csv", load("se").conventions())
    assert guess.unmatched == ("column 5",)
    assert not read(text, **guess.mapping.to_dict()).warnings
