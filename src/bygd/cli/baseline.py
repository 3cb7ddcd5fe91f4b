"""`bygd baseline`: a first look, all in one go."""

from pathlib import Path

import click

from bygd.cli.progress import shown

FILE = click.Path(path_type=Path, exists=True)


@click.command("baseline")
@click.argument("ledgers", nargs=-1, required=True, type=FILE)
@click.option("--anchor", default="", help="Whose ledgers. Default: the name of the folder each file lies in.")
@click.option("--register", "registers", multiple=True, type=FILE, help="A company register; repeat.")
@click.option("--postcodes", multiple=True, type=FILE, help="A list of postcodes and their areas; repeat.")
@click.option("--boundaries", multiple=True, type=FILE, help="Boundaries for the map (GeoJSON); repeat.")
@click.option("--place", "area", required=True, metavar="COUNTRY:CODE", help="The place, by its official code.")
@click.option("--name", default="", help="The place's name.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to make.")
@click.option("--lang", default="en", help="Language of sentences and report: en, sv or nl.")
def baseline_command(
    ledgers: tuple[Path, ...],
    anchor: str,
    registers: tuple[Path, ...],
    postcodes: tuple[Path, ...],
    boundaries: tuple[Path, ...],
    area: str,
    name: str,
    out: Path,
    lang: str,
) -> None:
    """Everything in one go: ledgers in, report out. Guesses are taken as they are, and shown.

    The folder is an ordinary project afterwards: correct a mapping in bygd.toml and build again.
    """
    from bygd.reports import Translator
    from bygd.workbench import control, first_look

    files = first_look.Files(ledgers, registers, postcodes, boundaries)
    with shown() as progress:
        result = first_look.baseline(out, area, name, anchor, files, lang, progress)
    for line in [*result.guesses, *control.summary(result.snapshot, Translator(lang))[0], "", *result.sentences, ""]:
        click.echo(line)
    for path in result.written:
        click.echo(path)
