"""Tables of one's own are added with what was said of their columns, and with what their other columns are called."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bygd.cli import main
from bygd.countries import read_register
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.privacy import Pseudonym
from bygd.workbench import adding, project

OWNERS = "Company number,Parent number,Share\n04168225,04992349,10%\n"


@pytest.fixture
def place(tmp_path: Path) -> project.Project:
    return project.create(tmp_path / "place", "gb:E07000120", "Hyndburn")


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_text(text, encoding=encoding)
    return folder / name


def test_an_owner_of_a_tenth_controls_nothing_whichever_columns_were_named(
    place: project.Project, tmp_path: Path, engine: DuckEngine
) -> None:
    file = written(tmp_path, "owners.csv", OWNERS)
    added = adding.add_source(place, "register", [file], columns={"number": "Company number"})
    entry = project.read(place.folder).registers[0]
    assert added.source == "world/own_parents" and entry.settings == added.columns
    assert added.columns == {"number": "Company number", "parent_number": "Parent number", "share": "Share"}
    read_register(engine, place.country, entry.source, [file], entry.settings, Pseudonym(b"k" * 32))
    assert [row["is_control"] for row in engine.rows("SELECT is_control FROM parents")] == [False]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Dotterbolag;Ägare;Ägarens namn;Ägarens land;Andel", "number parent_number parent_name parent_country share"),
        (
            "Orgnr;Moderbolagets orgnr;Moderbolag;Ägarland;Ägarandel",
            "number parent_number parent_name parent_country share",
        ),
        (
            "Nummer dochter;Nummer eigenaar;Eigenaar;Land eigenaar;Aandeel",
            "number parent_number parent_name parent_country share",
        ),
        ("Company number,Owner number,Owner,Owner country,%", "number parent_number parent_name parent_country left"),
    ],
)
def test_columns_of_a_list_of_owners_are_known_by_usual_names_and_told(
    place: project.Project, tmp_path: Path, header: str, fields: str
) -> None:
    mark = ";" if ";" in header else ","
    row = ["04168225", "04992349", "Mother", "DE", "100 %"]
    file = written(tmp_path, "owners.csv", f"{header}\n{mark.join(row)}\n")
    added = adding.add_source(place, "register", [file])
    names = dict(zip(fields.split(), header.split(mark), strict=True))
    left = [names.pop("left")] if "left" in names else []
    assert added.source == "world/own_parents" and added.columns == {}
    assert (added.fields, added.left_out) == (names, left)


def test_what_is_left_out_of_a_table_is_told_at_the_terminal(place: project.Project, tmp_path: Path) -> None:
    file = written(tmp_path, "owners.csv", "Company number,Parent number,Whole\n04168225,04992349,yes\n")
    told = CliRunner().invoke(main, ["-C", str(place.folder), "add", "register", str(file)])
    assert told.exit_code == 0, told.output
    lines = [line.split() for line in told.stdout.splitlines()]
    assert ["?", "parent_number", "Parent", "number"] in lines and ["left", "out", "Whole"] in lines


@pytest.mark.parametrize(
    ("said", "reader"),
    [
        ({"number": "Ref", "name": "Firm"}, "world/own_register"),
        ({"number": "Ref", "parent_number": "Firm"}, "world/own_parents"),
        ({"number": "Ref", "successor_number": "Firm"}, "world/own_successions"),
    ],
)
def test_a_table_that_nobody_knows_is_read_by_what_was_said_of_it(
    place: project.Project, tmp_path: Path, said: dict[str, str], reader: str
) -> None:
    file = written(tmp_path, "list.csv", "Ref,Firm,Form\n1,B,C\n")
    assert adding.add_source(place, "register", [file], columns=said) == adding.Added(reader, said)


def test_a_column_that_only_some_files_have_is_not_taken_by_its_name(place: project.Project, tmp_path: Path) -> None:
    one = written(tmp_path, "one.csv", "Nr,Å,Postcode,Town\n1,Alfa,BB5 1AA,Accrington\n", "cp1252")
    two = written(tmp_path, "two.csv", "Nr,Å,Town\n2,Beta,Preston\n")
    columns = adding.add_source(place, "register", [one, two], columns={"number": "Nr", "name": "Å"}).columns
    assert columns == {"number": "Nr", "name": "Å", "town": "Town"}


@pytest.mark.parametrize(
    ("said", "message"),
    [({"number": "Nope"}, "no sheet with all of the columns Nope"), ({"numero": "Share"}, "Unknown fields: numero")],
)
def test_what_is_not_there_is_told_before_anything_is_added(
    place: project.Project, tmp_path: Path, said: dict[str, str], message: str
) -> None:
    file = written(tmp_path, "owners.csv", OWNERS)
    with pytest.raises(InputError, match=message):
        adding.add_source(place, "register", [file], columns=said)
    assert project.read(place.folder).registers == ()
