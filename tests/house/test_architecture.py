"""The house keeps its shape: no country outside its folder, small files, docstrings first."""

import ast
import re
from pathlib import Path

import pytest

from bygd.countries import available

SOURCE = Path(__file__).parents[2] / "src" / "bygd"
FILES = [path for path in sorted(SOURCE.rglob("*.py")) if path.parent.name != "migrations"]  # Django writes those


@pytest.mark.parametrize("path", [path for path in FILES if "countries" not in path.parts], ids=lambda path: path.name)
def test_no_file_outside_the_packs_names_a_country(path: Path) -> None:
    codes = "|".join(available())
    quoted = re.compile(rf"""["']({codes})["'/:]""", re.IGNORECASE)
    lines = path.read_text(encoding="utf-8").splitlines()
    # A list of the languages bygd speaks names nl as a language; it is known by its neighbour sv.
    found = [line for line in lines if quoted.search(line) and not re.search(r"[\"']sv[\"']", line)]
    assert "sample" in path.parts or not found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_module_says_in_one_line_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring and len(docstring.splitlines()[0]) > 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_copying_a_pack_makes_a_new_country_appear(tmp_path: Path) -> None:
    import shutil
    import subprocess
    import sys

    shutil.copytree(SOURCE, tmp_path / "bygd")
    shutil.copytree(SOURCE / "countries" / "nl", tmp_path / "bygd" / "countries" / "dk")
    code = "from bygd.countries import available, load; print(available(), load('dk').conventions().currency)"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "'dk'" in found.stdout
