"""What a project keeps of its place is changed by one at a time: the prompt and pages wait for each other."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bygd.vocabulary.place_words import Level
from bygd.workbench import changing, project
from bygd.workbench.place import choosing, divisions, keeping, villages
from bygd.workbench.project import Project

AREAS = "DeSO_2025,kommun\n1291A0010,1291\n"
DIVISION = "level,old_vintage,new_vintage,old,new\nsmall_area,2018,2025,1291A0010,1291A0010\n"
VALUES = b"area,indicator,period,value,vintage,level\n1291A0010,population,2024,500,2025,small_area\n"

YEARS = "small_area-2018-2025"
CHANGES: dict[str, tuple[str, Callable[[Project, Path], Any]]] = {
    "areas": ("areas.csv", lambda here, files: choosing.choose_areas(here, files / "areas.csv")),
    "areas out": ("areas-out.csv", lambda here, _: choosing.take_out(here, Level.SMALL_AREA, "2025")),
    "division": (f"divisions/{YEARS}.csv", lambda here, files: divisions.bring(here, [files / "list.csv"])),
    "division out": (f"divisions/{YEARS}.out", lambda here, _: divisions.take_out(here, YEARS)),
    "village": ("villages.yaml", lambda here, _: villages.add(here, "by", "By", ["1291A0010"])),
    "values": ("values/own.csv", lambda here, _: keeping.keep_values(here, "own", keeping.look(here, "o.csv", VALUES))),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_it_waits_while_another_changes_the_project(tmp_path: Path, what: str) -> None:
    here = project.create(tmp_path / "place", "se:1291", "Simrishamn")
    (tmp_path / "areas.csv").write_text(AREAS)
    (tmp_path / "list.csv").write_text(DIVISION)
    name, change = CHANGES[what]
    if what.endswith(" out"):
        CHANGES[what.removesuffix(" out")][1](here, tmp_path)
    written = here.folder / "place" / name
    with changing.alone(here):
        other = threading.Thread(target=change, args=(here, tmp_path))
        other.start()
        other.join(0.2)
        assert other.is_alive() and not written.exists()
    other.join(10)
    assert written.exists()
