"""`bygd decisions`: what people decide, out to a spreadsheet and back in."""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bygd.workbench.review import Change

MOST_SHOWN = 20

COUNTED = {
    "new": "new",
    "changed": "changed",
    "known": "decided already, left out",
    "nobody": "about suppliers or organisations that were not read",
}


@click.group("decisions")
def decisions_command() -> None:
    """What people decide about suppliers: out to a spreadsheet and back in."""


@decisions_command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--all", "everything", is_flag=True, help="What was decided so far, instead of what is in doubt.")
@click.option(
    "--of",
    "of",
    type=click.Choice(["links", "ownership", "seats"]),
    default="links",
    help="Instead of who suppliers are, what people found of whose or where they are.",
)
@click.option("--lang", default="en", help="Language of the explanations: en, sv or nl.")
@click.pass_obj
def export_command(folder: Path, file: Path, everything: bool, of: str, lang: str) -> None:
    """Write the suppliers in doubt to FILE (.xlsx or .csv), ready to be judged in a spreadsheet.

    The first are those whose judgement narrows the range most. Fill in the column 'judgement'
    (same, different, unsure, absent) and read the file back with bygd decisions import.

    With --of ownership or --of seats it holds all that people found so far. Add rows and read it
    back: a later finding about the same goes before an earlier one.
    """
    from bygd.workbench import findings, project, review

    if table := findings.OF.get(of):
        click.echo(f"{file}: {findings.export(project.find(folder), file, table)} rows")
        return
    count = review.export(project.find(folder), file, everything=everything, language=lang)
    click.echo(f"{file}: {count} rows")


@decisions_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", default="", help="Who decided, for rows that do not say.")
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def import_command(folder: Path, file: Path, by: str, dry_run: bool, yes: bool) -> None:
    """Add the judgements in FILE to the project's decisions, having shown what changes.

    FILE is one of those that bygd decisions export writes; its columns tell which. Rows without a
    judgement, and those that say what was decided already, are left out. On a terminal you are asked first.
    """
    from bygd.workbench import findings, project, review
    from bygd.workbench.review.sheet import Kind

    place = project.find(folder)
    table = findings.table_of(file)
    changes = findings.preview(place, file, table, by) if table else review.preview(place, file, by)
    told = [change for change in changes if change.kind is not Kind.KNOWN]
    for change in told[:MOST_SHOWN]:
        click.echo(_line(change))
    if len(told) > MOST_SHOWN:
        click.echo(f"  and {len(told) - MOST_SHOWN} more")
    counted = Counter(change.kind.value for change in changes)
    said = "; ".join(f"{counted[kind]} {words}" for kind, words in COUNTED.items() if counted[kind])
    click.echo(said or "No row has a judgement.")
    if dry_run or not told:
        click.echo("Nothing was changed.")
        return
    if not yes and sys.stdin.isatty():
        click.confirm("Add them?", abort=True)
    count = findings.apply(place, table, changes) if table else review.apply(place, changes)
    click.echo(f"{count} decision{'s' if count != 1 else ''} added. Run 'bygd build' to see their effect.")


def _line(change: "Change") -> str:
    mark = {"new": "+", "changed": "~", "nobody": "?"}[change.kind.value]
    by = getattr(change, "before_by", None)
    before = f"{change.before}{f' ({by})' if by else ''} → " if change.before else ""
    told = ("site", "kind", "judgement", "org_id", "area_id", "postcode")
    said = " ".join(str(change.row[name]) for name in told if change.row.get(name))
    return f"  {mark} {change.name}: {before}{said}".rstrip()


@decisions_command.command("place")
@click.argument("subject")
@click.argument("where", default="")
@click.option("--branch", "is_branch", is_flag=True, help="Of its branch, instead of its registered office.")
@click.option("--evidence", default="", help="Where it is said: an address of a page, a document, a register's entry.")
@click.option("--take-back", is_flag=True, help="Take back what was said of it; registers and ledgers count again.")
@click.option("--by", default="", help="Who decides; else whoever is logged in.")
@click.pass_obj
def place_command(
    folder: Path, subject: str, where: str, is_branch: bool, evidence: str, take_back: bool, by: str
) -> None:
    """Say where the registered office, or a branch, of SUBJECT is, for registers and ledgers that have it wrong.

    SUBJECT is an organisation's org_id or a supplier's supplier_key, as bygd explain shows them. WHERE is a
    postcode, the name or code of a municipality, or another country.
    """
    from bygd.vocabulary.words import Site
    from bygd.workbench import placing, project

    site = Site.BRANCH if is_branch else Site.SEAT
    said = placing.say(project.find(folder), subject, site, "" if take_back else where, evidence, by, back=take_back)
    click.echo(f"{said} Run 'bygd build' to see the effect.")


@decisions_command.command("own")
@click.argument("subject")
@click.argument("kind", default="")
@click.option("--evidence", default="", help="Where it is said: an address of a page, a document, a register's entry.")
@click.option("--take-back", is_flag=True, help="Take back what was said of it; owners and legal forms count again.")
@click.option("--by", default="", help="Who decides; else whoever is logged in.")
@click.pass_obj
def own_command(folder: Path, subject: str, kind: str, evidence: str, take_back: bool, by: str) -> None:
    """Say whose SUBJECT is, where its legal form and the lists of owners do not tell.

    SUBJECT is an organisation's org_id or a supplier's supplier_key, as bygd explain shows them. KIND is one of
    public, democratic, social, employee_owned, private_independent, private_group, private, sole_trader, foreign.
    """
    from bygd.workbench import owning, project

    said = owning.say(project.find(folder), subject, kind, evidence, by, back=take_back)
    click.echo(f"{said} Run 'bygd build' to see the effect.")


@decisions_command.command("conflicts")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV with every column: commas, decimal points, UTF-8.")
@click.pass_obj
def conflicts_command(folder: Path, as_csv: bool) -> None:
    """List decided cases to be looked at again, most money first: people disagree, or the ground has shifted.

    Until a case is settled the latest word counts. Settle it by deciding anew: whoever disagreed gives
    way, or a third person agrees with what counts.
    """
    from bygd.vocabulary.words import Reopened
    from bygd.workbench import conflicts, project

    rows = conflicts.listed(project.find(folder))
    if as_csv:
        from bygd.reports.documents.harmless import harmless

        writer = csv.DictWriter(sys.stdout, fieldnames=conflicts.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
        return
    for row in rows:
        counts = row["counts"] or row["state"] or "the supplier stands in no ledger any more"
        click.echo(f"{row['amount']:>16,.2f}  {row['name']} · {row['anchor']} · {row['supplier_key']}")
        click.echo(f"{'':18}{Reopened(row['kind']).label}. Said: {row['said']}. Counts: {counts}.")
        if row["kind"] == Reopened.PROPOSAL:
            click.echo(f"{'':18}Proposed: {row['candidate_id']}")
        elif row["kind"] == Reopened.GONE and row["decided_name"]:
            click.echo(f"{'':18}It was {row['decided_name']}, last seen in a register on {row['last_seen_on']}.")
        elif row["kind"] == Reopened.ENDED:
            day = f"on {row['ended_on']}" if row["ended_on"] else "on a day that is not known"
            click.echo(f"{'':18}{row['decided_name']} ended {day}.")
    click.echo(
        f"{len(rows)} case{'s' if len(rows) > 1 else ''}"
        if rows
        else "No decided case is to be looked at again, as at the last build."
    )
