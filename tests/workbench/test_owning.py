"""Whose people say something is: said with evidence, taken back, and counted by the next build."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bygd.cli import main
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.workbench import build, decisions, findings, owning, project, snapshot


@pytest.fixture
def own(built_sample: Path, tmp_path: Path) -> project.Project:
    shutil.copytree(built_sample, tmp_path / "own", symlinks=True)
    return project.find(tmp_path / "own")


OPEN = """
    SELECT s.supplier_key, o.ownership, o.basis FROM suppliers AS s JOIN ownerships AS o USING (supplier_key)
    WHERE NOT s.is_masked AND o.basis NOT IN ('override', 'none') ORDER BY 1
"""


def ownership(own: project.Project, key: str) -> tuple[str, str]:
    with snapshot.current(own).engine() as engine:
        row = engine.rows("SELECT ownership, basis FROM ownerships WHERE supplier_key = ?", key)[0]
    return row["ownership"], row["basis"]


@pytest.mark.slow
def test_what_is_taken_back_counts_no_more(own: project.Project) -> None:
    with snapshot.current(own).engine() as engine:
        key = engine.rows(OPEN)[0]["supplier_key"]
    before = ownership(own, key)
    owning.say(own, key, "employee_owned", "https://example.org/owners", back=False)
    build.build(own)
    assert ownership(own, key) == ("employee_owned", "override")
    owning.say(own, key, "", "", back=True)
    build.build(own)
    assert ownership(own, key) == before
    with pytest.raises(InputError, match="Nothing was said"):
        owning.say(own, key, "", "", back=True)


def test_what_is_said_is_checked(own: project.Project) -> None:
    with snapshot.current(own).engine() as engine:
        key = engine.rows(OPEN)[0]["supplier_key"]
        masked = engine.rows("SELECT supplier_key FROM suppliers WHERE is_masked")[0]["supplier_key"]
    for subject, kind, evidence, told in (
        (key, "ours", "x", "no kind of ownership"),
        (key, "unknown", "x", "no kind of ownership"),
        (key, "social", " ", "--evidence"),
        (masked, "social", "x", "private person"),
        ("nobody", "social", "x", "has the key"),
    ):
        with pytest.raises(InputError, match=told):
            owning.say(own, subject, kind, evidence, back=False)


def test_the_prompt_says_and_takes_back(own: project.Project, tmp_path: Path) -> None:
    with snapshot.current(own).engine() as engine:
        key = engine.rows(OPEN)[0]["supplier_key"]
    run = CliRunner().invoke
    done = run(main, ["-C", str(own.folder), "decisions", "own", key, "social", "--evidence", "https://example.org/x"])
    assert done.exit_code == 0 and " is: " in done.output, done.output
    done = run(main, ["-C", str(own.folder), "decisions", "own", key, "--take-back"])
    assert done.exit_code == 0 and "taken back" in done.output
    said = [row for row in decisions.read(own, tables.class_decisions) if row["subject_id"] == key]
    assert [row["kind"] for row in said] == ["social", None] and said[0]["decided_at"] < said[1]["decided_at"]
    sheet = tmp_path / "owners.csv"
    assert findings.export(own, sheet, tables.class_decisions) >= 2
    assert {change.kind.value for change in findings.preview(own, sheet, tables.class_decisions)} <= {
        "known",
        "changed",
    }


def test_a_row_that_says_a_kind_says_where(own: project.Project) -> None:
    file = decisions.file(own, tables.class_decisions)
    with file.open("a", encoding="utf-8") as opened:
        opened.write("x,social,,somebody,2025-01-01T00:00:00\r\n")
    with pytest.raises(InputError, match="evidence"):
        decisions.read(own, tables.class_decisions)
