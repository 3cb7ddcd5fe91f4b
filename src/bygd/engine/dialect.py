"""The handful of expressions that must be spelled with care so that both engines agree."""

from bygd.vocabulary.ids import KEY_LENGTH


def literal(text: str) -> str:
    """A text as it is written in a statement.

    For the few statements of every build: of a parameter, DuckDB's client first asks whether pandas
    made it, and importing that, where it is installed, takes longer than the statements.
    """
    return "'" + text.replace("'", "''") + "'"


def trim(column: str) -> str:
    """A text without white space at its ends, no-break spaces included; empty becomes null."""
    stripped = f"regexp_replace({column}, '^[\\s\\x{{00a0}}]+|[\\s\\x{{00a0}}]+$', '', 'g')"
    return f"NULLIF({stripped}, '')"


def share(part: str, whole: str) -> str:
    """A share as a floating-point number; null where the whole is nought."""
    return f"CAST({part} AS DOUBLE) / NULLIF(CAST({whole} AS DOUBLE), 0)"


def make_key(*columns: str) -> str:
    """`vocabulary.ids.make_key` in SQL: the same key for the same texts."""
    joined = " || chr(31) || ".join(f"COALESCE({column}, '')" for column in columns)
    return f"LEFT(MD5({joined}), {KEY_LENGTH})"


def letters_and_digits(column: str) -> str:
    """A text's plain letters and digits in upper case, as postcodes are compared; empty becomes null."""
    return f"NULLIF(UPPER(regexp_replace({column}, '[^0-9A-Za-z]', '', 'g')), '')"
