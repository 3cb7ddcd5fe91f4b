"""The command line: what a user types, what comes out, and the exit codes scripts rely on."""

import csv
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.cli.demo import called


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def place(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(built_sample, tmp_path_factory.mktemp("cli") / "place")


def test_a_build_prints_control_sums_and_the_snapshot(place: Path) -> None:
    result = run("-C", place, "build")
    assert result.exit_code == 0, result.output
    assert "rows read" in result.output and "Snapshot" in result.output
    assert "left out by rule" in result.output


def test_a_first_look_names_a_command_that_the_terminal_finds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    beside = tmp_path / "its folder"
    beside.mkdir()
    (beside / "bygd").write_text("")
    (beside / "bygd").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["its folder/bygd", "demo"])
    monkeypatch.setenv("PATH", "")
    assert shlex.split(called()) == [str(beside / "bygd")]
    monkeypatch.setenv("PATH", str(beside))
    assert called() == "bygd"


def test_what_was_added_says_what_comes_next(tmp_path: Path) -> None:
    assert run("init", tmp_path / "place", "--place", "se:1291").exit_code == 0
    firms, codes = tmp_path / "firms.csv", tmp_path / "codes.csv"
    firms.write_text("organisationsnummer,namn\n5560160680,Alfa AB\n", encoding="utf-8")
    codes.write_text("postcode,area_id\n27231,se:1291\n", encoding="utf-8")
    register = run("-C", tmp_path / "place", "add", "register", firms)
    assert register.exit_code == 0 and "Next: bygd add postcodes FILE, or bygd build" in register.output
    postcodes = run("-C", tmp_path / "place", "add", "postcodes", codes, "--source", "world/own_postcodes")
    assert postcodes.exit_code == 0 and "Next: bygd build" in postcodes.output


def test_strict_tells_scripts_whether_something_needs_attention(place: Path, tmp_path: Path) -> None:
    assert run("-C", place, "build", "--strict").exit_code == 0
    folder = tmp_path / "other"
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("Leverantör;Datum;Belopp\nAlfa AB;2025-01-02;100,00\nBeta AB;2025-01-03;much\n", encoding="utf-8")
    assert run("init", folder, "--place", "se:1291").exit_code == 0
    assert run("-C", folder, "add", "ledger", ledger, "--anchor", "A", "--yes").exit_code == 0
    result = run("-C", folder, "build", "--strict")
    assert result.exit_code == 3, result.output
    assert "set aside, amount missing or unreadable: 1 row, 0.00: ledger.csv row 3\n" in result.output, "and where"
    assert "No register was given" in result.output


@pytest.mark.parametrize("language", ["en", "sv", "nl"])
def test_the_headline_is_a_sentence_with_a_range(place: Path, language: str) -> None:
    result = run("-C", place, "run", "spend", "--lang", language)
    assert result.exit_code == 0, result.output
    assert "%" in result.output


def test_a_breakdown_adds_up_to_the_whole(place: Path) -> None:
    rows = json.loads(run("-C", place, "run", "spend", "--by", "year,ownership", "--json").output)
    whole = json.loads(run("-C", place, "run", "spend", "--by", "anchor", "--json").output)
    assert {"year", "ownership", "local", "elsewhere", "unknown", "total"} <= set(rows[0])
    assert round(sum(float(row["total"]) for row in rows), 2) == round(sum(float(row["total"]) for row in whole), 2)


def test_a_breakdown_is_printed_in_the_language_asked_for(place: Path) -> None:
    found = {
        code: run("-C", place, "run", "spend", "--by", "ownership", "--lang", code).output for code in ("en", "nl")
    }
    assert found["en"].split()[:6] == ["ownership", "total", "local", "share", "between", "suppliers"]
    assert found["nl"].split()[:6] == ["eigendom", "totaal", "lokaal", "aandeel", "tussen", "leveranciers"]
    assert "if all other money" in found["en"] and "als al het andere geld" in found["nl"]
    assert re.search(r"\d,\d{3}", found["en"]) and re.search(r"\d\.\d{3}", found["nl"])


def test_csv_has_one_line_a_row(place: Path) -> None:
    lines = run("-C", place, "run", "spend", "--by", "anchor", "--csv").output.splitlines()
    assert lines[0].startswith("anchor,")
    assert len(lines) == 4


