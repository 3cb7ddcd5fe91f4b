"""Blocks: what a document is made of, whichever way it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bygd.reports.grid import Grid, Head


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


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of texts, whose first column names the rows."""
    labels = tuple(Head(label, is_row_head=not at) for at, label in enumerate(heads))
    return Table(Grid(caption, labels, [list(row) for row in rows]))
