"""Adding ledgers by command line: what is said stands, the rest is guessed, and the project keeps both."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.workbench import project

TWELVE = (
    "Köpare;Köparens organisationsnummer;Verifikationsnummer;Leverantör;Leverantörens organisationsnummer;"
    "Kontonummer;Kontotext;Belopp;Datum;Förvaltning;Fakturanummer;Avtal\n"
    "Göteborgs Stad;2120001355;V1;Telia Sverige AB;5564300142;6211;Telefoni;1 234,50;2024-01-15;Skola;F1;A-1\n"
    "Göteborgs Stad;2120001355;V2;Telia Sverige AB;5564300142;6212;Mobil;-34,50;2024-02-15;Skola;F2;\n"
)
SIE = """#FLAGGA 0
#PROGRAM "Bok" 1.0
#FORMAT PC8
#GEN 20250101
#SIETYP 4
#FNAMN "Bolaget AB"
#KONTO 2440 Skulder
#KONTO 4010 Varor
#KONTO 8010 Konsulter
#VER A 1 20250203 "Lev.fakt. 17, Bageriet i hamnen AB" 20250204
{
    #TRANS 2440 {} -1500.00
    #TRANS 4010 {} 1000.00
    #TRANS 8010 {} 500.00
}
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "place", "--place", "se:1291").exit_code == 0
    return tmp_path / "place"


def add(place: Path, name: str, content: str, *words: str) -> Result:
    file = place.parent / name
    file.write_text(content, encoding="utf-8")
    return run("-C", place, "add", "ledger", file, "--anchor", "Kommunen", *words)


def entries(place: Path) -> list[dict[str, Any]]:
    return tomllib.loads((place / project.FILE).read_text(encoding="utf-8"))["ledger"]


def test_a_guess_that_is_not_sure_is_not_taken_without_a_word(place: Path) -> None:
    result = add(place, "ledger.csv", TWELVE)
    assert result.exit_code == 2 and "? invoice" in result.output and "--map" in result.output


def test_map_corrects_one_column_and_the_others_stay_guessed(place: Path) -> None:
    result = add(place, "ledger.csv", TWELVE, "--map", "invoice=Verifikationsnummer")
    assert result.exit_code == 0, result.output
    (entry,) = entries(place)
    assert entry["mapping"]["columns"]["invoice"] == "Verifikationsnummer"
    assert entry["mapping"]["columns"]["org_number"] == "Leverantörens organisationsnummer"
    assert "Fakturanummer" in entry["mapping"]["ignore"]
    built = run("-C", place, "build")
    assert built.exit_code == 0 and "1,200.00 read + 0.00 set aside" in built.output


def test_what_is_read_in_the_same_way_is_shown_once(place: Path) -> None:
    """Months of a ledger, and sheets of a workbook: their columns once, with the names of all."""
    import openpyxl

    months = [place.parent / f"{month}.csv" for month in range(9)]
    for month in months:
        month.write_text("Datum;Leverantör;Belopp\n2025-01-03;C AB;7,00\n", encoding="utf-8")
    said = run("-C", place, "add", "ledger", *months, "--anchor", "Kommunen", "--yes").output
    assert "1.csv, 2.csv, 3.csv, 4.csv, 5.csv, 6.csv and 2 more" in said and said.count("paid_on") == 1
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Feb")):
        for row in (("Datum", "Leverantör", "Belopp"), ("2025-01-03", "C AB", 7)):
            sheet.append(row)
    book.save(place.parent / "year.xlsx")
    said = run("-C", place, "add", "ledger", place.parent / "year.xlsx", "--anchor", "Bolaget", "--yes").output
    assert "sheets 'Sheet, Feb'" in said and said.count("paid_on") == 1


def test_an_ignored_column_is_not_guessed(place: Path) -> None:
    assert add(place, "ledger.csv", TWELVE, "--ignore", "Verifikationsnummer").exit_code == 0
    (entry,) = entries(place)
    assert entry["mapping"]["columns"]["invoice"] == "Fakturanummer"


