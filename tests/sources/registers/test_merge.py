"""Several registers become one: the preferred one wins a column, no name is lost, persons stay masked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bygd import countries
from bygd.engine import DuckEngine
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers import register_merge
from bygd.vocabulary import tables

SAMPLES = Path(__file__).parents[2] / "countries"
REGISTER = register_merge.TABLES
Read = Callable[..., dict[str, Any]]


def _keep(engine: DuckEngine, folder: Path, written: tuple[Any, ...] = REGISTER) -> Path:
    folder.mkdir()
    for table in written:
        engine.write(table, folder / f"{table.__name__}.parquet")
    return folder


def test_two_swedish_registers_become_one(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    read("se/bolagsverket", SAMPLES / "se/sources/bolagsverket/raw.txt")
    companies = _keep(engine, tmp_path / "companies")
    read("se/scb", SAMPLES / "se/sources/scb/raw.txt")
    statistics = _keep(engine, tmp_path / "statistics")
    countries.merge_registers(engine, [companies, statistics], countries.load("se"))
    found = {row["org_id"]: row for row in engine.rows("SELECT * FROM organisations")}
    assert len(found) == 6
    bakery = found["SE-ON:5560160680"]
    assert (bakery["name"], bakery["legal_form"], bakery["industry"]) == ('Österlens "Bageri" AB', "49", "01110")
    assert bakery["source"] == "se/scb"
    gone = found["SE-ON:5567000001"]
    assert (gone["legal_form"], gone["status"], str(gone["ended_on"])) == ("31", "ended", "2020-03-04")
    assert gone["country"] == "se"
    names = {(row["org_id"], row["name"]) for row in engine.rows("SELECT * FROM organisation_names")}
    assert ("SE-ON:5560160680", "Österlens Bageri AB") in names
    assert ("SE-ON:5560160680", "Bageriet på hörnet") in names
    masked = [row for row in found.values() if row["is_masked"]]
    assert [row["legal_form"] for row in masked] == ["10"]
    assert not {org_id for org_id, _ in names} & {row["org_id"] for row in masked}


def test_one_register_stays_as_it_is(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    read("se/scb", SAMPLES / "se/sources/scb/raw.txt")
    before = engine.rows("SELECT * FROM organisations ORDER BY org_id")
    countries.merge_registers(engine, [_keep(engine, tmp_path / "one")], countries.load("se"))
    assert engine.rows("SELECT * FROM organisations ORDER BY org_id") == before


def test_no_register_gives_empty_tables(engine: DuckEngine) -> None:
    countries.merge_registers(engine, [], countries.load("se"))
    assert engine.rows("SELECT COUNT(*) AS n FROM organisations") == [{"n": 0}]


def test_postcode_files_become_one_and_the_first_wins(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    written = (tables.postcodes, tables.areas)
    read("gb/onspd", SAMPLES / "gb/sources/onspd/raw.csv")
    directory = _keep(engine, tmp_path / "directory", written)
    read("gb/codepoint_open", SAMPLES / "gb/sources/codepoint_open/raw.csv")
    open_file = _keep(engine, tmp_path / "open", written)
    countries.merge_postcodes(engine, [open_file, directory], countries.load("gb"))
    (both,) = engine.rows("SELECT * FROM postcodes WHERE postcode = 'PR12AD'")
    assert (both["neighbourhood_id"], both["deprivation_decile"]) == ("gb:E05005275", 1)
    assert engine.rows("SELECT COUNT(*) AS n FROM postcodes") == [{"n": 5}]
    assert engine.rows("SELECT name, parent_id FROM areas WHERE area_id = 'gb:E07000123'") == [
        {"name": "Preston", "parent_id": "gb:E10000017"}
    ]


def test_without_postcodes_the_countrys_own_areas_stand(engine: DuckEngine) -> None:
    countries.merge_postcodes(engine, [], countries.load("se"))
    assert engine.rows("SELECT name, parent_id FROM areas WHERE area_id = 'se:1291'") == [
        {"name": "Simrishamn", "parent_id": "se:12"}
    ]


cells = st.sampled_from(["", "5560160680", "556016-0680", "16556016-0680", "5567000001", "850709-9805", "x1", "  "])
texts = st.sampled_from(["", "Bageriet AB", "Bageriet", "Kvarnen", "Å & Ö"])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(st.tuples(cells, texts, texts), min_size=1, max_size=12))
def test_every_row_is_kept_merged_or_set_aside(
    rows: list[tuple[str, str, str]], tmp_path: Path, engine: DuckEngine
) -> None:
    path = tmp_path / "register.csv"
    path.write_text("Nr;Namn;Ort\n" + "".join(f"{a};{b};{c}\n" for a, b, c in rows), encoding="utf-8")
    columns = {"number": "Nr", "name": "Namn", "town": "Ort"}
    arguments = (engine, countries.load("se"), "world/own_register", [path], columns, Pseudonym(b"k" * 32))
    notes = countries.read_register(*arguments)
    given_rows = [row for row in rows if any(cell.strip() for cell in row)]
    assert notes["rows"] == len(given_rows) == notes["kept"] + notes["merged"] + notes["set_aside"]
    kept = {
        row["name"] for row in engine.rows("SELECT name FROM organisations UNION SELECT name FROM organisation_names")
    }
    usable = {b for a, b, _ in given_rows if a.strip() and b and not a.startswith("850709")}
    assert usable <= kept


def test_successions_of_two_lists_become_one(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    folders = []
    for name, day in (("first", "2024-05-01"), ("second", "2024-03-01")):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"old number,new number,on\n01234567,07654321,{day}\n{name}00,07654321,\n")
        read("world/own_successions", path, country="gb")
        folders.append(_keep(engine, tmp_path / name))
    countries.merge_registers(engine, folders, countries.load("gb"))
    found = engine.rows("SELECT org_id, CAST(happened_on AS VARCHAR) AS day FROM successions ORDER BY 1")
    assert found[0] == {"org_id": "GB-COH:01234567", "day": "2024-03-01"}
    assert len(found) == 3
