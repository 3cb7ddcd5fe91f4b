"""`bygd docs`: write the reference pages that are made from the code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
"""As on the command line, whichever page or test asked first."""


@click.command("docs", hidden=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("docs/reference"), help="Folder to write to.")
def docs_command(out: Path) -> None:
    """Write the reference pages that are made from the code."""
    for name, text in pages().items():
        (out / name).write_text(text, encoding="utf-8")
        click.echo(out / name)


def pages() -> dict[str, str]:
    """Every generated reference page, by file name."""
    from bygd.countries import render_reference
    from bygd.workbench import reference
    from bygd.workbench.place import catalogue_page
    from bygd.workbench.reconciliation.reference import render

    return {
        **reference.pages(),
        "commands.md": _commands(),
        "sources.md": render_reference(),
        "reconciliation.md": render(),
        "indicators.md": catalogue_page.render(),
    }


def _commands() -> str:
    from bygd.cli import main

    parts = ["# Commands\n\nMade from the command line's own help. Do not edit.\n"]
    for path, command in _walk("bygd", main):
        context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100, **HELP)
        parts.append(f"## {path}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from _walk(f"{path} {name}", child)
