"""`bygd linkage`: how right linkage is on suppliers whose organisation is known, and weights learned from them."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bygd.cli.progress import shown
from bygd.cli.project import in_folder, named
from bygd.cli.reconcile import register_options, stoppable, wanted

if TYPE_CHECKING:
    from bygd.linkage import Evaluation
    from bygd.linkage.score import Weights

CAUSES = {
    "candidate": "not among the candidates",
    "rank": "another organisation was likelier",
    "threshold": "likeliest, but not likely enough",
}


@click.group("linkage")
def linkage_command() -> None:
    """Measure how right suppliers are linked, and learn weights from suppliers whose organisation is known."""


def labelled_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The file of labelled suppliers and the register they are looked for in."""
    options = (
        click.argument("labelled", type=click.Path(path_type=Path, exists=True, dir_okay=False)),
        click.option(
            "--columns", multiple=True, metavar="NAME=COLUMN", help="The file's own names of columns; repeat."
        ),
        click.option(
            "--weights",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="A file of weights instead of those that come with bygd.",
        ),
    )
    command = register_options(command)
    for option in reversed(options):
        command = option(command)
    return command


@linkage_command.command()
@labelled_options
@click.option("--folds", type=click.IntRange(2, 20), help="Learn weights and score each part with those of the others.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def evaluate(
    folder: Path,
    /,
    labelled: Path,
    columns: tuple[str, ...],
    folds: int | None,
    as_json: bool,
    weights: Path | None,
    **register: Any,
) -> None:
    """Score linkage on LABELLED: precision, recall, what is left to people, and where errors come from.

    LABELLED is a CSV or XLSX with the columns supplier and organisation_numbers (several with |, none where the
    supplier is in no register) and, where known, amount, org_number, postcode and town.
    """
    from bygd.workbench import labelled as work

    suppliers = work.read(labelled, named(columns))
    with stoppable(), shown() as progress:
        found = work.evaluate(suppliers, wanted(folder, **register), _weights(weights), folds or 0, progress)
    if as_json:
        click.echo(json.dumps(_plain(found), indent=2))
    else:
        _print(found, len(suppliers.suppliers))


@linkage_command.command()
@labelled_options
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where to write the weights."
)
@click.pass_obj
def train(
    folder: Path, /, labelled: Path, columns: tuple[str, ...], out: Path, weights: Path | None, **register: Any
) -> None:
    """Learn weights from LABELLED, starting from those at hand, and write them to a file that people can read.

    Named weights.yaml in a project's folder they count in its builds. To see what they are worth on suppliers they
    were not learned from, use: bygd linkage evaluate LABELLED --folds 5
    """
    from bygd.linkage.train import written
    from bygd.workbench import labelled as work

    in_folder(out)
    suppliers = work.read(labelled, named(columns))
    with stoppable(), shown() as progress:
        learned = work.train(suppliers, wanted(folder, **register), _weights(weights), progress)
    out.write_text(written(learned, "Points (value, log-odds) of each feature; see docs/method/linkage.md."), "utf-8")
    click.echo(f"Weights {learned.version}, learned from {learned.made_from}: {out}")


def _weights(file: Path | None) -> "Weights | None":
    from bygd.linkage.score import load

    return load(file) if file else None


def _print(found: "Evaluation", suppliers: int) -> None:
    lines = [("precision of links", found.precision, "precision"), ("recall", found.recall, "recall")]
    lines += [("left to people", found.unresolved, "unresolved"), ("false links", found.false_links, "")]
    click.echo(f"{suppliers:,} suppliers, {found.recall.whole:,} of them in the register; F1 {found.f1:.3f}")
    if found.strangers:
        click.echo(
            f"{found.strangers:,} have a number that stands in no register read; they count as in no register: "
            "are the numbers right, and the registers whole?"
        )
    click.echo(f"{'':20}{'by number (95 %)':25}{'by money (95 %)' if found.money else ''}")
    for name, share, by_money in lines:
        click.echo(f"{name:20}{share!s:25}{found.money.get(by_money, '')}")
    click.echo("\nIn the register but not linked rightly")
    for cause, count in found.errors.items():
        click.echo(f"{CAUSES[cause]:40}{count:6}")
    click.echo(f"\n{'probability':15}{'said':>7}  {'right (95 %)':25}{'suppliers':>9}")
    for held in found.calibration:
        click.echo(f"{held.low:.2f} to {held.high:.2f}   {held.said:7.3f}  {held.right!s:25}{held.right.whole:9}")


def _plain(found: "Evaluation") -> dict[str, Any]:
    plain = asdict(found)
    for name in ("precision", "recall", "unresolved", "false_links"):
        share = getattr(found, name)
        plain[name] |= {"value": share.value, "low": share.interval[0], "high": share.interval[1]}
    return {"f1": found.f1, **plain}
