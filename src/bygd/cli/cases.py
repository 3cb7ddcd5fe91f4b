"""`bygd cases`: how cases stand, what is due when, and which kinds there are."""

import json
from datetime import date
from pathlib import Path

import click

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
ON = click.option("--on", default="", help="As on that day, such as 2026-03-01. Default: today.")
LANG = click.option("--lang", default="en", help="Language of what the country's files say: en, sv or nl.")


@click.group("cases")
def cases_command() -> None:
    """Cases that move through stages: co-operatives in the making, takeovers, partnerships, rights over land."""


@cases_command.command("list")
@ON
@AS_JSON
@click.pass_obj
def list_command(folder: Path, on: str, as_json: bool) -> None:
    """List the cases, those that are stuck first."""
    from bygd.workbench import cases, project

    found = cases.all_of(project.find(folder), _day(on))
    if as_json:
        click.echo(json.dumps([cases.plain(case) for case in found], ensure_ascii=False, indent=1))
        return
    for case in found:
        stage = case.result.label if case.result else case.stage.title["en"] if case.stage else "?"
        due = f", next {case.next_deadline.day}" if case.next_deadline else ""
        stuck = f"  ({'; '.join(one.label for one in case.stuck)})" if case.stuck else ""
        click.echo(f"{case.row['title']} · {case.row['kind']} · {stage}{due}{stuck}")
    click.echo(f"{len(found)} cases; {sum(bool(case.stuck) for case in found)} are stuck")


@cases_command.command("deadlines")
@ON
@LANG
@AS_JSON
@click.pass_obj
def deadlines_command(folder: Path, on: str, lang: str, as_json: bool) -> None:
    """List the days that are due, the earliest first, with what each rests on."""
    from bygd.workbench import cases, project

    found = cases.deadlines(cases.all_of(project.find(folder), _day(on)))
    rows = [
        {
            "day": str(one.day),
            "what": one.text.get(lang, one.text["en"]),
            "state": one.state,
            "case": case.row["title"],
            "moved_from": str(one.last.moved_from) if one.last and one.last.moved_from else None,
            "perhaps": str(one.last.perhaps) if one.last and one.last.perhaps else None,
            "source": one.value.source.said(lang) if one.value else "",
            "verified": one.is_own or bool(one.value and one.value.verified),
        }
        for case, one in found
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        doubt = "" if row["verified"] else "  NOT VERIFIED"
        moved = f"  (moved from {row['moved_from']}, no working day)" if row["moved_from"] else ""
        later = f"  (or {row['perhaps']}, if public holidays do not count: not read)" if row["perhaps"] else ""
        click.echo(f"{row['day']} {row['state']:<8} {row['what']} · {row['case']}{moved}{later}{doubt}")
    click.echo(f"{len(rows)} days")


@cases_command.command("kinds")
@LANG
@click.pass_obj
def kinds_command(folder: Path, lang: str) -> None:
    """List the kinds of cases of the project's country, with their stages and what their days rest on."""
    from bygd.workbench import cases, project

    place = project.find(folder)
    periods = place.country.rule("deadlines")
    for kind in cases.kinds(place).values():
        mark = f"read {kind.checked}" if kind.verified else "NOT VERIFIED"
        click.echo(f"{kind.id}: {kind.title.get(lang, kind.title['en'])} ({kind.pack}; {mark})")
        click.echo(f"  {' → '.join(stage.title.get(lang, stage.title['en']) for stage in kind.stages)}")
        for one in kind.periods:
            value = periods[one.value].on(date.today()) if one.value in periods else None
            told = f"{value.value} {value.unit}" if value and value.known else "not known"
            click.echo(f"  {one.text.get(lang, one.text['en'])}: {told}")


def _day(text: str) -> date:
    from bygd.workbench import lawful

    return lawful.day(text) if text else date.today()
