"""Steps written for DuckDB, run from Spark: once where the driver is, or by tasks on parts of a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

import pyarrow as pa

from bygd.engine.base import Answer, Step, empty_arrow
from bygd.engine.duck import DuckEngine
from bygd.vocabulary.columns import Table

Files = Mapping[type[Table], Sequence[Path]]


def hand_over(session: Any, tables: Sequence[type[Table]], folder: Path) -> Files:
    """Write the relations that there are as Parquet files below the folder, which tasks must reach too."""
    files = {}
    for table in tables:
        if session.catalog.tableExists(table.__name__):
            session.table(table.__name__).write.parquet(str(folder / table.__name__))
            files[table] = sorted((folder / table.__name__).glob("part-*.parquet"))
    return files


def run(
    step: Step[Answer],
    files: Files,
    writes: type[Table],
    kept: Path | None,
    part: tuple[type[Table], pa.Table] | None = None,
    threads: int | None = None,
) -> tuple[Answer, pa.Table]:
    """What the step returns and the table it wrote, in an engine of its own over the files and the part of a table."""
    with DuckEngine(threads=threads) as engine:
        for table, paths in files.items():
            engine.read(table, paths)
        if part:
            engine.register(*part)
        answer = step(engine, kept)
        return answer, engine.arrow(f"SELECT * FROM {writes.__name__}")


@dataclass(frozen=True)
class Parts(Generic[Answer]):
    """A step for parts of the rows of `each`; the other tables it reads lie in `files`, what parts share in `kept`."""

    step: Step[Answer]
    files: Files
    writes: type[Table]
    each: type[Table]
    kept: Path

    def begin(self) -> Answer:
        """Run the step on no rows, so that tasks find in `kept` what all of them need; its answer."""
        return run(self.step, self.files, self.writes, self.kept, (self.each, empty_arrow(self.each)))[0]

    def frame(self, whole: Any, schema: Any) -> Any:
        """A Spark frame of what the step writes, computed by tasks on parts of the frame `whole`."""
        parts = max(2, whole.sparkSession.sparkContext.defaultParallelism)
        return whole.repartition(parts, *self.each.one_row_per).mapInArrow(self._task, schema)

    def _task(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        given = list(batches)
        if given:
            part = (self.each, pa.Table.from_batches(given))
            yield from run(self.step, self.files, self.writes, self.kept, part, threads=1)[1].to_batches()
