"""`bygd run gaps` and `bygd run lots`: where money could come home, and what splitting a purchase would change."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bygd.tools.procurement.question import Buyer, Kind
from bygd.vocabulary.words import LocalBy, Ring

if TYPE_CHECKING:
    from bygd.tools.gaps import Gap

WIDE = 200
"""Columns of a printed table where there is no terminal to fit it to."""

LOCAL = click.option(
    "--local-means", type=click.Choice([word.value for word in LocalBy]), help="What makes a supplier local."
)
WITHIN = click.option(
    "--within", type=click.Choice([word.value for word in Ring][:4]), help="The ring that counts as local."
)
LANG = click.option("--lang", default="en", help="Language of the sentences: en, sv or nl.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
BUYER = click.option(
    "--buyer", type=click.Choice([word.value for word in Buyer]), default=Buyer.MUNICIPALITY.value, show_default=True,
    help="Who buys.",
)  # fmt: skip
KIND = click.option(
    "--kind",
    type=click.Choice([word.value for word in Kind]),
    help="What is bought. Default: as the category's words say.",
)


@click.command("gaps")
@LOCAL
@WITHIN
@click.option("--anchor", "anchors", multiple=True, help="Only what this institution buys; repeat for more.")
@click.option("--year", "years", type=int, multiple=True, help="Only this year; repeat for more.")
@click.option("--most", default=20, show_default=True, help="How many to print in sentences.")
@JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: commas, decimal points, UTF-8.")
@LANG
@click.pass_obj
def gaps_command(
    folder: Path, local_means: str | None, within: str | None, anchors: tuple[str, ...], years: tuple[int, ...],
    most: int, as_json: bool, as_csv: bool, lang: str,
) -> None:  # fmt: skip
    """Where could money come home?

    Kinds of purchases, as ledgers name them, that are bought outside while firms around could supply
    them: ranked, each with its reasons. Method: docs/method/gaps.md
    """
    from bygd.reports.translate import Translator
    from bygd.workbench import gaps, project

    place = project.find(folder)
    translate = Translator(lang)
    usual = gaps.usual(place)
    asked = gaps.Asked(
        LocalBy(local_means) if local_means else usual.by, Ring(within) if within else usual.within, anchors, years
    )
    found = gaps.of_project(place, asked)
    if as_json:
        click.echo(json.dumps(gaps.rows(found), ensure_ascii=False, indent=1, default=str))
    elif as_csv:
        _csv(gaps.rows(found))
    else:
        for line in _lines(found[: max(0, most)], place.country.currency, translate):
            click.echo(line)


@click.command("lots")
@click.argument("category")
@click.option("--value", required=True, help="Value of the whole purchase over all its years.")
@click.option("--years", default=1, show_default=True, help="For how many years.")
@click.option("--areas", default=1, show_default=True, help="Split by area into so many.")
@click.option("--kinds", default=1, show_default=True, help="Split by what is bought into so many.")
@click.option("--periods", default=1, show_default=True, help="Split in time into so many, one after another.")
@click.option("--parts", default="", help="Values of the lots where they are not equal, separated by semicolons.")
@LOCAL
@WITHIN
@BUYER
@KIND
@JSON
@LANG
@click.pass_obj
def lots_command(
    folder: Path, category: str, value: str, years: int, areas: int, kinds: int, periods: int, parts: str,
    local_means: str | None, within: str | None, buyer: str, kind: str | None, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """What would splitting a purchase change?

    CATEGORY is a kind of purchase as the ledgers name it. Says who could then carry a lot, and what
    the rules say: splitting never changes which rules hold.
    """
    from datetime import date

    from bygd.reports import gaps as said
    from bygd.reports.translate import Translator
    from bygd.workbench import gaps, lawful, project

    place = project.find(folder)
    usual = gaps.usual(place)
    asked = gaps.Asked(LocalBy(local_means) if local_means else usual.by, Ring(within) if within else usual.within)
    split = gaps.typed(lawful.amount(value, "value"), years, areas, kinds, periods, parts)
    found, gap = gaps.finding.split(place, category, split, asked)
    route = gaps.of_lots(place, gap.label, found, gaps.Buying(date.today(), Buyer(buyer), Kind(kind) if kind else None))
    grid = said.splitting(found, Translator(lang))
    translate = Translator(lang, lawful.PACKAGE)
    if as_json:
        rows = [dict(zip((head.label for head in grid.heads), row, strict=True)) for row in grid.rows]
        answer = lawful.as_row(route.answer, translate) if route else None
        click.echo(json.dumps({"lots": rows, "rules": answer}, ensure_ascii=False, indent=1, default=str))
        return
    _table(grid, translate)
    if route:
        click.echo("")
        for line in lawful.lines(route.answer, translate):
            click.echo(line)


def _lines(found: "Sequence[Gap]", currency: str, translate: Any) -> Iterable[str]:
    from bygd.reports import gaps as said

    for one in found:
        yield f"{one.position}. {said.label(one, translate)}"
        yield from (f"   {reason}" for reason in said.reasons(one, currency, translate))
    held = next((one.bought.ledgers for one in found if one.bought), {})
    if held:
        yield ""
        yield f"{said.ledgers(held, translate).caption}:"
    for anchor, first, last, months, told in said.ledgers(held, translate).rows:
        yield f"   {anchor}: {first} – {last}, {months} ({told})"


def _csv(rows: list[dict[str, Any]]) -> None:
    from bygd.reports.documents.harmless import harmless

    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(sys.stdout, fieldnames=names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {name: harmless("; ".join(value) if isinstance(value, list) else value) for name, value in row.items()}
        )


def _table(grid: Any, translate: Any) -> None:
    """The table for a terminal, or as wide as it needs where there is none."""
    from rich.table import Table

    from bygd.cli import tables
    from bygd.reports.grid import Kind as Cell
    from bygd.reports.grid import shown

    console = tables.console()
    if not console.is_terminal:
        console.width = WIDE
    table = Table(box=None, pad_edge=False, title=tables.plain(grid.caption), title_justify="left")
    for head in grid.heads:
        table.add_column(head.label, justify="left" if head.kind is Cell.TEXT else "right")
    for row in grid.rows:
        table.add_row(
            *(tables.plain(shown(value, head.kind, translate)) for value, head in zip(row, grid.heads, strict=True))
        )
    console.print(table)
