"""`bygd init`, `add`, `remove`, `show`: what a project consists of."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bygd.sources.ledgers.guess import SheetGuess
    from bygd.workbench.adding import Added, Seen

FILES = click.Path(path_type=Path, exists=True)
NAMED = 6
"""Files read in the same way as one before that are named; the rest is counted."""
SECTIONS = ("ledger", "register", "postcodes", "boundaries")


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--place", "area", required=True, metavar="COUNTRY:CODE", help="The place, by its official code.")
@click.option("--name", default="", help="The place's name, as reports shall write it.")
def init_command(folder: Path, area: str, name: str) -> None:
    """Make a project folder for a place."""
    from bygd.workbench import project

    place = project.create(folder, area, name)
    if not name:
        click.echo(f"Reports will call it {place.place_name}: write its name in {project.FILE}, or give --name.")
    if place.year_starts != 1:
        month = date(2000, place.year_starts, 1).strftime("%B")
        click.echo(f"A year of money begins in {month}, as public bodies count there; year_starts in {project.FILE}.")
    click.echo(f"{place.folder / project.FILE} is ready. Next: cd {folder}; bygd add ledger FILE --anchor NAME")


@click.group("add")
def add_command() -> None:
    """Add a ledger, a register, postcodes or boundaries to the project."""


@add_command.command("ledger")
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option("--anchor", required=True, help="Whose ledger it is.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Correct the guess: which column is which field; repeat.",
)
@click.option("--ignore", multiple=True, metavar="COLUMN", help="A column to leave out; repeat.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Say what the file does not: sheet, encoding, header_row, period, date_order, vat …",
)
@click.option("--yes", is_flag=True, help="Take the guesses without asking.")
@click.pass_obj
def ledger_command(
    folder: Path,
    files: tuple[Path, ...],
    anchor: str,
    pairs: tuple[str, ...],
    ignore: tuple[str, ...],
    settings: tuple[str, ...],
    yes: bool,
) -> None:
    """Add ledger files of one anchor. What was seen in them is shown, guesses as guesses.

    What --map, --ignore and --set say stands, and the rest is guessed. On a terminal you are asked;
    elsewhere give --yes, or --map for the columns that are not sure. Accounts and invoices (SIE,
    Peppol) need no columns; --set is for their readers.
    """
    from bygd.sources.errors import InputError
    from bygd.workbench import adding, project

    place = project.find(folder)
    given = {"columns": _columns(pairs), "ignore": ignore, **named(settings)}
    seen = [adding.look(place, path, given) for path in adding.files_in(files)]
    alike: dict[str, list[Seen]] = {}
    for one in seen:
        alike.setdefault(repr(one.settings), []).append(one)
    for first, *others in alike.values():
        _show(first, [other.path.name for other in others])
    if not yes and not all(one.is_sure for one in seen):
        if not sys.stdin.isatty():
            raise InputError("Some columns are guesses. Give --yes to take them, or --map FIELD=COLUMN to say it.")
        click.confirm("Take it like this?", abort=True)
    adding.add_ledgers(place, anchor, seen)
    click.echo(f"{len(seen)} file(s) added for {anchor}. Next: bygd add register FILE, or bygd build")


@add_command.command("register")
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option("--source", default="", help="Which reader, such as those of: bygd sources list. Default: by content.")
@click.option(
    "--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help="Columns of a register of your own; repeat."
)
@click.option("--scheme", default="", help="Code of the numbers' scheme (org-id.guide), for a register of your own.")
@click.pass_obj
def register_command(folder: Path, files: tuple[Path, ...], source: str, pairs: tuple[str, ...], scheme: str) -> None:
    """Add a company register or a list of owners: a known one, or any table with --map.

    What --map says stands, and the other columns are found by their names. What is read as what is
    shown, and what is left out; with --map it is kept in bygd.toml, where a line taken out leaves a
    column out.
    """
    from bygd.workbench import adding, project

    columns: dict[str, Any] = named(pairs)
    if scheme:
        columns["scheme"] = scheme
    added = adding.add_source(project.find(folder), "register", list(files), source, columns)
    click.echo(f"Register added; it is read as {added.source}. Next: bygd add postcodes FILE, or bygd build")
    _show_columns(added, pairs)


@add_command.command("postcodes")
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option("--source", default="", help="Which reader, such as those of: bygd sources list. Default: by content.")
@click.option("--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help="Columns of a list of your own; repeat.")
@click.pass_obj
def postcodes_command(folder: Path, files: tuple[Path, ...], source: str, pairs: tuple[str, ...]) -> None:
    """Add a list that says in which area each postcode lies: a known one, or any table with --map."""
    from bygd.workbench import adding, project

    added = adding.add_source(project.find(folder), "postcodes", list(files), source, named(pairs))
    click.echo(f"Postcodes added; they are read as {added.source}. Next: bygd build")
    _show_columns(added, pairs)


@add_command.command("boundaries")
@click.argument("file", type=FILES)
@click.pass_obj
def boundaries_command(folder: Path, file: Path) -> None:
    """Add boundaries of areas (GeoJSON), for the map of the report."""
    from bygd.workbench import adding, project
    from bygd.workbench.place import shapes

    made = adding.add_boundaries(project.find(folder), file)
    click.echo("Boundaries added.")
    if file.name in [name for name, _ in shapes.passed_over(made)]:
        click.echo(
            f"Maps of the place pass them over: they take at most {shapes.MOST_BYTES // 1_000_000} MB.", err=True
        )


@click.command("remove")
@click.argument("section", type=click.Choice(SECTIONS))
@click.argument("number", type=int)
@click.pass_obj
def remove_command(folder: Path, section: str, number: int) -> None:
    """Take an entry out of the project; numbers as in bygd show. Files and decisions stay."""
    from bygd.workbench import changing, project

    changing.remove(project.find(folder), section, number)
    click.echo(f"{section} {number} removed from the project; its files were not touched.")


@click.command("show")
@click.pass_obj
def show_command(folder: Path) -> None:
    """Show what the project consists of."""
    from bygd.workbench import project

    place = project.find(folder)
    click.echo(f"{place.place_name} ({place.place_id}) in {place.folder}")
    groups = (place.ledgers, place.registers, place.postcodes, place.boundaries)
    for section, entries in zip(SECTIONS, groups, strict=True):
        for number, entry in enumerate(entries, start=1):
            more = f" and {len(entry.files) - 1} more" if len(entry.files) > 1 else ""
            click.echo(f"  {section} {number}: {entry.source} {entry.files[0]}{more}")


def in_folder(file: Path) -> None:
    """Raises InputError where there is no folder that a file could be written into."""
    from bygd.sources.errors import InputError

    if not file.parent.is_dir():
        raise InputError(
            "There is no folder {folder} to write {file} into. Make it, or choose another.",
            folder=file.parent,
            file=file.name,
        )


def named(pairs: tuple[str, ...]) -> dict[str, Any]:
    """Pairs such as FIELD=COLUMN, as a mapping. Raises InputError."""
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise click.BadParameter(f"'{wrong[0]}' is not written NAME=VALUE")
    return dict(pair.split("=", 1) for pair in pairs)


def _columns(pairs: tuple[str, ...]) -> dict[str, list[str] | str]:
    """Column or columns per field: a field may be given several times, for headers that changed over the years."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        for field, column in named((pair,)).items():
            found.setdefault(field, []).append(column)
    return {field: columns[0] if len(columns) == 1 else columns for field, columns in found.items()}


