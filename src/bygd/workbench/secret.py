"""Secrets that an installation makes for itself: made once, whole or not at all, readable by their owner only."""

import os
import secrets
import tempfile
from pathlib import Path

BYTES = 32


def kept(path: Path) -> str:
    """The secret in that file, in hexadecimal; made where there is none. Its folder is there already.

    It is written beside and linked into place, so that nobody reads half of it, and of two processes that make it
    at once both have that of the first.
    """
    if not path.exists():
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
        try:
            with os.fdopen(descriptor, "w") as opened:
                opened.write(secrets.token_hex(BYTES))
                opened.flush()
                os.fsync(opened.fileno())
            _put(Path(beside), path)
        finally:
            Path(beside).unlink(missing_ok=True)
    return path.read_text(encoding="utf-8").strip()


def _put(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:  # a disk without links
        beside.replace(path)
