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
@click.option("--lang", default="en", help="Language of the explanations: en, sv or nl.")
@click.pass_obj
def export_command(folder: Path, file: Path, everything: bool, lang: str) -> None:
    """Write the suppliers in doubt to FILE (.xlsx or .csv), ready to be judged in a spreadsheet.

    The first are those whose judgement narrows the range most. Fill in the column 'judgement'
    (same, different, unsure, absent) and read the file back with bygd decisions import.
    """
    from bygd.workbench import project, review

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

    Rows without a judgement, and those that say what was decided already, are left out. On a
    terminal you are asked first.
    """
    from bygd.workbench import project, review
    from bygd.workbench.review.sheet import Kind

    place = project.find(folder)
    changes = review.preview(place, file, by)
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
    click.echo(f"{review.apply(place, changes)} decisions added. Run 'bygd build' to see their effect.")


def _line(change: "Change") -> str:
    mark = {"new": "+", "changed": "~", "nobody": "?"}[change.kind.value]
    before = f"{change.before} → " if change.before else ""
    return f"  {mark} {change.name}: {before}{change.row['judgement']} {change.row['org_id'] or ''}".rstrip()


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
        writer = csv.DictWriter(sys.stdout, fieldnames=conflicts.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return
    for row in rows:
        counts = row["counts"] or row["state"] or "the supplier stands in no ledger any more"
        click.echo(f"{row['amount']:>16,.2f}  {row['name']} · {row['anchor']} · {row['supplier_key']}")
        click.echo(f"{'':18}{Reopened(row['kind']).label}. Said: {row['said']}. Counts: {counts}.")
        if row["kind"] == Reopened.PROPOSAL:
            click.echo(f"{'':18}Proposed: {row['candidate_id']}")
    click.echo(f"{len(rows)} cases" if rows else "No decided case is to be looked at again.")
