"""What people decided is followed when a ledger spells anew, a register has a new month, or people disagree."""

import csv
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bygd.cli import main
from bygd.vocabulary import tables
from bygd.workbench import build, changing, conflicts, decisions, project, snapshot

LEDGER = """Supplier ID;Supplier;Number;Date;Amount;Creditor type
7;{name};;2025-02-01;100.00;LTD
8;Birch Printing Ltd;;2025-02-01;50.00;LTD
9;Cedar Cleaning Ltd;00000003;2025-02-01;25.00;LTD
10;A Person;;2025-02-01;10.00;INDV
"""
FIRST_MONTH = """Company number,Name,Status
00000001,Acorn Holdings Ltd,Active
00000002,Birch Printing Ltd,Active
00000003,Cedar Cleaning Ltd,Active
"""
SECOND_MONTH = """Company number,Name,Status
00000002,Birch Design Ltd,Active
00000003,Cedar Cleaning Ltd,Dissolved
00000004,Dogwood Ltd,Active
"""
ACORN, BIRCH, CEDAR, DOGWOOD = (f"GB-COH:0000000{number}" for number in range(1, 5))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place built once from one ledger and a register's first month."""
    folder = tmp_path_factory.mktemp("memory") / "place"
    place = project.create(folder, "gb:E07000123")
    (folder / "ledger.csv").write_text(LEDGER.format(name="Acorn Joinery Services"))
    (folder / "register.csv").write_text(FIRST_MONTH)
    columns = {
        "supplier": "Supplier", "supplier_number": "Supplier ID", "org_number": "Number", "paid_on": "Date",
        "amount": "Amount", "kind": "Creditor type",
    }  # fmt: skip
    changing.add(place, "ledger", {"anchor": "A", "files": ["ledger.csv"], "mapping": {"columns": columns}})
    changing.add(place, "register", {"source": "world/own_register", "files": ["register.csv"]})
    build.build(project.read(folder))
    return folder


@pytest.fixture
def place(first: Path, tmp_path: Path) -> project.Project:
    return project.read(shutil.copytree(first, tmp_path / "place"))


def links(place: project.Project) -> dict[str, dict[str, Any]]:
    """Links by the supplier's name."""
    with snapshot.current(place).engine() as engine:
        rows = engine.rows("SELECT s.name, l.* FROM links l JOIN suppliers s USING (supplier_key)")
    return {row["name"]: row for row in rows}


def judge(place: project.Project, name: str, judgement: str, org_id: str | None, by: str = "Åsa", day: int = 1) -> None:
    row = {
        "supplier_key": links(place)[name]["supplier_key"],
        "org_id": org_id,
        "judgement": judgement,
        "decided_by": by,
        "decided_at": datetime(2026, 1, day),
    }
    decisions.add(place, tables.link_decisions, [row])


def remembered(place: project.Project, name: str) -> list[dict[str, str]]:
    path = place.folder / "memory" / f"{name}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


@pytest.mark.slow
def test_a_new_spelling_follows_the_decision_on_the_old_one(place: project.Project) -> None:
    judge(place, "Acorn Joinery Services", "same", ACORN)
    build.build(place)
    assert [row["name"] for row in remembered(place, "remembered_suppliers")] == ["Acorn Joinery Services"]
    (place.folder / "ledger.csv").write_text(LEDGER.format(name="Acorn Joinery"))
    built = build.build(place)
    found = links(place)
    assert "Acorn Joinery Services" not in found
    assert (found["Acorn Joinery"]["stage"], found["Acorn Joinery"]["org_id"]) == ("group", ACORN)
    shown = CliRunner().invoke(main, ["-C", str(place.folder), "explain", "Acorn Joinery"])
    assert shown.exit_code == 0 and ACORN in shown.output, shown.output
    assert not any("decision" in warning for warning in built.manifest["warnings"])
    assert build.build(place) == built


def test_persons_are_not_remembered(place: project.Project) -> None:
    with snapshot.current(place).engine() as engine:
        person = engine.rows("SELECT supplier_key, name FROM suppliers WHERE is_masked")
    (row,) = person
    judge(place, row["name"], "absent", None)
    build.build(place)
    assert remembered(place, "remembered_suppliers") == []


