"""The command line: each command parses, calls one function in `workbench`, and prints."""

import importlib
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

import bygd

GROUPS = {
    "demo": "demo",
    "init": "project",
    "add": "project",
    "remove": "project",
    "show": "project",
    "sources": "sources",
    "build": "build",
    "snapshots": "build",
    "run": "run",
    "report": "report",
    "publish": "publish",
    "guide": "guide",
    "place": "place",
    "explain": "explain",
    "review": "review",
    "baseline": "baseline",
    "decisions": "decisions",
    "boards": "boards",
    "plans": "plans",
    "lottery": "lottery",
    "assets": "assets",
    "cases": "cases",
    "contracts": "contracts",
    "reconcile": "reconcile",
    "web": "web",
    "backup": "backup",
    "restore": "backup",
    "linkage": "linkage",
    "privacy": "privacy",
    "rules": "rules",
    "tender": "tenders",
    "promises": "promises",
    "docs": "docs",
}
"""Command → file of this folder; a file is imported only when its command is called."""

EXIT_INPUT = 2
"""What the user gave cannot be used; the message says what, where and what to do."""

EXIT_NOT_CLEAN = 3
"""Done, but rows were set aside or there are warnings; only with --strict."""

GIVEN = "bygd.given"


class Commands(click.Group):
    """Finds commands in the files of this folder and prints users' mistakes in one line."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Names of the commands, in the order they are used."""
        return list(GROUPS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if name not in GROUPS:
            return None
        module = importlib.import_module(f"bygd.cli.{GROUPS[name]}")
        command = getattr(module, f"{name}_command")
        assert isinstance(command, click.Command)
        return command

    def invoke(self, context: click.Context) -> object:
        """Run the command; an InputError becomes one line on standard error and exit code 2."""
        from bygd.countries import UnknownCountry
        from bygd.parameters import ValueFileError
        from bygd.sources.errors import InputError

        try:
            return super().invoke(context)
        except (InputError, UnknownCountry, ValueFileError) as error:
            click.echo(f"bygd: {_said(error, context.meta.get(GIVEN, ()))}", err=True)
            sys.exit(EXIT_INPUT)

    def main(self, *words: Any, **wishes: Any) -> Any:
        """As ever; nothing that is printed commands the terminal."""
        from bygd.cli import tamed

        with tamed.output():
            return super().main(*words, **wishes)

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """As ever; what was typed is kept, for errors are told in the language that it asks for."""
        context.meta[GIVEN] = tuple(args)
        return super().parse_args(context, args)


def _said(error: Exception, given: Sequence[str]) -> str:
    """The error in the language of `--lang`, where it was typed; else in English."""
    language = "en"
    for option, text in pairwise(("", *given)):
        if option == "--lang" or text.startswith("--lang="):
            language = text.removeprefix("--lang=")
    if language == "en":
        return str(error)
    from bygd.reports import LANGUAGES, Translator
    from bygd.sources.errors import InputError

    if language in LANGUAGES and isinstance(error, InputError):
        return Translator(language).said(error)
    return str(error)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(bygd.__version__, prog_name="bygd")
@click.option(
    "-C",
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The project folder, or one below it. Default: this folder.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Follow an anchor institution's money and keep more of it in the place.

    Exit codes: 0 done; 1 a fault in bygd; 2 something you gave cannot be used, the message says
    what, where and what to do; 3 done, but not clean (only with --strict).
    """
    context.obj = folder
