"""rapidfuzz: every supplier against every registered name by Jaro-Winkler, legal forms off; for small registers.

rapidfuzz_pairs.py FOLDER OUT
"""

import sys
from pathlib import Path

import duckdb
import numpy as np
from exact import FORMS
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

BATCH = 200
SEEN = 5


def main(folder: Path, out: Path) -> None:
    with duckdb.connect() as engine:
        core = f"""regexp_replace(trim(regexp_replace(regexp_replace(
            lower(strip_accents(name)), '[''`.]', '', 'g'), '[^a-z0-9]+', ' ', 'g')), ' ({FORMS})$', '')"""
        register = engine.execute(f"SELECT org_id, {core} AS core FROM '{folder}/organisations.parquet'").fetchnumpy()
        asked = engine.execute(f"SELECT supplier_key, {core} AS core FROM '{folder}/suppliers.parquet'").fetchnumpy()
        keys, found, scores = [], [], []
        for start in range(0, len(asked["core"]), BATCH):
            part = slice(start, start + BATCH)
            alike = cdist(
                asked["core"][part], register["core"], scorer=JaroWinkler.similarity, dtype=np.float32, workers=2
            )
            best = np.argpartition(-alike, SEEN, axis=1)[:, :SEEN]
            keys.append(np.repeat(asked["supplier_key"][part], SEEN))
            found.append(register["org_id"][best].ravel())
            scores.append(np.take_along_axis(alike, best, axis=1).ravel())
        columns = {"supplier_key": keys, "org_id": found, "score": scores}
        candidates = {name: np.concatenate(parts) for name, parts in columns.items()}  # noqa: F841 (read by DuckDB)
        engine.execute(
            f"""COPY (SELECT supplier_key, org_id, CAST(score AS DOUBLE) AS score FROM candidates)
            TO '{out}' (FORMAT parquet)"""
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
