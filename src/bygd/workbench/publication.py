"""Publication: what everybody may see of a snapshot, written as a site that survives the server."""

import ctypes
import errno
import json
import os
import re
import secrets
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bygd import geography
from bygd.engine import DuckEngine
from bygd.reports import LANGUAGES
from bygd.reports import publish as reports
from bygd.reports.beside import Beside
from bygd.reports.terms import Terms
from bygd.sources.errors import InputError
from bygd.workbench import snapshot
from bygd.workbench.beside import gathered
from bygd.workbench.project import FILE, Project
from bygd.workbench.snapshot import Snapshot

FOLDER = "published"
MARK = "datapackage.json"
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Of Linux: paths are told from here on; both names stay and change what they lead to."""
ADDRESS = re.compile(r"https?://\S+")


def write(
    project: Project, folder: Path, languages: Sequence[str] = (), name: str = "", *, whole: bool = False
) -> list[Path]:
    """Write the site of the current snapshot, or of the one named, into the folder; gives its files.

    `languages` are those of the site, the first before the others; all by default, the country's first. The
    folder appears whole: an earlier site there is replaced at once, anything else is left alone. The same
    snapshot, languages and terms give the same files, byte for byte. The `whole` site also holds what stands beside
    the report, as it stands today: see `workbench.beside`. Raises InputError for a folder that holds something else,
    for an unknown language, and where too little was bought to publish anything.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise InputError(
            "{folder} holds something that bygd did not publish. Choose an empty or a new folder.", folder=folder
        )
    chosen = snapshot.load(project, name) if name else snapshot.current(project)
    spoken = _spoken(project, languages)
    files = made(project, chosen, spoken, gathered(project, spoken, date.today()) if whole else None)
    target = folder.resolve()  # of a link, what it leads to: a web server may look there
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.parent / f".{target.name}.{secrets.token_hex(8)}"
    try:
        for path, content in files.items():
            written = beside / path
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(content)
        put(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [folder / path for path in sorted(files)]


def put(beside: Path, folder: Path) -> None:
    """Put a written folder where another stands or none; whoever looks finds one of the two at every moment.

    Where a link stands, the folder that it leads to is replaced. What stood there before stands as `beside` afterwards,
    or nowhere. Where the file system cannot exchange two folders at once, there is none for the moment between two
    renames.
    """
    folder = folder.resolve()
    try:
        beside.rename(folder)
        return
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
    if not _exchanged(beside, folder):
        before = beside.with_name(f"{beside.name}.before")
        folder.rename(before)
        try:
            beside.rename(folder)
        except OSError:
            before.rename(folder)
            raise
        shutil.rmtree(before, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system exchanged both at once; Linux does on most file systems, and Python has no name for it."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return not rename(AT_FDCWD, os.fsencode(one.absolute()), AT_FDCWD, os.fsencode(other.absolute()), RENAME_EXCHANGE)


def made(
    project: Project, chosen: Snapshot, languages: Sequence[str] = (), beside: Beside | None = None
) -> dict[str, bytes]:
    """The files of the site by their path in it, with what stands beside the report. Raises InputError as `write`."""
    with chosen.engine() as engine:
        return reports.published(
            engine,
            geography.place(engine, project.place_id, project.place_name),
            project.place_name,
            languages=_spoken(project, languages),
            snapshot=chosen.id,
            manifest=chosen.manifest,
            boundaries=[project.path(file) for entry in project.boundaries for file in entry.files],
            terms=terms(project),
            beside=beside,
        )


def _spoken(project: Project, languages: Sequence[str]) -> list[str]:
    """The languages asked for, or all, the country's first. Raises InputError where one is unknown."""
    own = [code for code in project.country.languages if code in LANGUAGES]
    wanted = list(dict.fromkeys(languages or (*own, *LANGUAGES)))
    for code in wanted:
        if code not in LANGUAGES:
            raise InputError(
                "bygd publishes nothing in '{code}'. Choose among: {known}.", code=code, known=sorted(LANGUAGES)
            )
    return wanted


def pooled(project: Project, chosen: Snapshot, engine: DuckEngine) -> list[dict[str, Any]]:
    """Figures of all institutions together that everybody may see, withheld where they must be. Raises InputError."""
    place = geography.place(engine, project.place_id, project.place_name)
    return reports.pooled(engine, place, project.place_name, chosen.id, chosen.manifest)


def kept(project: Project, name: str) -> Path:
    """The folder in which the web keeps what was published of that snapshot; written where it is not there yet.

    It stays when the snapshot itself is gone.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
        raise InputError("There is no snapshot '{name}'.", name=name)
    folder = project.state / FOLDER / name
    if not (folder / MARK).exists():
        write(project, folder, name=name)
    return folder


def terms(project: Project) -> Terms:
    """Who publishes and under which licence. Raises InputError where an address is none."""
    for key in ("licence_url", "address", "accessibility"):
        value = project.publish.get(key, "")
        if value and not ADDRESS.fullmatch(value):
            raise InputError(
                "{settings} [publish] {key} = {value} is no address. Begin it with https://",
                settings=FILE,
                key=key,
                value=json.dumps(value),
            )
    return Terms(**project.publish)
