"""Fixtures every test may use: an engine, and the folder of real files where there is one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bygd.engine import DuckEngine

REPOSITORY = Path(__file__).parents[1]


def shared_data_folder() -> Path | None:
    """The folder of real files: BYGD_DATA, or `shared/data` beside the repository."""
    folder = Path(os.environ.get("BYGD_DATA", REPOSITORY.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files; the test skips where it is missing."""
    folder = shared_data_folder()
    if folder is None:
        pytest.skip("the folder of real files is missing (set BYGD_DATA)")
    return folder


@pytest.fixture
def engine() -> Iterator[DuckEngine]:
    """A fresh in-memory engine with two threads."""
    with DuckEngine(threads=2) as duck:
        yield duck
