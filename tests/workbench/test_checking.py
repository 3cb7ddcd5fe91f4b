"""What a file would bring: found out without a build, the same as a build then reads; the project stays as it is."""

from decimal import Decimal
from pathlib import Path

import pytest

from bygd.sources.errors import InputError
from bygd.workbench import checking, control, looking, project, snapshot
from bygd.workbench.project import Project

LEDGER = (
    "Datum;Leverantör;Orgnr;Belopp\n"
    "2025-01-03;Klintvall Vård AB;559999-0982;100,50\n"
    "2025-01-05;Anna Andersson;19850709-9805;20,00\n"
    "2025-01-07;;559999-0982;3,00\n"
    ";;;\n"
)
COLUMNS = {"columns": {"paid_on": "Datum", "supplier": "Leverantör", "org_number": "Orgnr", "amount": "Belopp"}}


@pytest.fixture
def place(built_sample: Path) -> Project:
    return project.read(built_sample)


def test_a_new_file_is_told_in_rows_money_suppliers_and_what_is_set_aside(place: Project, tmp_path: Path) -> None:
    file, aside = tmp_path / "ny.csv", tmp_path / "aside.parquet"
    file.write_text(LEDGER, encoding="utf-8")
    found = checking.ledger(place, file, "Fyrhamns kommun", COLUMNS, aside)
    (sums,) = found.sums
    assert (sums["rows_file"], sums["rows_read"], sums["rows_set_aside"], sums["rows_masked"]) == (4, 2, 2, 1)
    assert sums["amount_file"] == sums["amount_read"] + sums["amount_set_aside"] + sums["rounding"]
    assert sums["amount_read"] == Decimal("120.50") and sums["amount_set_aside"] == Decimal("3.00")
    assert {(row["reason"], row["rows"]) for row in found.aside} == {("supplier", 1), ("blank", 1)}
    assert found.suppliers == 2 and found.suppliers_new >= 1 and found.rows_known == 0 and found.same_as == ""
    rows = checking.rows_aside(aside)
    assert [(row["row_number"], row["reason"]) for row in rows] == [(4, "supplier"), (5, "blank")]
    assert "Anna" not in str(found) + str(rows)


def test_a_file_of_the_project_is_known_again_by_content_and_by_payments(place: Project) -> None:
    entry = place.ledgers[0]
    read = {row["path"]: row["rows_read"] for row in _asked(place) if row["anchor"] == entry.source}
    file = entry.files[0]
    found = checking.ledger(place, place.path(file), entry.source, entry.settings)
    assert found.same_as == file
    assert found.rows_known == found.sums[0]["rows_read"] == read[file]
    assert found.suppliers_new == 0
    elsewhere = checking.ledger(place, place.path(file), "Somebody else", entry.settings)
    assert elsewhere.rows_known == 0 and elsewhere.suppliers_new == elsewhere.suppliers


def _asked(place: Project) -> list[dict[str, object]]:
    with snapshot.current(place).engine() as engine:
        by_file, by_anchor = control.by_file(engine), control.by_anchor(engine)
    for row in by_anchor:
        own = [one for one in by_file if one["anchor"] == row["anchor"]]
        assert row["files"] == len(own) and row["amount_read"] == sum(one["amount_read"] for one in own)
    return by_file


def test_where_nothing_was_built_everything_is_new(tmp_path: Path) -> None:
    fresh = project.create(tmp_path / "place", "se:1291", "Simrishamn")
    file = tmp_path / "ny.csv"
    file.write_text(LEDGER, encoding="utf-8")
    found = checking.ledger(fresh, file, "Kommunen", COLUMNS)
    assert found.suppliers_new == found.suppliers == 2
    assert project.read(fresh.folder).ledgers == ()
    with pytest.raises(InputError, match="neither uses nor ignores"):
        checking.ledger(
            fresh, file, "Kommunen", {"columns": {k: v for k, v in COLUMNS["columns"].items() if k != "org_number"}}
        )


