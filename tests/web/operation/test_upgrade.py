"""The database of the first version that had one is taken in by this one, with all that stands in it."""

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.lib.first_schema import FOLDER, TARGET

from .test_backup import run

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def rows(file: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    with zipfile.ZipFile(file) as packed:
        for line in packed.read("database.jsonl").splitlines():
            said = json.loads(line)
            found.setdefault(said["model"], []).append(said["row"])
    return found


def test_the_first_database_is_taken_in(own_place: Any, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    text = TARGET.read_text(encoding="utf-8").replace(FOLDER, own_place.folder)
    with sqlite3.connect(state / "web.sqlite3") as opened:
        opened.executescript(text)
    opened.close()
    made = run("-C", own_place.folder, "backup", str(tmp_path / "a.zip"), BYGD_STATE=str(state))
    assert made.returncode == 0, made.stderr
    found = rows(tmp_path / "a.zip")
    assert found["people.person"][0]["email"] == "åsa@example.org"
    assert {one["role"] for one in found["people.membership"]} == {"analyst", "anchor_member"}
    assert found["decisions.linkdecision"][0]["note"] == "by their invoice"
    assert found["places.place"][0]["published"] == "f6a710b52ce0"
    for model in ("people.link", "people.token", "people.event", "work.import", "work.job"):
        assert found[model], model
    checked = run("-C", own_place.folder, "web", "--check", BYGD_STATE=str(state))
    assert "its schema is the present one" in checked.stdout, checked.stdout
    restored = run("restore", str(tmp_path / "a.zip"), "--into", str(tmp_path / "new"))
    assert restored.returncode == 0, restored.stderr


def test_models_and_migrations_say_the_same() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
