"""Grid: one table of a report, typed, so that page and spreadsheet show the same cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from bygd.reports.translate import DASH, Translator

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
    """A column's heading and kind; `is_row_head` where its cells name the rows."""

    label: str
    kind: Kind = Kind.TEXT
    is_row_head: bool = False

    def titled(self, unit: str) -> str:
        """The heading, with the unit of money where the column holds money."""
        return f"{self.label} ({unit})" if self.kind is Kind.MONEY else self.label


@dataclass(frozen=True)
class Grid:
    """Rows under headings; `total` is the last row."""

    caption: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[Cell | Withheld]]
    total: Sequence[Cell | Withheld] | None = None

    def all_rows(self) -> list[Sequence[Cell | Withheld]]:
        """The rows and the total."""
        return [*self.rows, *([self.total] if self.total else [])]


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
