"""Archive: writes the backup, while the web runs."""

import json
import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

import bygd
from bygd.sources.errors import InputError
from bygd.web.backup import rows
from bygd.web.places.models import Place
from bygd.web.procurements.tenders.models import Tender
from bygd.web.procurements.tenders.words import State
from bygd.workbench import publication, snapshot
from bygd.workbench.project import STATE, Project

VERSION = 1
MANIFEST, DATABASE, SECRET = "manifest.json", "database.jsonl", "secret"
KEY = f"{STATE}/key"
STORED = (".parquet", ".xlsx", ".zip", ".gz")
"""Files that are packed already."""
PIECE = 1 << 20
LEFT_OUT = ("report", "public")
"""Folders of a project that commands make again."""


@dataclass(frozen=True)
class Made:
    """A backup that was written, and what a person should know about it."""

    file: Path
    files: int
    rows: int
    warnings: tuple[str, ...]


def write(file: Path, with_keys: bool = False) -> Made:
    """Write everything that cannot be made again into one file, readable by its owner only.

    That is: the database; of every place `bygd.toml`, its files and decisions, the current and the published
    snapshot. `with_keys` adds the keys by which people are masked and sessions are signed. The file appears
    whole or not at all. Raises InputError where it cannot be written.
    """
    beside = file.with_name(f".{file.name}.part")
    try:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise InputError(
            "{file} cannot be written: {why}. Choose another path.", file=file, why=error.strerror
        ) from None
    try:
        with os.fdopen(descriptor, "w+b") as opened:
            made = _written(opened, file, with_keys)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return made


def _written(opened: Any, file: Path, with_keys: bool) -> Made:
    hashes: dict[str, str] = {}
    folders: dict[str, int] = {}
    warnings: list[str] = []
    places: QuerySet[Place] = Place.objects.order_by("slug")
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
        lines = list(rows.dumped())
        hashes[DATABASE] = _add(packed, DATABASE, [f"{line}\n".encode() for line in lines])
        for place in places:
            for name, path in _files(place, with_keys):
                full = f"places/{place.slug}/{name}"
                hashes[full] = _add(packed, full, _pieces(path), _mode(path))
                for above in path.relative_to(place.folder).parents:
                    within = (PurePosixPath("places") / place.slug / above).as_posix()
                    folders.setdefault(within, _mode(Path(place.folder) / above, 0o700))
            warnings += _outside(place.project)
        secret = settings.STATE / SECRET
        if with_keys and secret.exists():
            hashes[SECRET] = _add(packed, SECRET, _pieces(secret))
        if not with_keys:
            warnings.append(
                "The keys are not in it. Keep a copy of them elsewhere (.bygd/key of each place): without its key "
                "a place masks people under other labels, and decisions about them are lost. Or use --with-keys."
            )
            if Tender.objects.filter(state=State.PUBLISHED.value).exists():
                warnings.append(
                    "Tenders are open for bids. What came under seal can never be opened without the file 'secret' "
                    "of this installation."
                )
        manifest = {
            "version": VERSION,
            "bygd": bygd.__version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "schema": rows.schema(),
            "rows": rows.counted(lines),
            "places": [place.slug for place in places],
            "files": hashes,
            "folders": folders,
        }
        packed.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    return Made(file, len(hashes), len(lines), tuple(warnings))


def _files(place: Place, with_keys: bool) -> Iterator[tuple[str, Path]]:
    """The files of a place that are kept, by their name in its folder."""
    folder, state = Path(place.folder), place.project.state
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] not in (STATE, *LEFT_OUT) and path.is_file() and not path.is_symlink():
            yield "/".join(parts), path
    pointer = state / snapshot.POINTER
    current = pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""
    kept = [state / "snapshots" / name for name in sorted({current, place.published} - {""})]
    kept += [state / publication.FOLDER / place.published] if place.published else []
    for one in kept:
        for path in sorted(one.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path
    if current:
        yield pointer.relative_to(folder).as_posix(), pointer
    if with_keys and (folder / KEY).exists():
        yield KEY, folder / KEY


def _outside(project: Project) -> list[str]:
    """Files that the project reads from elsewhere."""
    entries = (*project.ledgers, *project.registers, *project.postcodes, *project.boundaries)
    found = [file for entry in entries for file in entry.files if not _is_within(project.folder, file)]
    return [f"{file} of {project.place_name} lies outside its folder and is not in it." for file in found]


def _is_within(folder: Path, file: str) -> bool:
    return (folder / file).resolve().is_relative_to(folder.resolve())


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as opened:
            while piece := opened.read(PIECE):
                yield piece
    except FileNotFoundError:
        raise InputError(
            "{path} went away while it was copied, perhaps by a build. Make the backup again.", path=path
        ) from None


def _mode(path: Path, gone: int = 0o600) -> int:
    """Who may read it; where it goes away just now, `_pieces` tells."""
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else gone


def _add(packed: zipfile.ZipFile, name: str, pieces: Iterator[bytes] | Sequence[bytes], mode: int = 0o600) -> str:
    """Put a file in, with who may read it; gives the hash of just what was put in."""
    digest = sha256()
    about = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    about.compress_type = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
    about.external_attr = mode << 16
    with packed.open(about, "w", force_zip64=True) as opened:
        for piece in pieces:
            digest.update(piece)
            opened.write(piece)
    return digest.hexdigest()
