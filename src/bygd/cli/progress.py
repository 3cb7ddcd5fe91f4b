"""Progress on standard error: a bar on a terminal, nothing elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bygd.cli.tamed import tame, untamed

if TYPE_CHECKING:
    from bygd.workbench.bench import Progress


@contextmanager
def shown() -> Iterator["Progress"]:
    """A function to report progress to: what is being done, how much is done, of how much."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(file=untamed(sys.stderr))
    columns = (TextColumn("{task.description:<44}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Bars(*columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, object] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(escape(tame(what)), total=total)
            bars.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield report
