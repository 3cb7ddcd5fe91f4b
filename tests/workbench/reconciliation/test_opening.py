"""Which register is served: the project's snapshot, its files, or files named on the way."""

import shutil
from pathlib import Path

import pytest
from tests.lib import small_register
from tests.lib.small_register import PIPES, ROWS, org_id

from bygd.sources.errors import InputError
from bygd.workbench import project, snapshot
from bygd.workbench.reconciliation import Wanted, open_register, reconcile


def test_a_project_serves_what_was_built(built_sample: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built_sample, tmp_path / "place")
    with open_register(Wanted(folder)) as register:
        assert register.version == snapshot.current(project.find(folder)).id
        name = register.rows("SELECT name FROM served ORDER BY org_id LIMIT 1")[0]["name"]
        assert reconcile(register, {"q": {"query": name}}, "en")["q"]["result"][0]["name"] == name
        assert not register.rows("SELECT * FROM served WHERE is_masked")


def test_a_project_that_was_not_built_reads_its_register(built_sample: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built_sample, tmp_path / "place", ignore=shutil.ignore_patterns("snapshots", "current"))
    with open_register(Wanted(folder)) as register:
        assert register.count > 100 and register.masked > 0


def test_files_are_read_outside_a_project_and_leave_nothing_behind(tmp_path: Path) -> None:
    wanted = small_register.wanted(tmp_path)
    with open_register(wanted) as register:
        assert register.count == len(ROWS) and register.name == "register"
    assert [path.name for path in tmp_path.iterdir()] == ["register.csv"]


def test_files_stand_in_for_a_projects_register_and_leave_the_project_as_it_is(
    built_sample: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(built_sample, tmp_path / "place")
    before = (folder / "bygd.toml").read_bytes()
    wanted = small_register.wanted(tmp_path)
    with open_register(Wanted(folder, wanted.files, "", wanted.source, wanted.columns)) as register:
        assert register.organisations([org_id(PIPES)]) and register.count == len(ROWS)
    assert (folder / "bygd.toml").read_bytes() == before


def test_a_projects_own_weights_count_here_too(built_sample: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built_sample, tmp_path / "place")
    (folder / "weights.yaml").write_text("made_from: a test\nbase: -9\ncurves:\n  cosine: [[0, 0], [1, 1]]\n")
    with open_register(Wanted(folder)) as register:
        assert register.weights.base == -9
        name = register.rows("SELECT name FROM served ORDER BY org_id LIMIT 1")[0]["name"]
        found = reconcile(register, {"q": {"query": name}}, "en")["q"]["result"]
        assert found and not any(one["match"] for one in found)


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no bygd"), open_register(Wanted(tmp_path)):
        pass
    file = small_register.write(tmp_path / "register.csv")
    with pytest.raises(InputError, match="--country"), open_register(Wanted(tmp_path, (file,))):
        pass
    project.create(tmp_path / "empty", "se:1291")
    with pytest.raises(InputError, match="no register"), open_register(Wanted(tmp_path / "empty")):
        pass


def test_a_register_of_persons_only_cannot_be_served(tmp_path: Path) -> None:
    file = tmp_path / "persons.csv"
    file.write_text(f"number,name\n{small_register.PERSON},Anna Nilsson\n", encoding="utf-8")
    columns = {"number": "number", "name": "name"}
    with (
        pytest.raises(InputError, match="no organisation that may be shown"),
        open_register(Wanted(tmp_path, (file,), "se", "world/own_register", columns)),
    ):
        pass
