"""A hundred personal numbers planted in every format are in no file that any command wrote."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner
from stdnum import luhn

from bygd.cli import main

NAMES = [f"Testperson Nummer{number:03}" for number in range(100)]


def numbers() -> list[str]:
    """A hundred made-up personal numbers with valid check digits, coordination numbers among them."""
    found = []
    for serial in range(100):
        day = 1 + serial % 28 + (60 if serial % 5 == 0 else 0)
        digits = f"{40 + serial % 60:02}{1 + serial % 12:02}{day:02}{100 + serial:03}"
        found.append(digits + luhn.calc_check_digit(digits))
    return found


def written(number: str, serial: int) -> str:
    """The number as ledgers write it: ten or twelve digits, with hyphen, blank, prefix, VAT form or in brackets."""
    century = "19"
    forms = (
        number,
        f"{number[:6]}-{number[6:]}",
        f"{number[:6]}+{number[6:]}",
        f"{century}{number}",
        f"{century}{number[:6]}-{number[6:]}",
        f"{number[:6]} {number[6:]}",
        f"SE{number}01",
        f"16{number}",
        f"{century}{number}$PERSON-IDORG",
        f" {number[:6]}-{number[6:]} ",
    )
    return forms[serial % len(forms)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("persons")
    planted = numbers()
    text = ["Förvaltning;Leverantör;Organisationsnummer;Fakturanr;Konto;Kontotext;Belopp;Datum;Postnummer"]
    book = xlsxwriter.Workbook(str(home / "ledger.xlsx"))
    sheet = book.add_worksheet("Utbetalningar")
    sheet.write_row(0, 0, ["Datum", "Leverantör", "Organisationsnummer", "Belopp", "Kontotext", "Fakturanr"])
    register = ["number,name,legal_form,postcode,industry"]
    for serial, number in enumerate(planted):
        form, name = written(number, serial), NAMES[serial]
        where = serial % 4
        cells = {"name": name, "number": form, "invoice": "F1", "account": "Köp av tjänst"}
        if where == 1:
            cells = {**cells, "name": f"{name} {form.strip()}"}
        elif where == 2:
            cells = {**cells, "invoice": form}
        elif where == 3:
            cells = {**cells, "account": f"Avser {form.strip()} enligt avtal"}
        text.append(
            f"Omsorg;{cells['name']};{cells['number']};{cells['invoice']};4600;{cells['account']};1000,50;2025-03-04;27231"
        )
        sheet.write_row(
            serial + 1, 0, ["2025-03-04", cells["name"], cells["number"], 500.25, cells["account"], cells["invoice"]]
        )
        register.append(f"{number},{name},10,27231,86909")
    text.append(f"Omsorg;{NAMES[0]};{written(planted[0], 1)};F2;4600;Resor;ingen summa;2025-03-04;27231")
    text += [f"Omsorg;Åkeri i Byn AB;5560160680;F{n};4600;Frakt;250,00;2025-04-01;27231" for n in range(20)]
    book.close()
    (home / "ledger.csv").write_text("\n".join(text), encoding="cp1252")
    (home / "register.csv").write_text("\n".join(register), encoding="utf-8")

    place = home / "place"
    commands = [
        ["init", place, "--place", "se:1291"],
        ["-C", place, "add", "ledger", home / "ledger.csv", "--anchor", "Kommunen", "--yes"],
        ["-C", place, "add", "ledger", home / "ledger.xlsx", "--anchor", "Regionen", "--yes"],
        ["-C", place, "add", "register", home / "register.csv"],
        ["-C", place, "build"],
        ["-C", place, "report"],
        ["-C", place, "report", "--public", "--lang", "nl", "--out", place / "public"],
        ["-C", place, "decisions", "export", place / "doubts.csv"],
        ["-C", place, "privacy", "report"],
        ["-C", place, "run", "spend", "--by", "anchor,ownership,category", "--csv"],
        ["baseline", home / "ledger.csv", "--place", "se:1291", "--out", place / "again"],
    ]
    printed = []
    for words in commands:
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exit_code == 0, f"{words}: {result.output} {result.exception!r}"
        printed.append(result.output)
    (place / "printed.txt").write_text("\n".join(printed), encoding="utf-8")
    return place


def contents(path: Path) -> Iterator[str]:
    """A file's bytes as text, and where they are packed, what is inside."""
    data = path.read_bytes()
    yield data.decode("latin-1")
    yield data.decode("utf-8", "replace")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode("utf-8", "replace")
    if path.suffix == ".parquet":
        yield str(pq.read_table(path).to_pylist())


def test_no_file_holds_a_planted_number_or_name(project: Path) -> None:
    files = [path for path in project.rglob("*") if path.is_file()]
    assert len(files) > 40
    number = re.compile("|".join(f"{digits[:6]}[-+ ]?{digits[6:]}" for digits in numbers()))
    name = re.compile("|".join(NAMES))
    for path in files:
        for text in contents(path):
            found = number.search(text) or name.search(text)
            assert not found, f"{path.relative_to(project)} holds {found.group()}"


def test_the_money_is_kept_and_the_masking_is_counted(project: Path) -> None:
    text = (project / "printed.txt").read_text(encoding="utf-8")
    assert "100 payments to masked persons" in text
    assert "100 of 100 are persons, masked" in text
    assert "100,050.00" in text or "105,050.00" in text
