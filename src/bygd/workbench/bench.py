"""The bench a build works at: an engine, the store of finished steps, and what was made so far."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
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


@dataclass(frozen=True)
class Step:
    """A step that may run beside others: its name, what goes into it, its tables, and what makes them in an engine."""

    name: str
    parts: Sequence[Any]
    writes: Sequence[type[Table]]
    run: Callable[[DuckEngine], Any]


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
        folder = self._made(self.engine, Step(name, parts, writes, lambda _engine: run()))
        self.used.append(folder.name)
        return folder

    def step(self, name: str, parts: Sequence[Any], writes: Sequence[type[Table]], run: Callable[[], Any]) -> str:
        """Take a step from the store, or run it; its tables then stand in the engine and in the snapshot.

        Gives the fingerprint of what was made, for the steps that read it.
        """
        return self._taken(writes, self.made(name, parts, writes, run)).name

    def together(self, *steps: Step) -> list[Path]:
        """As `step`, several at once, of which none reads what another writes; the folder of each.

        A place has too few suppliers for one statement to keep two processors busy.
        """

        besides = [self.engine.beside(step.name) for step in steps]
        with ThreadPoolExecutor() as pool:
            folders = list(pool.map(self._made, besides, steps))
        for step, beside in zip(steps, besides, strict=True):
            beside.close()
            self.engine.execute(f'DROP SCHEMA "{step.name}" CASCADE')
        self.used += [folder.name for folder in folders]
        return [self._taken(step.writes, folder) for step, folder in zip(steps, folders, strict=True)]

    def _made(self, engine: DuckEngine, step: Step) -> Path:
        def make(beside: Path) -> Any:
            notes = step.run(engine)
            for table in step.writes:
                engine.write(table, beside / f"{table.__name__}.parquet")
            return notes

        return store.made(self.home, step.name, step.parts, make)

    def _taken(self, writes: Sequence[type[Table]], folder: Path) -> Path:
        for table in writes:
            path = folder / f"{table.__name__}.parquet"
            self.engine.read(table, path)
            self.files[table] = path
        return folder