@pytest.mark.slow
def test_a_new_month_of_the_register_is_noted_and_followed(place: project.Project, tmp_path: Path) -> None:
    judge(place, "Acorn Joinery Services", "same", ACORN)
    build.build(place)
    (place.folder / "register.csv").write_text(SECOND_MONTH)
    built = build.build(place)
    changes = {(row["org_id"], row["kind"], row["name"]) for row in remembered(place, "register_changes")}
    assert changes == {
        (ACORN, "gone", "Acorn Holdings Ltd"),
        (BIRCH, "renamed", "Birch Printing Ltd"),
        (CEDAR, "ended", "Cedar Cleaning Ltd"),
    }
    said = "\n".join(built.manifest["warnings"])
    assert "1 ended, 1 no longer in the register, 1 renamed" in said
    assert "Decided cases to be looked at again: 1. The organisation is in no register" in said
    found = links(place)
    assert (found["Birch Printing Ltd"]["org_id"], found["Birch Printing Ltd"]["state"]) == (BIRCH, "linked")
    assert (found["Acorn Joinery Services"]["state"], found["Acorn Joinery Services"]["reopened"]) == (
        "unresolved",
        "gone",
    )
    (case,) = (row for row in conflicts.listed(place) if row["kind"] == "gone")
    assert (case["decided_name"], case["ended_on"]) == ("Acorn Holdings Ltd", None)
    told = CliRunner().invoke(main, ["-C", str(place.folder), "decisions", "conflicts"]).output
    assert f"It was Acorn Holdings Ltd, last seen in a register on {case['last_seen_on']}." in told
    assert case["last_seen_on"] is not None
    assert f"Said: Åsa 2026-01-01: same {ACORN} (Acorn Holdings Ltd)." in told
    why = CliRunner().invoke(main, ["-C", str(place.folder), "explain", "Acorn Joinery Services"]).output
    assert f"that it is Acorn Holdings Ltd ({ACORN}), which is in no register that was read" in " ".join(why.split())
    assert build.build(place) == built

    elsewhere = project.read(shutil.copytree(place.folder, tmp_path / "elsewhere"))
    shutil.rmtree(elsewhere.state / "store")
    shutil.rmtree(elsewhere.state / "snapshots")
    (elsewhere.state / "current").unlink()
    assert build.build(elsewhere).manifest["tables"] == built.manifest["tables"]

    (place.folder / "successions.csv").write_text("old number,new number,kind,on\n1,4,merged,2024-12-31\n")
    place = changing.add(place, "register", {"source": "world/own_successions", "files": ["successions.csv"]})
    build.build(place)
    found = links(place)
    assert (found["Acorn Joinery Services"]["org_id"], found["Acorn Joinery Services"]["stage"]) == (
        DOGWOOD,
        "decision",
    )
    why = CliRunner().invoke(main, ["-C", str(place.folder), "explain", "Acorn Joinery Services"]).output
    assert f"It took the place of Acorn Holdings Ltd ({ACORN})" in " ".join(why.split())

    (place.folder / "register.csv").write_text(FIRST_MONTH)
    build.build(place)
    assert [row["kind"] for row in remembered(place, "register_changes")][-1] == "returned"


def test_a_register_that_is_taken_away_is_no_change(place: project.Project) -> None:
    place = changing.remove(place, "register", 1)
    build.build(place)
    assert remembered(place, "register_changes") == []


def test_conflicts_are_listed_with_their_money(place: project.Project) -> None:
    judge(place, "Acorn Joinery Services", "same", ACORN, "Anna", 1)
    judge(place, "Acorn Joinery Services", "absent", None, "Bo", 2)
    judge(place, "Birch Printing Ltd", "same", CEDAR, "Anna", 1)
    built = build.build(place)
    rows = [(row["name"], row["kind"], int(row["amount"])) for row in conflicts.listed(place)]
    assert rows == [("Acorn Joinery Services", "people", 100), ("Birch Printing Ltd", "proposal", 50)]
    assert (
        conflicts.listed(place)[0]["said"]
        == f"Anna 2026-01-01: same {ACORN} (Acorn Holdings Ltd); Bo 2026-01-02: absent"
    )
    assert set(conflicts.listed(place)[0]) == set(conflicts.COLUMNS)
    shown = CliRunner().invoke(main, ["-C", str(place.folder), "decisions", "conflicts"])
    assert "Acorn Joinery Services" in shown.output and "Bo 2026-01-02: absent" in shown.output, shown.output
    table = CliRunner().invoke(main, ["-C", str(place.folder), "decisions", "conflicts", "--csv"])
    assert [row["kind"] for row in csv.DictReader(table.output.splitlines())] == ["people", "proposal"]
    assert sum("bygd decisions conflicts" in warning for warning in built.manifest["warnings"]) == 2


def test_a_flood_of_decisions_about_nobody_is_counted(place: project.Project) -> None:
    row = {"org_id": ACORN, "judgement": "same", "decided_by": "x", "decided_at": datetime(2026, 1, 1)}
    decisions.add(place, tables.link_decisions, [{**row, "supplier_key": f"nobody {n}"} for n in range(5000)])
    before = links(place)
    built = build.build(place)
    assert len(built.manifest["warnings"]) < 20
    assert links(place) == before
