"""Grid: one table of a report, typed, so that page and spreadsheet show the same cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from bygd.reports.translate import DASH, Translator

Of = Mapping[str, str | int | Sequence[str]]
"""Which payments a row or column is of: names of filters (`anchor`, `year`, `ring` …) and their values."""

Cell = str | int | float | Decimal | date | None


class Kind(Enum):
    """What a column holds; all but text stand to the right."""

    TEXT = "text"
    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"
    DAY = "day"


class Withheld(Enum):
    """The mark that stands where a cell may not be published; never nought."""

    CELL = "withheld"


@dataclass(frozen=True)
class Head:
    """A column's heading and kind; `is_row_head` where its cells name the rows.

    `of` says which payments its cells are the sum or a share of, together with `of` of their rows; None where a
    cell is nothing of the kind. `unit` is that of its money where it is not the report's; empty where each row says
    its own.
    """

    label: str
    kind: Kind = Kind.TEXT
    is_row_head: bool = False
    of: Of | None = None
    unit: str | None = None

    def titled(self, unit: str) -> str:
        """The heading, with the unit of money where the column holds money."""
        unit = unit if self.unit is None else self.unit
        return f"{self.label} ({unit})" if self.kind is Kind.MONEY and unit else self.label


@dataclass(frozen=True)
class Grid:
    """Rows under headings; `total` is the last row. `of` says of each row which payments it is of, or None."""

    caption: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[Cell | Withheld]]
    total: Sequence[Cell | Withheld] | None = None
    of: Sequence[Of | None] = ()

    def all_rows(self) -> list[Sequence[Cell | Withheld]]:
        """The rows and the total."""
        return [*self.rows, *([self.total] if self.total else [])]


def behind(grid: Grid, row: int, column: int) -> Of | None:
    """Which payments a cell is of; None where that is not told, and where there are none or none are shown."""
    head, of_row = grid.heads[column], grid.of[row] if row < len(grid.of) else None
    cell = grid.rows[row][column]
    if head.of is None or of_row is None or not cell or isinstance(cell, Withheld):
        return None
    return {**of_row, **head.of}


def shown(cell: Cell | Withheld, kind: Kind, translate: Translator) -> str:
    """A cell as people read it."""
    if isinstance(cell, Withheld):
        return translate("withheld")
    if cell is None:
        return DASH if kind is not Kind.TEXT else ""
    if isinstance(cell, date):
        return translate.day(cell)
    if isinstance(cell, str):
        return cell
    if kind is Kind.MONEY:
        return translate.number(cell)
    if kind is Kind.SHARE:
        return translate.percent(float(cell), 1)
    return translate.number(cell)
