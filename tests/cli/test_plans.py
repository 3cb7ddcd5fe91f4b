"""`bygd plans`: made of the board, told, and written as documents and as one pack."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.workbench import boards, project

CARD = {
    "pillar": "land", "title": "Bakugnen", "in_plan": True, "first_step": "Mura", "owner": "Byalaget",
    "cost": Decimal(900), "measure": "Limpor", "target": "100",
}  # fmt: skip


def bygd(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *words])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    made = project.create(tmp_path / "own", "se:1291", "Hembygda")
    boards.enter(made, [CARD, {"pillar": "work", "title": "Senare"}], "p:1")
    return made.folder


def test_a_plan_is_made_told_and_handed_over(own: Path) -> None:
    made = bygd(own, "plans", "make", "Planen", "--template", "local_development_plan", "--from", "2026-03-01")
    key = made.output.split(":")[0]
    assert made.output == f"{key}: 1 goals, until 2029-02-28\n"
    assert f"{key}  Planen: draft" in bygd(own, "plans", "list").output
    assert "Of 1 activities" in bygd(own, "plans", "show", key, "--on", "2026-03-02").output
    assert "must be" not in bygd(own, "plans", "templates").output
    for ending, starts in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert bygd(own, "plans", "write", key, str(own / f"plan.{ending}"), "--lang", "sv").exit_code == 0
        assert (own / f"plan.{ending}").read_bytes().startswith(starts)
    pdf = (own / "plan.pdf").read_bytes()
    assert b"pdfuaid:part" in pdf and b"/StructTreeRoot" in pdf
    bygd(own, "plans", "write", key, str(own / "pack.zip"))
    with zipfile.ZipFile(io.BytesIO((own / "pack.zip").read_bytes())) as archive:
        names = archive.namelist()
        assert names[:4] == ["1-handover.docx", "2-plan.docx", "2-plan.pdf", "3-board.xlsx"]
        assert b"Limpor" in archive.read("entries/plan_parts.csv")
    wrong = bygd(own, "plans", "write", key, str(own / "plan.odt"))
    assert wrong.exit_code == 2 and ".odt" in wrong.output
    assert bygd(own, "plans", "show", "nothing").exit_code == 2
