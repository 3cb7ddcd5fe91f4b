"""A backup is made while the web runs, says of itself whether it is whole, and becomes a new installation."""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.lib import postgresql
from tests.lib.web import COMMAND

from bygd.sources.errors import InputError
from bygd.web.backup import archive, restoring, rows

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backup")]


@pytest.fixture
def busy(own_place: Any, somebody: Callable[..., Any], settings: Any, tmp_path: Path) -> Any:
    """A place in which people worked."""
    from datetime import timedelta

    from bygd.vocabulary import tables
    from bygd.web.decisions import together
    from bygd.web.people import log, tokens
    from bygd.web.people.words import Scope
    from bygd.web.places.published import publish
    from bygd.workbench import decisions, snapshot

    settings.STATE = tmp_path / "state"
    settings.STATE.mkdir()
    person = somebody(own_place, "analyst", anchors=["Ångströms"], email="åsa@example.org")
    tokens.make(person, "nightly", [Scope.READ], timedelta(days=9))
    log.record(None, "signed in", place=own_place, whom=person)
    said = {"supplier_key": "k", "judgement": "absent", "decided_by": "Åsa", "decided_at": decisions.now()}
    together.add(own_place, tables.link_decisions, [said])
    publish(own_place, snapshot.current(own_place.project).id)
    return own_place


def run(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name not in ("BYGD_STATE", "BYGD_DATABASE")}
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, env={**kept, **environment}, timeout=300)


def content(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != archive.MANIFEST}


