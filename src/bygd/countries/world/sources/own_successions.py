"""Successions of one's own, by a mapping of columns or by the names they usually have."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers import own_successions
from bygd.sources.registers.own_table import find_columns
from bygd.sources.registers.result import ReadResult

SOURCE = "world/own_successions"
HEADERS = {
    "number": (
        "old number", "old_number", "former number", "former_number", "predecessor number", "predecessor_number",
        "predecessor", "gammalt nummer", "tidigare nummer", "oud nummer", "vorig nummer",
    ),
    "successor_number": (
        "new number", "new_number", "successor number", "successor_number", "successor", "nytt nummer", "efterträdare",
        "nieuw nummer", "opvolger",
    ),
    "kind": ("kind", "how", "what happened", "händelse", "typ", "gebeurtenis", "soort"),
    "happened_on": ("on", "date", "from", "happened on", "happened_on", "datum", "från och med", "per"),
}  # fmt: skip
NEEDED = {"number", "successor_number"}


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header has columns for an old and a new number."""
    return set(find_columns(names, HEADERS)) >= NEEDED


def read(
    engine: DuckEngine,
    paths: list[Path],
    pseudonym: Pseudonym,
    conventions: Conventions,
    columns: Mapping[str, Any] | None = None,
) -> ReadResult:
    """See `bygd.sources.registers.own_successions.read`."""
    return own_successions.read(engine, paths, conventions, columns, HEADERS, SOURCE)
