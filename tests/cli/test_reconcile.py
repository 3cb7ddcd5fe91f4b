"""`bygd reconcile FILE` as people type it."""

import csv
import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.lib import small_register
from tests.lib.small_register import EK_SOUTH, org_id

from bygd.cli import main
from bygd.cli.reconcile import stoppable


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def register(folder: Path) -> list[str]:
    wanted = small_register.wanted(folder)
    columns = [word for name in small_register.HEADER for word in ("--map", f"{name}={name}")]
    return ["--register", str(wanted.files[0]), "--country", "se", "--source", wanted.source, *columns]


@pytest.mark.parametrize("first", [["reconcile"], ["reconcile", "file"]])
def test_a_file_is_enough(tmp_path: Path, first: list[str]) -> None:
    file = tmp_path / "names.csv"
    file.write_text("Namn,Ort\nEk Konsult AB,Söderby\nNågon Annan AB,\n", encoding="utf-8")
    result = run("-C", tmp_path, *first, file, *register(tmp_path))
    assert result.exit_code == 0, result.output
    assert "Names from 'Namn' (a guess)" in result.stderr and "Towns from 'Ort' (a guess)" in result.stderr
    assert "2 rows: 1 sure, 1 not found." in result.stdout and "names.matched.csv" in result.stdout
    with (tmp_path / "names.matched.csv").open(encoding="utf-8-sig") as opened:
        assert [row["Match identifier"] for row in csv.DictReader(opened)] == [org_id(EK_SOUTH), ""]


def test_options_before_the_file_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("a,b\n1,Ek Konsult AB\n", encoding="utf-8")
    out = tmp_path / "out.xlsx"
    result = run("-C", tmp_path, "reconcile", "--name", "b", "--out", out, file, *register(tmp_path))
    assert result.exit_code == 0, result.output
    assert out.exists() and "Names from 'b'\n" in result.stderr


def test_in_a_project_its_own_register_is_asked(built_sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("Namn\nFyrhamns kommun\n", encoding="utf-8")
    result = run("-C", built_sample, "reconcile", file, "--lang", "sv")
    assert result.exit_code == 0, result.output
    assert "Fyrhamns kommun" in (tmp_path / "names.matched.csv").read_text(encoding="utf-8-sig").splitlines()[1]


@pytest.mark.parametrize("words", [["nix.csv"], ["--best", "0", "x.csv"], ["serve", "--port", "99999"]])
def test_what_is_typed_wrong_is_told_in_a_line(tmp_path: Path, words: list[str]) -> None:
    result = run("-C", tmp_path, "reconcile", *words)
    assert result.exit_code == 2 and "Traceback" not in result.output


def test_without_a_register_it_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("Namn\nx\n", encoding="utf-8")
    result = run("-C", tmp_path, "reconcile", file)
    assert result.exit_code == 2 and "bygd init" in result.stderr


def test_who_is_told_to_end_clears_up_as_with_an_error() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, stoppable():
        os.kill(os.getpid(), signal.SIGTERM)
    assert ended.value.code == 143 and signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("cause", [SystemExit(143), KeyboardInterrupt()])
def test_a_query_that_is_interrupted_is_no_fault(cause: BaseException) -> None:
    with pytest.raises(type(cause)), stoppable():
        raise RuntimeError("Query interrupted") from cause
    with pytest.raises(RuntimeError), stoppable():
        raise RuntimeError("a fault")
