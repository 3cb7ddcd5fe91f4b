"""`bygd rules`: show dated values of law and method, ask what they say of a purchase, and which need checking."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import click

from bygd.cli.policies import policies_group
from bygd.tools.procurement.question import VAT, Buyer, Kind


@click.group("rules")
def rules_command() -> None:
    """Show dated values of law and method, what they say of a purchase, and which need checking."""


rules_command.add_command(policies_group)


@rules_command.group("ask")
def ask_group() -> None:
    """Ask what the rules say about a case."""


@ask_group.command("procurement")
@click.option("--country", default="", help="Code of the country pack. Default: the country of the project.")
@click.option("--value", "value", required=True, help="Estimated value of the whole contract, options included.")
@click.option(
    "--kind",
    type=click.Choice([word.value for word in Kind]),
    help="What is bought. May be left out where the CPV code tells.",
)
@click.option("--on", "day", help="The day of the purchase, such as 2026-03-01. Default: today.")
@click.option(
    "--buyer",
    type=click.Choice([word.value for word in Buyer]),
    default=Buyer.MUNICIPALITY.value,
    show_default=True,
    help="Who buys.",
)
@click.option("--cpv", default="", help="CPV code, eight digits.")
@click.option(
    "--spent", default="0", help="Already bought directly of the same kind this year, by the whole authority."
)
@click.option("--currency", default="", help="Currency of the amounts. Default: the country's.")
@click.option("--vat", type=click.Choice(VAT), help="Whether the amounts are with VAT. Default: as the limits count.")
@click.option("--vat-rate", help="VAT rate as a share, such as 0.25; needed where amounts and limits differ.")
@click.option("--part", help="Part of the country, where its law differs.")
@click.option("--area", "areas", multiple=True, help="Area to keep the purchase to: own or bordering. Repeat for more.")
@click.option("--urgent", is_flag=True, help="Something nobody could foresee leaves no time.")
@click.option("--only-one-supplier", "only_one", is_flag=True, help="Only one supplier can deliver.")
@click.option("--lot", help="Value of one lot of it, to ask whether it may be let by the lighter rules.")
@click.option("--small-lots", help="Value of all lots, this one included, that would be let so. Default: this one's.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", default="en", help="Language of the sentences: en, sv or nl.")
@click.pass_obj
def ask_procurement_command(
    folder: Path, country: str, value: str, kind: str | None, day: str | None, buyer: str, cpv: str, spent: str,
    currency: str, vat: str | None, vat_rate: str | None, part: str | None, areas: tuple[str, ...], urgent: bool,
    only_one: bool, lot: str | None, small_lots: str | None, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """What may we do? Which rules hold for a purchase, and what they leave open.

    In a project folder its own guidelines (rules/guidelines.yaml) are asked as well. Advice with
    sources, not a legal opinion.
    """
    from bygd.reports.translate import Translator
    from bygd.tools.procurement import Question
    from bygd.workbench import asking, lawful, project

    country = country or project.find(folder).country.code
    translate = Translator(lang, lawful.PACKAGE)

    def amount(text: str) -> Decimal:
        bare = asking.unsigned(text, country, currency.upper())
        found = asking.amount(bare.removeprefix("-"), asking.groups(lang, country))
        return -found if bare.startswith("-") else found  # a question about less than nothing is refused by name

    question = Question(
        on=lawful.day(day) if day else date.today(),
        buyer=Buyer(buyer),
        value=amount(value),
        kind=Kind(kind) if kind else None,
        currency=currency.upper(),
        spent=amount(spent),
        cpv=cpv,
        vat=vat or "",
        vat_rate=asking.amount(vat_rate) if vat_rate else None,
        part=lawful.part_of(country, part) if part else "",
        areas=areas,
        urgent=urgent,
        only_one=only_one,
        lot=amount(lot) if lot else None,
        small_lots=amount(small_lots) if small_lots else None,
    )
    answer = lawful.ask(country, question, folder)
    if as_json:
        click.echo(json.dumps(lawful.as_row(answer, translate), ensure_ascii=False, indent=1, default=str))
    else:
        for line in lawful.lines(answer, translate):
            click.echo(line)


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
