"""The verbs every engine has, and the check that a relation is the table it claims to be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

import pyarrow as pa

from bygd.vocabulary.columns import Table

Answer = TypeVar("Answer")
Step: TypeAlias = Callable[[Any, Path | None], Answer]
"""Work on arrays or with statements that only DuckDB knows: it gets a DuckEngine, and the folder for what it keeps."""

Rows: TypeAlias = Iterable[Mapping[str, Any]] | pa.Table
"""What `register` takes: an Arrow table, or mappings from column name to value."""


class TableError(ValueError):
    """A relation is not the table it claims to be; the message says what differs and where."""


class Engine(Protocol):
    """Where tables live and statements run. Statements are written in DuckDB's SQL.

    Only functions on the list of design notes (common SQL) or from `engine.dialect` may be used
    in statements that both engines run.
    """

    def read(self, table: type[Table] | str, paths: Path | Sequence[Path]) -> None:
        """Parquet files become the relation of the table's name; no path gives an empty relation."""

    def register(self, table: type[Table], rows: Rows) -> None:
        """Rows at hand become the relation of the table's name, checked as by `sql`."""

    def sql(self, table: type[Table] | str, statement: str, *parameters: Any) -> None:
        """The statement's result becomes the relation of that name, computed once.

        For a declared table the columns are put in order and cast, and names, empty cells, words
        and grain are checked. Raises TableError. A plain name is a passing relation: no checks.
        """

    def rows(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        """The statement's result as mappings from column name to value."""

    def has(self, table: type[Table] | str) -> bool:
        """Whether a relation of that name stands."""

    def write(self, table: type[Table] | str, path: Path) -> int:
        """Write the relation to one Parquet file, flushed to disk; gives the number of rows."""

    def locally(
        self,
        step: Step[Answer],
        reads: Sequence[type[Table]],
        writes: type[Table],
        each: type[Table] | None = None,
        kept: Path | None = None,
    ) -> Answer:
        """Run a step that is written for DuckDB, and give its answer.

        DuckDB runs it on itself. Spark hands the tables of `reads` that there are over as files and
        takes `writes` back. With `each`, tasks run it on parts of that table's rows: it must judge every
        row by itself. It is run on no rows first, to make what parts share in `kept`; that is the answer.
        """


SQL_TYPES = {
    "str": "VARCHAR",
    "int": "BIGINT",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "Decimal": "DECIMAL(18, 2)",
}


def sql_type(python_type: type) -> str:
    """The SQL type of a column's Python type."""
    return SQL_TYPES[python_type.__name__]


def cast_columns(table: type[Table]) -> str:
    """The select list that puts a relation's columns in the table's order and types."""
    return ", ".join(
        f'CAST("{name}" AS {sql_type(column.type)}) AS "{name}"' for name, column in table.columns().items()
    )


def check_names(table: type[Table], found: Iterable[str]) -> None:
    """Raise TableError where the columns found are not those of the table."""
    wanted, have = set(table.columns()), set(found)
    if wanted != have:
        missing, extra = sorted(wanted - have), sorted(have - wanted)
        raise TableError(f"{table.__name__} lacks the columns {missing} and has {extra} that it does not declare")


def check(table: type[Table], relation: str, first: Callable[[str], Sequence[Any] | None]) -> None:
    """Raise TableError where the relation's rows are not those of the table.

    `first` runs a statement and gives its first row, or None.
    """
    # One scan answers for all columns: how many cells are empty, and a word that is not on the list.
    empty = [name for name, column in table.columns().items() if not column.optional]
    worded = {
        name: ", ".join(f"'{word.value}'" for word in column.one_of)
        for name, column in table.columns().items()
        if column.one_of is not None
    }
    asked = [f'COUNT(*) - COUNT("{name}")' for name in empty]
    asked += [f'MIN(CASE WHEN "{name}" NOT IN ({words}) THEN "{name}" END)' for name, words in worded.items()]
    answers = list((first(f"SELECT {', '.join(asked)} FROM {relation}") if asked else None) or [])
    for name, number in zip(empty, answers, strict=False):
        if number:
            raise TableError(f"{table.__name__}.{name} must not be empty, but is in {number} rows")
    for (name, words), word in zip(worded.items(), answers[len(empty) :], strict=True):
        if word is not None:
            raise TableError(f"{table.__name__}.{name} must be one of {words}, but has {word!r}")
    if table.one_row_per:
        key = ", ".join(f'"{name}"' for name in table.one_row_per)
        found = first(f"SELECT {key}, COUNT(*) AS n FROM {relation} GROUP BY {key} HAVING COUNT(*) > 1 LIMIT 1")
        if found:
            which = ", ".join(repr(value) for value in found[:-1])
            grain = ", ".join(table.one_row_per)
            raise TableError(f"{table.__name__} must have one row per {grain}, but {which} has {found[-1]}")


def empty_arrow(table: type[Table]) -> pa.Table:
    """An Arrow table with the table's columns and no rows."""
    return arrow_schema(table).empty_table()


def arrow_schema(table: type[Table]) -> pa.Schema:
    """The table's columns as an Arrow schema."""
    types = {
        "str": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us"),
        "Decimal": pa.decimal128(18, 2),
    }
    return pa.schema([(name, types[column.type.__name__]) for name, column in table.columns().items()])


def to_arrow(table: type[Table], rows: Rows) -> pa.Table:
    """Rows as an Arrow table with the table's columns, in order; checks the names."""
    if isinstance(rows, pa.Table):
        check_names(table, rows.column_names)
        return rows.select(list(table.columns())).cast(arrow_schema(table))
    listed = [dict(row) for row in rows]
    names = table.columns().keys()
    for row in listed:
        if row.keys() != names:
            check_names(table, row)
    return pa.Table.from_pylist(listed, schema=arrow_schema(table))
