"""Copies of a built place to change: what its builds found is shared with it, all else is copied.

Steps and indexes of names are written whole and never changed, and are the most of a place: hundreds of files.
"""

import os
import shutil
from pathlib import Path

SHARED = "store", "index"


def copy(built: Path, to: Path) -> Path:
    """Copy a project folder with its snapshots."""
    kept = tuple(f"{built / '.bygd' / name}{os.sep}" for name in SHARED)

    def taken(source: str, target: str) -> str:
        if not source.startswith(kept):
            return str(shutil.copy2(source, target))
        os.link(source, target)
        return target

    return Path(shutil.copytree(built, to, symlinks=True, copy_function=taken))


def stamps(built: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of each file that copies share."""
    return {
        path: (path.stat().st_size, path.stat().st_mtime_ns)
        for name in SHARED
        for path in sorted((built / ".bygd" / name).rglob("*"))
        if path.is_file()
    }
