"""The organisations that suppliers may be, kept by themselves: later steps see no difference but in time."""

import shutil
from pathlib import Path

import pytest

from bygd.vocabulary import tables
from bygd.workbench import build, changing, decisions, possible, project


@pytest.fixture
def place(built_sample: Path, tmp_path: Path) -> project.Project:
    """The sample place with its snapshot, to be changed."""
    return project.read(shutil.copytree(built_sample, tmp_path / "place"))


def made(place: project.Project) -> dict[str, str]:
    """The hashes of the tables of a build from nothing."""
    shutil.rmtree(place.state / "store")
    hashes: dict[str, str] = build.build(place).manifest["tables"]
    return hashes


def test_figures_are_those_of_the_whole_register(place: project.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with_them = made(place)
    monkeypatch.setattr(possible, "keep", lambda *_: None)
    assert {**made(place), "possible_organisations": with_them["possible_organisations"]} == with_them


def test_whom_a_person_names_is_known_though_no_candidate(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text("Supplier,Date,Amount\nAcorn Joinery Ltd,2025-02-01,100.00\n")
    (tmp_path / "register.csv").write_text(
        "Company number,Name,Legal form\n00000001,Acorn Joinery Ltd,ltd\n00000002,Birch Mutual,plc\n"
    )
    place = project.create(tmp_path / "place", "gb:E07000123")
    columns = {"supplier": "Supplier", "paid_on": "Date", "amount": "Amount"}
    changing.add(place, "ledger", {"anchor": "A", "files": ["../ledger.csv"], "mapping": {"columns": columns}})
    changing.add(place, "register", {"source": "world/own_register", "files": ["../register.csv"]})
    place = project.read(place.folder)
    with build.build(place).engine() as engine:
        assert [row["org_id"] for row in engine.rows("SELECT org_id FROM link_candidates")] == ["GB-COH:00000001"]
        key = engine.rows("SELECT supplier_key FROM suppliers")[0]["supplier_key"]
    said = {"judgement": "same", "decided_by": "Åsa", "decided_at": decisions.now()}
    decisions.add(place, tables.link_decisions, [{"supplier_key": key, "org_id": "GB-COH:00000002", **said}])
    with build.build(place).engine() as engine:
        found = engine.rows("SELECT l.org_id, o.legal_form FROM links AS l JOIN ownerships AS o USING (supplier_key)")
        assert found == [{"org_id": "GB-COH:00000002", "legal_form": "plc"}]
        assert engine.rows("SELECT COUNT(*) AS n FROM organisations")[0]["n"] == 2
