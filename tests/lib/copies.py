"""Copies of a built place to change: what its builds found is shared with it, all else is copied.

Steps and indexes of names are written whole and never changed, and are the most of a place: hundreds of files.
"""

import os
import shutil
from pathlib import Path

SHARED = "store", "index"

Stamps = dict[int, tuple[Path, int, int]]


def copy(built: Path, to: Path) -> Path:
    """Copy a project folder with its snapshots."""
    kept = tuple(f"{built / '.bygd' / name}{os.sep}" for name in SHARED)

    def taken(source: str, target: str) -> str:
        if not source.startswith(kept):
            return str(shutil.copy2(source, target))
        os.link(source, target)
        return target

    return Path(shutil.copytree(built, to, symlinks=True, copy_function=taken))


def stamps(built: Path) -> Stamps:
    """Name, size and time of each file that copies share, by its number: one that is put in its place has another."""
    found = {}
    for path in sorted(path for name in SHARED for path in (built / ".bygd" / name).rglob("*") if path.is_file()):
        about = path.stat()
        found[about.st_ino] = path, about.st_size, about.st_mtime_ns
    return found


def written_into(before: Stamps, after: Stamps) -> list[Path]:
    """Files that are still themselves, and not what they were."""
    pairs = [(was, after[number]) for number, was in before.items() if number in after]
    return [was[0] for was, now in pairs if was[0] == now[0] and was != now]
