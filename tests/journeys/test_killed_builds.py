"""A build killed at any moment leaves the last snapshot whole, and the next build works."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bygd.vocabulary import tables
from bygd.workbench import build, decisions, measure, project, sample, snapshot, store

MOMENTS = 20


def is_whole(found: snapshot.Snapshot) -> bool:
    """Every table of the snapshot is there with the content its manifest names."""
    return all(
        store.hash_file(found.folder / f"{name}.parquet") == sha256 for name, sha256 in found.manifest["tables"].items()
    )


@pytest.mark.slow
def test_a_build_killed_at_twenty_random_moments_leaves_the_last_snapshot_whole(tmp_path: Path) -> None:
    place = sample.write(tmp_path / "place")
    decided = decisions.file(place, tables.link_decisions).read_bytes()
    last = build.build(place)
    figures = measure.figures(place)
    chance = random.Random(20260101)
    command = [sys.executable, "-c", "from bygd.cli import main; main()", "-C", str(place.folder), "build"]

    started = time.monotonic()
    _change(place, 0)
    subprocess.run(command, check=True, capture_output=True)
    whole_build = time.monotonic() - started

    killed = number = 0
    while killed < MOMENTS:
        number += 1
        assert number <= 2 * MOMENTS, "builds end before they are killed"
        before = snapshot.current(place).id
        _change(place, number)
        running = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        started = time.monotonic()
        try:
            running.wait(timeout=chance.uniform(0.05, whole_build))
            whole_build = time.monotonic() - started  # The machine has become less busy.
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            killed += 1
        running.wait()
        after = snapshot.current(place)
        assert is_whole(after)
        assert running.returncode in (0, -signal.SIGKILL), "what a killed build left stops the next one"
        assert after.id != before or running.returncode
        assert project.read(place.folder) == place

    decisions.file(place, tables.link_decisions).write_bytes(decided)
    again = build.build(place)
    assert again.id == last.id
    assert measure.figures(place) == figures
    assert not [path for path in (place.state / "snapshots").iterdir() if path.name.startswith(".")]
    assert not [path for path in (place.state / "store").iterdir() if path.name.startswith(".")]


def _change(place: project.Project, number: int) -> None:
    """A new decision, and a store that forgot everything, so that the next build has work to do."""
    import shutil

    shutil.rmtree(place.state / "store", ignore_errors=True)
    row = {
        "supplier_key": f"made-up-{number}",
        "judgement": "unsure",
        "decided_by": "nobody",
        "decided_at": decisions.now(),
    }
    decisions.add(place, tables.link_decisions, [row])
