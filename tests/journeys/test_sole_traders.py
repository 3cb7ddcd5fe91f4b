"""A sole trader is one person in every ledger and register, linked by pseudonym, and never shown by name."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from stdnum import luhn

from bygd.cli import main
from bygd.workbench import project, snapshot

PEOPLE = ("Anna Hemlig", "Bo Dold", "Cajsa Gömd", "Dan Skymd")


def numbers() -> list[str]:
    """Made-up personal numbers, a coordination number among them."""
    return [f"{nine}{luhn.calc_check_digit(nine)}" for nine in ("850709980", "910101123", "770362456", "680229789")]


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two anchors write the numbers in several forms; the register in yet another."""
    home = tmp_path_factory.mktemp("traders")
    forms = ("{0}-{1}", "19{0}{1}", "19{0}-{1}", "{0}{1}")
    written = [form.format(number[:6], number[6:]) for form, number in zip(forms, numbers(), strict=True)]
    again = [f"SE{number}01" for number in numbers()]
    register = "".join(
        f"{'19' if row % 2 else ''}{number}$PERSON-IDORG,{name},10,27231,{86909 + row}\n"
        for row, (number, name) in enumerate(zip(numbers(), PEOPLE, strict=True))
    )
    register += "5560160680,Alfa Bygg AB,49,27231,41200\n"
    (home / "register.csv").write_text(f"number,name,legal_form,postcode,industry\n{register}", encoding="utf-8")
    (home / "postcodes.csv").write_text("postcode,municipality\n27231,1291\n27232,1291\n", encoding="utf-8")
    for file, people in (("one.csv", written), ("two.csv", again)):
        rows = "".join(
            f"{name} firma;{number};2025-01-02;100,00\n" for name, number in zip(PEOPLE, people, strict=True)
        )
        text = f"Leverantör;Organisationsnummer;Datum;Belopp\n{rows}Alfa Bygg AB;5560160680;2025-01-03;600,00\n"
        (home / file).write_text(text, encoding="utf-8")
    place = home / "place"
    run("init", place, "--place", "se:1291", "--name", "Simrishamn")
    run("-C", place, "add", "ledger", home / "one.csv", "--anchor", "Kommunen")
    run("-C", place, "add", "ledger", home / "two.csv", "--anchor", "Regionen")
    run("-C", place, "add", "register", home / "register.csv")
    run("-C", place, "add", "postcodes", home / "postcodes.csv")
    run("-C", place, "build")
    return place


def test_each_is_linked_by_pseudonym_and_gets_industry_and_postcode_area(place: Path) -> None:
    with snapshot.current(project.read(place)).engine() as engine:
        found = engine.rows(
            "SELECT s.anchor, s.org_number, o.industry, o.postcode, l.stage, e.seat_ring, w.ownership "
            "FROM suppliers s JOIN links l USING (supplier_key) JOIN organisations o USING (org_id) "
            "JOIN seats e USING (supplier_key) JOIN ownerships w USING (supplier_key) WHERE s.is_masked"
        )
    assert len(found) == 8
    assert len({row["org_number"] for row in found}) == 4
    for whose in ("Kommunen", "Regionen"):
        assert sorted(row["industry"] for row in found if row["anchor"] == whose) == [
            "86909", "86910", "86911", "86912"
        ]  # fmt: skip
    assert {row["postcode"] for row in found} == {"272"} and {row["stage"] for row in found} == {"number"}
    assert {row["ownership"] for row in found} == {"sole_trader"}


def test_the_area_of_a_postcode_is_enough_to_place_them(place: Path) -> None:
    printed = run("-C", place, "run", "spend", "--by", "ownership", "--csv")
    line = next(line for line in printed.splitlines() if line.startswith("sole_trader"))
    assert line.startswith("sole_trader,800.00,0.00,0.00,800.00,")


def test_nobody_is_named_in_anything_written_or_printed(place: Path) -> None:
    printed = [
        run("-C", place, "run", "spend", "--by", "ownership,industry"),
        run("-C", place, "privacy", "report"),
        run("-C", place, "decisions", "export", place / "doubts.csv"),
    ]
    run("-C", place, "report")
    run("-C", place, "report", "--public", "--out", place / "public")
    secret = re.compile("|".join([*PEOPLE, *(f"{number[:6]}[-+ ]?{number[6:]}" for number in numbers())]))
    for text in printed:
        assert not secret.search(text), text
    for path in (path for path in place.rglob("*") if path.is_file()):
        assert not secret.search(path.read_bytes().decode("utf-8", "replace")), path
    assert "4 of 5 are persons, masked" in printed[1]


def test_two_people_who_build_the_same_have_the_same_figures(place: Path) -> None:
    """Folder and key are each one's own; the snapshot's name and every figure are the same, byte for byte."""
    other = place.parent / "another place"
    shutil.copytree(place, other, ignore=shutil.ignore_patterns(project.STATE, "report", "public"))
    run("-C", other, "build")
    written = []
    for folder in (place, other):
        run("-C", folder, "report")
        written.append([(folder / "report" / name).read_bytes() for name in ("figures.json", "control.json")])
    assert project.read(place).key() != project.read(other).key()
    assert written[0] == written[1]
