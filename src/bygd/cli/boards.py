"""`bygd boards`: the cards of a place listed, put up from a spreadsheet, changed, undone, and out again."""

import json
from pathlib import Path

import click

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
BOARD = click.option("--board", default="", help="A board of its own, by its short name. Default: the place's.")
BY = click.option("--by", default="bygd boards", show_default=True, help="Who enters it.")


@click.group("boards")
def boards_command() -> None:
    """The board of a place: pillars, and what is done, could be developed, is new or was dropped."""


@boards_command.command("show")
@BOARD
@click.option("--tradition", default="", help="Whose headings; see `bygd boards traditions`. Default: the country's.")
@click.option("--lang", default="en", help="Language of headings and columns: en, sv or nl.")
@AS_JSON
@click.pass_obj
def show_command(folder: Path, board: str, tradition: str, lang: str, as_json: bool) -> None:
    """Print the cards under their headings, or with --json all they say."""
    from bygd.reports import Translator
    from bygd.tools import boards as tool
    from bygd.workbench import boards, project

    place, translate = project.find(folder), Translator(lang)
    cards = boards.current(place, board)
    if as_json:
        click.echo(json.dumps(cards, ensure_ascii=False, indent=1, default=str))
        return
    chosen = tool.tradition(tradition) if tradition else tool.default(place.country)
    for line in tool.laid_out(cards, chosen):
        click.echo(line.heading.text[lang] if line.heading else "–")
        for field in line.fields:
            for card in field.cards:
                owner = f" · {card['owner']}" if card["owner"] else ""
                plan = " *" if card["in_plan"] else ""
                click.echo(f"  {translate.word(field.standing)}: {card['title']}{owner}{plan}  [{card['card_key']}]")


@boards_command.command("traditions")
@click.option("--lang", default="en", help="Language of titles: en, sv or nl.")
def traditions_command(lang: str) -> None:
    """List the traditions: whose headings a board may have, and their sources."""
    from bygd.tools import boards as tool

    for one in tool.traditions().values():
        mark = "" if one.verified else " (not verified)"
        click.echo(f"{one.id}: {one.title[lang]}{mark}. {one.source.said(lang)} {one.source.href}".rstrip())


@boards_command.command("add")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@BOARD
@BY
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@click.pass_obj
def add_command(folder: Path, file: Path, board: str, by: str, dry_run: bool) -> None:
    """Put up or change cards from FILE, a spreadsheet as `bygd boards write` makes it. Nothing is overwritten."""
    from bygd.workbench import boards, project

    place = project.find(folder)
    known = {row["card_key"] for row in boards.current(place, None)}
    cards = boards.read(place, file, board)
    made = boards.completed(place, cards, by) if dry_run else boards.enter(place, cards, by)
    for row in made:
        click.echo(f"  {'~' if row['card_key'] in known else '+'} {row['title']}")
    click.echo("Nothing was changed." if dry_run else f"{len(made)} entries added.")


@boards_command.command("write")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@BOARD
@click.option("--lang", default="en", help="Language of the columns: en, sv or nl.")
@click.pass_obj
def write_command(folder: Path, file: Path, board: str, lang: str) -> None:
    """Write the board to FILE, CSV or XLSX by its ending, to be changed and added again."""
    from bygd.reports import Translator
    from bygd.workbench import boards, project

    cards = boards.current(project.find(folder), board)
    boards.write(cards, file, Translator(lang), file.suffix.removeprefix("."))
    click.echo(f"{file}: {len(cards)} cards")


@boards_command.command("history")
@click.argument("card")
@click.pass_obj
def history_command(folder: Path, card: str) -> None:
    """Print who entered what of CARD, latest first."""
    from bygd.workbench import boards, project

    for row in boards.history(project.find(folder), card):
        changed = ", ".join(row["differs"]) or "put up"
        click.echo(f"{row['entered_at']:%Y-%m-%d %H:%M} {row['entered_by']}: {changed}")


@boards_command.command("undo")
@click.argument("card")
@BY
@click.pass_obj
def undo_command(folder: Path, card: str, by: str) -> None:
    """Put CARD back as it stood before its latest change; one that was only put up is taken off."""
    from bygd.workbench import boards, project

    made = boards.undo(project.find(folder), card, by)
    click.echo(made[0]["title"] if made else "There is nothing to undo.")
