"""Gathered: static files under names that hold their digest, packed beside themselves, so that browsers ask once."""

import gzip
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from whitenoise.middleware import WhiteNoiseMiddleware

MARK = ".made"
"""Says of which files, sizes and times those here were made."""
WORTH = 0.95
"""What does not get smaller than this part of itself is not packed."""


def folder() -> Path:
    """Where they lie; made by `gather`, without which files are served as they are."""
    return settings.STATE / "static"  # type: ignore[no-any-return]


def named(path: str, content: bytes) -> str:
    """The name by which that content may be kept for ever."""
    stem, ending = os.path.splitext(path)  # noqa: PTH122 — the path of an address
    return f"{stem}.{sha256(content).hexdigest()[:12]}{ending}"


def gather() -> None:
    """Lay all static files down there, and take away what an earlier version laid down. Nothing is done twice."""
    target, sources = folder(), dict[str, Path]()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            sources.setdefault(path, Path(storage.path(path)))
    about = {path: source.stat() for path, source in sources.items()}
    made = "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in sorted(about.items()))
    mark = target / MARK
    if mark.exists() and mark.read_text(encoding="utf-8") == made:
        return
    kept = set()
    for path, source in sources.items():
        content = source.read_bytes()
        packed = gzip.compress(content, 9, mtime=0)
        files = {named(path, content): content}
        if len(packed) < WORTH * len(content):
            files[f"{named(path, content)}.gz"] = packed
        for name, held in files.items():
            kept.add(target / name)
            if not (target / name).exists():
                _write(target / name, held)
    for old in target.rglob("*"):
        if old.is_file() and old not in kept:
            old.unlink(missing_ok=True)
    _write(mark, made.encode())


def address(path: str) -> str:
    """The address of a static file; it changes when the file does. Raises LookupError where there is none."""
    found = finders.find(path)
    if found is None:
        raise LookupError(f"there is no static file {path}")
    content = Path(found).read_bytes()
    name = named(path, content)
    if (folder() / name).exists():
        return f"{settings.STATIC_URL}{name}"
    return f"{settings.STATIC_URL}{path}?v={sha256(content).hexdigest()[:12]}"


class Static(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Answers with static files: those gathered, packed where the browser unpacks, and all as they are."""

    def __init__(self, answer: Any) -> None:
        super().__init__(answer)
        if folder().is_dir():
            self.add_files(str(folder()), prefix=self.static_prefix)


def _write(target: Path, content: bytes) -> None:
    """Written beside and then put there: another process may be doing the same."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(target)
