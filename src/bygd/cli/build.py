"""`bygd build` and `bygd snapshots`: make a snapshot, list those there are."""

import sys
from pathlib import Path

import click

from bygd.cli import EXIT_NOT_CLEAN
from bygd.cli.progress import shown


@click.command("build")
@click.option("--strict", is_flag=True, help="Exit with 3 where rows were set aside or there are warnings.")
@click.option("--lang", default="en", help="Language of what to mind: en, sv or nl.")
@click.pass_obj
def build_command(folder: Path, strict: bool, lang: str) -> None:
    """Read, link, place, classify and measure; the result is a snapshot.

    Only what changed is done again. A build that is stopped at any moment leaves the last snapshot
    as it was.
    """
    from bygd.reports import Translator
    from bygd.workbench import build, control, project

    translate, place = Translator(lang), project.find(folder)
    with shown() as progress:
        snapshot = build.build(place, progress)
    lines, is_clean = control.summary(snapshot, translate)
    for line in lines:
        click.echo(line)
    if strict and not is_clean:
        sys.exit(EXIT_NOT_CLEAN)


@click.command("snapshots")
@click.pass_obj
def snapshots_command(folder: Path) -> None:
    """List the snapshots of the project, oldest first; the current one is marked."""
    from bygd.workbench import project, snapshot

    place = project.find(folder)
    current = snapshot.current(place).id
    for found in snapshot.history(place):
        mark = "*" if found.id == current else " "
        files = len(found.manifest["files"])
        click.echo(f"{mark} {found.id}  {found.manifest['built_at']}  {files} files")
