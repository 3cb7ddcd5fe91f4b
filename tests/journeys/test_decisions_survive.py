"""What a person decided is seen after the next build, and survives new ledgers and a forgotten store."""

import shutil
from pathlib import Path

import pytest

from bygd.vocabulary import tables
from bygd.workbench import build, changing, decisions, project, sample, snapshot


@pytest.fixture
def place(built_sample: Path, tmp_path: Path) -> project.Project:
    """The sample place with its snapshot, to be changed."""
    return project.read(shutil.copytree(built_sample, tmp_path / "place"))


def state(place: project.Project, key: str) -> dict[str, object]:
    with snapshot.current(place).engine() as engine:
        return engine.rows("SELECT state, stage, org_id FROM links WHERE supplier_key = ?", key)[0]


def judge(place: project.Project, key: str, org_id: str | None, judgement: str) -> None:
    row = {
        "supplier_key": key,
        "org_id": org_id,
        "judgement": judgement,
        "decided_by": "Åsa",
        "decided_at": decisions.now(),
    }
    decisions.add(place, tables.link_decisions, [row])
    build.build(place)


def test_a_decision_overrides_the_machine_and_survives(place: project.Project, tmp_path: Path) -> None:
    first = snapshot.current(place)
    with first.engine() as engine:
        linked = engine.rows("SELECT supplier_key, org_id FROM links WHERE state = 'linked' ORDER BY 1 LIMIT 1")[0]
        other = engine.rows("SELECT org_id FROM organisations WHERE org_id <> ? ORDER BY 1 LIMIT 1", linked["org_id"])
    key = linked["supplier_key"]

    judge(place, key, other[0]["org_id"], "same")
    assert state(place, key) == {"state": "linked", "stage": "decision", "org_id": other[0]["org_id"]}

    shutil.rmtree(place.state / "store")
    again = build.build(place)
    assert state(place, key)["stage"] == "decision"
    assert again.id != first.id

    judge(place, key, None, "absent")
    assert state(place, key)["state"] == "absent"
    assert len(decisions.read(place, tables.link_decisions)) >= 2

    ledger = tmp_path / "more.csv"
    ledger.write_text("Leverantör;Datum;Belopp\nNågon AB;2025-01-02;100,00\n", encoding="utf-8")
    mapping = {"columns": {"supplier": "Leverantör", "paid_on": "Datum", "amount": "Belopp"}}
    entry = {"anchor": "Ny ankare", "files": [project.relative(place, ledger)], "mapping": mapping}
    place = changing.add(place, "ledger", entry)
    build.build(place)
    assert state(place, key)["state"] == "absent"


def test_a_decision_about_nobody_is_told_and_harms_nothing(place: project.Project) -> None:
    before = snapshot.current(place)
    judge(place, "no-such-supplier", "XX:1", "same")
    after = snapshot.current(place)
    assert any("no-such-supplier" in warning for warning in after.manifest["warnings"])
    assert before.manifest["tables"]["spend"] == after.manifest["tables"]["spend"]


def test_building_twice_changes_nothing(tmp_path: Path) -> None:
    place = sample.write(tmp_path / "place")
    first = build.build(place)
    files = {path: path.stat().st_mtime_ns for path in first.folder.iterdir()}
    assert build.build(place) == first
    assert {path: path.stat().st_mtime_ns for path in first.folder.iterdir()} == files
