"""`bygd plans`: action plans listed, made of cards, told, written as documents, and handed over."""

import json
from datetime import date
from pathlib import Path

import click

ON = click.option("--on", default="", help="As on that day, such as 2026-03-01. Default: today.")
LANG = click.option("--lang", default="en", help="Language: en, sv or nl.")


@click.group("plans")
def plans_command() -> None:
    """Action plans: goals, activities, money and indicators, followed up twice a year."""


@plans_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_command(folder: Path, as_json: bool) -> None:
    """List the plans of the place, those that run first."""
    from bygd.workbench import plans, project

    rows = plans.plans(project.find(folder))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    for row in rows:
        click.echo(f"{row['plan_key']}  {row['title']}: {row['state']}, {row['starts_on']} to {row['ends_on']}")


@plans_command.command("templates")
@LANG
def templates_command(lang: str) -> None:
    """List the templates with their sources."""
    from bygd.tools import plans as tool

    for one in tool.templates().values():
        mark = "" if one.verified else " (not verified)"
        click.echo(f"{one.id}: {one.title[lang]}{mark}. {one.source.said(lang)}")


@plans_command.command("make")
@click.argument("title")
@click.option("--template", default="", help="Which template; see `bygd plans templates`.")
@click.option("--from", "starts", default="", help="First day. Default: today.")
@click.option("--by", default="bygd plans", show_default=True, help="Who makes it.")
@LANG
@click.pass_obj
def make_command(folder: Path, title: str, template: str, starts: str, by: str, lang: str) -> None:
    """Make a plan called TITLE, as a draft, of the cards that were chosen for the plan on the board."""
    from bygd.vocabulary import tables
    from bygd.workbench import boards, lawful, plans, project

    place = project.find(folder)
    chosen = [card for card in boards.current(place) if card["in_plan"]]
    entries = plans.made(place, title, template, lawful.day(starts) if starts else date.today(), chosen, by, lang)
    plans.enter(place, entries)
    plan = entries[tables.plan_entries][0]
    click.echo(f"{plan['plan_key']}: {len(chosen)} goals, until {plan['ends_on']}")


@plans_command.command("show")
@click.argument("plan")
@ON
@LANG
@click.pass_obj
def show_command(folder: Path, plan: str, on: str, lang: str) -> None:
    """Print how PLAN stands, in sentences."""
    from bygd.reports import Translator
    from bygd.workbench import lawful, plans, project
    from bygd.workbench.plans import told

    found, translate = plans.read(project.find(folder), plan), Translator(lang)
    click.echo(f"{found.row['title']}. {told.period(found, translate)}. {told.decision(found, translate)}")
    for sentence in told.sentences(found, lawful.day(on) if on else date.today(), translate):
        click.echo(f"- {sentence}")


@plans_command.command("write")
@click.argument("plan")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@ON
@LANG
@click.pass_obj
def write_command(folder: Path, plan: str, file: Path, on: str, lang: str) -> None:
    """Write PLAN to FILE by its ending: .docx, .pdf, or .zip for all that whoever takes over needs."""
    from bygd.reports import Translator
    from bygd.reports.paper import write_pdf, write_word
    from bygd.sources.errors import InputError
    from bygd.workbench import lawful, plans, project
    from bygd.workbench.plans import told

    place, translate = project.find(folder), Translator(lang)
    found, day = plans.read(place, plan), lawful.day(on) if on else date.today()
    if file.suffix not in (".docx", ".pdf", ".zip"):
        raise InputError("A plan is written as .docx, .pdf or .zip, not as {ending}.", ending=file.suffix or file.name)
    with file.open("wb") as target:
        if file.suffix == ".zip":
            target.write(plans.pack(place, found, day, translate))
        else:
            write = write_word if file.suffix == ".docx" else write_pdf
            write(told.paper(found, place.place_name, day, translate), target)
    click.echo(file)
