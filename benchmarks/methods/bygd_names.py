"""bygd's linkage, as `bygd build` runs it: the register is read once into its tables, which are kept with its index.

bygd_names.py FOLDER OUT [postcodes] [index=FOLDER]
"""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bygd.countries import load
from bygd.engine import DuckEngine
from bygd.linkage import Options, candidates, pairs, resolve, score
from bygd.linkage.score import Weights
from bygd.vocabulary import tables

REGISTER = """
    SELECT org_id, min(name) AS name, NULL AS legal_form, 'active' AS status, NULL AS registered_on, NULL AS ended_on,
        min(postcode) AS postcode, NULL AS town, NULL AS municipality, 'gb' AS country, NULL AS industry,
        'unknown' AS size_band, false AS is_masked, 'benchmark' AS "source"
    FROM given GROUP BY org_id
"""
NAMES = """
    SELECT DISTINCT g.org_id, g.name, 'registered' AS kind, NULL AS "until"
    FROM given g JOIN organisations o USING (org_id) WHERE g.name <> o.name
"""
SUPPLIERS = """
    SELECT supplier_key, 'a' AS anchor, NULL AS supplier_number, name, NULL AS org_number, {postcode} AS postcode,
        NULL AS town, NULL AS country, NULL AS kind, false AS is_masked
    FROM asked
"""


def load_tables(engine: DuckEngine, folder: Path, postcodes: bool, kept: Path | None = None) -> None:
    """Register what linkage reads; the register's tables are kept in that folder, and read from it the next time."""
    register = {tables.organisations: REGISTER, tables.organisation_names: NAMES}
    files = {table: kept / f"{table.__name__}.parquet" for table in register} if kept else {}
    engine.read("given", folder / "organisations.parquet")
    for table, statement in register.items():
        if not files or not files[table].exists():
            engine.sql(table, statement)
            if files:
                engine.write(table, files[table])
    for table, file in files.items():
        engine.read(table, file)
    engine.read("asked", folder / "suppliers.parquet")
    engine.sql(tables.suppliers, SUPPLIERS.format(postcode="postcode" if postcodes else "NULL"))
    engine.register(tables.link_decisions, [])


def learned(engine: DuckEngine, folder: Path, kept: Path | None, known: str) -> Weights:
    """Weights learned from the labelled suppliers."""
    from bygd.linkage import train

    truth: dict[str, set[str]] = {}
    for row in pq.read_table(folder / "labels.parquet").to_pylist():
        truth.setdefault(row["supplier_key"], set()).update({row["org_id"]} - {None})
    every = engine.arrow("FROM suppliers")
    known = pa.array([key in truth for key in every["supplier_key"].to_pylist()])
    engine.register(tables.suppliers, every.filter(known))
    compared = pairs.compare_all(engine, load("gb").conventions(), Options(), kept, register=known)
    lesson = train.lesson(compared, truth, score.load())
    engine.register(tables.suppliers, every)
    return train.train(lesson, score.load(), "labels of a benchmark")


def main(folder: Path, out: Path, labels: bool, postcodes: bool, kept: Path | None) -> None:
    with DuckEngine(threads=2) as engine:
        load_tables(engine, folder, postcodes, kept)
        # A build knows its register by the fingerprint of what was read; here the file's own marks stand for it.
        marks = (folder / "organisations.parquet").stat()
        known = f"{marks.st_size} {marks.st_mtime_ns}"
        weights = learned(engine, folder, kept, known) if labels else None
        candidates.propose(engine, load("gb").conventions(), index_folder=kept, weights=weights, register=known)
        resolve(engine)
        engine.write(tables.link_candidates, out)
        engine.write(tables.links, out.with_suffix(".links.parquet"))


if __name__ == "__main__":
    words = sys.argv[3:]
    folders = [Path(word.removeprefix("index=")) for word in words if word.startswith("index=")]
    main(Path(sys.argv[1]), Path(sys.argv[2]), "labels" in words, "postcodes" in words, *(folders or [None]))
