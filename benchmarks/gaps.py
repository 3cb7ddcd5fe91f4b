"""How long the market gaps of a finished snapshot take, beside a bare sum over the same payments.

    python benchmarks/gaps.py FOLDER            a folder that pipeline.py --keep or generate.py made and that is built
    python benchmarks/gaps.py --payments 1000000 --organisations 1000000 --suppliers 20000

Goal: all gaps of one million payments, with the firms of a register of a million around the place, under two seconds,
the snapshot opened anew. Once it is held, as the web holds it, they take a part of that.
"""

import argparse
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
from generate import arguments, generate
from measure import command, show
from project import BYGD
from shares import typical

from bygd.tools.gaps import firms, money
from bygd.workbench import gaps, project, snapshot


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
        tables = place.state / "snapshots" / (place.state / "current").read_text().strip()
        with duckdb.connect() as connection:
            connection.execute("SET threads = 2")
            count, bare = (
                connection.execute(f"SELECT COUNT(*) FROM '{tables / 'payments.parquet'}'").fetchone()[0],
                typical(
                    lambda: connection.execute(f"SELECT SUM(amount) FROM '{tables / 'payments.parquet'}'").fetchone()
                ),
            )
        asked = gaps.usual(place)
        found = gaps.of_project(place, asked)
        rows = [("DuckDB alone: sum of all payments", f"{bare:.0f} ms", "1")]
        anew = typical(lambda: gaps.of_project(place, asked), times=3)
        rows.append(("all gaps, the snapshot opened anew", f"{anew:.0f} ms", f"{anew / bare:.0f} times"))
        (engine,) = snapshot.current(place).engines(1)
        held = typical(lambda: gaps.found(engine, place, asked), times=3)
        rows.append(("all gaps, the snapshot held", f"{held:.0f} ms", f"{held / bare:.0f} times"))
        around = gaps.around(engine, place, asked.by)
        near = firms.index(around)
        which = gaps.finding.chosen(engine, place, asked)
        spent = money(engine, which, place.country.conventions(), Decimal("0.05"))
        known = typical(lambda: gaps.finding.joined(place, which, spent, near), times=3)
        rows.append(("the same, money and firms counted before", f"{known:.0f} ms", f"{known / bare:.0f} times"))
        listed = typical(lambda: gaps.able_firms(engine, place, asked.by, found[0]), times=3)
        rows.append(("the firms that could fill one gap", f"{listed:.0f} ms", f"{listed / bare:.0f} times"))
        show(f"{count:,} payments, {len(found)} kinds of purchases, {sum(one.firms for one in around):,} firms", rows)
        verdict = "within" if anew < LIMIT else "BEYOND"
        print(f"  {verdict} the limit of {LIMIT} ms, at {anew / LIMIT:.0%} of it")
    finally:
        if not given.folder:
            shutil.rmtree(folder, ignore_errors=True)


LIMIT = 2000
"""Milliseconds."""

if __name__ == "__main__":
    main()
