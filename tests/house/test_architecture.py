"""The house keeps its shape: no country outside its folder, small files, docstrings first."""

import ast
import re
from pathlib import Path

from bygd.countries import available

SOURCE = Path(__file__).parents[2] / "src" / "bygd"
FILES = [path for path in sorted(SOURCE.rglob("*.py")) if path.parent.name != "migrations"]  # Django writes those


def shown(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_no_file_outside_the_packs_names_a_country() -> None:
    quoted = re.compile(rf"""["']({"|".join(available())})["'/:]""", re.IGNORECASE)
    # A list of the languages bygd speaks names nl as a language; it is known by its neighbour sv.
    found = [
        f"{shown(path)}: {line.strip()}"
        for path in FILES
        if not {"countries", "sample"} & set(path.parts)
        for line in path.read_text(encoding="utf-8").splitlines()
        if quoted.search(line) and not re.search(r"[\"']sv[\"']", line)
    ]
    assert found == []


def test_every_module_says_in_one_line_what_it_is_for() -> None:
    said = {path: ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "" for path in FILES}
    assert [shown(path) for path, text in said.items() if len(text.split("\n", 1)[0]) <= 10] == []


def test_no_file_is_longer_than_400_lines() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert [shown(path) for path, number in lines.items() if number > 400] == []


def test_copying_a_pack_makes_a_new_country_appear(tmp_path: Path) -> None:
    import shutil
    import subprocess
    import sys

    shutil.copytree(SOURCE, tmp_path / "bygd")
    shutil.copytree(SOURCE / "countries" / "nl", tmp_path / "bygd" / "countries" / "dk")
    code = "from bygd.countries import available, load; print(available(), load('dk').conventions().currency)"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "'dk'" in found.stdout
