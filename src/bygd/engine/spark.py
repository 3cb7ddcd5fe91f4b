"""Spark, for ledgers too large for one machine: the same verbs and statements, translated.

Importing this module needs neither pyspark nor Java; making a SparkEngine does.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bygd.engine.base import Answer, Rows, Step, cast_columns, check, check_names, empty_arrow, to_arrow
from bygd.engine.parts import Parts, hand_over, run
from bygd.engine.translate import translate
from bygd.vocabulary.columns import Table

LOGGING = Path(__file__).with_name("spark_log4j2.properties")

SETTINGS = {
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={LOGGING.as_uri()}",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # TIMESTAMP without a time zone, as DuckDB means it.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


class SparkMissing(ImportError):
    """pyspark or Java is not there; the message says what to install."""


class SparkEngine:
    """A Spark session with the verbs of `Engine`. Use as a context manager, or call `close`.

    `master` is a Spark address; by default this machine with two threads. `settings` are added to
    the session's. Raises SparkMissing where pyspark or Java is not installed.
    """

    def __init__(self, master: str = "local[2]", settings: dict[str, str] | None = None) -> None:
        self.session = _session(master, {**SETTINGS, **(settings or {})})

    def __enter__(self) -> "SparkEngine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the session."""
        self.session.stop()

    def read(self, table: type[Table] | str, paths: Path | Sequence[Path]) -> None:
        """Parquet files become a view; see `Engine.read`."""
        listed = [paths] if isinstance(paths, Path) else list(paths)
        if listed:
            self.session.read.parquet(*(str(path) for path in listed)).createOrReplaceTempView(_name(table))
        elif isinstance(table, str):
            raise ValueError(f"no files given for {table}, and its columns are not declared")
        else:
            self.session.createDataFrame(empty_arrow(table)).createOrReplaceTempView(table.__name__)

    def register(self, table: type[Table], rows: Rows) -> None:
        """Rows at hand become a view; see `Engine.register`."""
        arrow = to_arrow(table, rows)
        frame = self.session.createDataFrame(arrow)
        if arrow.num_rows:
            self._adopt(table, frame)
        else:
            frame.createOrReplaceTempView(table.__name__)

    def sql(self, table: type[Table] | str, statement: str, *parameters: Any) -> None:
        """A statement's result becomes a view on what was computed once; see `Engine.sql`."""
        if isinstance(table, str):
            _computed(self._run(statement, parameters)).createOrReplaceTempView(table)
            return
        check_names(table, self._run(statement, parameters).columns)
        result = self._run(f"SELECT {cast_columns(table)} FROM ({statement}) AS result", parameters)
        self._adopt(table, _computed(result))

    def rows(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        """A statement's result as dictionaries; see `Engine.rows`."""
        return [row.asDict(recursive=True) for row in self._run(statement, parameters).collect()]

    def has(self, table: type[Table] | str) -> bool:
        """Whether a relation of that name stands."""
        return bool(self.session.catalog.tableExists(_name(table)))

    def write(self, table: type[Table] | str, path: Path) -> int:
        """Write one Parquet file and flush it to disk; see `Engine.write`."""
        frame = self.session.table(_name(table))
        with tempfile.TemporaryDirectory(prefix=".spark-", dir=path.parent) as folder:
            frame.coalesce(1).write.mode("overwrite").option("compression", "zstd").parquet(folder)
            (part,) = Path(folder).glob("part-*.parquet")
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.replace(path)
        return int(frame.count())

    def locally(
        self,
        step: Step[Answer],
        reads: Sequence[type[Table]],
        writes: type[Table],
        each: type[Table] | None = None,
        kept: Path | None = None,
    ) -> Answer:
        """Run a step in DuckDB, here or in tasks; see `Engine.locally`. Tasks must reach `kept`, or else the
        system's folder for passing files.
        """
        with tempfile.TemporaryDirectory(prefix="bygd-", dir=kept) as passing:
            files = hand_over(self.session, [table for table in reads if table is not each], Path(passing))
            if each is None:
                answer, rows = run(step, files, writes, kept)
                self.register(writes, rows)
                return answer
            schema = self.session.createDataFrame(empty_arrow(writes)).schema
            parts = Parts(step, files, writes, each, kept or Path(passing))
            answer = parts.begin()
            self._adopt(writes, _computed(parts.frame(self.session.table(each.__name__), schema)))
            return answer

    def _run(self, statement: str, parameters: Sequence[Any]) -> Any:
        return self.session.sql(translate(statement, "spark"), args=list(parameters) or None)

    def _adopt(self, table: type[Table], frame: Any) -> None:
        """Check the rows, then give them the table's name; the old one stands until then."""
        passing = f"{table.__name__}__new"
        frame.createOrReplaceTempView(passing)
        try:
            check(table, f'"{passing}"', lambda statement: self._run(statement, ()).first())
            frame.createOrReplaceTempView(table.__name__)
        finally:
            self.session.catalog.dropTempView(passing)


def _computed(frame: Any) -> Any:
    """The frame's rows, computed now: what is read later does not change when its sources do.

    Columns are renamed to themselves, which makes them new to Spark: it takes a column that came
    through unchanged for that of the relation it came from, and fails where the two are joined.
    """
    return frame.toDF(*frame.columns).localCheckpoint(eager=True)


def _session(master: str, settings: dict[str, str]) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkMissing("Spark is not installed. Run: pip install 'bygd[spark]'") from error
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise SparkMissing("Spark needs Java 17 or later, and there is no `java`. Install it, or set JAVA_HOME.")
    # Workers must run the same Python as the driver.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(master).appName("bygd")
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, RuntimeError) as error:
        raise SparkMissing(f"Spark could not start; it needs Java 17 or later. It said: {error}") from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def _name(table: type[Table] | str) -> str:
    return table if isinstance(table, str) else table.__name__
