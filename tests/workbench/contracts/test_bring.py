"""A file of contracts is looked at before it is taken in: what is new, changed, the same, and set aside."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bygd.sources.errors import InputError
from bygd.workbench import changing, contracts, project
from bygd.workbench.project import Project

HEADER = "Avtalsnummer;Avtalsnamn;Leverantör;Org.nr;CPV-kod;Avtalsvärde;Giltigt från;Giltigt till;Längst till;Ramavtal"
SOUND = "A-1;Städ;Städ AB;556036-0793;90910000-9;1 250 000,50 kr;2024-01-01;2026-12-31;2028-12-31;ja"


@pytest.fixture
def place(tmp_path: Path) -> Project:
    return project.create(tmp_path / "place", "se:1281", "Lund")


def look(
    place: Project, *lines: str, header: str = HEADER, anchor: str = "Lunds kommun", **more: Any
) -> contracts.Look:
    path = place.folder / "avtal.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return contracts.look(place, [path], anchor=anchor, **more)


def test_a_swedish_list_is_read_by_its_usual_names(place: Project) -> None:
    looked = look(place, SOUND)
    (change,) = looked.changes
    row = change.row
    assert (row["number"], row["title"], row["anchor"]) == ("A-1", "Städ", "Lunds kommun")
    assert (row["supplier_name"], row["supplier_id"]) == ("Städ AB", "SE-ON:5560360793")
    assert (row["cpv"], row["value"], row["currency"]) == ("90910000", Decimal("1250000.50"), "SEK")
    assert (row["starts_on"], row["ends_on"]) == (date(2024, 1, 1), date(2026, 12, 31))
    assert row["longest_until"] == date(2028, 12, 31) and row["is_framework"] is True
    assert looked.unused == ()


def test_dutch_and_english_lists_as_well(place: Project) -> None:
    dutch = look(
        place, "Schoonmaak;Schoon BV;1.250,50;31-12-2026", header="Titel;Leverancier;Waarde;Einddatum", anchor="X"
    ).changes[0].row  # fmt: skip
    assert (dutch["title"], dutch["value"], dutch["ends_on"]) == ("Schoonmaak", Decimal("1250.50"), date(2026, 12, 31))
    english = look(place, 'Cleaning|Clean Ltd|"1,250.50"|open', header="Title|Supplier|Value|Procedure").changes[0].row
    assert (english["value"], english["procedure"]) == (Decimal("1250.50"), "open")


@pytest.mark.parametrize(
    ("written", "code"), [("9130000", "09130000"), ("3110000.0", "03110000"), ("9134000-7", "09134000")]
)
def test_a_nought_that_a_spreadsheet_took_from_a_cpv_code_is_put_back(place: Project, written: str, code: str) -> None:
    header = "Title;CPV code;Option to extend"
    change, _bread = look(place, f"Oil;{written};no\nBread;15810000;no", header=header).changes
    assert (change.row["cpv"], change.row["options"]) == (code, "no")


def test_where_another_code_of_the_list_kept_its_nought_none_is_put_back(place: Project) -> None:
    """09200000 is mineral oil, 92000000 recreation: the list itself tells that no nought was lost in it."""
    found = look(place, "Oil;09134000-7\nSport;9200000\nBread;15810000", header="Title;CPV code")
    assert [change.row["cpv"] for change in found.changes] == ["09134000", "15810000"]
    (aside,) = found.set_aside
    assert "It may be 09200000, 92000000" in str(aside.reason)


@pytest.mark.parametrize("more", ["", "\nTennis;9200000", "\nNothing said;"])
def test_one_code_of_seven_digits_tells_nothing_of_its_column_and_is_asked_again(place: Project, more: str) -> None:
    found = look(place, f"Sport;9200000{more}", header="Title;CPV code")
    assert all(change.row["cpv"] is None for change in found.changes)
    assert "It may be 09200000, 92000000" in str(found.set_aside[0].reason)


def test_taken_in_it_is_the_same_and_a_change_is_told_by_column(place: Project) -> None:
    assert contracts.take(place, look(place, SOUND), "Åsa") == 1
    assert look(place, SOUND).counts == {"same": 1} and contracts.take(place, look(place, SOUND), "Åsa") == 0
    (change,) = look(place, SOUND.replace("2026-12-31", "2027-06-30")).changes
    assert (change.kind, change.differs) == ("changed", ("ends_on",)) and change.before is not None
    # What a later file does not say stays as it was.
    (change,) = look(place, "A-1;Städ", header="Avtalsnummer;Avtalsnamn").changes
    assert change.kind == "same"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (SOUND.replace("2026-12-31", "2026-02-30"), "'2026-02-30' is no day"),
        (SOUND.replace("1 250 000,50 kr", "-5"), "negative"),
        (SOUND.replace("1 250 000,50 kr", "mycket"), "'mycket' is no amount"),
        (SOUND.replace("90910000-9", "99999999"), "no CPV division 99"),
        (SOUND.replace("90910000-9", "städ"), "no CPV code"),
        (SOUND.replace("90910000-9", "9091000"), "It may be 90910000"),
        (SOUND.replace("2024-01-01", "2027-01-01"), "before it starts on 2027-01-01"),
        (SOUND.replace("2028-12-31", "2025-12-31"), "before its first end"),
        (SOUND.replace(";Städ;", ";;"), "not said what is bought"),
        (SOUND.replace(";ja", ";kanske"), "neither yes nor no"),
    ],
)
def test_a_row_that_cannot_be_right_is_set_aside_with_its_row_and_reason(
    place: Project, line: str, reason: str
) -> None:
    looked = look(place, SOUND.replace("A-1", "A-2"), line)
    assert [change.row["number"] for change in looked.changes] == ["A-2"]
    assert [(one.row, reason in one.reason) for one in looked.set_aside] == [(3, True)]


def test_a_column_nobody_knows_is_told_until_it_is_mapped_or_left_out(place: Project) -> None:
    header, line = f"{HEADER};Handläggare", f"{SOUND};Åsa"
    assert look(place, line, header=header).unused == ("Handläggare",)
    assert look(place, line, header=header, columns={"ignore": ["Handläggare"]}).unused == ()
    mapped = look(place, line, header=header, columns={"note": "Handläggare"})
    assert mapped.unused == () and mapped.changes[0].row["note"] == "Åsa"
    with pytest.raises(InputError, match="Unknown fields: colour"):
        look(place, SOUND, columns={"colour": "Avtalsnamn"})
    with pytest.raises(InputError, match="no column with titles of contracts"):
        look(place, "1;2", header="a;b")


def test_a_personal_number_is_never_kept(place: Project) -> None:
    row = look(place, SOUND.replace("556036-0793", "850709-9805").replace("Städ AB", "Anna Svensson")).changes[0].row
    assert row["supplier_id"].startswith("p:") and "Anna" not in row["supplier_name"]
    row = look(place, SOUND.replace(";Städ;", ";Städ åt 850709-9805;")).changes[0].row
    assert "850709" not in row["title"]


def test_whose_it_is_must_be_known(place: Project) -> None:
    header, line = f"{HEADER};Beställare", f"{SOUND};Regionen"
    assert look(place, line, header=header, anchor="").changes[0].row["anchor"] == "Regionen"  # no ledgers yet
    assert [str(one.reason)[:15] for one in look(place, SOUND, anchor="").set_aside] == ["It is not said "]
    ledger = place.folder / "ledger.csv"
    ledger.write_text("x", encoding="utf-8")
    named = changing.add(place, "ledger", {"anchor": "Lunds kommun", "files": ["ledger.csv"]})
    looked = look(named, line, f"{SOUND};LUNDS  kommun".replace("A-1", "A-2"), header=header, anchor="")
    assert [change.row["anchor"] for change in looked.changes] == ["Lunds kommun"]
    assert "'Regionen' is no institution of this place" in looked.set_aside[0].reason


def test_a_framework_with_several_suppliers_has_an_entry_for_each(place: Project) -> None:
    other = SOUND.replace("Städ AB", "Tvätt AB").replace("556036-0793", "556000-0001")
    looked = look(place, SOUND, other)
    assert len({change.row["contract_key"] for change in looked.changes}) == 2
    twice = look(place, SOUND, other, SOUND.replace("2026-12-31", "2027-12-31"))
    assert len(twice.changes) == 2 and "stands again in row 4" in twice.set_aside[0].reason


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF-1.7", "is a PDF document"),
        ("a.csv", b"", "is empty"),
        ("a.json", b'{"releases": [', "damaged or cut short"),
        ("a.xml", b"<ContractNotice xmlns='urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2'>", "XML"),
        ("a.zip", b"PK\x03\x04broken", "damaged"),
    ],
)
def test_files_that_are_none_are_refused(place: Project, name: str, content: bytes, message: str) -> None:
    (place.folder / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        contracts.look(place, [place.folder / name], anchor="X")
