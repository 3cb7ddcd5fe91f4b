"""Where a project keeps what it knows of its place: own files in `place`, fetched ones in the state folder."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bygd.workbench.project import Project


@dataclass(frozen=True)
class Files:
    """Paths of a project. `own` is people's and kept; `state` may be deleted and is fetched or made anew."""

    own: Path
    state: Path
    answers: Path

    @property
    def indicators(self) -> Path:
        """One's own indicators."""
        return self.own / "indicators.yaml"

    @property
    def villages(self) -> Path:
        """Villages put together from small areas."""
        return self.own / "villages.yaml"

    @property
    def areas(self) -> Path:
        """Small areas to fetch besides those of villages."""
        return self.own / "areas.csv"

    @property
    def areas_out(self) -> Path:
        """Those of them that were taken out, and can be put back."""
        return self.own / "areas-out.csv"

    @property
    def divisions(self) -> Path:
        """What became of areas from one division to the next, a file each."""
        return self.own / "divisions"

    @property
    def values(self) -> list[Path]:
        """Files with one's own values."""
        return sorted((self.own / "values").glob("*.csv"))

    @property
    def pointer(self) -> Path:
        """Which set of fetched statistics counts."""
        return self.state / "current.json"

    @property
    def unfinished(self) -> Path:
        """When a pass began that was not finished."""
        return self.state / "pass.json"

    @property
    def changes(self) -> Path:
        """What each pass changed, one line of JSON each."""
        return self.state / "changes.jsonl"


def of(project: Project) -> Files:
    """The paths of a project; nothing is made."""
    return Files(project.folder / "place", project.state / "place", project.folder / "sources" / "statistics")


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write beside, flush, swap."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8") as opened:
        json.dump(content, opened, ensure_ascii=False)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(path)
