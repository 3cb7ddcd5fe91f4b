"""`bygd guide`: how small firms and associations sell to the place's institutions, on two pages."""

from pathlib import Path

import click


@click.command("guide")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder. Default: guide in the project.")
@click.option("--lang", default="", help="Languages, with commas between, such as sv,en. Default: all.")
@click.pass_obj
def guide_command(folder: Path, out: Path | None, lang: str) -> None:
    """Write the guide for small firms: who buys what, what is coming, up to which sums, where to ask.

    One HTML file for each language, which prints on two sides of A4. Contacts stand in guide.yaml of
    the project folder. Small cells are withheld, so it may be handed out.
    """
    from bygd.reports import LANGUAGES
    from bygd.workbench import guide, project

    found = project.find(folder)
    languages = [code.strip() for code in lang.split(",") if code.strip()] or list(LANGUAGES)
    for path in guide.write(found, out or found.folder / "guide", languages):
        click.echo(path)
