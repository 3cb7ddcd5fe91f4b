"""The spreadsheet: typed cells, headings that stay, and nothing that is a formula or a link."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from bygd import reports
from bygd.engine import DuckEngine

from .conftest import MANIFEST, PLACE


@pytest.fixture
def book(town: DuckEngine, tmp_path: Path) -> Path:
    return reports.write(town, PLACE, "Bygdeby", tmp_path, snapshot="s", manifest=MANIFEST, charts=False).workbook


def test_sheets(book: Path) -> None:
    assert openpyxl.load_workbook(book).sheetnames == [
        "Figures", "Spend by supplier", "By ring", "By ownership", "Left out", "Doubts", "Files", "Set aside", "Method",
    ]  # fmt: skip


def test_no_cell_is_a_formula_and_formula_like_text_is_marked_as_text(book: Path) -> None:
    found = 0
    for sheet in openpyxl.load_workbook(book).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{sheet.title} {cell.coordinate} is a formula"
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t", "\r")):
                    assert cell.quotePrefix, f"{sheet.title} {cell.coordinate}: {cell.value}"
                    found += 1
    assert found >= 3, "the made-up town has such names"


def test_no_links_to_elsewhere(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        names = archive.namelist()
        assert not [name for name in names if "externalLink" in name or "vba" in name.lower()]
        for name in names:
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in archive.read(name), name


def test_numbers_are_numbers_and_headings_stay(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["Spend by supplier"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref is not None
    heads = [cell.value for cell in sheet[1]]
    amounts = [row[heads.index("Sum (SEK)")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert amounts and all(isinstance(amount, int | float) for amount in amounts)


def test_money_adds_up_to_the_ledgers(town: DuckEngine, book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["Spend by supplier"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("Sum (SEK)")
    total = sum(row[column] for row in sheet.iter_rows(min_row=2, values_only=True))
    assert total == pytest.approx(float(town.rows("SELECT SUM(amount) AS amount FROM spend")[0]["amount"]))
