"""A spreadsheet in, the same with its matches out: columns chosen, persons masked, nothing a formula."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lib.small_register import EK_NORTH, EK_SOUTH, PERSON, PIPES, SOLEN, number, org_id

from bygd.sources.errors import InputError
from bygd.workbench.reconciliation import Register, files
from bygd.workbench.reconciliation.columns import read
from bygd.workbench.reconciliation.filled import Filled
from bygd.workbench.reconciliation.written import harmless, write
from bygd.workbench.sample import numbers

LIST = f"""Nr;Leverantör;Orgnr;Postnr;Ort;Anteckning
1;BYGGD RÖRLÄGGERI;;;Byggeby;=1+1
2;Ek Konsult AB;;201 00;Söderby;-5,00
3;Solen;{number(SOLEN)};;;@x
4;Anna Nilsson;{PERSON[:6]}-{PERSON[6:]};123 45;Byggeby;Anna Nilsson {PERSON} ringde
5;Okänd Ångfabrik AB;;;;"två
rader"
6;;;;;
"""


def task(folder: Path, text: str = LIST, **more: object) -> files.Task:
    file = folder / "list.csv"
    file.write_text(text, encoding="utf-8")
    return files.Task(file, **{"folder": folder, **more})  # type: ignore[arg-type]


def run(register: Register, wanted: files.Task) -> tuple[list[dict[str, str]], Mapping[str, int]]:
    counts = files.reconcile(wanted, files.opened(wanted, register), register)
    with wanted.target.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";")), counts


def test_rows_keep_their_cells_and_get_their_match(register: Register, tmp_path: Path) -> None:
    rows, counts = run(register, task(tmp_path))
    assert [row["Match identifier"] for row in rows] == [org_id(PIPES), org_id(EK_SOUTH), org_id(SOLEN), "", "", ""]
    assert counts == {"linked": 3, "none": 2, "masked": 1}
    assert [row["Match"] for row in rows] == ["sure", "sure", "sure", "person", "not found", "not found"]
    assert [row["Nr"] for row in rows] == list("123456") and rows[4]["Anteckning"] == "två\nrader"
    assert rows[2]["Match found by"] == "organisation number" and rows[2]["Match score"] == "100.0"
    assert rows[0]["Why"].startswith("Linked to Byggd Rörläggeri AB") and rows[4]["Why"]
    assert rows[5]["Why"] == "There is no name or number to look for."
    assert list(rows[0])[:6] == ["Nr", "Leverantör", "Orgnr", "Postnr", "Ort", "Anteckning"]


def test_empty_rows_stay_empty_and_are_not_counted(register: Register, tmp_path: Path) -> None:
    rows, counts = run(register, task(tmp_path, "Namn;Ort\nSolen;\n;\n ; \n\nEk Konsult AB;Norrby\n"))
    assert sum(counts.values()) == 2
    assert [row["Match"] for row in rows if not (row["Namn"] + row["Ort"]).strip()] == [""] * (len(rows) - 2)


def test_nothing_is_a_formula_and_numbers_stay(register: Register, tmp_path: Path) -> None:
    rows, _ = run(register, task(tmp_path))
    assert [row["Anteckning"] for row in rows][:3] == ["'=1+1", "-5,00", "'@x"]


def test_persons_are_masked_wherever_they_stand(register: Register, tmp_path: Path) -> None:
    wanted = task(tmp_path)
    rows, _ = run(register, wanted)
    text = wanted.target.read_text(encoding="utf-8-sig")
    assert "Anna" not in text and PERSON not in text and PERSON[:6] not in text
    assert rows[3]["Leverantör"].startswith("Enskild näringsidkare") and rows[3]["Orgnr"].startswith("p:")
    assert rows[3]["Postnr"] == "123" and rows[3]["Ort"] == "" and rows[3]["Why"] == ""


def test_a_name_with_the_number_in_it_is_masked_in_notes_too(register: Register, tmp_path: Path) -> None:
    wanted = task(tmp_path, f"Namn;Not\nAnna Nilsson {PERSON};ring anna nilsson i dag\n")
    rows, counts = run(register, wanted)
    assert counts == {"masked": 1} and "nilsson" not in wanted.target.read_text(encoding="utf-8-sig").lower()
    assert rows[0]["Not"].startswith("ring Enskild näringsidkare")


def test_personal_numbers_in_notes_of_others_are_masked_too(register: Register, tmp_path: Path) -> None:
    other = numbers.person(1950, 3)
    rows, _ = run(register, task(tmp_path, f"Namn;Not\nGamla Kvarnen AB;via {other}\n"))
    assert other not in rows[0]["Not"] and "p:" in rows[0]["Not"] and rows[0]["Match name"] == "Gamla Kvarnen AB"


@pytest.mark.parametrize("language", ["en", "sv", "nl"])
def test_the_new_columns_speak_the_language(register: Register, tmp_path: Path, language: str) -> None:
    rows, _ = run(register, task(tmp_path, language=language, best=2))
    heads = {"en": "Match name 2", "sv": "Träffens namn 2", "nl": "Naam van de treffer 2"}
    assert heads[language] in rows[0] and len(rows[0]) == 6 + 14


def test_workbooks_are_read_and_written(register: Register, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Info"
    book.active["A1"] = "not this one"
    sheet = book.create_sheet("Lista 1")
    for row in (["Företag", "Plats"], ["Ek Konsult AB", "Söderby"], ["=SUM(A1)", None], ["Gamla Kvarnen AB", 5]):
        sheet.append(row)
    sheet["A3"].data_type = "s"
    file = tmp_path / "list.xlsx"
    book.save(file)
    columns: dict[str, Sequence[str]] = {"supplier": ["Företag"], "place": ["plats"]}
    wanted = files.Task(file, columns=columns, sheet="Lista 1", folder=tmp_path)
    counts = files.reconcile(wanted, files.opened(wanted, register), register)
    assert wanted.target.name == "list.matched.xlsx" and counts["linked"] == 2
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(wanted.target).active.rows]
    assert cells[0][:4] == ["Företag", "Plats", "Match", "Match identifier"] and cells[1][3] == org_id(EK_SOUTH)
    assert isinstance(cells[1][7], float) and cells[2][0] == "=SUM(A1)"
    types = [cell.data_type for cell in openpyxl.load_workbook(wanted.target).active["A"]]
    assert "f" not in types
    method = openpyxl.load_workbook(wanted.target)["How it was looked up"]
    told = [str(row[0]) for row in method.values]
    assert len(told) == 6 and register.version in told[1] and "90%" in told[2] and "20%" in told[3]


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [
        ("Supplier Name,Postcode\nEk Konsult AB,20100\n", "Supplier Name", {"postcode": "Postcode"}),
        ("id,Company\n1,Ek Konsult AB\n2,Solen\n", "Company", {}),
        ("a,b,c\n1,Ek Konsult AB,x\n2,Solen,x\n3,Kvarn,x\n", "b", {}),
        ("Ek Konsult AB\nSolen\nByggd Rörläggeri\n", "column 1", {}),
        ("Rapport 2024\n\nLeverantör;Belopp\nEk Konsult AB;5\n", "Leverantör", {}),
    ],
)
def test_columns_are_guessed_and_said_to_be_guesses(
    register: Register, tmp_path: Path, text: str, name: str, others: dict[str, str]
) -> None:
    sheet = files.opened(task(tmp_path, text), register)
    assert {one.field: one.column for one in sheet.chosen} == {"supplier": name, **others}
    assert all(one.is_guess for one in sheet.chosen)
    assert "Ek Konsult AB" in sheet.cells.column(f"c{sheet.places['supplier'][0]}").to_pylist()


def test_a_list_of_numbers_alone_is_known_by_its_header(register: Register, tmp_path: Path) -> None:
    wanted = task(tmp_path, f"Organisationsnummer\n{number(SOLEN)}\n{number(PIPES)}\n{number(900)}\n", language="en")
    counts = files.reconcile(wanted, files.opened(wanted, register), register)
    assert counts == {"linked": 2, "none": 1}
    assert "The number leads to no organisation" in wanted.target.read_text("utf-8-sig")
    assert wanted.target.read_text("utf-8-sig").startswith("Organisationsnummer,Match,"), "as English spreadsheets do"


def test_a_workbook_without_a_sheet_says_so(register: Register, tmp_path: Path) -> None:
    file = tmp_path / "empty.xlsx"
    openpyxl.Workbook().save(file)
    with pytest.raises(InputError, match=r"empty\.xlsx: no sheet was found in it"):
        files.opened(files.Task(file), register)


def test_columns_that_are_given_stand(register: Register, tmp_path: Path) -> None:
    text = "Namn;Visningsnamn;Adress;Kod\nx;Ek Konsult AB;Söderby;20100\n"
    columns = {"supplier": ("visningsnamn",), "place": ("Adress", "Kod")}
    sheet = files.opened(task(tmp_path, text, columns=columns), register)
    assert [(one.field, one.column, one.is_guess) for one in sheet.chosen][:3] == [
        ("supplier", "Visningsnamn", False), ("town", "Adress", False), ("postcode", "Kod", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "more", "told"),
    [
        ("a;b\n1;2\n", {}, "--name"),
        (LIST, {"columns": {"supplier": ("Nix",)}}, "no column 'Nix'"),
        (LIST, {"sheet": "Nix"}, "no sheet 'Nix'"),
        (LIST, {"out": Path("list.doc")}, "neither .csv nor .xlsx"),
        (LIST, {"out": Path("/nix/list.csv")}, "no folder"),
        (LIST, {"language": "fi"}, "fi"),
        ("", {}, "empty"),
        ("a;b\n1;2\n", {}, "--number"),
        ("%PDF-1.7", {}, "PDF"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_written(
    register: Register, tmp_path: Path, text: str, more: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        files.opened(task(tmp_path, text, **more), register)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_the_file_itself_is_never_overwritten(register: Register, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="overwritten"):
        files.opened(task(tmp_path, out=tmp_path / "list.csv"), register)


def test_a_file_that_stands_there_is_written_over_only_where_that_is_said(register: Register, tmp_path: Path) -> None:
    wanted = task(tmp_path)
    wanted.target.write_text("worked in by hand")
    with pytest.raises(InputError, match=r"list\.matched\.csv is there already.*--out.*--overwrite"):
        files.check(wanted)
    with pytest.raises(InputError, match="is there already"):
        files.opened(wanted, register)
    assert wanted.target.read_text() == "worked in by hand"
    rows, _ = run(register, task(tmp_path, overwrite=True))
    assert rows[1]["Match"] == "sure"


class Broken(list[str]):
    """A row at which writing breaks off."""

    def __iter__(self) -> Iterator[str]:
        raise KeyboardInterrupt


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_run_that_breaks_off_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path, ending: str) -> None:
    before = tmp_path / f"list.{ending}"
    before.write_text("whole")
    with pytest.raises(KeyboardInterrupt):
        write(Filled(("a",), [["x"], Broken()]), before)
    assert before.read_text() == "whole" and [path.name for path in tmp_path.iterdir()] == [before.name]


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").mkdir()
    with pytest.raises(InputError, match=r"list\.csv cannot be written: .*Choose another path"):
        write(Filled(("a",), [["x"]]), tmp_path / "list.csv")


def test_what_is_unlikely_is_not_found_and_named_in_the_reason_only(register: Register, tmp_path: Path) -> None:
    rows, counts = run(register, task(tmp_path, "Namn;Ort\nGamla Verket AB;\nEk Konsult AB;\n", best=2))
    assert counts == {"none": 1, "unresolved": 1}
    assert [row["Match"] for row in rows] == ["not found", "to check"]
    assert rows[0]["Why"].startswith("Not linked: the best candidate, Gamla Kvarnen AB") and len(rows[0]) == 2 + 14
    assert not any(value for head, value in rows[0].items() if head.startswith("Match "))
    assert {rows[1]["Match identifier"], rows[1]["Match identifier 2"]} == {org_id(EK_SOUTH), org_id(EK_NORTH)}


CELLS = (
    st.none()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4))
def test_any_cells_can_be_written_and_none_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str | float | None]]
) -> None:
    folder = tmp_path_factory.mktemp("written")
    for ending in ("csv", "xlsx"):
        write(Filled(("a", "=b"), rows), folder / f"x.{ending}")
    with (folder / "x.csv").open(encoding="utf-8-sig", newline="") as opened:
        cells = [cell for row in csv.reader(opened) for cell in row]
    assert len(cells) == 2 * len(rows) + 2 and not any(cell.startswith(("=", "@", "\t")) for cell in cells)
    for row in openpyxl.load_workbook(folder / "x.xlsx").active.rows:
        assert all(cell.data_type != "f" for cell in row)


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1", "'=1"), (" =1", "' =1"), ("-1", "-1"), ("+46 70 1", "+46 70 1"), ("-1+1", "'-1+1"), ("- text", "'- text"),
     ("@a", "'@a"), ("\t1", "'\t1"), ("|a", "'|a"), ("a=b", "a=b"), ("-12,50 %", "-12,50 %"), (5.0, 5.0), (None, None)],
)  # fmt: skip
def test_harmless(cell: str | float | None, written: str | float | None) -> None:
    assert harmless(cell) == written


def test_a_table_of_one_row_keeps_its_places(register: Register, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Namn;Ort\nEk Konsult AB\n", encoding="utf-8")
    sheet = read(file, register.conventions, {})
    assert sheet.names == ("Namn", "Ort") and sheet.cells.num_rows == 1
