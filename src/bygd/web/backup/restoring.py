"""Restoring: checks a backup, and makes a new installation of it."""

import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from bygd.sources.errors import InputError
from bygd.web.backup import rows
from bygd.web.backup.archive import DATABASE, KEY, MANIFEST, PIECE, SECRET, VERSION


@dataclass(frozen=True)
class Checked:
    """A backup whose every file is as it was when it was written."""

    made_at: str
    places: tuple[str, ...]
    files: int
    rows: dict[str, int]
    has_keys: bool


@dataclass(frozen=True)
class Restored:
    """What was made of a backup: the folders of its places, and how many rows the database got."""

    folders: tuple[Path, ...]
    rows: int


def check(file: Path) -> Checked:
    """Read the whole backup and compare it with what it says of itself. Raises InputError where it differs."""
    with _opened(file) as (packed, manifest):
        for name, expected in manifest["files"].items():
            _compare(packed, name, expected)
        with packed.open(DATABASE) as opened:
            counts = rows.counted(io.TextIOWrapper(opened, encoding="utf-8"))
        if counts != manifest["rows"]:
            raise InputError("{file} does not hold the rows that it says it holds. Take another backup.", file=file)
        return Checked(
            manifest["made_at"],
            tuple(manifest["places"]),
            len(manifest["files"]),
            counts,
            any(name.endswith(f"/{KEY}") for name in manifest["files"]),
        )


def restore(file: Path, into: Path) -> Restored:
    """Make a new installation: each place in a folder of its own within `into`, the database of the settings filled.

    Raises InputError where the folder or the database hold something, or the backup is not whole; then nothing
    is left of it but an empty schema.
    """
    if any(path.is_file() and not path.is_relative_to(settings.STATE.resolve()) for path in into.resolve().rglob("*")):
        raise InputError("{into} is not empty. Restore into a new folder.", into=into)
    rows.must_be_empty()
    check(file)
    made: list[Path] = []
    try:
        with _opened(file) as (packed, manifest):
            folders = {slug: into / slug for slug in manifest["places"]}
            named = (PurePosixPath(name).parts for name in (*manifest["files"], *manifest.get("folders", ())))
            made += {into / parts[1] for parts in named if parts[0] == "places" and len(parts) > 1}
            into.mkdir(parents=True, exist_ok=True)
            lay_out(manifest.get("folders", {}), into)
            for name in manifest["files"]:
                if name.startswith("places/"):
                    _, slug, rest = name.split("/", 2)
                    extract(packed, name, folders[slug] / rest)
            with packed.open(DATABASE) as opened:
                lines = io.TextIOWrapper(opened, encoding="utf-8")
                found = rows.load(lines, [(app, name) for app, name in manifest["schema"]], _moved(folders))
            if found != manifest["rows"]:
                raise InputError("The database did not take all rows in. Take another backup, or tell its makers.")
            if SECRET in manifest["files"]:  # last: what was sealed with the one in use is lost without it
                extract(packed, SECRET, settings.STATE / SECRET)
    except BaseException:
        for folder in made:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return Restored(tuple(folders.values()), sum(found.values()))


def _moved(folders: dict[str, Path]) -> rows.Change:
    """Places stand in other folders now."""

    def change(model: str, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "folder": str(folders[row["slug"]].resolve())} if model == "places.place" else row

    return change


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = json.loads(packed.read(MANIFEST))
            if manifest.get("version") != VERSION:
                raise InputError("{file} is a backup of a form that this version of bygd does not know.", file=file)
            for name in (*manifest["files"], *manifest.get("folders", ())):
                parts = PurePosixPath(name).parts
                if name.startswith("/") or ".." in parts or "\\" in name:
                    raise InputError(
                        "{file} holds '{name}', which would leave its folder. It is no backup of bygd.",
                        file=file,
                        name=name,
                    )
            yield packed, manifest
    except FileNotFoundError:
        raise InputError("There is no file {file}.", file=file) from None
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        raise InputError("{file} is no whole backup of bygd ({why}). Take another.", file=file, why=error) from None


def _compare(packed: zipfile.ZipFile, name: str, expected: str) -> None:
    digest = sha256()
    with packed.open(name) as opened:
        while piece := opened.read(PIECE):
            digest.update(piece)
    if digest.hexdigest() != expected:
        raise InputError("{name} in the backup is not as it was written. Take another backup.", name=name)


def lay_out(folders: Mapping[str, int], into: Path) -> None:
    """Make the folders of places (`places/<place>/…`) within another, open to whom they were, to be read alone."""
    for name, mode in sorted(folders.items()):
        _folder(into.joinpath(*PurePosixPath(name).parts[1:]), mode)


def _folder(path: Path, mode: int = 0o700) -> None:
    """Make the folder and those above it that are missing: of its owner alone, but where others could look into it."""
    if not path.exists():
        _folder(path.parent)
        path.mkdir(mode=0o700 | mode & 0o055)


def extract(packed: zipfile.ZipFile, name: str, target: Path) -> None:
    """Write the file out, readable for whom it was; never more than read by others, nor a secret at all."""
    _folder(target.parent)
    is_secret = target.name in ("key", SECRET)
    mode = 0o600 if is_secret else 0o600 | (packed.getinfo(name).external_attr >> 16 & 0o044)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with packed.open(name) as opened, os.fdopen(descriptor, "wb") as written:
        shutil.copyfileobj(opened, written, PIECE)
