"""`bygd web --check` finds what is wrong, says what to do, and changes nothing."""

import os
from pathlib import Path
from typing import Any

import pytest

from bygd.web import checking
from bygd.web.checking import Found, State

from .test_backup import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def state(settings: Any, tmp_path: Path) -> Path:
    settings.STATE = tmp_path / "state"
    settings.STATE.mkdir()
    (settings.STATE / "secret").touch(0o600)
    return Path(settings.STATE)


def found(place: Any, about: str) -> list[Found]:
    return [one for one in checking.look([Path(place.folder)]) if one.about == about]


def test_a_sound_installation(place: Any, state: Path) -> None:
    assert [one for one in checking.look([Path(place.folder)]) if one.state is State.WRONG] == []
    assert {one.about for one in checking.look([Path(place.folder)])} >= {"Database", "Disk", "Mail", "Worker"}


def test_an_address_without_encryption(place: Any, state: Path, settings: Any) -> None:
    settings.ADDRESS, settings.IS_SECURE = "http://bygd.example.org", False
    assert found(place, "Address")[0].state is State.WRONG and "https" in found(place, "Address")[0].says


def test_a_secret_that_others_may_read(place: Any, state: Path) -> None:
    (state / "secret").chmod(0o644)
    assert found(place, "Secret")[0].state is State.WRONG and "chmod 600" in found(place, "Secret")[0].says


def test_a_project_that_cannot_be_read(own_place: Any, state: Path) -> None:
    (Path(own_place.folder) / "bygd.toml").write_text("[place\n")
    assert found(own_place, "own")[0].state is State.WRONG


def test_a_mail_server_that_is_not_there(place: Any, state: Path, settings: Any) -> None:
    settings.MAILS, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    assert found(place, "Mail")[0].state is State.WRONG


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
@pytest.mark.slow
def test_at_the_prompt(own_place: Any) -> None:
    folder = Path(own_place.folder)
    sound = run("-C", str(folder), "web", "--check")
    assert sound.returncode == 0 and "ok     Folder" in sound.stdout, sound.stdout + sound.stderr
    assert not (folder / ".bygd" / "web" / "web.sqlite3").exists() or "migrations wait" in sound.stdout
    (folder / ".bygd" / "key").chmod(0o644)
    wrong = run("-C", str(folder), "web", "--check", "--address", "http://bygd.example.org")
    assert wrong.returncode == 2 and wrong.stdout.count("WRONG") == 2, wrong.stdout
