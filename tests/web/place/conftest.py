"""A place with made-up statistics, without ledgers."""

from pathlib import Path
from typing import Any

import pytest

from bygd.workbench import changing, project
from bygd.workbench.sample import boundaries, make, statistics


@pytest.fixture
def counted(db: None, tmp_path: Path) -> Any:
    """A place of which statistics are held, with one village and one indicator of its own; to change."""
    from bygd.web.places.register import register

    folder = tmp_path / "counted"
    project.create(folder, "se:9901", "Fyrhamn")
    statistics.write(folder)
    return register(folder)


@pytest.fixture
def bounded(db: None, tmp_path: Path) -> Any:
    """A place with made-up statistics and boundaries of its municipalities and small areas; to change."""
    from bygd.web.places.register import register

    made = project.create(tmp_path / "bounded", "se:9901", "Fyrhamn")
    statistics.write(made.folder)
    (made.folder / "files").mkdir()
    large, small = made.folder / "files" / "large.geojson", made.folder / "files" / "small.geojson"
    boundaries.write(large, make.story()["areas"])
    boundaries.write_within(small, large, "9901", statistics.SHAPED)
    changing.add(made, "boundaries", {"files": ["files/large.geojson", "files/small.geojson"]})
    return register(made.folder)


@pytest.fixture
def empty(db: None, tmp_path: Path) -> Any:
    """A place of which nothing is known."""
    from bygd.web.places.register import register

    project.create(tmp_path / "empty", "se:9901", "Fyrhamn")
    return register(tmp_path / "empty")
