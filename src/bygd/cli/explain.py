"""`bygd explain`: why a supplier is linked to an organisation, or why not."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bygd.cli.project import in_folder
from bygd.cli.tables import show

if TYPE_CHECKING:
    from bygd.reports.grid import Grid

BESIDE = 3
"""Candidates beside each other that a terminal of eighty signs has room for."""

LISTED = 15
"""Suppliers that fit which are listed, most money first."""


@click.command("explain")
@click.argument("supplier")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with a picture.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--pick", type=click.IntRange(1), help="Which one, where several suppliers fit: its number in the list.")
@click.option("--lang", default="en", help="Language: en, sv or nl.")
@click.pass_obj
def explain_command(folder: Path, supplier: str, html: Path | None, as_json: bool, pick: int | None, lang: str) -> None:
    """Explain why SUPPLIER is linked to an organisation, or why not.

    SUPPLIER is a supplier_key, a number on the ledger, or a part of the name. Where several fit, they are listed with
    numbers, and --pick says which.
    """
    from bygd.reports.explanation.words import short
    from bygd.workbench import explaining, project

    if html:
        in_folder(html)
    try:
        found = explaining.explain(project.find(folder), supplier, lang, BESIDE if not html else 5, pick)
    except explaining.Several as several:
        if not as_json:
            show(_fits(several.fits, lang), lang)
        raise
    if html:
        explaining.page(found, html, lang)
        click.echo(html)
    elif as_json:
        click.echo(json.dumps(explaining.as_row(found), ensure_ascii=False, indent=1))
    else:
        click.echo(f"{short(found.case.name)} · {found.case.anchor} · {found.case.supplier_key}")
        for sentence in found.said.sentences:
            click.echo(sentence)
        for grid in (found.said.candidates, found.said.features):
            if grid:
                click.echo("")
                show(grid, lang)


def _fits(fits: list[dict[str, Any]], language: str) -> "Grid":
    """The suppliers that fit, numbered as --pick takes them."""
    from bygd.reports import Translator
    from bygd.reports.explanation.words import short
    from bygd.reports.grid import Grid, Head, Kind

    _ = Translator(language)
    heads = (
        Head(_("Number"), Kind.NUMBER),
        Head(_("Supplier"), is_row_head=True),
        Head(_("Institution")),
        Head(_("Sum"), Kind.MONEY),
        Head(_("Key")),
    )
    rows = [
        (place, short(row["name"]), row["anchor"], row["amount"], row["supplier_key"])
        for place, row in enumerate(fits[:LISTED], 1)
    ]
    return Grid(_("Suppliers"), heads, rows)