def test_what_the_file_does_not_say_is_set_and_kept(place: Path) -> None:
    text = "Note\n\nDatum;Leverantör;Belopp\n03/04/2024;A AB;10,00\n05/06/2024;B AB;20,00\n"
    result = add(place, "ledger.csv", text, "--set", "date_order=mdy", "--set", "header_row=3")
    assert result.exit_code == 0 and "dates mdy" in result.output
    (entry,) = entries(place)
    assert entry["mapping"]["header_row"] == 3 and entry["mapping"]["date_order"] == "mdy"
    assert run("-C", place, "build").exit_code == 0


def test_a_month_without_payments_is_a_ledger_too(place: Path) -> None:
    assert add(place, "empty.csv", "Datum;Leverantör;Belopp\n").exit_code == 0
    built = run("-C", place, "build")
    assert built.exit_code == 0 and "0 of 0 rows read" in built.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "amount=Netto"), "has no column 'Netto'. Its columns are: Köpare,"),
        (("--map", "sum=Belopp"), "unknown fields: sum. Known: amount,"),
        (("--set", "header_row=first"), "header_row is 'first'"),
        (("--set", "sheet=Juni"), "has no sheet 'Juni'"),
        (("--set", "colour=red"), "unknown keys: colour. Known:"),
    ],
)
def test_mistakes_in_what_is_said_name_what_there_is(place: Path, words: tuple[str, ...], said: str) -> None:
    result = add(place, "ledger.csv", TWELVE, *words)
    assert result.exit_code == 2 and said in result.output and not project.read(place).ledgers


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("0225-01-03;A AB;10,00", "'Datum' would be paid_on by its name, but most of its cells are not"),
        ("2025-01-03;1 234,50;Åkeri AB", "'Leverantör' would be supplier by its name"),
    ],
)
def test_a_column_that_does_not_hold_what_its_name_says_is_told(place: Path, cells: str, said: str) -> None:
    result = add(place, "ledger.csv", f"Datum;Leverantör;Belopp\n{cells}\n")
    assert result.exit_code == 2 and said in result.output


def test_accounts_are_read_as_their_reader_is_told(place: Path) -> None:
    assert add(place, "books.se", SIE, "--set", "purchase_accounts=40, 80").exit_code == 0
    assert entries(place)[0]["mapping"] == {"purchase_accounts": ["40", "80"]}
    assert "1,500.00 read" in run("-C", place, "build").output
    file = place / project.FILE
    file.write_text(file.read_text(encoding="utf-8").replace('["40", "80"]', '["40"]'), encoding="utf-8")
    assert "1,000.00 read" in run("-C", place, "build").output


def test_a_setting_that_the_reader_of_accounts_does_not_know_names_those_it_does(place: Path) -> None:
    said = "is read as sie, which knows no vat. Known: purchase_accounts, against_accounts."
    result = add(place, "books.se", SIE, "--set", "vat=excluding")
    assert result.exit_code == 2 and said in result.output
    assert add(place, "books.se", SIE).exit_code == 0
    file = place / project.FILE
    file.write_text(file.read_text(encoding="utf-8") + '\n[ledger.mapping]\nvat = "excluding"\n', encoding="utf-8")
    built = run("-C", place, "build")
    assert built.exit_code == 2 and said in built.output


def test_ledgers_in_two_currencies_are_told_and_not_added_up(place: Path) -> None:
    assert (
        add(place, "kronor.csv", "Datum;Leverantör;Belopp\n2025-01-03;A AB;10,00\n2025-01-04;B AB;20,00\n").exit_code
        == 0
    )
    euro = add(
        place, "euro.csv", "Datum;Leverantör;Belopp\n2025-01-03;C AB;7,00\nx;D AB;1,00\n", "--set", "currency=EUR"
    )
    assert euro.exit_code == 0
    built = run("-C", place, "build").output
    assert "The ledgers are in 2 currencies: SEK 30.00, EUR 7.00. Nothing is converted" in built
    assert "30.00 SEK in the files = 30.00 read + 0.00 set aside" in built
    assert built.count("set aside, date missing") == 1
    assert "30" in run("-C", place, "run", "spend").output
