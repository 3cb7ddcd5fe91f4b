"""`bygd linkage` as people type it: score labelled suppliers, learn weights, use them."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.linkage.score import load, shipped

HEADS = ["Alder", "Birch", "Cedar", "Damson", "Elder", "Gorse", "Hazel", "Juniper", "Larch", "Maple", "Rowan", "Willow"]
TRADES = [
    "Joinery",
    "Plumbing",
    "Catering",
    "Roofing",
    "Printing",
    "Haulage",
    "Glazing",
    "Cleaning",
    "Brewing",
    "Tiling",
]
MAPPED = ["--map", "number=number", "--map", "name=name", "--scheme", "GB-COH", "--country", "gb"]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def write(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([header, *rows])
    return path


@pytest.fixture
def register(tmp_path: Path) -> list[str | Path]:
    names = [f"{head} {trade}" for head in HEADS for trade in TRADES]
    rows = [[f"{place:08}", f"{name} Limited"] for place, name in enumerate(names)]
    return ["--register", write(tmp_path / "register.csv", ["number", "name"], rows), *MAPPED]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    names = [f"{head} {trade}" for head in HEADS for trade in TRADES]
    rows = [
        [name if place % 4 else name.replace("ing", "nig"), f"{place:08}", "100.50"] for place, name in enumerate(names)
    ]
    rows += [[f"Nowhere {trade}", "", "10"] for trade in TRADES]
    return write(tmp_path / "labelled.csv", ["supplier", "organisation_numbers", "amount"], rows)


def test_evaluate_tells_by_number_and_by_money(labelled: Path, register: list[str | Path]) -> None:
    told = run("linkage", "evaluate", labelled, *register)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("130 suppliers, 120 of them in the register")
    assert "by money" in told.stdout and "not among the candidates" in told.stdout and "probability" in told.stdout
    found = json.loads(run("linkage", "evaluate", labelled, *register, "--json").stdout)
    assert found["recall"]["whole"] == 120 and found["false_links"]["whole"] == 10
    assert 0 <= found["money"]["recall"]["interval"][0] <= found["money"]["recall"]["value"] <= 1
    assert sum(found["errors"].values()) == 120 - found["recall"]["part"]


def test_what_is_trained_counts_in_what_is_scored(labelled: Path, register: list[str | Path], tmp_path: Path) -> None:
    out = tmp_path / "weights.yaml"
    told = run("linkage", "train", labelled, *register, "--out", out)
    assert told.exit_code == 0, told.output
    learned = load(out)
    assert learned.version in told.stdout and learned.version != shipped().version
    assert "130 suppliers" in learned.made_from
    before = json.loads(run("linkage", "evaluate", labelled, *register, "--json").stdout)
    after = json.loads(run("linkage", "evaluate", labelled, *register, "--json", "--weights", out).stdout)
    assert after["recall"]["value"] >= before["recall"]["value"]
    folded = run("linkage", "evaluate", labelled, *register, "--folds", "2", "--json")
    assert folded.exit_code == 0 and json.loads(folded.stdout)["recall"]["whole"] == 120


def test_too_few_to_learn_from(register: list[str | Path], tmp_path: Path) -> None:
    few = write(tmp_path / "few.csv", ["supplier", "organisation_numbers"], [["Alder Joinery", "00000000"]])
    told = run("linkage", "train", few, *register, "--out", tmp_path / "weights.yaml")
    assert told.exit_code == 2 and "at least 100" in told.stderr
    assert not (tmp_path / "weights.yaml").exists()


@pytest.mark.parametrize(
    ("header", "rows", "told"),
    [
        (["name"], [["Alder"]], "has no column supplier, organisation_numbers"),
        (["supplier", "organisation_numbers"], [], "has no suppliers"),
        (["supplier", "organisation_numbers", "amount"], [["Alder", "1", "much"]], "Line 2 of bad.csv has 'much'"),
        (["supplier", "organisation_numbers", "amount"], [["Alder", "1", "1,234"]], "Line 2 of bad.csv has '1,234'"),
        (
            ["supplier", "organisation_numbers"],
            [["Alder", "1"], ["Birch", "unknown"]],
            "Line 3 of bad.csv has 'unknown'",
        ),
        ([], [], "bad.csv is empty"),
    ],
)
def test_a_file_that_is_wrong_says_so(
    register: list[str | Path], tmp_path: Path, header: list[str], rows: list[list[str]], told: str
) -> None:
    result = run("linkage", "evaluate", write(tmp_path / "bad.csv", header, rows), *register)
    assert result.exit_code == 2 and told in result.stderr


def test_numbers_and_amounts_as_spreadsheets_leave_them(register: list[str | Path], tmp_path: Path) -> None:
    header = ["supplier", "organisation_numbers", "amount"]
    rows = [
        ["Alder Printing Ltd", "4", "1,000.00"],
        ["Alder Plumbing Ltd", "1", "1 000,50"],
        ["Alder Catering Ltd", "2", "-5"],
        ["Alder Roofing Ltd", "GB-COH:00000003", ""],
        ["Nowhere Roofing Ltd", "99999999", ""],
    ]
    whole = write(tmp_path / "whole.csv", header, rows)
    semicolons = tmp_path / "semicolons.csv"
    semicolons.write_text("\r\n".join(";".join(row) for row in (header, *rows)) + "\r\n;;\r\n", "utf-8-sig")
    book = tmp_path / "book.xlsx"
    opened = openpyxl.Workbook()
    for row in (header, *rows):
        opened.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    opened.save(book)
    for file in (whole, semicolons, book):
        told = run("linkage", "evaluate", file, *register)
        assert told.exit_code == 0, told.output
        assert told.stdout.startswith("5 suppliers, 4 of them in the register"), (file, told.stdout)
        assert "1 have a number that stands in no register read" in told.stdout
        assert "by money" in told.stdout


def test_a_list_in_another_encoding_is_refused_in_words(register: list[str | Path], tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_bytes("supplier,organisation_numbers\nBj\xf6rk AB,1\n".encode("latin-1"))
    told = run("linkage", "evaluate", old, *register)
    assert told.exit_code == 2 and "is not in UTF-8" in told.stderr


def test_nothing_is_learned_for_a_folder_that_is_not_there(
    labelled: Path, register: list[str | Path], tmp_path: Path
) -> None:
    told = run("linkage", "train", labelled, *register, "--out", tmp_path / "nowhere" / "weights.yaml")
    assert told.exit_code == 2 and "There is no folder" in told.stderr
