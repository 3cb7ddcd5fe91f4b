"""Every source reads its sample: a few raw lines with the traps the real file has, and the rows expected from it.

A sample is a folder `<pack>/sources/<name>/` with `raw.*` and `expected.json`. To write what a new source
gives, run with the environment variable ACCEPT=1, then read every line of it before you keep it.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bygd import countries
from bygd.countries.catalogue import REGISTERS
from bygd.engine import DuckEngine
from bygd.sources.description import Kind
from bygd.sources.privacy import Pseudonym

HERE = Path(__file__).parent
SAMPLES = sorted(path.parent for path in HERE.glob("[!_]*/sources/*/raw.*"))
COUNTRY_OF_SHARED = "se"
SUMMARY = ("rows", "kept", "merged", "masked", "reasons", "counts")
IN_PART = {"areas"}


def _read(sample: Path, engine: DuckEngine) -> dict[str, Any]:
    pack = sample.parent.parent.name
    source = countries.source(f"{pack}/{sample.name}")
    country = countries.load(COUNTRY_OF_SHARED if countries.load(pack).settings.get("shared") else pack)
    raw = [next(sample.glob("raw.*"))]
    if source.kind in REGISTERS:
        notes = countries.read_register(engine, country, source.id, raw, {}, Pseudonym(b"sample" * 6))
    else:
        notes = countries.read_postcodes(engine, country, source.id, raw)
    found: dict[str, Any] = {name: notes[name] for name in SUMMARY}
    found["set_aside"] = notes["rows_set_aside"]
    for table in source.writes:
        found[table] = json.loads(json.dumps(engine.rows(f"SELECT * FROM {table} ORDER BY ALL"), default=str))
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_a_sample_gives_the_rows_expected(sample: Path, engine: DuckEngine) -> None:
    found = _read(sample, engine)
    path = sample / "expected.json"
    if os.environ.get("ACCEPT"):
        rows = [row for row in found.get("areas", []) if row["area_id"] in _named(found)]
        kept = {**found, **({"areas": rows} if "areas" in found else {})}
        path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    expected = json.loads(path.read_text())
    for name, rows in expected.items():
        if name in IN_PART:
            assert [row for row in found[name] if row in rows] == rows
        else:
            assert found[name] == rows, name
    assert found["rows"] == found["kept"] + found["merged"] + len(found["set_aside"])


def test_every_source_of_registers_and_postcodes_has_a_sample() -> None:
    readable = {
        source.id for source in countries.sources() if source.writes and source.kind in (*REGISTERS, Kind.POSTCODES)
    }
    assert readable == {f"{sample.parent.parent.name}/{sample.name}" for sample in SAMPLES}


def _named(found: dict[str, Any]) -> set[str]:
    """Areas that the postcodes of a sample name; the country's whole list is not repeated in each sample."""
    keys = ("neighbourhood_id", "municipality_id", "county_id", "country")
    return {row[key] for row in found["postcodes"] for key in keys}
