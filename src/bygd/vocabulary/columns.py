"""Column and Table: how a table is declared once, with its columns, prose and grain."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from bygd.vocabulary.words import Word

Type = type[str] | type[int] | type[float] | type[bool] | type[date] | type[datetime] | type[Decimal]

Words = type[Word]


@dataclass(frozen=True)
class Column:
    """One column: its Python type, what it holds, which words it may hold, whether it may be empty.

    Decimal columns hold money with two decimals.
    """

    type: Type
    about: str
    one_of: Words | None = None
    optional: bool = False


class Table:
    """A table declared as a class; subclasses list `Column` attributes and the grain.

    The docstring says what one row is; `one_row_per` names the columns that tell rows apart. An
    empty `one_row_per` means a list in which rows may repeat, which may never stand on the right
    of a join with money. The table's name is the class's.
    """

    one_row_per: tuple[str, ...] = ()

    @classmethod
    @cache
    def columns(cls) -> dict[str, Column]:
        """Column declarations by name, in order."""
        return {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
