"""`bygd rules`: show dated values of law and method, and which need checking."""

from datetime import date, datetime

import click


@click.group("rules")
def rules_command() -> None:
    """Show dated values of law and method, and which need checking."""


@rules_command.command("show")
@click.argument("topic")
@click.option("--country", required=True, help="Code of the country pack.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day asked about. Default: today.")
def show_command(topic: str, country: str, day: datetime | None) -> None:
    """Print the values of a topic that hold on a day, each with its source."""
    from bygd.workbench import rules

    for line in rules.show(country, topic, day.date() if day else date.today()):
        click.echo(line)


@rules_command.command("stale")
@click.option("--older-than", "days", default=400, show_default=True, help="Days since the source was last read.")
def stale_command(days: int) -> None:
    """List the values whose source was not read for a while."""
    from bygd.workbench import rules

    for line in rules.stale(days, date.today()):
        click.echo(line)
