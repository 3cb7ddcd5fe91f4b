"""`bygd privacy`: what was masked."""

import json
from pathlib import Path

import click


@click.group("privacy")
def privacy_command() -> None:
    """What was masked when files were read."""


@privacy_command.command("report")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def report_command(folder: Path, as_json: bool) -> None:
    """List how many recipients and how much money were masked, file by file. No numbers are shown."""
    from bygd.workbench import privacy, project

    found = privacy.report(project.find(folder))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
        return
    for row in found["ledgers"]:
        sheet = f" ({row['sheet']})" if row["sheet"] else ""
        click.echo(
            f"{row['anchor']}, {row['path']}{sheet}: {row['recipients_masked']} recipients masked in "
            f"{row['rows_masked']} of {row['rows_read']} payments, {row['amount_masked']:,} in all"
        )
    for row in found["registers"]:
        click.echo(f"{row['source']}: {row['persons_masked']:,} of {row['organisations']:,} are persons, masked")
