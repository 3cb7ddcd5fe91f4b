"""`bygd publish` at the prompt."""

from pathlib import Path

from click.testing import CliRunner

from bygd.cli import main


def test_a_site_in_two_languages(built_sample: Path, tmp_path: Path) -> None:
    words = ["-C", str(built_sample), "publish", "--out", str(tmp_path / "site"), "--lang", "sv, en"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0 and str(tmp_path / "site" / "index.html") in done.output
    assert sorted(path.name for path in (tmp_path / "site").iterdir() if path.is_dir()) == ["en", "sv"]


def test_mistakes_are_told(built_sample: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    for words, told in ((["--out", str(tmp_path)], "did not publish"), (["--lang", "fr"], "'fr'")):
        done = CliRunner().invoke(main, ["-C", str(built_sample), "publish", *words])
        assert done.exit_code == 2 and told in done.output
