"""The bench a build works at: an engine, the store of finished steps, and what was made so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.vocabulary.columns import Table
from bygd.workbench import store

Progress = Callable[[str, int, int], None]
"""What is being done, how much is done, of how much."""


def quiet(_what: str, _done: int, _total: int) -> None:
    """A progress that shows nothing."""


@dataclass
class Bench:
    """What the steps of one build share: where they run, where they are kept, what was made."""

    engine: DuckEngine
    home: Path
    progress: Progress
    files: dict[type[Table], Path] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)

    def made(self, name: str, parts: Sequence[Any], writes: Sequence[type[Table]], run: Callable[[], Any]) -> Path:
        """The folder of a step from the store, or where it is not there, of what `run` leaves in the engine."""

        def make(beside: Path) -> Any:
            notes = run()
            for table in writes:
                self.engine.write(table, beside / f"{table.__name__}.parquet")
            return notes

        folder = store.made(self.home, name, parts, make)
        self.used.append(folder.name)
        return folder

    def step(self, name: str, parts: Sequence[Any], writes: Sequence[type[Table]], run: Callable[[], Any]) -> str:
        """Take a step from the store, or run it; its tables then stand in the engine and in the snapshot.

        Gives the fingerprint of what was made, for the steps that read it.
        """
        folder = self.made(name, parts, writes, run)
        for table in writes:
            path = folder / f"{table.__name__}.parquet"
            self.engine.read(table, path)
            self.files[table] = path
        return folder.name
