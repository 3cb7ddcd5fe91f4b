"""A build killed at any moment leaves the last snapshot whole, and the next build works."""

import multiprocessing
import multiprocessing.process
import random
import signal
import time
from pathlib import Path

import pytest
import tomlkit

from bygd.vocabulary import tables
from bygd.workbench import build, decisions, measure, project, sample, snapshot, store

MOMENTS = 20


def is_whole(found: snapshot.Snapshot) -> bool:
    """Every table of the snapshot is there with the content its manifest names."""
    return all(
        store.hash_file(found.folder / f"{name}.parquet") == sha256 for name, sha256 in found.manifest["tables"].items()
    )


@pytest.fixture
def place(tmp_path: Path) -> project.Project:
    """The sample place with three of its forty-two ledgers.

    The others are read by the same steps, one after the other, and most moments would fall into them.
    """
    made = sample.write(tmp_path / "place")
    file = made.folder / project.FILE
    listed = tomlkit.parse(file.read_text(encoding="utf-8"))
    for ledger in listed["ledger"]:
        ledger["files"] = ledger["files"][:1]
    file.write_text(tomlkit.dumps(listed), encoding="utf-8")
    return project.read(made.folder)


@pytest.mark.slow(seconds=40)
def test_a_build_killed_at_twenty_random_moments_leaves_the_last_snapshot_whole(place: project.Project) -> None:
    decided = decisions.file(place, tables.link_decisions).read_bytes()
    last = build.build(place)
    figures = measure.figures(place)
    chance = random.Random(20260101)
    ready = multiprocessing.get_context("forkserver")
    # Each is killed while it builds, not while it reads programs.
    ready.set_forkserver_preload(["bygd.workbench.build"])

    def begun() -> multiprocessing.process.BaseProcess:
        building = ready.Process(target=build.build, args=(place,))
        building.start()
        return building

    _change(place, 0)
    first = begun()
    first.join()  # the first waits for the programs
    assert first.exitcode == 0
    _change(place, 1)
    started = time.monotonic()
    begun().join()
    whole_build = time.monotonic() - started

    killed, number = 0, 1
    while killed < MOMENTS:
        number += 1
        assert number <= 3 * MOMENTS, "builds end before they are killed"
        before = snapshot.current(place).id
        _change(place, number)
        started, running = time.monotonic(), begun()
        running.join(chance.uniform(0.05, whole_build))
        if running.is_alive():
            running.kill()
            killed += 1
        else:
            whole_build = time.monotonic() - started  # The machine has become less busy.
        running.join()
        after = snapshot.current(place)
        assert is_whole(after)
        assert running.exitcode in (0, -signal.SIGKILL), "what a killed build left stops the next one"
        assert after.id != before or running.exitcode
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
