"""Generated reference pages are up to date, and every command is explained."""

from pathlib import Path

import click
import pytest

from bygd.cli import main
from bygd.cli.docs import _walk, pages

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_reference_page_says_what_the_code_says(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages()[name], "run: bygd docs"


@pytest.mark.parametrize(("path", "command"), list(_walk("bygd", main)), ids=lambda value: str(value))
def test_every_command_and_option_has_help(path: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{path} {parameter.name}"
