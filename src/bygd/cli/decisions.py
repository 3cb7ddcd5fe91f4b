"""`bygd decisions`: what people decide, out to a spreadsheet and back in."""

from pathlib import Path

import click


@click.group("decisions")
def decisions_command() -> None:
    """What people decide about suppliers: out to a spreadsheet and back in."""


@decisions_command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--all", "everything", is_flag=True, help="What was decided so far, instead of what is in doubt.")
@click.pass_obj
def export_command(folder: Path, file: Path, everything: bool) -> None:
    """Write the suppliers in doubt, most money first, ready to be judged in a spreadsheet.

    Fill in the column 'judgement' (same, different, unsure, absent) and read the file back with
    bygd decisions import.
    """
    from bygd.workbench import project, review

    count = review.export(project.find(folder), file, everything=everything)
    click.echo(f"{file}: {count} rows")


@decisions_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", default="", help="Who decided, for rows that do not say.")
@click.pass_obj
def import_command(folder: Path, file: Path, by: str) -> None:
    """Add the judgements in a file to the project's decisions. Rows without a judgement are left out."""
    from bygd.workbench import project, review

    count = review.take_in(project.find(folder), file, by)
    click.echo(f"{count} decisions added. Run 'bygd build' to see their effect.")
