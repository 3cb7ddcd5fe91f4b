"""A ledger written to a file and read back, for every test of the readers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bygd.countries import load
from bygd.engine import DuckEngine
from bygd.sources.ledgers import ledger
from bygd.sources.ledgers.mapping import Mapping
from bygd.sources.privacy import Pseudonym

KEY = b"a key for tests only"
Row = dict[str, Any]


@dataclass
class Read:
    """What one file became."""

    payments: list[Row]
    suppliers: list[Row]
    aside: list[Row]
    files: list[Row]
    warnings: list[str]

    @property
    def file(self) -> Row:
        (only,) = self.files
        return only

    @property
    def reasons(self) -> list[tuple[int, str]]:
        return [(row["row_number"], row["reason"]) for row in self.aside]


@pytest.fixture
def read(engine: DuckEngine, tmp_path: Path) -> Callable[..., Read]:
    """Write a ledger (text or bytes) and read it: read(content, name=..., country=..., **mapping)."""

    def run(
        content: str | bytes | Path,
        name: str = "ledger.csv",
        country: str = "se",
        mapping: Mapping | None = None,
        **settings: Any,
    ) -> Read:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        elif isinstance(content, bytes):
            path.write_bytes(content)
        if settings:
            mapping = Mapping.from_dict(settings)
        notes = ledger.read(engine, path, "Anchor", mapping, load(country).conventions(), Pseudonym(KEY))
        found = {
            table: engine.rows(f"SELECT * FROM {table} ORDER BY ALL")
            for table in ("payments", "suppliers", "set_aside", "ledger_files")
        }
        for file in found["ledger_files"]:
            assert file["amount_file"] == file["amount_read"] + file["amount_set_aside"] + file["rounding"]
            assert file["rows_file"] == file["rows_read"] + file["rows_set_aside"]
        return Read(*found.values(), notes["warnings"])

    return run
