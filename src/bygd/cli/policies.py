"""`bygd rules policies`: social value policies shown, checked, chosen from and scored; social return counted."""

import json
from datetime import date
from pathlib import Path

import click

from bygd.tools.social_value.policy import Points

LANG = click.option("--lang", default="en", help="Language: en, sv or nl.")
ON = click.option("--on", default="", help="The edition of that day, such as 2026-03-01. Default: today.")
EDITION = click.option("--edition", default="", help="The edition of that name or version.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
VALUE = click.option("--value", required=True, help="Value of the contract, in the policy's currency.")
MEASURE = click.option(
    "--measure", "measures", multiple=True, required=True, help="Code of a measure. Repeat for more."
)
WEIGHT = click.option("--weight", required=True, help="Weight of social value in the whole score, such as 0.20.")
SPLIT = click.option(
    "--split", multiple=True, help="Weight of one measure, CODE=0.05, where the policy leaves it open."
)
DECIDED = click.option("--decided", default="", help="Who decided otherwise and why, where the policy lets somebody.")


@click.group("policies")
def policies_group() -> None:
    """Social value policies: what a tender may ask for beyond price, and what it may weigh."""


@policies_group.command("list")
@LANG
@click.pass_obj
def list_command(folder: Path, lang: str) -> None:
    """List the policies there are, shipped and the project's own (policies/*.yaml), with their editions."""
    from bygd.reports.translate import Translator
    from bygd.workbench import policies

    translate = Translator(lang, policies.PACKAGE)
    for one in policies.every(folder):
        for line in policies.summary(one, translate):
            click.echo(line)


@policies_group.command("show")
@click.argument("name")
@ON
@EDITION
@LANG
@click.pass_obj
def show_command(folder: Path, name: str, on: str, edition: str, lang: str) -> None:
    """Print a policy: themes, measures, questions, source. NAME is its id, or id@version."""
    from bygd.reports.translate import Translator
    from bygd.workbench import policies

    found = policies.edition(name, folder, on=on, edition=edition)
    for line in policies.shown(found, Translator(lang, policies.PACKAGE)):
        click.echo(line)


@policies_group.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check_command(file: Path) -> None:
    """Check a policy file of your own; what is wrong is named with its line."""
    from bygd.tools import social_value

    found = social_value.check(file)
    for one in found.editions:
        click.echo(f"{file.name}: edition {one.name}, version {one.version}, {len(one.measures)} measures: in order.")


@policies_group.command("keep")
@click.argument("name")
@ON
@EDITION
@click.pass_obj
def keep_command(folder: Path, name: str, on: str, edition: str) -> None:
    """Copy an edition into the project (policies/kept), so that a tender's version stays readable."""
    from bygd.workbench import policies

    found = policies.edition(name, folder, on=on, edition=edition)
    click.echo(f"{found.id}: {policies.keep(found, folder)}")


@policies_group.command("choose")
@click.argument("name")
@VALUE
@MEASURE
@WEIGHT
@SPLIT
@click.option("--yes", multiple=True, help="Code of a first question that is answered yes. Repeat for more.")
@click.option("--no", multiple=True, help="Code of a first question that is answered no. Repeat for more.")
@DECIDED
@ON
@EDITION
@JSON
@LANG
@click.pass_obj
def choose_command(
    folder: Path, name: str, value: str, measures: tuple[str, ...], weight: str, split: tuple[str, ...],
    yes: tuple[str, ...], no: tuple[str, ...], decided: str, on: str, edition: str, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """Choose measures and a weight for a tender: accepted, or refused with the reason for each limit."""
    from bygd.reports.translate import Translator
    from bygd.workbench import policies

    translate = Translator(lang, policies.PACKAGE)
    one = policies.edition(name, folder, on=on, edition=edition)
    choice = policies.choose(one, value, measures, weight, split=split, yes=yes, no=no, decided=decided)
    if as_json:
        click.echo(json.dumps(policies.choice_row(choice, translate), ensure_ascii=False, indent=1))
    else:
        for line in policies.choice_lines(choice, translate):
            click.echo(line)


@policies_group.command("score")
@click.argument("name")
@VALUE
@click.option("--level", "levels", multiple=True, required=True, help="Level of a measure's answer, CODE=4.")
@WEIGHT
@click.option("--points", type=click.Choice([word.value for word in Points]), help="How levels become points.")
@SPLIT
@DECIDED
@ON
@EDITION
@LANG
@click.pass_obj
def score_command(
    folder: Path, name: str, value: str, levels: tuple[str, ...], weight: str, points: str | None,
    split: tuple[str, ...], decided: str, on: str, edition: str, lang: str,
) -> None:  # fmt: skip
    """Turn the levels of one bid into points. The measures are those that have a level."""
    from bygd.reports.translate import Translator
    from bygd.tools import social_value
    from bygd.workbench import policies

    given = {code: policies.level(text) for code, text in policies.pairs(levels, "level").items()}
    one = policies.edition(name, folder, on=on, edition=edition)
    choice = policies.choose(one, value, list(given), weight, split=split, decided=decided)
    translate = Translator(lang, policies.PACKAGE)
    if choice.accepted:
        found = social_value.score(choice, given, Points(points) if points else None)
        lines = policies.score_lines(found, translate)
    else:
        lines = policies.choice_lines(choice, translate)
    for line in lines:
        click.echo(line)


@policies_group.command("social-return")
@click.argument("name")
@click.option("--contract", required=True, help="The contract sum.")
@click.option(
    "--effort", "efforts", multiple=True, help="'CODE persons=1 hours=36 months=6 bonus=CODE', or units= or amount=."
)
@click.option("--share", help="Share of the contract sum, such as 0.05, where the policy's was not read.")
@click.option("--full-time", "full_time", help="Hours of a full-time week, where the policy's were not read.")
@click.option("--bonus", type=click.Choice(["pro-rata", "whole"]), help="How a bonus counts where that was not read.")
@ON
@EDITION
@JSON
@LANG
@click.pass_obj
def social_return_command(
    folder: Path, name: str, contract: str, efforts: tuple[str, ...], share: str | None, full_time: str | None,
    bonus: str | None, on: str, edition: str, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """Count the social return owed on a contract, how far efforts fill it, and what is left."""
    from bygd.reports.translate import Translator
    from bygd.tools import social_value
    from bygd.workbench import lawful, policies

    one = policies.edition(name, folder, on=on, edition=edition)
    found = social_value.obligation(
        one,
        lawful.amount(contract, "contract sum"),
        [policies.effort(text) for text in efforts],
        share=lawful.amount(share, "share") if share else None,
        full_time=lawful.amount(full_time, "full-time week") if full_time else None,
        pro_rata=None if bonus is None else bonus == "pro-rata",
    )
    if as_json:
        click.echo(json.dumps(policies.obligation_row(found, one), ensure_ascii=False, indent=1, default=str))
    else:
        for line in policies.obligation_lines(found, one, Translator(lang, policies.PACKAGE)):
            click.echo(line)


@policies_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="Name of the policy: small letters, digits and _.")
@click.option(
    "--map", "mapping", multiple=True, help="Which column is which: code=…, text=…, theme=, unit=, kind=, value=."
)
@click.option("--licence", required=True, help="Under which licence the list stands; 'none' where it is your own work.")
@click.option("--title", default="", help="Title. Default: the name.")
@click.option("--language", default="en", show_default=True, help="Language of the list, two letters.")
@click.option("--currency", default="", help="Currency of the values.")
@click.option("--decimal", default="", help="Mark before decimals: . or ,")
@click.option("--since", default="", help="From which day it holds. Default: today.")
@click.pass_obj
def import_command(
    folder: Path, file: Path, name: str, mapping: tuple[str, ...], licence: str, title: str, language: str,
    currency: str, decimal: str, since: str,
) -> None:  # fmt: skip
    """Make a policy of your own list (CSV, XLSX, XLS, ODS).

    Under a licence its texts and values are never published.
    """
    from bygd.workbench import lawful, policies

    path, listed = policies.bring(
        folder,
        name,
        file,
        policies.pairs(mapping, "mapping"),
        title=title or name,
        language=language,
        licence=licence,
        currency=currency.upper(),
        decimal=decimal,
        since=lawful.day(since) if since else date.today(),
    )
    click.echo(f"{path}: measures: {listed.measures}; values: {listed.valued}, which add up to {listed.total:,}.")
