"""Sealed bids, scores and the log go into a copy of safety and come back, on either database."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.lib import postgresql
from tests.web.operation.test_backup import run

from bygd.web.backup import archive

from .conftest import Room, closed, moderated

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest) -> dict[str, str]:
    if request.param == "sqlite":
        return {}
    if postgresql.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    return {"BYGD_DATABASE": postgresql.fresh()}


def rows(file: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(file) as packed:
        found = [json.loads(line) for line in packed.read(archive.DATABASE).splitlines()]
    return [line for line in found if line["model"].startswith("tenders.")]


@pytest.mark.parametrize("stage", [closed, moderated])
def test_there_and_back(room: Room, stage: Any, elsewhere: dict[str, str], tmp_path: Path, settings: Any) -> None:
    stage(room)
    settings.STATE = tmp_path / "state"
    settings.STATE.mkdir()
    (settings.STATE / "secret").write_text("the secret")
    file, again, into = tmp_path / "a.zip", tmp_path / "again.zip", tmp_path / "new"
    made = archive.write(file)
    is_sealed = stage is closed
    assert any("under seal" in warning for warning in made.warnings) == is_sealed
    assert not any("under seal" in warning for warning in archive.write(file, with_keys=True).warnings)
    kinds = {line["model"] for line in rows(file)}
    assert {"tenders.tender", "tenders.member", "tenders.bid", "tenders.entry", "tenders.invitation"} <= kinds
    assert ("Alma AB" not in json.dumps(rows(file))) == is_sealed
    environment = {**elsewhere, "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", "")}
    restored = run("restore", str(file), "--into", str(into), **environment)
    assert restored.returncode == 0, restored.stderr
    backed = run("-C", str(into / room.place.slug), "backup", str(again), "--with-keys", **environment)
    assert backed.returncode == 0, backed.stderr
    assert rows(again) == rows(file)
