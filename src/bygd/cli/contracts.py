"""`bygd contracts`: contracts brought in, listed, what ends when, what is bought outside, and out again."""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bygd.workbench.contracts import Look

MOST_SHOWN = 15
MARKS = {"new": "+", "changed": "~", "same": "="}
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
AS_CSV = click.option("--csv", "as_csv", is_flag=True, help="Print CSV: commas, decimal points, UTF-8.")
ANCHOR = click.option("--anchor", default="", help="Of this institution alone.")
ON = click.option("--on", default="", help="As on that day, such as 2026-03-01. Default: today.")


@click.group("contracts")
def contracts_command() -> None:
    """A register of contracts: what ends when, and what is bought outside of it."""


@contracts_command.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--anchor", default="", help="Whose contracts they are, where the file does not say.")
@click.option("--source", default="", help="The reader, such as world/ocds. Default: told by the content.")
@click.option("--map", "mapping", multiple=True, help="Which column is which: title=COLUMN. Repeat for more.")
@click.option("--ignore", multiple=True, help="A column to leave out; '*' for all that are not known. Repeat for more.")
@click.option("--by", default="", help="Who enters them. Default: bygd contracts add.")
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@AS_JSON
@click.pass_obj
def add_command(
    folder: Path, files: tuple[Path, ...], anchor: str, source: str, mapping: tuple[str, ...], ignore: tuple[str, ...],
    by: str, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Add contracts from FILES: a table of your own (CSV, XLSX, XLS, ODS), OCDS 1.1 (JSON), or TED notices (XML).

    What changed becomes a new entry; nothing is overwritten. Columns of a table that are not known must be named with
    --map or left out with --ignore.
    """
    from bygd.sources.errors import InputError
    from bygd.workbench import contracts, policies, project
    from bygd.workbench.contracts import told

    place = project.find(folder)
    columns: dict[str, object] = dict(policies.pairs(mapping, "mapping"))
    if ignore:
        columns["ignore"] = "*" if "*" in ignore else list(ignore)
    looked = contracts.look(place, files, source=source, columns=columns, anchor=anchor)
    if looked.unused and not dry_run:
        raise InputError(
            "Nothing is read from the columns {names}. Say what they are with --map FIELD=COLUMN, or leave them "
            "out with --ignore COLUMN.",
            names=list(looked.unused),
        )
    added = 0 if dry_run else contracts.take(place, looked, by or "bygd contracts add")
    if as_json:
        click.echo(json.dumps({**told.look_row(looked), "added": added}, ensure_ascii=False, indent=1))
        return
    _tell(looked)
    click.echo("Nothing was changed." if dry_run else f"{added} entries added.")


def _tell(looked: "Look") -> None:
    shown = [change for change in looked.changes if change.differs or change.before is None]
    for change in shown[:MOST_SHOWN]:
        differs = f" ({', '.join(change.differs)})" if change.differs else ""
        supplier = change.row["supplier_name"] or "no supplier yet"
        click.echo(f"  {MARKS[change.kind.value]} {change.row['title']} · {supplier}{differs}")
    if len(shown) > MOST_SHOWN:
        click.echo(f"  and {len(shown) - MOST_SHOWN} more")
    for one in looked.set_aside[:MOST_SHOWN]:
        click.echo(f"  ! {one.file}, row {one.row}: {one.reason}", err=True)
    if len(looked.set_aside) > MOST_SHOWN:
        click.echo(f"  ! and {len(looked.set_aside) - MOST_SHOWN} more rows set aside", err=True)
    if looked.unused:
        click.echo(f"  ! not read: {', '.join(looked.unused)}", err=True)
    counts = ", ".join(f"{looked.counts[kind]} {kind}" for kind in MARKS if looked.counts[kind]) or "no contract"
    click.echo(f"{looked.source}: {looked.rows} rows; {counts}; {len(looked.set_aside)} set aside")


@contracts_command.command("list")
@ANCHOR
@click.option("--running", is_flag=True, help="Only those that run on the day.")
@click.option("--reserved", is_flag=True, help="Only those that were reserved.")
@ON
@AS_JSON
@AS_CSV
@click.pass_obj
def list_command(
    folder: Path, anchor: str, running: bool, reserved: bool, on: str, as_json: bool, as_csv: bool
) -> None:
    """List the contracts as their latest entries say."""
    from bygd.tools.contracts import Standing, ending
    from bygd.workbench import contracts, project
    from bygd.workbench.contracts import told

    day, rows = _day(on), contracts.current(project.find(folder), {anchor} if anchor else None)
    if running:
        rows = [row for row in rows if ending(row, day).standing in (Standing.RUNNING, Standing.OPTION, Standing.OPEN)]
    if reserved:
        rows = [row for row in rows if row["reserved"] not in (None, "none")]
    if as_json or as_csv:
        listed = [told.plain(row) for row in rows]
        _dump(listed, told.CONTRACTS, as_csv)
        return
    for row in rows:
        dates = f"{row['starts_on'] or '?'} – {row['ends_on'] or '?'}"
        click.echo(
            f"{dates:<25} {row['number'] or '':<14} {row['title']} · {row['supplier_name'] or 'no supplier yet'}"
        )
    click.echo(f"{len(rows)} contracts")


@contracts_command.command("endings")
@ANCHOR
@ON
@click.option("--until", default="", help="Those that end until that day. Default: all.")
@click.option("--lead", default=0, help="Months that a new procurement is given. Default: 9.")
@AS_JSON
@AS_CSV
@click.pass_obj
def endings_command(folder: Path, anchor: str, on: str, until: str, lead: int, as_json: bool, as_csv: bool) -> None:
    """List the contracts that run, those that end first first, with the day by which a new procurement should begin."""
    from bygd.tools.contracts import LEAD_MONTHS, Standing, ending, endings
    from bygd.tools.contracts.endings import last_day
    from bygd.workbench import contracts, lawful, project
    from bygd.workbench.contracts import told

    rows = contracts.current(project.find(folder), {anchor} if anchor else None)
    found = endings(rows, _day(on), lawful.day(until) if until else None, lead or LEAD_MONTHS)
    if as_json or as_csv:
        _dump([told.ending_row(one) for one in found], told.ENDING, as_csv)
        return
    for one in found:
        options = "open-ended options" if one.is_open else f"options until {one.longest_until}"
        more = f" ({options})" if one.can_prolong else ""
        late = " LATE" if one.is_late else ""
        row = one.contract
        click.echo(
            f"{last_day(one)}{more}  begin by {one.begin_by}{late}  {row['title']} · {row['supplier_name'] or ''}"
        )
    standing = (ending(row, _day(on)) for row in rows)
    for one in (one for one in standing if one.standing is Standing.OPEN):
        click.echo(f"open-ended since {one.ends_on}  {one.contract['title']} · {one.contract['supplier_name'] or ''}")
    count = sum(one.is_late for one in found)
    ends = "1 contract ends" if len(found) == 1 else f"{len(found)} contracts end"
    click.echo(f"{ends}; {count} {'is' if count == 1 else 'are'} late")


@contracts_command.command("outside")
@ANCHOR
@ON
@AS_JSON
@AS_CSV
@click.pass_obj
def outside_command(folder: Path, anchor: str, on: str, as_json: bool, as_csv: bool) -> None:
    """Tell what was bought outside contracts: a figure with its range, then the suppliers with most such money.

    CSV gives every sum by institution, supplier, category and year.
    """
    from bygd.tools.contracts import WhyUnsure, by_supplier, parts
    from bygd.tools.contracts.figures import reasons
    from bygd.workbench import contracts, project
    from bygd.workbench.contracts import told
    from bygd.workbench.contracts.outside import outside

    place = project.find(folder)
    found = outside(place, _day(on), {anchor} if anchor else None)
    if as_csv:
        _dump([told.money_row(one) for one in found.money], told.MONEY, as_csv)
        return
    if as_json:
        whole = {"figures": [one.as_row() for one in found.figures], "sums": told.sums_row(parts(found.money))}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    if not contracts.current(place):
        click.echo("The register has no contracts yet. Add some with: bygd contracts add FILE")
    share = next((one for one in found.figures if one.id == "contracts.outside_share" and one.anchor is None), None)
    sums = parts(found.money)
    for name in ("total", "within", "outside", "doubt"):
        click.echo(f"{name:<10}{getattr(sums, name):>20,.2f} {found.currency}")
    for why, amount in reasons(found.money):
        click.echo(f"  of it    {amount:>20,.2f} {WhyUnsure(why).label}")
    if share is not None and share.low is not None and share.high is not None:
        value = "cannot tell" if share.value is None else f"{share.value:.1%}"
        click.echo(f"outside contracts: {value} (between {share.low:.1%} and {share.high:.1%})")
    for (_, name, whose, _), own in by_supplier(found.money)[:MOST_SHOWN]:
        if own.outside > 0:
            click.echo(f"{own.outside:>20,.2f}  {name} · {whose}")


@contracts_command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@ANCHOR
@click.option("--uri", default="", help="Address under which the package will stand.")
@click.option(
    "--prefix", default="bygd", show_default=True, help="Prefix of each ocid, as registered for the publisher."
)
@click.option("--publisher", default="", help="Who publishes. Default: the place.")
@click.option("--licence", default="", help="Address of the licence.")
@click.pass_obj
def export_command(folder: Path, file: Path, anchor: str, uri: str, prefix: str, publisher: str, licence: str) -> None:
    """Write the contracts to FILE: releases of OCDS 1.1 (.json), or a table (.csv, .xlsx).

    Persons have a label and no number.
    """
    from bygd.reports.documents import ocds
    from bygd.sources.errors import InputError
    from bygd.workbench import contracts, project
    from bygd.workbench.contracts import told

    place = project.find(folder)
    rows = contracts.current(place, {anchor} if anchor else None)
    if file.suffix.lower() == ".csv":
        file.write_text(told.as_csv(rows, told.CONTRACTS), encoding="utf-8-sig")
    elif file.suffix.lower() == ".xlsx":
        told.write_workbook(rows, file, place.country.currency)
    elif file.suffix.lower() == ".json":
        address = uri or f"urn:bygd:{place.place_id}:contracts"
        terms = ocds.Terms(publisher or place.place_name, address, datetime.now(UTC), prefix, licence)
        file.write_text(json.dumps(ocds.package(rows, terms), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        raise InputError("{file} must end in .json (OCDS 1.1), .csv or .xlsx.", file=file.name)
    click.echo(f"{file}: {len(rows)} contracts")


def _day(text: str) -> date:
    from bygd.workbench import lawful

    return lawful.day(text) if text else date.today()


def _dump(rows: list[dict[str, object]], names: tuple[str, ...], as_csv: bool) -> None:
    from bygd.workbench.contracts import told

    if as_csv:
        sys.stdout.write(told.as_csv(rows, names))
    else:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
