"""`bygd sources`: the registers and lists bygd can read; fetch them, check them."""

from pathlib import Path

import click

from bygd.cli.progress import shown


@click.group("sources")
def sources_command() -> None:
    """The registers and lists bygd can read: list, fetch, check."""


@sources_command.command("list")
@click.option("--country", default="", help="Only those of one country pack.")
def list_command(country: str) -> None:
    """List the sources: what they hold, who publishes them, and whether they can be fetched."""
    from bygd.workbench import sources

    for line in sources.listed(country):
        click.echo(line)


@sources_command.command("fetch")
@click.argument("source")
@click.pass_obj
def fetch_command(folder: Path, source: str) -> None:
    """Fetch a source into the project and add it. A broken download goes on where it stopped."""
    from bygd.workbench import project, sources

    place = project.find(folder)
    with shown() as progress:
        paths = sources.fetch(place, source, progress)
    for path in paths:
        click.echo(path)


@sources_command.command("check")
def check_command() -> None:
    """Check that every source is described whole, and that each description has its reader."""
    from bygd.workbench import sources

    click.echo(f"{sources.check()} sources are described and can be read.")
