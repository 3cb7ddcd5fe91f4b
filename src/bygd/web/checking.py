"""Checking: what `bygd web --check` looks at before somebody relies on an installation."""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.core import checks, mail
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bygd.sources.errors import InputError
from bygd.web.places import zone
from bygd.web.work import worker
from bygd.workbench import project as projects
from bygd.workbench import snapshot

SPARE = 2 << 30
"""Bytes that should be free on each disk."""


class State(Enum):
    """How something stands."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True)
class Found:
    """One thing that was looked at: how it stands, and what to do where it does not stand well."""

    about: str
    state: State
    says: str


def look(folders: list[Path]) -> list[Found]:
    """Everything that was looked at. Changes nothing."""
    return [
        *_address(), *_state(), *_secret(), *_clock(folders), *_database(), *_places(folders), *_mail(), *_worker(),
        *_framework(),
    ]  # fmt: skip


def _address() -> Iterator[Found]:
    if not settings.ADDRESS:
        yield Found("Address", State.NOTE, "Only this machine is served. To serve others, give --address https://…")
    elif not settings.IS_SECURE:
        yield Found("Address", State.WRONG, f"{settings.ADDRESS} is not encrypted. Use https:// behind a proxy.")
    else:
        yield Found("Address", State.GOOD, settings.ADDRESS)


def _state() -> Iterator[Found]:
    folder = settings.STATE
    if not os.access(folder, os.W_OK):
        yield Found("Folder", State.WRONG, f"{folder} cannot be written to. Give it to the user that runs this.")
        return
    yield Found("Folder", State.GOOD, str(folder))
    yield _room("Disk", folder)


def _room(about: str, folder: Path) -> Found:
    free = shutil.disk_usage(folder).free
    text = f"{free / (1 << 30):.1f} GB are free at {folder}"
    if free < SPARE:
        return Found(about, State.WRONG, f"{text}. Make room: builds and files that are brought need it.")
    return Found(about, State.GOOD, text)


def _clock(folders: list[Path]) -> Iterator[Found]:
    """In which zone days begin; places of several zones are told, since one clock is kept for all."""
    zones = zone.every(os.pathsep.join(str(folder) for folder in folders))
    if len(zones) > 1 and not os.environ.get("BYGD_TIME_ZONE"):
        listed = ", ".join(sorted(zones))
        says = f"Places lie in several time zones ({listed}), so times are in UTC. Say with BYGD_TIME_ZONE which holds."
        yield Found("Clock", State.NOTE, says)
    else:
        yield Found("Clock", State.GOOD, settings.TIME_ZONE)


def _secret() -> Iterator[Found]:
    path = settings.STATE / "secret"
    if os.environ.get("BYGD_SECRET_KEY"):
        is_long = len(settings.SECRET_KEY) >= 32
        says = "from BYGD_SECRET_KEY" if is_long else "BYGD_SECRET_KEY is shorter than 32 signs. Take a longer one."
        yield Found("Secret", State.GOOD if is_long else State.WRONG, says)
    elif path.exists() and os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Found("Secret", State.WRONG, f"Others may read {path}. Say: chmod 600 {path}")
    elif path.exists():
        yield Found("Secret", State.GOOD, str(path))
    else:
        yield Found("Secret", State.NOTE, f"{path} is made at the first start.")


def _database() -> Iterator[Found]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Found("Database", State.WRONG, f"It does not answer: {str(error).strip()}. Look at BYGD_DATABASE.")
        return
    if waiting:
        text = f"{len(waiting)} migrations wait; the next start of `bygd web` applies them. Make a backup before."
        yield Found("Database", State.NOTE, text)
    else:
        yield Found("Database", State.GOOD, f"{connection.vendor}, its schema is the present one")
    if connection.vendor == "sqlite" and settings.ADDRESS:
        yield Found("Database", State.NOTE, "SQLite serves one machine. With many people at once take PostgreSQL.")


def _places(folders: list[Path]) -> Iterator[Found]:
    for folder in folders:
        try:
            found = projects.read(folder)
            current = snapshot.current(found)
        except InputError as error:
            is_unbuilt = error.message == snapshot.UNBUILT
            yield Found(folder.name, State.NOTE if is_unbuilt else State.WRONG, str(error))
            continue
        if not os.access(folder, os.W_OK) or not os.access(found.state, os.W_OK):
            yield Found(found.place_name, State.WRONG, f"{folder} cannot be written to: decisions and builds need it.")
        else:
            yield Found(found.place_name, State.GOOD, f"snapshot {current.id} of {current.manifest['built_at']}")
        key = found.state / "key"
        if key.exists() and os.name == "posix" and stat.S_IMODE(key.stat().st_mode) & 0o077:
            yield Found(found.place_name, State.WRONG, f"Others may read {key}. Say: chmod 600 {key}")


def _mail() -> Iterator[Found]:
    if not settings.MAILS:
        text = (
            "No mail server is set (BYGD_EMAIL_HOST): invitations and new passwords are handed over as links, "
            "and nobody is reminded of promises and action plans."
        )
        yield Found("Mail", State.NOTE, text)
        return
    try:
        opened = mail.get_connection()
        opened.open()
        opened.close()
    except OSError as error:  # the library's errors of SMTP are among them
        yield Found("Mail", State.WRONG, f"{settings.EMAIL_HOST} does not take mail ({error}). Look at BYGD_EMAIL_…")
    else:
        yield Found("Mail", State.GOOD, settings.EMAIL_HOST)
    if not settings.ADDRESS:
        yield Found("Mail", State.NOTE, "Nobody is reminded of action plans: links need an --address to lead to.")


def _worker() -> Iterator[Found]:
    if worker.is_running():
        yield Found("Worker", State.GOOD, "at work")
    else:
        text = "None is at work now. `bygd web` starts one beside itself; with --worker none start one of its own."
        yield Found("Worker", State.NOTE, text)


def _framework() -> Iterator[Found]:
    wrong = [one for one in checks.run_checks() if one.is_serious() and not one.is_silenced()]
    for one in wrong:
        yield Found("Settings", State.WRONG, f"{one.msg} {one.hint or ''}".strip())
    if not wrong:
        yield Found("Settings", State.GOOD, "nothing contradicts itself")
