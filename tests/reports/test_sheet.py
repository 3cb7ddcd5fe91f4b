"""Tables as files: numbers as numbers in the reader's way, and nothing that a spreadsheet takes for a formula."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from bygd.reports import Translator
from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid, Head, Kind, Withheld

GRID = Grid(
    "A table: of [things]?",
    (
        Head("Name", is_row_head=True),
        Head("Sum", Kind.MONEY),
        Head("Share", Kind.SHARE),
        Head("Day", Kind.DAY),
    ),
    [
        ('=HYPERLINK("http://example.invalid")', Decimal("-1234.50"), 0.25, date(2024, 2, 29)),
        ('@home; "Vård"', Withheld.CELL, None, None),
    ],
    total=("All", Decimal("10.00"), 1.0, None),
)


@pytest.mark.parametrize(("language", "mark", "money"), [("sv", ";", "-1234,50"), ("en", ",", "-1234.50")])
def test_csv_is_as_the_readers_spreadsheet_wants_it(language: str, mark: str, money: str) -> None:
    text = sheet.sheet(GRID, "kr", Translator(language))
    first, *lines = text.splitlines()
    assert first == f"\ufeffName{mark}Sum (kr){mark}Share{mark}Day"
    assert money in lines[0] and "2024-02-29" in lines[0]
    assert "'=HYPERLINK" in lines[0] and "'@home" in lines[1]
    assert Translator(language)("withheld") in lines[1]
    assert lines[2].startswith("All")


def test_a_workbook_holds_numbers_and_no_formulas() -> None:
    held = io.BytesIO()
    workbook.tables([(GRID.caption, GRID)], held, Translator("sv"), "SEK", "Title")
    opened = openpyxl.load_workbook(io.BytesIO(held.getvalue()))
    rows = list(opened.worksheets[0].iter_rows())
    assert rows[1][1].value == -1234.5 and rows[1][1].data_type == "n"
    assert rows[1][0].data_type == "s" and rows[1][0].quotePrefix
    assert rows[1][3].is_date
    assert opened.sheetnames == ["A table  of  things"]
