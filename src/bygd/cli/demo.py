"""`bygd demo`: the sample place from ledgers to report."""

import shlex
import shutil
import sys
from pathlib import Path

import click

from bygd.cli.progress import shown


@click.command("demo")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-place"), help="Where to put it."
)
@click.option("--lang", default="en", help="Language of sentences and report: en, sv or nl.")
def demo_command(out: Path, lang: str) -> None:
    """Build a made-up municipality, print its figures and write its report."""
    from bygd.reports import Translator
    from bygd.workbench import control, first_look

    with shown() as progress:
        result = first_look.demo(out, lang, progress)
    for line in control.summary(result.snapshot, Translator(lang))[0]:
        click.echo(line)
    click.echo("")
    for sentence in result.sentences:
        click.echo(sentence)
    click.echo("")
    for path in result.written:
        click.echo(path)
    click.echo(f"\nLook around: cd {out}; {called()} show; {called()} run spend --by year,ownership")


def called() -> str:
    """How this command is called from any folder: by its name where the terminal finds it, else by its path."""
    return "bygd" if shutil.which("bygd") else shlex.quote(str(Path(sys.argv[0]).absolute()))
