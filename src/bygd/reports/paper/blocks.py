"""Blocks: what a document is made of, whichever way it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bygd.reports.grid import Grid, Head, Kind

ROW_HEAD = 2.2
WIDTHS = {Kind.TEXT: 1.6, Kind.DAY: 1.3}


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is the highest below the title. `anchor` is where links lead."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph, whose lines stay lines; quiet where it is only to be known."""

    kind: ClassVar[str] = "text"
    text: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Listed:
    """A list."""

    kind: ClassVar[str] = "list"
    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A table with its caption."""

    kind: ClassVar[str] = "table"
    grid: Grid

    @property
    def widths(self) -> list[float]:
        """How wide each column is beside the others: texts need more room than days and numbers."""
        return [ROW_HEAD if head.is_row_head else WIDTHS.get(head.kind, 1.0) for head in self.grid.heads]


@dataclass(frozen=True)
class Drawing:
    """A picture in two widths as Vega-Lite, and what it says in words for who cannot see it."""

    kind: ClassVar[str] = "drawing"
    name: str
    wide: dict[str, Any]
    narrow: dict[str, Any]
    says: str


Block = Heading | Text | Listed | Table | Drawing


@dataclass(frozen=True)
class Paper:
    """A document: its title, a line below it, its language, and its blocks in order."""

    title: str
    subtitle: str
    language: str
    blocks: Sequence[Block] = field(default=())

    def is_headed(self, at: int) -> bool:
        """Whether the heading just above a table says what its caption says, which need not be said twice."""
        before, one = self.blocks[at - 1] if at else None, self.blocks[at]
        return isinstance(before, Heading) and isinstance(one, Table) and before.text == one.grid.caption


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of texts, whose first column names the rows."""
    labels = tuple(Head(label, is_row_head=not at) for at, label in enumerate(heads))
    return Table(Grid(caption, labels, [list(row) for row in rows]))
