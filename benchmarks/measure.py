"""How long a command took and how much memory it needed at most, and the bare read it is compared with."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

CHILD = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
scale = 1024 if sys.platform != "darwin" else 1
busy = usage.ru_utime + usage.ru_stime
print(json.dumps([time.perf_counter() - began, busy, usage.ru_maxrss * scale, done.returncode, done.stderr[-2000:]]))
"""
"""Runs the command from a small process of its own, for the peak of memory is that of all children so far."""


@dataclass(frozen=True)
class Run:
    """Seconds by the clock and of all processors, and peak resident memory in bytes."""

    seconds: float
    busy: float
    peak: int


def command(folder: Path, words: Sequence[str]) -> Run:
    """Run a command in a folder. Ends the benchmark with the command's message where it fails."""
    answer = subprocess.run(
        [sys.executable, "-c", CHILD, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    seconds, busy, peak, code, message = json.loads(answer.stdout)
    if code:
        raise SystemExit(f"{' '.join(words)} failed: {message}")
    return Run(seconds, busy, peak)


def bare_read(paths: Sequence[Path], threads: int = 2) -> float:
    """Seconds in which DuckDB alone reads the same CSV files into tables in memory, every column as it sniffs it."""
    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {threads}")
        began = time.perf_counter()
        for number, path in enumerate(paths):
            connection.execute(f"CREATE TABLE bare_{number} AS SELECT * FROM read_csv('{path}')")
        return time.perf_counter() - began


def show(title: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Print a table of what was measured, the value, and what it is compared with."""
    print(title)
    for what, value, ratio in rows:
        print(f"  {what:<46} {value:>12}   {ratio}")
