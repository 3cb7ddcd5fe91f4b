"""Fetched: the sets of statistics that were fetched for a project, and which of them counts."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bygd.engine.base import to_arrow
from bygd.vocabulary import tables
from bygd.workbench.place import files, sets
from bygd.workbench.project import Project

KEPT = 5
"""Sets of fetched statistics that are kept, so that a figure can be found again."""


def save(project: Project, values: Iterable[Mapping[str, Any]], lands: Iterable[Mapping[str, Any]]) -> str:
    """Keep a set of fetched statistics and of their areas and make it the one that counts; gives its name.

    Written beside, then the pointer is swapped: a killed process leaves the old set whole.
    """
    paths = files.of(project)
    paths.state.mkdir(parents=True, exist_ok=True)
    held = sets.grained(to_arrow(tables.statistics, values).sort_by([(name, "ascending") for name in sets.KEY]))
    places = to_arrow(tables.statistical_areas, lands).sort_by([("area_id", "ascending"), ("vintage", "ascending")])
    name = _fingerprint(held)
    for what, table in (("values", held), ("areas", places)):
        beside = paths.state / f".{what}.part"
        pq.write_table(table, beside)
        beside.replace(paths.state / f"{what}-{name}.parquet")
    about = {
        "snapshot": f"statistics-{name}",
        "values": f"values-{name}.parquet",
        "areas": f"areas-{name}.parquet",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    files.write_json(paths.pointer, about)
    _prune(paths.state, name)
    return about["snapshot"]


def counts(project: Project) -> sets.Set | None:
    """The set that counts; None where nothing was fetched."""
    paths = files.of(project)
    if not paths.pointer.exists():
        return None
    about = json.loads(paths.pointer.read_text(encoding="utf-8"))
    return sets.Set(paths.state / about["values"], paths.state / about["areas"], about["snapshot"])


def rows(project: Project) -> list[dict[str, Any]]:
    """The rows of the set that counts, one's own left out."""
    held = counts(project)
    return list(sets.values(held.values).to_pylist()) if held else []


def areas(project: Project) -> list[dict[str, Any]]:
    """The areas of the set that counts."""
    held = counts(project)
    return list(sets.read(held.areas).to_pylist()) if held else []


def _fingerprint(table: pa.Table) -> str:
    digest = hashlib.sha256()
    for row in table.select([*sets.KEY, "value", "status"]).to_pylist():
        digest.update(repr(tuple(row.values())).encode())
    return digest.hexdigest()[:12]


def _prune(state: Path, name: str) -> None:
    found = sorted(state.glob("values-*.parquet"), key=lambda path: path.stat().st_mtime)
    for path in found[:-KEPT]:
        if name not in path.name:
            path.unlink()
            path.with_name(path.name.replace("values-", "areas-")).unlink(missing_ok=True)
