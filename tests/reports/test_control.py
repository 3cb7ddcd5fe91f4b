"""Control sums of files: those of several currencies are told apart and never added up."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from bygd import reports
from bygd.engine import DuckEngine
from bygd.reports.section import Section
from bygd.reports.sections import control
from bygd.reports.write import subject_of
from bygd.vocabulary import tables
from bygd.workbench import build

from .conftest import MANIFEST, PLACE


@pytest.fixture
def border(town: DuckEngine) -> DuckEngine:
    """The town, one of whose three institutions pays in euro; some of its money is neither read nor set aside."""
    files = town.rows("SELECT * FROM ledger_files ORDER BY anchor")
    files[-1] |= {"currency": "EUR", "amount_file": files[-1]["amount_file"] + 5}
    town.register(tables.ledger_files, files)
    return town


def section_of(engine: DuckEngine) -> Section:
    return control.section(subject_of(engine, PLACE, "Bygdeby", "en", snapshot="s", manifest=MANIFEST))


def test_files_of_one_currency_are_added_up_in_it(town: DuckEngine) -> None:
    files, aside = section_of(town).grids
    assert "Sum in the file (SEK)" in [head.titled("EUR") for head in files.heads]
    assert files.total is not None and files.total[-2] == sum(row[-2] for row in files.rows)  # type: ignore[misc]
    assert len(aside.rows) == 1


def test_files_of_several_currencies_have_no_sum_together(border: DuckEngine) -> None:
    section = section_of(border)
    files, aside = section.grids
    assert files.total is None
    assert [row[2] for row in files.rows] == ["SEK", "SEK", "EUR"]
    assert sorted(str(row[1]) for row in aside.rows) == ["EUR", "SEK"]
    assert all("(" not in head.titled("SEK") for grid in section.grids for head in grid.heads)
    assert "differ by 5 EUR from" in section.intro[1]
    assert len(section.intro) == 2
    whole = border.rows("SELECT SUM(amount) AS amount FROM set_aside")[0]["amount"]
    assert sum((row[3] for row in aside.rows), Decimal(0)) == whole  # type: ignore[misc]


def test_the_workbook_says_the_currency_of_each_row(border: DuckEngine, tmp_path: Path) -> None:
    written = reports.write(border, PLACE, "Bygdeby", tmp_path, snapshot="s", manifest=MANIFEST, charts=False)
    book = openpyxl.load_workbook(written.workbook)
    for name in ("Files", "Set aside"):
        heads = [cell.value for cell in book[name][1]]
        at = heads.index("Currency")
        assert {row[at] for row in book[name].iter_rows(min_row=2, values_only=True)} == {"SEK", "EUR"}


@pytest.mark.parametrize(
    ("language", "told"), [("en", "(112 files)"), ("sv", "(112 filer)"), ("nl", "(112 bestanden)")]
)
def test_many_files_of_one_publisher_are_counted_and_few_are_named(town: DuckEngine, language: str, told: str) -> None:
    who = "whoever made the statements"
    paths = [*(f"bods/{number}.json" for number in range(112)), "one.csv", "own.csv"]
    publishers = [*[who] * 112, "Companies House", ""]
    files = [
        {"kind": "register", "path": path, "publisher": publisher, "sha256": "0" * 64}
        for path, publisher in zip(paths, publishers, strict=True)
    ]
    manifest = {**MANIFEST, "files": files, "sources": build.sources(files)}
    section = control.sources(subject_of(town, PLACE, "Bygdeby", language, snapshot="s", manifest=manifest))
    assert len(section.intro) == 4 and section.intro[0].endswith(told)
    assert (who in section.intro[0]) == (language == "en")
    assert [line.split(": ")[1] for line in section.intro[1:3]] == ["Companies House (one.csv)", "own.csv"]
    assert len(section.grids[0].rows) == 114
