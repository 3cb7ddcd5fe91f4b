"""Tamed: what somebody wrote into a name reaches no terminal as a command."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from bygd.cli import main, tables, tamed
from bygd.reports.grid import Grid, Head

CLEARS = "\x1b[2J\x1b]0;taken\x07Bakery\r\x9b31m\x7f"
SEEN = "␛[2J␛]0;taken␇Bakery␍\ufffd31m␡"


def test_signs_that_a_terminal_obeys_are_printed_as_pictures() -> None:
    assert tamed.tame(CLEARS) == SEEN
    assert tamed.tame("Åkerö\tÉire\n1 234 kr") == "Åkerö\tÉire\n1 234 kr"


def test_a_stream_tames_and_is_otherwise_the_one_beneath() -> None:
    beneath = io.StringIO()
    stream = tamed.Tamed(beneath)
    stream.writelines([CLEARS, "two\r\nlines"])
    assert beneath.getvalue() == f"{SEEN}two\nlines" and not stream.isatty()
    with pytest.raises(TypeError):
        stream.write(b"")  # type: ignore[arg-type]


def test_a_table_takes_no_text_for_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    with tamed.output():
        tables.show(Grid(CLEARS, (Head("[red]Name"),), [[f"[/bold]{CLEARS}"]]))
    told = capsys.readouterr().out
    assert "\x1b" not in told and told.count("taken␇Bakery") == 2 and "[/bold]" in told and "[red]Name" in told


def test_every_command_is_tamed(tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["-C", str(tmp_path), "rules", "show", CLEARS, "--country", "se"])
    assert said.exit_code == 2 and "\x1b" not in said.output and "taken" in said.output
    assert "\x9b" not in said.output
