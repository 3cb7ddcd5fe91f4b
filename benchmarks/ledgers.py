"""How fast ledgers are read, as a share of the speed at which DuckDB alone reads the same CSV.

    python benchmarks/ledgers.py [--payments 1000000 --suppliers 20000]

Goal: at least a third.
"""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from generate import ANCHORS, arguments, generate
from measure import bare_read, show

from bygd.countries import load
from bygd.engine import DuckEngine
from bygd.sources.ledgers import ledger
from bygd.sources.privacy import Pseudonym


def main() -> None:
    parser = arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bygd-benchmark-"))
    try:
        generate(folder, given.payments, max(given.suppliers, 20_000), given.suppliers, given.numbered)
        files = sorted(folder.glob("ledger-*.csv"))
        conventions = load("se").conventions()
        bare, ours, rows = [], [], 0
        for _ in range(3):
            bare.append(sum(bare_read([path]) for path in files))
            began, rows = time.perf_counter(), 0
            for anchor, path in zip(ANCHORS, files, strict=True):
                with DuckEngine(threads=2) as engine:
                    ledger.read(engine, path, anchor, None, conventions, Pseudonym(b"benchmark"))
                    rows += engine.rows("SELECT COUNT(*) AS n FROM payments")[0]["n"]
            ours.append(time.perf_counter() - began)
        size = sum(path.stat().st_size for path in files) / 1e6
        ratio = min(bare) / min(ours)
        show(
            f"{rows:,} payments in {len(files)} files, {size:.0f} MB; best of three",
            [
                ("DuckDB alone", f"{min(bare):.2f} s", f"{rows / min(bare):,.0f} rows a second"),
                ("bygd, masked and checked", f"{min(ours):.2f} s", f"{rows / min(ours):,.0f} rows a second"),
                ("speed as a share of DuckDB's", f"{ratio:.2f}", "goal: 0.33"),
            ],
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
