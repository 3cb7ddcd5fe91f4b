"""DuckDB, in memory over Parquet files: the engine on one machine."""

import contextlib
import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bygd.engine.base import (
    Answer,
    Rows,
    Step,
    cast_columns,
    check,
    check_names,
    empty_arrow,
    to_arrow,
)
from bygd.vocabulary.columns import Table

SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "true",
}


def quote(path: Path | str) -> str:
    """A path as an SQL text literal."""
    return "'" + str(path).replace("'", "''") + "'"


class DuckEngine:
    """An in-memory DuckDB. Use as a context manager, or call `close`."""

    def __init__(self, *, threads: int | None = None, memory: str | None = None) -> None:
        self.schema = "main"
        self.connection = duckdb.connect(":memory:", config=dict(SETTINGS))
        self.connection.execute("SET enable_progress_bar = false")
        if threads:
            self.connection.execute(f"SET threads = {int(threads)}")
        if memory:
            self.connection.execute(f"SET memory_limit = {quote(memory)}")

    def __enter__(self) -> "DuckEngine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the memory."""
        self.connection.close()

    def memory(self) -> int:
        """Bytes that its tables hold in memory, together with those of engines beside it."""
        found = self.connection.execute("SELECT SUM(memory_usage_bytes) FROM duckdb_memory()").fetchone()
        return int(found[0] or 0) if found else 0

    def memory_allowed(self) -> int:
        """Bytes that it may hold: four fifths of what the machine, or the container it runs in, has."""
        found = self.connection.execute("SELECT parse_formatted_bytes(current_setting('memory_limit'))").fetchone()
        return int(found[0]) if found else 0

    def beside(self, name: str) -> "DuckEngine":
        """Another engine over the same relations, for another thread; what it makes itself stands in a schema `name`.

        Made before `lock`. Temporary relations are each engine's own as well.
        """
        other = object.__new__(DuckEngine)
        path = self._setting("search_path") or "main"
        other.schema = name
        other.connection = self.connection.cursor()
        other.connection.execute(f'CREATE SCHEMA "{name}"')
        other.connection.execute(f"SET search_path = '{name},{path}'")
        return other

    def at_once(self) -> int:
        """How many engines do well beside it: as many as it has threads, but none once it is locked."""
        return 0 if self._setting("lock_configuration") else int(self._setting("threads"))

    def read(self, table: type[Table] | str, paths: Path | Sequence[Path], where: str = "TRUE") -> None:
        """Parquet files become a view; see `Engine.read`. Of their rows only those `where` is true for are there."""
        listed = [paths] if isinstance(paths, Path) else list(paths)
        if listed:
            files = ", ".join(quote(path) for path in listed)
            self._replace(_name(table), "VIEW", f"SELECT * FROM read_parquet([{files}]) WHERE {where}")
        elif isinstance(table, str):
            raise ValueError(f"no files given for {table}, and its columns are not declared")
        else:
            self.put(table.__name__, empty_arrow(table))

    def register(self, table: type[Table], rows: Rows) -> None:
        """Rows at hand become a table; see `Engine.register`."""
        arrow, passing = to_arrow(table, rows), f"{table.__name__}__new"
        self.connection.register(passing, arrow)
        try:
            self._check(table, passing)
        finally:
            self.connection.unregister(passing)
        self.put(table.__name__, arrow)

    def sql(self, table: type[Table] | str, statement: str, *parameters: Any) -> None:
        """A statement's result becomes a table; see `Engine.sql`."""
        if isinstance(table, str):
            self._replace(table, "TABLE", statement, parameters)
            return
        described = self.connection.execute(f"SELECT * FROM ({statement}) LIMIT 0", list(parameters))
        check_names(table, [column[0] for column in described.description or ()])
        passing = f"{table.__name__}__new"
        self._replace(
            passing,
            "TABLE",
            f"SELECT {cast_columns(table)} FROM ({statement})",
            parameters,
        )
        self._adopt(table, passing)

    def rows(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        """A statement's result as dictionaries; see `Engine.rows`."""
        found = self.connection.execute(statement, list(parameters))
        described = found.description or []
        if any(column[1].id == "enum" for column in described):
            return _plainly(found, described)
        result = found.arrow()
        rows: list[dict[str, Any]] = (result if hasattr(result, "to_pylist") else result.read_all()).to_pylist()
        return rows

    def locally(
        self,
        step: Step[Answer],
        reads: Sequence[type[Table]],
        writes: type[Table],
        each: type[Table] | None = None,
        kept: Path | None = None,
    ) -> Answer:
        """Run a step on this engine; see `Engine.locally`."""
        return step(self, kept)

    def arrow(self, statement: str, *parameters: Any) -> Any:
        """A statement's result as an Arrow table, for steps that compute with arrays."""
        result = self.connection.execute(statement, list(parameters)).arrow()
        return result if hasattr(result, "to_pylist") else result.read_all()

    def batches(self, statement: str, *parameters: Any) -> pa.RecordBatchReader:
        """A statement's result batch by batch, for what would not fit twice; read it before the next statement."""
        return self.connection.execute(statement, list(parameters)).to_arrow_reader()

    def lock(self, *folders: Path) -> None:
        """From here on no network, extension or setting can be reached, and no file outside the folders."""
        allowed = ", ".join(quote(folder.resolve()) for folder in folders)
        self.connection.execute(f"SET allowed_directories = [{allowed}]")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def execute(self, statement: str, *parameters: Any) -> None:
        """Run a statement that only this engine knows; for readers of files."""
        self.connection.execute(statement, list(parameters))

    def put(self, name: str, arrow: Any) -> None:
        """An Arrow table becomes a passing relation of that name, not copied; for readers of files."""
        self.forget(name)
        self.connection.register(name, arrow)

    def hold(self, name: str, arrow: Any) -> None:
        """An Arrow table becomes a passing table, copied: joins are planned by the number of its rows.

        Of what `put` gives that number is unknown, and the larger side of a join may be the one that is held in memory.
        """
        passing = f"{name}__new"
        self.connection.register(passing, arrow)
        try:
            self._replace(name, "TABLE", f'SELECT * FROM "{passing}"')
        finally:
            self.connection.unregister(passing)

    def forget(self, name: str) -> None:
        """Let go of a passing relation; nothing happens where there is none of that name."""
        for kind in ("TABLE", "VIEW"):
            self._drop(name, kind)

    def has(self, table: type[Table] | str) -> bool:
        """Whether a relation of that name stands."""
        try:
            self.connection.execute(f'SELECT 1 FROM "{_name(table)}" LIMIT 0')
        except duckdb.CatalogException:
            return False
        return True

    def write(self, table: type[Table] | str, path: Path) -> int:
        """Write one Parquet file and flush it to disk; see `Engine.write`."""
        name = _name(table)
        row = self.connection.execute(
            f'COPY (SELECT * FROM "{name}") TO {quote(path)} '
            f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {_rows_together(table)})"
        ).fetchone()
        with path.open("rb") as written:
            os.fsync(written.fileno())
        return int(row[0]) if row else 0

    def _setting(self, name: str) -> Any:
        found = self.connection.execute(f"SELECT current_setting('{name}')").fetchone()
        return found[0] if found else None

    def _replace(self, name: str, kind: str, statement: str, parameters: Sequence[Any] = ()) -> None:
        self._drop(name, "TABLE" if kind == "VIEW" else "VIEW")
        self.connection.execute(f'CREATE OR REPLACE {kind} "{name}" AS {statement}', list(parameters))

    def _drop(self, name: str, kind: str) -> None:
        """Let go of rows at hand of that name, which would stand before all else, and of a relation of that kind.

        To ask the catalogue first what stands there would take twenty times as long. The schema is named: without it a
        relation that is not found in an engine's own schema would be taken from the engine it stands beside.
        """
        self.connection.unregister(name)
        with contextlib.suppress(duckdb.CatalogException):  # one of the other kind
            self.connection.execute(f'DROP {kind} IF EXISTS "{self.schema}"."{name}"')

    def _adopt(self, table: type[Table], passing: str) -> None:
        """Check the passing relation, then give it the table's name; the old one stands until then."""
        name = table.__name__
        try:
            self._check(table, passing)
        except BaseException:
            self.connection.execute(f'DROP TABLE "{passing}"')
            raise
        self.connection.execute("BEGIN")
        self.forget(name)
        self.connection.execute(f'ALTER TABLE "{passing}" RENAME TO "{name}"')
        self.connection.execute("COMMIT")

    def _check(self, table: type[Table], name: str) -> None:
        check(table, f'"{name}"', lambda statement: self.connection.execute(statement).fetchone())


def _rows_together(table: type[Table] | str) -> int:
    """How many rows of a Parquet file are packed together, and so unpacked to read one of them.

    Tables in the order of a key are asked for the few rows of one supplier or organisation; the others are summed.
    """
    by_key = not isinstance(table, str) and table.one_row_per[:1] in (("supplier_key",), ("org_id",))
    return 8_192 if by_key else 122_880


def _name(table: type[Table] | str) -> str:
    return table if isinstance(table, str) else table.__name__


def _plainly(found: Any, described: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows without Arrow, which would bring every text that a column knows along with each part of the result."""
    names = [column[0] for column in described]
    whole = [number for number, column in enumerate(described) if column[1].id == "hugeint"]
    rows = found.fetchall()
    if whole:  # as Arrow has them
        rows = [
            [Decimal(value) if n in whole and value is not None else value for n, value in enumerate(row)]
            for row in rows
        ]
    return [dict(zip(names, row, strict=True)) for row in rows]