def lines(file: Path) -> list[dict[str, Any]]:
    """The rows of a backup, but for where places stand on the disk."""
    found = [json.loads(line) for line in content(file)[archive.DATABASE].splitlines()]
    for line in found:
        line["row"].pop("folder", None)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment in which another, empty database is used."""
    if request.param == "sqlite":
        return {}
    if postgresql.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    return {"BYGD_DATABASE": postgresql.fresh()}


def test_a_file_is_readable_for_whom_it_was(busy: Any, tmp_path: Path) -> None:
    evidence = Path(busy.folder) / "evidence" / "a"
    evidence.parent.mkdir()
    evidence.write_bytes(b"kept from others")
    modes = {evidence: 0o600, Path(busy.folder) / "bygd.toml": 0o644}
    for path, mode in modes.items():
        path.chmod(mode)
    archive.write(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        for path, mode in modes.items():
            name, target = path.relative_to(busy.folder).as_posix(), tmp_path / "again" / path.name
            restoring.extract(packed, f"places/{busy.slug}/{name}", target)
            assert target.stat().st_mode & 0o777 == mode


def test_a_folder_is_open_to_whom_it_was_and_without_a_word_to_nobody(busy: Any, tmp_path: Path) -> None:
    evidence = Path(busy.folder) / "evidence"
    (evidence / "deep").mkdir(parents=True)
    (evidence / "deep" / "a").write_bytes(b"kept from others")
    for path, mode in ((evidence / "deep", 0o750), (evidence, 0o700), (Path(busy.folder), 0o777)):
        path.chmod(mode)
    file = archive.write(tmp_path / "a.zip").file
    restoring.check(file)
    with zipfile.ZipFile(file) as packed:
        folders = json.loads(packed.read(archive.MANIFEST))["folders"]
        (tmp_path / "new").mkdir()
        restoring.lay_out(folders, tmp_path / "new")
        made = tmp_path / "new" / busy.slug
        for folder, mode in ((made, 0o755), (made / "evidence", 0o700), (made / "evidence" / "deep", 0o750)):
            assert folder.stat().st_mode & 0o777 == mode & ~umask(), folder
        unsaid = tmp_path / "unsaid" / "deep" / "a"
        restoring.extract(packed, f"places/{busy.slug}/evidence/deep/a", unsaid)
        assert {folder.stat().st_mode & 0o777 for folder in (unsaid.parent, unsaid.parent.parent)} == {0o700}


def umask() -> int:
    """The umask of this process."""
    os.umask(found := os.umask(0o022))
    return found


@pytest.mark.slow
def test_what_is_restored_is_what_was_backed_up(busy: Any, tmp_path: Path, elsewhere: dict[str, str]) -> None:
    file, again, into = tmp_path / "a.zip", tmp_path / "again.zip", tmp_path / "new"
    made = archive.write(file, with_keys=True)
    assert file.stat().st_mode & 0o077 == 0
    assert made.rows == sum(rows.held().values()) > 5
    checked = run("restore", str(file), "--check-only")
    assert checked.returncode == 0 and "is whole" in checked.stdout and "with keys" in checked.stdout
    restored = run("restore", str(file), "--into", str(into), **elsewhere)
    assert restored.returncode == 0, restored.stderr
    folder = into / busy.slug
    assert (folder / ".bygd" / "key").read_text() == (Path(busy.folder) / ".bygd" / "key").read_text()
    assert (folder / ".bygd" / "key").stat().st_mode & 0o077 == 0
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir() and "web" not in path.parts)):
        was = (Path(busy.folder) / path.relative_to(folder)).stat().st_mode
        assert path.stat().st_mode & 0o077 == was & 0o055, path
    backed = run("-C", str(folder), "backup", str(again), "--with-keys", **elsewhere)
    assert backed.returncode == 0, backed.stderr
    assert lines(again) == lines(file)
    before, after = content(file), content(again)
    same = set(before) - {archive.DATABASE, archive.SECRET}
    assert same == set(after) - {archive.DATABASE, archive.SECRET}
    assert all(before[name] == after[name] for name in same)
    assert any("/published/" in name for name in same) and any("/snapshots/" in name for name in same)
    refused = run("restore", str(file), "--into", str(into), **elsewhere)
    assert refused.returncode == 2 and "not empty" in refused.stderr
    state = {"BYGD_STATE": str(folder / ".bygd" / "web"), **elsewhere}
    full = run("restore", str(file), "--into", str(tmp_path / "b"), **state)
    assert full.returncode == 2 and "people already" in full.stderr
    assert not (tmp_path / "b" / busy.slug).exists()


def test_keys_are_left_out_unless_asked_for(busy: Any, tmp_path: Path) -> None:
    made = archive.write(tmp_path / "a.zip")
    assert not [name for name in content(made.file) if name.endswith(("/key", "secret"))]
    assert any("keys" in warning for warning in made.warnings)
    assert not restoring.check(made.file).has_keys


def test_what_was_changed_is_found_out(busy: Any, tmp_path: Path) -> None:
    file = archive.write(tmp_path / "a.zip").file
    assert restoring.check(file).places == (busy.slug,)
    for name in (archive.DATABASE, f"places/{busy.slug}/bygd.toml"):
        spoilt = tmp_path / "spoilt.zip"
        with zipfile.ZipFile(file) as packed, zipfile.ZipFile(spoilt, "w") as written:
            for one in packed.namelist():
                written.writestr(one, packed.read(one) + (b"\n" if one == name else b""))
        with pytest.raises(InputError, match="not as it was written"):
            restoring.check(spoilt)
    (tmp_path / "half.zip").write_bytes(file.read_bytes()[:-200])
    with pytest.raises(InputError, match="no whole backup"):
        restoring.check(tmp_path / "half.zip")


@pytest.mark.parametrize("name", ["places/x/../../../evil", "/etc/evil", "places/..\\evil"])
def test_no_file_leaves_its_folder(db: None, tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.zip"
    manifest = {"version": 1, "files": {name: "0"}, "rows": {}, "places": [], "schema": [], "made_at": ""}
    for told in (manifest, {**manifest, "files": {}, "folders": {name: 0o755}}):
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr(archive.MANIFEST, json.dumps(told))
        with pytest.raises(InputError, match="leave its folder"):
            restoring.check(file)


def test_a_database_with_people_is_not_written_over(busy: Any) -> None:
    with pytest.raises(InputError, match="people already"):
        rows.load([], rows.schema(), lambda _model, row: row)


def test_an_installation_in_use_keeps_its_secret(busy: Any, settings: Any, tmp_path: Path) -> None:
    secret = settings.STATE / archive.SECRET
    secret.write_text("of the backup")
    file = archive.write(tmp_path / "a.zip", with_keys=True).file
    secret.write_text("of now")
    with pytest.raises(InputError, match="people already"):
        restoring.restore(file, tmp_path / "b")
    assert secret.read_text() == "of now" and not (tmp_path / "b").exists()


def test_a_backup_that_fails_leaves_nothing(busy: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        archive.write(tmp_path / "nowhere" / "a.zip")
    shutil.rmtree(Path(busy.folder))
    with pytest.raises(InputError):
        archive.write(tmp_path / "a.zip")
    assert not list(tmp_path.glob("*.zip*")) and not list(tmp_path.glob(".*.part"))
