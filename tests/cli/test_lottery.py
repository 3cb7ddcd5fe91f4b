"""`bygd lottery` at the prompt: the fingerprint first, then the panel, the same each time."""

from pathlib import Path

from click.testing import CliRunner

from bygd.cli import main

POOL = "code,sex\n" + "\n".join(f"p{number:02},{'w' if number % 2 else 'm'}" for number in range(40))
ASKED = ["--size", "6", "--quota", "sex=w 3", "--quota", "sex=m 3", "--country", "se"]


def test_the_fingerprint_then_the_panel(tmp_path: Path) -> None:
    (tmp_path / "pool.csv").write_text(POOL, encoding="utf-8")
    path = str(tmp_path / "pool.csv")
    frozen = CliRunner().invoke(main, ["lottery", path, *ASKED])
    assert frozen.exit_code == 0 and "40 people; a panel of 6 can be drawn" in frozen.output
    first, again = (CliRunner().invoke(main, ["lottery", path, *ASKED, "--seed", "4 6 1"]).output for _time in "ab")
    assert first == again and len(first.split()) == 4 + 1 + 6 and frozen.output.splitlines()[0] in first
    over = CliRunner().invoke(main, ["lottery", path, "--size", "6", "--quota", "sex=w 7", "--country", "se"])
    assert over.exit_code != 0 and "No panel meets all quotas" in over.output