def test_registers_postcodes_and_boundaries_are_checked_by_their_readers(place: Project, tmp_path: Path) -> None:
    register, postcodes, shapes = place.registers[0], place.postcodes[0], place.boundaries[0]
    said = checking.source(place, "register", place.path(register.files[0]), register.source, register.settings)
    assert said["kept"] <= said["rows"] and said["kept"] > 0
    said = checking.source(place, "postcodes", place.path(postcodes.files[0]), postcodes.source, postcodes.settings)
    assert said["kept"] > 0
    said = checking.source(place, "boundaries", place.path(shapes.files[0]), "", {})
    assert said["features"] == 8 and not said["is_large"]
    wrong = tmp_path / "x.geojson"
    wrong.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError):
        checking.source(place, "boundaries", wrong, "", {})


def test_first_rows_are_shown_without_persons(place: Project, tmp_path: Path) -> None:
    file = tmp_path / "ny.csv"
    file.write_text(LEDGER, encoding="utf-8")
    seen = looking.at_ledger(place, file)
    (sheet,) = seen["sheets"]
    assert sheet["headers"] == ["Datum", "Leverantör", "Orgnr", "Belopp"] and sheet["header_row"] == 1
    assert sheet["rows"][0] == ["2025-01-03", "Klintvall Vård AB", "559999-0982", "100,50"]
    assert sheet["rows"][1] == ["2025-01-05", place.country.conventions().person_label, looking.HIDDEN, "20,00"]
    assert seen["settings"]["columns"] == COLUMNS["columns"]
    other = tmp_path / "senare.csv"
    other.write_text(LEDGER.replace("100,50", "7,00"), encoding="utf-8")
    assert looking.at_ledger(place, other)["layout"] == seen["layout"]


def test_stray_columns_make_no_other_layout_but_those_with_cells_do(place: Project, tmp_path: Path) -> None:
    def layout(name: str, first: str, others: str) -> str:
        file = tmp_path / name
        head, *rows = LEDGER.splitlines()
        file.write_text("\n".join([head + first, *(row + others for row in rows)]) + "\n", encoding="utf-8")
        return str(looking.at_ledger(place, file)["layout"])

    plain = layout("a.csv", "", "")
    assert layout("b.csv", ";;;", ";;;") == plain, "spreadsheets leave empty columns behind"
    assert layout("c.csv", ";", ";12,50") != plain and layout("d.csv", ";Enhet", ";Skola") != plain


def test_a_sheet_that_lacks_a_column_is_shown_with_its_problem(place: Project, tmp_path: Path) -> None:
    file = tmp_path / "ny.csv"
    file.write_text("Datum;Leverantör;Orgnr\n2025-01-03;Klintvall Vård AB;559999-0982\n", encoding="utf-8")
    (sheet,) = looking.at_ledger(place, file)["sheets"]
    assert "no column for amount" in sheet["problem"] and sheet["headers"] == ["Datum", "Leverantör", "Orgnr"]


def test_a_register_that_no_reader_knows_asks_for_its_columns(place: Project, tmp_path: Path) -> None:
    file = tmp_path / "firmor.csv"
    file.write_text("Regnr;Firma;Ort\n559999-0982;Klintvall Vård AB;Fyrhamn\n", encoding="utf-8")
    seen = looking.at_source(place, "register", file)
    assert seen["headers"] == ["Regnr", "Firma", "Ort"] and seen["found"] == {"town": "Ort"}
    assert seen["needed"] == ("number", "name") and set(seen["needed"]) <= set(seen["fields"])
    said = checking.source(place, "register", file, seen["source"], {"number": "Regnr", "name": "Firma"})
    assert said["kept"] == 1
    known = place.registers[0].files[0]
    assert looking.at_source(place, "register", place.path(known)) == {"source": seen["source"]}
    file.write_text("one\ntwo\n", encoding="utf-8")
    with pytest.raises(InputError, match="no row with names of columns"):
        looking.at_source(place, "register", file)
