"""The spreadsheet: typed cells, headings that stay, and nothing that is a formula or a link."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from bygd import reports
from bygd.engine import DuckEngine
from bygd.reports.documents import workbook

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
    amounts = [row[heads.index("Purchases (SEK)")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert amounts and all(isinstance(amount, int | float) for amount in amounts)


def test_money_adds_up_to_the_ledgers(town: DuckEngine, book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["Spend by supplier"]
    heads = [cell.value for cell in sheet[1]]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))

    def total(*names: str) -> float:
        return sum(row[heads.index(f"{name} (SEK)")] for name in names for row in rows)

    everything = float(town.rows("SELECT SUM(amount) AS amount FROM spend")[0]["amount"])
    assert total("Purchases", "Left out") == pytest.approx(everything)
    assert total("2023", "2024", "2025") == pytest.approx(total("Purchases"))


def test_the_rest_of_a_long_list_is_summed(town: DuckEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_LISTED", 5)
    made = reports.write(town, PLACE, "Bygdeby", tmp_path, snapshot="s", manifest=MANIFEST, charts=False).workbook
    test_money_adds_up_to_the_ledgers(town, made)
    assert openpyxl.load_workbook(made)["Spend by supplier"].max_row == 7
