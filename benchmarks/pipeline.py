"""A whole build from CSV to report: cold, and again after one decision, beside a bare read of the same files.

    python benchmarks/pipeline.py [--payments 1000000 --organisations 1000000 --suppliers 20000]

Goals on two cores, for the sizes above: cold under 60 s and 3 GB; after one decision under 3 s.
"""

import argparse
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from generate import arguments, generate
from measure import bare_read, command, show
from project import BYGD

HEADER = "supplier_key,org_id,judgement,decided_by,decided_at,proposed_id,proposed_score,note\n"


def decide(folder: Path) -> None:
    """Add one decision: the best candidate of one doubtful supplier is the same organisation."""
    snapshots = folder / ".bygd" / "snapshots" / (folder / ".bygd" / "current").read_text().strip()
    with duckdb.connect() as connection:
        found = connection.execute(
            f"""SELECT supplier_key, candidate_id FROM '{snapshots}/links.parquet'
            WHERE state = 'unresolved' AND candidate_id IS NOT NULL ORDER BY supplier_key LIMIT 1"""
        ).fetchone()
    if found is None:
        raise SystemExit("There is no doubtful supplier with a candidate to decide on.")
    path = folder / "decisions" / "link_decisions.csv"
    path.parent.mkdir(exist_ok=True)
    before = path.read_text() if path.exists() else HEADER
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    path.write_text(f"{before}{found[0]},{found[1]},same,benchmark,{now},{found[1]},,\n")


def main() -> None:
    parser = arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    parser.add_argument("--keep", type=Path, help="generate here, or use what is there, and keep it")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="bygd-benchmark-"))
    try:
        if not (folder / "bygd.toml").exists():
            generate(folder, given.payments, given.organisations, given.suppliers, given.numbered)
        for made in ("store", "snapshots", "current"):
            path = folder / ".bygd" / made
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        (folder / "decisions" / "link_decisions.csv").unlink(missing_ok=True)
        bare = bare_read(sorted(folder.glob("*.csv")))
        cold = command(folder, [*BYGD, "build"])
        report = command(folder, [*BYGD, "report"])
        same = command(folder, [*BYGD, "build"])
        decide(folder)
        decided = command(folder, [*BYGD, "build"])
        show(
            f"{given.payments:,} payments, {given.organisations:,} organisations, {given.suppliers:,} suppliers",
            [
                ("DuckDB alone reads the same CSV files", f"{bare:.1f} s", "1"),
                ("bygd build, cold", f"{cold.seconds:.1f} s", f"{cold.seconds / bare:.1f} times the bare read"),
                ("  peak memory", f"{cold.peak / 1e9:.2f} GB", ""),
                ("bygd report", f"{report.seconds:.1f} s", f"{report.seconds / bare:.1f} times"),
                ("CSV to report, cold", f"{cold.seconds + report.seconds:.1f} s", "goal: 60 s"),
                ("bygd build, nothing changed", f"{same.seconds:.1f} s", f"{same.seconds / bare:.2f} times"),
                ("bygd build, after one decision", f"{decided.seconds:.1f} s", "goal: 3 s"),
                ("  peak memory", f"{decided.peak / 1e9:.2f} GB", ""),
            ],
        )
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
