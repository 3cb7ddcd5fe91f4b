"""`bygd explain`: why a supplier is linked to an organisation, or why not."""

import json
from pathlib import Path

import click

from bygd.cli.tables import show

BESIDE = 3
"""Candidates beside each other that a terminal of eighty signs has room for."""


@click.command("explain")
@click.argument("supplier")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with a picture.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", default="en", help="Language: en, sv or nl.")
@click.pass_obj
def explain_command(folder: Path, supplier: str, html: Path | None, as_json: bool, lang: str) -> None:
    """Explain why SUPPLIER is linked to an organisation, or why not.

    SUPPLIER is a supplier_key, a number on the ledger, or a part of the name.
    """
    from bygd.workbench import explaining, project

    found = explaining.explain(project.find(folder), supplier, lang, most=BESIDE if not html else 5)
    if html:
        explaining.page(found, html, lang)
        click.echo(html)
    elif as_json:
        click.echo(json.dumps(explaining.as_row(found), ensure_ascii=False, indent=1))
    else:
        click.echo(f"{found.case.name} · {found.case.anchor} · {found.case.supplier_key}")
        for sentence in found.said.sentences:
            click.echo(sentence)
        for grid in (found.said.candidates, found.said.features):
            if grid:
                click.echo("")
                show(grid, lang)