def _show_columns(added: "Added", pairs: Sequence[str]) -> None:
    """Which column of one's own table is read as which field, a question mark before what was found by its name."""
    said = named(tuple(pairs))
    for field, column in {**added.columns, **added.fields}.items():
        click.echo(f"  {' ' if field in said or field == 'scheme' else '?'} {field:<16} {column}")
    if added.left_out:
        click.echo(f"    left out         {', '.join(added.left_out)}")


def _show(seen: "Seen", others: Sequence[str]) -> None:
    """What was seen in a file; others of the same columns, and sheets like one before, are only named."""
    click.echo(f"{seen.path.name}: {seen.format}")
    if others:
        listed = ", ".join(others[:NAMED])
        more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
        click.echo(f"  read in the same way: {listed}{more}")
    alike: dict[str, list[str]] = {}
    for sheet in seen.sheets:
        if not sheet.problem:
            alike.setdefault(_signature(sheet), []).append(sheet.sheet)
    for sheet in seen.sheets:
        if sheet.problem:
            click.echo(f"  left out: {sheet.problem}")
            continue
        names = alike.pop(_signature(sheet), None)
        if names is None:
            continue
        where = f"{'sheet' if len(names) == 1 else 'sheets'} '{', '.join(names)}', " if sheet.sheet else ""
        header = f"header in row {sheet.header_row}" if sheet.header_row else "header below the rows"
        click.echo(
            f"  {where}{sheet.encoding}, {header}, dates {sheet.date_order}, "
            f"decimals '{sheet.decimal_mark}', {sheet.currency}, VAT {sheet.vat}"
        )
        for guess in sheet.fields:
            mark = " " if guess.sure else "?"
            click.echo(f"  {mark} {guess.field:<16} {guess.column:<32} {guess.why}")
        if sheet.unmatched:
            click.echo(f"    left out         {', '.join(sheet.unmatched)}")


def _signature(sheet: "SheetGuess") -> str:
    read = (sheet.encoding, sheet.header_row, sheet.date_order, sheet.decimal_mark, sheet.currency, sheet.vat)
    return repr((read, [(one.field, one.column, one.why) for one in sheet.fields], sheet.unmatched))
