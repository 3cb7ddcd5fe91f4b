"""Tables at the terminal."""

import sys
from typing import TYPE_CHECKING

from bygd.cli.tamed import tame, untamed
from bygd.reports import Translator
from bygd.reports.grid import Grid, Kind, shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def console() -> "Console":
    """The terminal, to draw a table on."""
    from rich.console import Console

    return Console(file=untamed(sys.stdout))


def plain(text: str) -> "Text":
    """A text of a table: no sign of it is taken for a command, neither of the terminal nor of what draws the table."""
    from rich.text import Text

    return Text(tame(text))


def show(grid: Grid, language: str = "en") -> None:
    """Print a grid, its cells broken to fit the terminal, numbers to the right."""
    from rich.table import Table

    translate = Translator(language)
    table = Table(title=plain(grid.caption), title_justify="left", title_style="bold", box=None, pad_edge=False)
    for head in grid.heads:
        table.add_column(plain(head.label), justify="left" if head.kind is Kind.TEXT else "right", overflow="fold")
    for row in grid.all_rows():
        table.add_row(*(plain(shown(cell, head.kind, translate)) for cell, head in zip(row, grid.heads, strict=True)))
    console().print(table)
