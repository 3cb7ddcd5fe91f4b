"""Tables that people filled in: texts come back as they were meant, and no row is left out unsaid."""

from pathlib import Path

import pytest

from bygd.sources.errors import InputError
from bygd.workbench import filled


def test_texts_come_back_as_they_were_meant(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("title,unit\n'-10 % less,'t Huis\n'=1,x\n", encoding="utf-8")
    assert filled.table(path, 2) == (2, ["title", "unit"], [["-10 % less", "'t Huis"], ["=1", "x"]])


def test_a_row_too_many_is_told_and_none_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("title,unit\na,b\na,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="more than 1 rows"):
        filled.table(path, 1)
