"""`bygd promises`: what suppliers promised, what is due, what was delivered; out to files and back in."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bygd.reports.grid import Grid

CONTRACT = click.option("--contract", default="", help="Of one contract: its key, its number or its title.")
CSV = click.option("--csv", "as_csv", is_flag=True, help="Print CSV with every column: commas, decimal points, UTF-8.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
ON = click.option(
    "--on", default="", help="As things stood to be done on that day, such as 2027-03-01. Default: today."
)
LANG = click.option("--lang", default="en", help="Language: en, sv or nl.")


@click.group("promises")
def promises_command() -> None:
    """What suppliers promised beside the thing bought, and what they delivered of it."""


@promises_command.command("list")
@CONTRACT
@ON
@CSV
@JSON
@LANG
@click.pass_obj
def list_command(folder: Path, contract: str, on: str, as_csv: bool, as_json: bool, lang: str) -> None:
    """List promises with what was delivered of each, verified to reported, and how they stand."""
    from bygd.reports.translate import Translator
    from bygd.workbench import promises

    book, _ = _book(folder, on), Translator(lang)
    accounts = book.of(book.contract(contract)["contract_key"]) if contract else book.accounts
    if as_csv or as_json:
        _plain(list(promises.rows(book, accounts)), as_json)
        return
    for one in accounts:
        held = one.promise
        click.echo(f"{held.code} {held.title} · {book.contracts[held.contract_key]['title']}")
        target, unit = promises.amount(held.target, held.unit, _), held.unit
        low, high = promises.amount(one.low, unit, _), promises.amount(one.high, unit, _)
        click.echo(f"    [{_.word(one.status)}] {low} – {high} / {target} · {_.day(one.last_day)}")
        click.echo(f"    {_.said(one.reason)}")
    click.echo(_.ngettext("{number} promise", "{number} promises", len(accounts)))


@promises_command.command("due")
@click.option("--days", default=90, show_default=True, help="How many days ahead.")
@click.option("--overdue", is_flag=True, help="Only what is overdue.")
@ON
@CSV
@JSON
@LANG
@click.pass_obj
def due_command(folder: Path, days: int, overdue: bool, on: str, as_csv: bool, as_json: bool, lang: str) -> None:
    """List milestones that are overdue, or due within some days, the earliest first."""
    from bygd.reports.translate import Translator
    from bygd.tools import promises as tool
    from bygd.vocabulary.contract_words import MilestoneState
    from bygd.workbench import promises

    book, _ = _book(folder, on), Translator(lang)
    wanted = [one for one in tool.due(book.accounts) if one.state is not MilestoneState.REACHED and one.days <= days]
    if overdue:
        wanted = [one for one in wanted if one.state is MilestoneState.OVERDUE]
    _grid(promises.due_grid(book, wanted, _), as_csv, as_json)


@promises_command.command("delivered")
@click.option(
    "--by", "by", type=click.Choice(["contract", "theme", "anchor", "place", "year"]), default="theme",
    show_default=True, help="What to gather by.",
)  # fmt: skip
@ON
@CSV
@JSON
@LANG
@click.pass_obj
def delivered_command(folder: Path, by: str, on: str, as_csv: bool, as_json: bool, lang: str) -> None:
    """Print delivered against promised: verified is the least it can be, all reported the most."""
    from bygd.reports.translate import Translator
    from bygd.workbench import promises

    book, _ = _book(folder, on), Translator(lang)
    grid = promises.year_grid(book, _) if by == "year" else promises.total_grid(book, book.accounts, by, _)
    _grid(grid, as_csv, as_json)


@promises_command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@CONTRACT
@click.option("--form", "as_form", is_flag=True, help="A form for the supplier of --contract to fill in, XLSX.")
@LANG
@click.pass_obj
def export_command(folder: Path, file: Path, contract: str, as_form: bool, lang: str) -> None:
    """Write promises to FILE (.xlsx or .csv), to be changed and read back; or a supplier's form."""
    from bygd.reports.documents.harmless import harmless
    from bygd.reports.translate import Translator
    from bygd.sources.errors import InputError
    from bygd.workbench.promises import sheet

    book, translate = _book(folder), Translator(lang)
    key = book.contract(contract)["contract_key"] if contract else None
    if as_form and key is None:
        raise InputError("A form is for the supplier of one contract: say which with --contract.")
    if file.suffix.lower() == ".xlsx":
        with file.open("wb") as target:
            if as_form and key is not None:
                sheet.form(book, key, target, translate)
            else:
                sheet.promises(book, target, translate, key)
    else:
        if as_form:
            raise InputError("A form is written as XLSX: let the name of the file end so.")
        with file.open("w", encoding="utf-8-sig", newline="") as text:
            writer = csv.writer(text)
            writer.writerow(sheet.PROMISES)
            writer.writerows([harmless(_cell(value)) for value in row] for row in sheet.promise_rows(book, key))
    click.echo(f"{file}")


@promises_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", required=True, help="Who enters it; for reports, who brought them.")
@click.option("--reports", "contract", default="", help="FILE is a supplier's filled-in form for that contract.")
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def import_command(folder: Path, file: Path, by: str, contract: str, dry_run: bool, yes: bool) -> None:
    """Add the promises in FILE, or the reports of a supplier's form, having shown what changes.

    What says what is there already is left out, so a file may be read twice.
    """
    from bygd.vocabulary import tables
    from bygd.vocabulary.columns import Table
    from bygd.workbench import decisions
    from bygd.workbench.promises import reading

    book = _book(folder)
    table: type[Table] = tables.delivery_entries if contract else tables.promise_entries
    if contract:
        changes = reading.read_reports(book, file, book.contract(contract)["contract_key"], by)
    else:
        changes = reading.read_promises(book, file, by)
    told = [one for one in changes if one.effect is not reading.Effect.KNOWN]
    for one in told[:20]:
        click.echo(
            f"  {'+' if one.effect is reading.Effect.NEW else '~'} {one.code} {one.row.get('title') or ''}".rstrip()
        )
    counts = Counter(one.effect.value for one in changes)
    click.echo("; ".join(f"{number} {word}" for word, number in counts.items()) or "No row is filled in.")
    if dry_run or not told:
        click.echo("Nothing was changed.")
        return
    if not yes and sys.stdin.isatty():
        click.confirm("Add them?", abort=True)
    click.echo(f"{decisions.add(book.project, table, [one.row for one in told])} added.")


def _book(folder: Path, on: str = "") -> Any:
    from bygd.workbench import lawful, project, promises

    return promises.book(project.find(folder), lawful.day(on) if on else None)


def _grid(grid: "Grid", as_csv: bool, as_json: bool) -> None:
    labels = [head.label for head in grid.heads]
    if as_csv or as_json:
        _plain([dict(zip(labels, row, strict=True)) for row in grid.all_rows()], as_json)
        return
    rows = [[_cell(value) for value in row] for row in grid.all_rows()]
    widths = [max(len(cells[place]) for cells in [labels, *rows]) for place in range(len(labels))]
    for cells in [labels, *rows]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def _plain(rows: Sequence[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    _line(writer, rows[0] if rows else [])
    for row in rows:
        _line(writer, map(_cell, row.values()))


def _line(writer: Any, cells: Iterable[str]) -> None:
    from bygd.reports.documents.harmless import harmless

    writer.writerow(map(harmless, cells))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
