"""The store of finished steps: each stands under a fingerprint of all that went into it."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import bygd
from bygd.vocabulary.said import from_plain, to_plain

NOTES = "notes.json"
CODE = (".py", ".yaml", ".yml", ".csv", ".json")
SHOWING = ("cli", "web", "reports")


def fingerprint(*parts: Any) -> str:
    """A hash of plain values; equal values give equal hashes on every machine."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code() -> str:
    """A hash of the code and values that compute; a step made by other code is made again."""
    folder = Path(bygd.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in CODE):
        if path.relative_to(folder).parts[0] not in SHOWING:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def hash_files(paths: Iterable[Path]) -> list[str]:
    """`hash_file` of each, several at a time: hashing keeps one processor busy and lets others work."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(hash_file, paths))


def made(store: Path, name: str, inputs: Sequence[Any], make: Callable[[Path], Any]) -> Path:
    """The folder of a finished step; `make(folder)` fills it where it is not there yet.

    What `make` returns, if anything, is kept as the step's notes. The folder appears whole or not
    at all, so a killed process leaves nothing half made.
    """
    key = fingerprint(name, code(), list(inputs))
    folder = store / f"{name}-{key[:32]}"
    if folder.exists():
        return folder
    beside = store / f".{folder.name}.{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        notes = make(beside)
        if notes is not None:
            (beside / NOTES).write_text(json.dumps(to_plain(notes), default=str, ensure_ascii=False), encoding="utf-8")
        sync(beside)
        try:
            beside.rename(folder)
        except OSError:  # systems differ in what they raise where another process was first
            if not folder.exists():
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def notes(folder: Path) -> Any:
    """What the step said when it was made; None where it said nothing."""
    path = folder / NOTES
    return from_plain(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def prune(store: Path, keep: Iterable[str]) -> None:
    """Remove finished steps that are not among those named, and what killed processes left."""
    kept = set(keep)
    for folder in store.glob("*") if store.exists() else ():
        if folder.name not in kept and not _being_made(folder):
            shutil.rmtree(folder, ignore_errors=True)


def sync(folder: Path) -> None:
    """Flush a folder's files and its list of names to disk."""
    for path in [*folder.iterdir(), folder]:
        if os.name == "posix" or path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _being_made(folder: Path) -> bool:
    if not folder.name.startswith("."):
        return False
    process = folder.name.rpartition(".")[2]
    if not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
