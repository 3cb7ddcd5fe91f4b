"""`bygd run`: one tool on the current snapshot, as a table, CSV or JSON."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import click

from bygd.cli.gaps import gaps_command, lots_command
from bygd.vocabulary.words import LocalBy, Ring

WIDE = 200
"""Columns of a printed table where there is no terminal to fit it to."""


@click.group("run")
def run_command() -> None:
    """Run one tool on the current snapshot."""


run_command.add_command(gaps_command)
run_command.add_command(lots_command)


@run_command.command("spend")
@click.option(
    "--by", default="", help="Break down by anchor, year, ownership, industry, size, category …; separate with commas."
)
@click.option("--local-means", type=click.Choice([word.value for word in LocalBy]), help="What makes a supplier local.")
@click.option("--within", type=click.Choice([word.value for word in Ring][:4]), help="The ring that counts as local.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: commas, decimal points, UTF-8.")
@click.option("--lang", default="en", help="Language of the sentences: en, sv or nl.")
@click.pass_obj
def spend_command(
    folder: Path, by: str, local_means: str | None, within: str | None, as_json: bool, as_csv: bool, lang: str
) -> None:
    """How much of what the anchors buy stays in the place?

    Without --by, the headline figures in sentences, or with --json every figure with its method.
    """
    from bygd.workbench import measure, project, reporting

    place = project.find(folder)
    dimensions = tuple(part.strip() for part in by.split(",") if part.strip())
    local_by = LocalBy(local_means) if local_means else place.local_by
    ring = Ring(within) if within else place.within
    if not dimensions and not (as_json or as_csv):
        for sentence in reporting.sentences(place, local_by, ring, lang):
            click.echo(sentence)
        return
    rows = measure.table(place, dimensions, local_by, ring) if dimensions else measure.figures(place, local_by)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif as_csv:
        from bygd.reports.documents.harmless import harmless

        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: harmless(_joined(value)) for name, value in row.items()} for row in rows)
    else:
        _print(rows, lang, measure.year_starts(place))


def _joined(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _print(rows: list[dict[str, Any]], lang: str, year_starts: int) -> None:
    """The columns that fit a terminal of eighty signs; --csv and --json have the others."""
    from rich.table import Table

    from bygd.cli import tables
    from bygd.reports import Translator, breakdown

    console, translate = tables.console(), Translator(lang)
    if not console.is_terminal:
        console.width = WIDE
    if not rows:
        console.print(translate(breakdown.NOTHING))
        return
    dimensions = list(rows[0])[: list(rows[0]).index("local")]
    table = Table(box=None, pad_edge=False)
    for name in dimensions:
        table.add_column(translate(breakdown.HEADS[name]))
    for name in ("total", "local", "share", "between", "suppliers"):
        table.add_column(translate(breakdown.HEADS[name]), justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*map(tables.plain, breakdown.cells(row, dimensions, translate, year_starts)))
    console.print(table)
    for note in breakdown.NOTES:
        console.print(translate(note))
