"""Tables at the terminal."""

from bygd.reports import Translator
from bygd.reports.grid import Grid, Kind, shown


def show(grid: Grid, language: str = "en") -> None:
    """Print a grid, its cells broken to fit the terminal, numbers to the right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    translate = Translator(language)
    table = Table(title=grid.caption, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for head in grid.heads:
        table.add_column(head.label, justify="left" if head.kind is Kind.TEXT else "right", overflow="fold")
    for row in grid.all_rows():
        # As Text, so that no sign of a name is taken for a command to the terminal.
        table.add_row(*(Text(shown(cell, head.kind, translate)) for cell, head in zip(row, grid.heads, strict=True)))
    Console().print(table)
