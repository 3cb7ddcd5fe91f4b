"""bygd's linkage beside its peers: the same suppliers, the same register, one run; how long, how wide, how right.

    python benchmarks/peers.py                                    # made noise on 200,000 real names; some ten minutes
    python benchmarks/peers.py --sets labelled made:2000000 made:5000000 --methods exact bygd "bygd, index kept"

Each method is a process of its own; its seconds and its most memory are those of the whole process, from reading the
files to writing candidates. All get the same labels, those of half of the suppliers, for what they learn and for the
threshold of F1; figures are of the other half. Splink and emm run in environments that uv makes from the lines at the
head of their scripts; making them is not counted. Ratios are of processors' seconds, to
the bare exact join of the same set.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import labelled
import noise
import pyarrow.compute as pc
import pyarrow.parquet as pq
from measure import command
from scoring import Scores, right, score

from bygd.linkage import evaluate

SCRIPTS = Path(__file__).with_name("methods")


@dataclass(frozen=True)
class Method:
    """A script, the words it gets after the folder and the file to write, and the sizes it is run on by itself."""

    script: str
    words: tuple[str, ...] = ()
    own: bool = False
    keeps: bool = False
    most: float = 1e12


METHODS = {
    "exact join": Method("exact"),
    "bygd": Method("bygd_names", keeps=True),
    "bygd, index kept": Method("bygd_names", keeps=True),
    "bygd, labels": Method("bygd_names", ("labels",), keeps=True),
    "bygd, postcodes": Method("bygd_names", ("postcodes",), keeps=True),
    "Splink": Method("splink_names", own=True),
    "Splink, labels": Method("splink_names", ("labels",), own=True),
    "Splink, labels, postcodes": Method("splink_names", ("labels", "postcodes"), own=True),
    "emm": Method("emm_names", own=True, most=3e6),
    "emm, supervised": Method("emm_names", ("supervised",), own=True, most=3e5),
    "rapidfuzz, all pairs": Method("rapidfuzz_pairs", most=1e9),
}
"""In this order; `most` bounds organisations, of all pairs suppliers times organisations."""


@dataclass(frozen=True)
class Result:
    """What was measured of one method on one set; seconds by the clock and of processors, bytes, shares.

    `ratio` is to the processors' seconds of the exact join: other work on the machine changes it least.
    """

    on: str
    method: str
    seconds: float
    busy: float
    peak: float
    ratio: float
    scores: Scores


def prepare(on: str, suppliers: int, seed: int, folder: Path) -> None:
    """Write the files of the set `labelled` or `made:SIZE`, if they are not there."""
    if (folder / "labels.parquet").exists():
        return
    if on == "labelled":
        labelled.write(folder)
        return
    made = noise.make(int(on.removeprefix("made:")), suppliers, seed)
    made.write(folder)
    pq.write_table(made.truth.filter(pc.equal(made.truth["half"], "train")), folder / "labels.parquet")


@cache
def interpreter(script: Path) -> str:
    """The Python of a script with an environment of its own, which uv makes where it is not there."""
    subprocess.run(["uv", "sync", "--quiet", "--script", str(script)], check=True)
    found = subprocess.run(
        ["uv", "python", "find", "--script", str(script)], check=True, capture_output=True, text=True
    )
    return found.stdout.strip()


def run(on: str, name: str, folder: Path, index: Path, bare: float) -> Result:
    """Run a method on a set's files."""
    method = METHODS[name]
    script = SCRIPTS / f"{method.script}.py"
    out = folder / f"{name}.parquet"
    words = [interpreter(script) if method.own else sys.executable, str(script), str(folder), str(out), *method.words]
    measured = command(folder, words + ([f"index={index}"] if method.keeps else []))
    scores = score(out, folder / "truth.parquet")
    times = measured.busy / (bare or measured.busy)
    return Result(on, name, measured.seconds, measured.busy, measured.peak, times, scores)


def decided(folder: Path, name: str) -> str:
    """What bygd linked by thresholds of its own: precision, recall and false links, of all suppliers."""
    rows = pq.read_table(folder / f"{name}.links.parquet", columns=["supplier_key", "org_id"]).to_pylist()
    found = evaluate({row["supplier_key"]: row["org_id"] for row in rows}, right(folder / "truth.parquet"))
    return f"{name}, its own thresholds: precision {found.precision}, recall {found.recall}, false {found.false_links}"


def suits(name: str, folder: Path) -> bool:
    """Whether the method is run on a set of this size, and knows what the set has."""
    asked, register = (pq.ParquetFile(folder / f"{file}.parquet").metadata for file in ("suppliers", "organisations"))
    size = register.num_rows * (asked.num_rows if "pairs" in name else 1)
    places = (
        "postcodes" not in name or pq.read_table(folder / "suppliers.parquet")["postcode"].null_count < asked.num_rows
    )
    return size <= METHODS[name].most and places


HEAD = """
| method | seconds | cpu | times exact | GB | F1 (95 % interval) | R@P98 | R@P95 | first five | false links, at P98 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def line(result: Result) -> str:
    """One row of the table."""
    found = result.scores
    return (
        f"| {result.method} | {result.seconds:.1f} | {result.busy:.1f} | {result.ratio:.1f} | {result.peak / 1e9:.2f} "
        f"| {found.f1:.3f} ({found.low:.3f}–{found.high:.3f}) | {found.recall_98:.3f} | {found.recall_95:.3f} "
        f"| {found.seen:.3f} | {found.false_links:.3f}, {found.false_98:.3f} |"
    )


def kinds(results: list[Result]) -> str:
    """Rightly linked at the threshold of F1, by kind of noise and method."""
    rows = [f"\n| rightly linked | {' | '.join(result.method for result in results)} |"]
    rows.append(f"| --- |{' --- |' * len(results)}")
    for kind in results[0].scores.by_noise:
        rows.append(f"| {kind} | {' | '.join(f'{result.scores.by_noise[kind]:.2f}' for result in results)} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=["made:200000"], help="labelled, or made:ORGANISATIONS")
    parser.add_argument("--methods", nargs="+", default=list(METHODS), choices=list(METHODS))
    parser.add_argument("--suppliers", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep files and indexes here, and use those that are there")
    parser.add_argument("--json", type=Path, help="add what was measured to this file, one line each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        for on in given.sets:
            folder = (given.keep or Path(passing)).resolve() / on.replace(":", "-")
            prepare(on, given.suppliers, given.seed, folder)
            print(f"\n{on}{HEAD}", flush=True)
            results: list[Result] = []
            with tempfile.TemporaryDirectory() as index:
                for name in given.methods:
                    if not suits(name, folder):
                        continue
                    results.append(run(on, name, folder, Path(index), results[0].busy if results else 0))
                    print(line(results[-1]), flush=True)
                    if given.json:
                        with given.json.open("a", encoding="utf-8") as opened:
                            opened.write(json.dumps(asdict(results[-1])) + "\n")
            print(kinds(results), flush=True)
            for result in results:
                if METHODS[result.method].keeps:
                    print(decided(folder, result.method), flush=True)


if __name__ == "__main__":
    main()
