"""How long any share takes on a finished snapshot, beside a bare sum over the same payments.

    python benchmarks/shares.py FOLDER          a folder that pipeline.py --keep or generate.py made and that is built
    python benchmarks/shares.py --payments 10000000 --organisations 100000

Goal: under 500 ms on ten million payments.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from generate import arguments, generate
from measure import command, show
from project import BYGD

from bygd.vocabulary.words import LocalBy, Ring
from bygd.workbench import measure, project

DIMENSIONS = (
    (),
    ("year",),
    ("anchor", "year"),
    ("ownership",),
    ("industry",),
    ("category",),
    ("anchor", "year", "ownership", "size"),
)


def typical(run: Callable[[], object], times: int = 5) -> float:
    """The median of several runs, in milliseconds, after one that is not counted."""
    run()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    parser = arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    parser.add_argument("folder", type=Path, nargs="?")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="bygd-benchmark-"))
    try:
        if not (folder / "bygd.toml").exists():
            generate(folder, given.payments, given.organisations, given.suppliers, given.numbered)
        if not (folder / ".bygd" / "current").exists():
            built = command(folder, [*BYGD, "build"])
            print(f"built in {built.seconds:.0f} s with {built.peak / 1e9:.1f} GB")
        place = project.read(folder)
        payments = place.state / "snapshots" / (place.state / "current").read_text().strip() / "payments.parquet"
        with duckdb.connect() as connection:
            connection.execute("SET threads = 2")
            count = connection.execute(f"SELECT COUNT(*) FROM '{payments}'").fetchone()[0]
            bare = typical(lambda: connection.execute(f"SELECT SUM(amount) FROM '{payments}'").fetchone())
        rows = [("DuckDB alone: sum of all payments", f"{bare:.0f} ms", "1")]
        for by in DIMENSIONS:
            taken = typical(lambda by=by: measure.table(place, by, LocalBy.SEAT, Ring.MUNICIPALITY))
            rows.append((f"share by {', '.join(by) or 'nothing'}", f"{taken:.0f} ms", f"{taken / bare:.1f} times"))
        taken = typical(lambda: measure.figures(place), times=3)
        rows.append(("every figure of the project", f"{taken:.0f} ms", f"{taken / bare:.1f} times"))
        show(f"{count:,} payments; the snapshot is opened anew each time", rows)
    finally:
        if not given.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