def test_figures_as_json_keep_to_the_definition_asked_for(place: Path) -> None:
    rows = json.loads(run("-C", place, "run", "spend", "--json", "--local-means", "branch").output)
    ids = {row["id"] for row in rows}
    assert "spend.local_share.branch.municipality" in ids
    assert not [name for name in ids if ".seat." in name or ".either." in name]


def test_an_unknown_dimension_is_a_mistake_of_the_user(place: Path) -> None:
    result = run("-C", place, "run", "spend", "--by", "colour")
    assert result.exit_code == 2
    assert "colour" in result.output


def test_doubts_go_out_and_judgements_come_in(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "doubts.csv"
    assert run("-C", place, "decisions", "export", file).exit_code == 0
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(",")
    assert len(lines) > 1
    import csv

    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    rows[0]["judgement"] = "absent"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=header)
        writer.writeheader()
        writer.writerows(rows)
    result = run("-C", place, "decisions", "import", file, "--by", "Åsa")
    assert "absent" in result.output and "1 new" in result.output and "1 decision added." in result.output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "There is no bygd.toml here"),
        (("--lang", "sv"), "Det finns ingen bygd.toml här"),
        (("--lang=nl",), "Er is hier of hierboven geen bygd.toml"),
        (("--lang", "fr"), "There is no bygd.toml here"),
    ],
)
def test_errors_are_told_in_the_language_asked_for(tmp_path: Path, asked: tuple[str, ...], said: str) -> None:
    result = run("-C", tmp_path, "report", *asked)
    assert result.exit_code == 2
    assert result.output.startswith(f"bygd: {said}")


def test_a_list_without_judgements_column_is_refused(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")
    result = run("-C", place, "decisions", "import", file)
    assert result.exit_code == 2
    assert "no list of decisions" in result.output


def test_what_was_masked_is_listed_without_numbers(place: Path) -> None:
    result = run("-C", place, "privacy", "report")
    assert "recipients masked" in result.output
    assert "persons, masked" in result.output


def test_show_and_snapshots_list_what_there_is(place: Path) -> None:
    assert "ledger 1:" in run("-C", place, "show").output
    assert run("-C", place, "snapshots").output.count("*") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["build"], "no bygd.toml here or above"),
        (["init", "{here}/new", "--place", "nowhere"], "is no area"),
        (["init", "{here}/new", "--place", "zz:1"], "no country pack"),
    ],
)
def test_mistakes_are_one_line_and_exit_with_two(tmp_path: Path, words: Sequence[str], message: str) -> None:
    result = run("-C", tmp_path, *(word.format(here=tmp_path) for word in words))
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_help_is_quick_because_little_is_imported() -> None:
    code = "import sys; from bygd.cli import main; print('duckdb' in sys.modules or 'numpy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


@pytest.mark.parametrize("by", ["anchor", "year,ownership", "anchor,year"])
def test_a_breakdown_can_be_read_on_eighty_columns(place: Path, by: str) -> None:
    lines = run("-C", place, "run", "spend", "--by", by).output.splitlines()
    assert len(lines) > 3 and max(map(len, lines)) <= 80
    assert "between" in lines[0] and "%" in lines[1]


def test_csv_of_figures_has_plain_cells(place: Path) -> None:
    lines = list(csv.DictReader(run("-C", place, "run", "spend", "--csv").output.splitlines()))
    assert lines[0]["id"] == "spend.total" and "[" not in lines[0]["sources"]


def test_a_place_is_said_seen_and_taken_back(place: Path, tmp_path: Path) -> None:
    from bygd.workbench import project, snapshot

    with snapshot.current(project.find(place)).engine() as engine:
        org = engine.rows("SELECT org_id FROM links WHERE state = 'linked' ORDER BY 1")[0]["org_id"]
    wrong = run("-C", place, "decisions", "place", org, "Atlantis", "--evidence", "x")
    assert wrong.exit_code == 2 and "Nothing is known of 'Atlantis'" in wrong.output
    said = run("-C", place, "decisions", "place", org, "Danmark", "--evidence", "https://example.org", "--by", "Åsa")
    assert said.exit_code == 0 and "registered office" in said.output and "Danmark" in said.output
    file = tmp_path / "seats.csv"
    assert "1 rows" in run("-C", place, "decisions", "export", file, "--of", "seats").output
    assert "decided already" in run("-C", place, "decisions", "import", file).output
    assert "taken back" in run("-C", place, "decisions", "place", org, "--take-back").output
