"""From DuckDB's SQL to another engine's, by sqlglot."""

from functools import lru_cache

import sqlglot
from sqlglot.errors import ErrorLevel


@lru_cache(maxsize=4096)
def translate(statement: str, to: str) -> str:
    """The statement in the dialect `to`, such as 'spark'. Raises sqlglot's errors where it cannot be said there.

    That a statement can be said does not make its result the same: keep to common SQL and
    `engine.dialect`; the spec suite compares the engines.
    """
    (translated,) = sqlglot.transpile(statement, read="duckdb", write=to, unsupported_level=ErrorLevel.RAISE)
    return translated
