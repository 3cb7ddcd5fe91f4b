"""Projects: what bygd.toml may say, what it keeps, what it refuses."""

import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bygd.countries import UnknownCountry
from bygd.sources.errors import InputError
from bygd.workbench import build, changing, project


@pytest.fixture
def place(tmp_path: Path) -> project.Project:
    return project.create(tmp_path / "place", "se:1291", "Simrishamn")


def test_a_new_project_can_be_read_and_found_from_below(place: project.Project) -> None:
    below = place.folder / "a" / "b"
    below.mkdir(parents=True)
    assert project.find(below).place_id == "se:1291"
    assert project.find(below).place_name == "Simrishamn"


@pytest.mark.parametrize(("area", "month"), [("se:1291", 1), ("nl:GM0363", 1), ("gb:E07000123", 4)])
def test_a_year_of_money_begins_when_public_bodies_of_the_country_begin_it(
    tmp_path: Path, area: str, month: int
) -> None:
    assert project.create(tmp_path / "new", area).year_starts == month


def test_a_folder_with_a_project_is_not_overwritten(place: project.Project) -> None:
    with pytest.raises(InputError, match="holds a project already"):
        project.create(place.folder, "se:1291")


@pytest.mark.parametrize("wrong", ["1291", ""])
def test_an_area_without_country_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(InputError, match="is no area"):
        project.create(tmp_path / "x", wrong)


def test_an_unknown_country_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownCountry, match="se"):
        project.create(tmp_path / "x", "zz:1")


def test_entries_are_added_and_removed_and_comments_stay(place: project.Project) -> None:
    file = place.folder / project.FILE
    file.write_text(file.read_text() + "# we agreed on this in May\n")
    mapping = {"columns": {"amount": "Belopp", "supplier": ["Leverantör", "Namn"]}, "ignore": ["x"]}
    one = changing.add(place, "ledger", {"anchor": "Kommunen", "files": ["a.csv"], "mapping": mapping})
    two = changing.add(one, "ledger", {"anchor": "Regionen", "files": ["b.csv"], "mapping": {}})
    assert [entry.source for entry in two.ledgers] == ["Kommunen", "Regionen"]
    assert two.ledgers[0].settings == mapping
    left = changing.remove(two, "ledger", 1)
    assert [entry.source for entry in left.ledgers] == ["Regionen"]
    assert changing.remove(left, "ledger", 1).ledgers == ()
    assert "agreed on this in May" in file.read_text()


def test_removing_what_is_not_there_says_how_many_there_are(place: project.Project) -> None:
    with pytest.raises(InputError, match="there are 0"):
        changing.remove(place, "ledger", 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[place", "cannot be read"),
        ("[plaice]\nid = 'se:1'", "does not know"),
        ("[place]\nid = 'se:1'\ncolour = 1", "unknown keys: colour"),
        ("[build]\nyear_starts = 1", "lacks"),
        ("[place]\nid = 'se:1'\n[build]\nyear_starts = 13", "year_starts = 13"),
        ("[place]\nid = 'se:1'\n[build]\nlocal_by = 'moon'", "is not one of seat"),
        ("[place]\nid = 'se:1'\n[[ledger]]\nfiles = ['x']", "number 1 needs anchor"),
        ("[place]\nid = 'se:1'\n[[register]]\nsource = 'x'", "list of files"),
    ],
)
def test_what_is_not_understood_is_an_error_that_says_where(place: project.Project, text: str, message: str) -> None:
    (place.folder / project.FILE).write_text(text)
    with pytest.raises(InputError, match=message):
        project.read(place.folder)


def test_a_missing_file_is_named(place: project.Project) -> None:
    with pytest.raises(InputError, match=r"gone\.csv, which is not there"):
        place.path("gone.csv")


def test_the_key_stays_the_same_and_only_its_owner_may_read_it(place: project.Project) -> None:
    assert place.key() == project.read(place.folder).key()
    assert len(place.key()) == 32
    assert stat.S_IMODE((place.state / "key").stat().st_mode) == 0o600


@pytest.mark.parametrize("left", ["", "ab12", "not hexadecimal", "00" * 31])
def test_a_key_that_is_none_is_an_error_and_nobody_is_masked_by_it(place: project.Project, left: str) -> None:
    (place.state / "key").write_text(left)
    with pytest.raises(InputError, match="is not a key"):
        place.key()


def test_of_two_that_make_a_key_at_once_both_have_the_same(place: project.Project) -> None:
    (place.state / "key").unlink()
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: place.key(), range(8)))
    assert len(set(keys)) == 1
    assert [path.name for path in place.state.glob(".key*")] == []


def test_what_several_change_in_the_project_file_at_once_is_all_kept(place: project.Project) -> None:
    def bring(number: int) -> None:
        changing.add(place, "ledger", {"anchor": f"A{number}", "files": [f"{number}.csv"]})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(bring, range(24)))
    assert {one.source for one in project.read(place.folder).ledgers} == {f"A{number}" for number in range(24)}


def test_two_projects_have_two_keys(tmp_path: Path) -> None:
    one, two = (project.create(tmp_path / name, "se:1291") for name in "ab")
    assert one.key() != two.key()


def test_a_file_joins_the_entry_that_says_the_same_and_is_taken_out_again(place: project.Project) -> None:
    (place.folder / "a.csv").touch()
    entry = {"anchor": "Kommunen", "files": ["a.csv"], "mapping": {"columns": {"amount": "Belopp"}}}
    place = changing.add_files(place, "ledger", entry)
    place = changing.add_files(place, "ledger", {**entry, "files": ["b.csv"]})
    other = {**entry, "files": ["c.csv"], "mapping": {"columns": {"amount": "Summa"}}}
    place = changing.add_files(place, "ledger", other)
    assert [one.files for one in place.ledgers] == [("a.csv", "b.csv"), ("c.csv",)]
    with pytest.raises(InputError, match=r"b\.csv is in the project already"):
        changing.add_files(place, "ledger", {**other, "files": ["b.csv", "d.csv"]})

    assert changing.take_out(place, "a.csv") == ("ledger", entry)
    assert changing.take_out(place, "c.csv") == ("ledger", other)
    place = project.read(place.folder)
    assert [one.files for one in place.ledgers] == [("b.csv",)]
    with pytest.raises(InputError, match=r"does not name a\.csv"):
        changing.take_out(place, "a.csv")
    changing.take_out(place, "b.csv")
    assert project.read(place.folder).ledgers == ()
    assert (place.folder / "a.csv").exists(), "the file itself stays"


def test_files_of_registers_are_not_joined(place: project.Project) -> None:
    for file in ("a.csv", "b.csv"):
        place = changing.add_files(place, "register", {"source": "x/y", "files": [file], "columns": {}})
    assert [one.files for one in place.registers] == [("a.csv",), ("b.csv",)]


def test_a_place_without_a_name_is_called_as_its_area(built_sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "place"
    shutil.copytree(built_sample, folder, symlinks=True)
    file = folder / "bygd.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('name = "Fyrhamn"', 'name = "se:9901"'), encoding="utf-8")
    assert project.read(folder).place_name == "se:9901"
    build.build(project.read(folder))
    assert project.read(folder).place_name == "Fyrhamn"
