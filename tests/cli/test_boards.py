"""`bygd boards`: the board shown, written, changed by a spreadsheet, and undone."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.workbench import boards, project


def bygd(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *words])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    made = project.create(tmp_path / "own", "se:1291", "Hembygda")
    boards.enter(made, [{"pillar": "land", "title": "Bakugnen", "allies": "Anna\nBo", "in_plan": True}], "p:1")
    return made.folder


def test_a_board_is_written_changed_added_and_undone(own: Path) -> None:
    shown = bygd(own, "boards", "show", "--tradition", "scottish_act", "--lang", "sv").output
    assert "(d) Obrukad och förfallen mark åter i bruk\n  Ny idé: Bakugnen *" in shown
    out = own / "board.csv"
    assert "1 cards" in bygd(own, "boards", "write", str(out), "--lang", "sv").output
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines(keepends=True), delimiter=";"))
    rows[1][rows[0].index("Spalt")] = "Görs redan"
    with out.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows(rows)
    assert "~ Bakugnen\nNothing was changed." in bygd(own, "boards", "add", str(out), "--dry-run").output
    assert "1 entries added" in bygd(own, "boards", "add", str(out)).output
    assert "0 entries added" in bygd(own, "boards", "add", str(out)).output
    card = json.loads(bygd(own, "boards", "show", "--json").output)[0]
    assert (card["standing"], card["allies"], card["in_plan"]) == ("done", "Anna\nBo", True)
    assert "bygd boards: standing" in bygd(own, "boards", "history", card["card_key"]).output
    assert bygd(own, "boards", "undo", card["card_key"]).output == "Bakugnen\n"
    assert json.loads(bygd(own, "boards", "show", "--json").output)[0]["standing"] == "idea"


def test_mistakes_are_told(own: Path) -> None:
    assert bygd(own, "boards", "undo", "nothing-there").exit_code == 2
    wrong = bygd(own, "boards", "write", str(own / "board.docx"))
    assert wrong.exit_code == 2 and "csv or xlsx" in wrong.output
