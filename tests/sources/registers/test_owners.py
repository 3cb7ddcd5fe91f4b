"""Lists of owners: strict about what they are, and no person's name or number in anything they leave."""

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bygd import countries
from bygd.engine import DuckEngine
from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.sources.registers import register_merge
from bygd.vocabulary import tables

SAMPLES = Path(__file__).parents[2] / "countries"
PSC = SAMPLES / "gb/sources/psc/raw.txt"
BODS = SAMPLES / "world/sources/bods/raw.json"
OWN = SAMPLES / "world/sources/own_parents/raw.csv"
Read = Callable[..., dict[str, Any]]


def _owners(engine: DuckEngine) -> list[dict[str, Any]]:
    return engine.rows("SELECT * FROM parents ORDER BY org_id, parent_id")


@pytest.mark.parametrize(
    ("source", "path", "country"),
    [("gb/psc", PSC, "gb"), ("world/bods", BODS, "se"), ("world/own_parents", OWN, "se")],
)
def test_no_person_is_named_in_what_is_left(
    read: Read, engine: DuckEngine, tmp_path: Path, source: str, path: Path, country: str
) -> None:
    assert countries.register_source(path, countries.load(country)) == source
    notes = read(source, path, country=country)
    assert notes["masked"] > 0
    engine.write(tables.parents, tmp_path / "parents.parquet")
    left = (
        json.dumps([_owners(engine), notes], default=str)
        + engine.rows(
            "SELECT STRING_AGG(CAST(p AS VARCHAR)) AS said FROM read_parquet(?) p", str(tmp_path / "parents.parquet")
        )[0]["said"]
    )
    for named in (
        "Ada",
        "Lovelace",
        "Made-Up",
        "Former",
        "Influence ",
        "1977",
        "Anna",
        "Åkesson",
        "850709",
        "1971",
        "Stor",
    ):
        assert named not in left, named
    relations = engine.rows("SELECT table_name FROM information_schema.tables")
    assert {row["table_name"] for row in relations} <= {table.__name__ for table in tables.ALL}


def test_an_order_of_lines_changes_nothing(read: Read, engine: DuckEngine, tmp_path: Path) -> None:
    read("gb/psc", PSC)
    before = _owners(engine)
    lines = PSC.read_text().splitlines()
    random.Random(3).shuffle(lines)
    packed = tmp_path / "psc.gz"
    packed.write_bytes(gzip.compress("\r\n".join(lines).encode()))
    read("gb/psc", packed)
    assert _owners(engine) == before


def test_statements_by_line_are_those_of_a_list(read: Read, engine: DuckEngine, tmp_path: Path) -> None:
    read("world/bods", BODS, country="se")
    before = _owners(engine)
    listed = json.loads(BODS.read_text())
    lines = tmp_path / "statements.jsonl"
    lines.write_text("\n".join(json.dumps(one) for one in listed))
    assert countries.register_source(lines, countries.load("se")) == "world/bods"
    assert read("world/bods", lines, country="se")["rows"] == 9
    assert _owners(engine) == before


HOSTILE: tuple[tuple[str, bytes, str], ...] = (
    ("gb/psc", b"", "is empty"),
    ("gb/psc", b"company;owner\n1;2\n", "JSON document was expected"),
    ("gb/psc", b"PK\x03\x04 cut short", "damaged or cut short"),
    ("world/bods", b'[{"statementID": "1", "statementType": "entitySta', "damaged or cut short"),
    ("world/bods", b'[{"a": 1}, 2]', "holds no statement"),
    ("world/bods", b'[{"statementID": ' + b"[" * 100_000, "damaged or cut short"),
    ("world/own_parents", b'{"statementID": "1"}', "is a JSON document"),
    ("world/own_parents", b"a;b\n1;2\n", "no columns for number, parent_number"),
    ("se/scb", b'{"statementID": "1"}', "is a JSON document"),
)


@pytest.mark.parametrize(("source", "content", "message"), HOSTILE)
def test_what_is_no_list_of_owners_is_refused(
    read: Read, tmp_path: Path, source: str, content: bytes, message: str
) -> None:
    path = tmp_path / "owners"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read(source, path, country="gb" if source.startswith("gb") else "se")


def test_odd_lines_are_set_aside_and_the_rest_is_read(read: Read, engine: DuckEngine, tmp_path: Path) -> None:
    good = PSC.read_text().splitlines()[0]
    odd = [
        '{"company_number":{"a":1},"data":[]}', "null", "3", '"text"', "{" * 10_000, '{"company_number":"1\x00"}',
        '{"company_number":"01234567","data":{"kind":["individual-person-with-significant-control"]}}',
        '{"company_number":"\';DROP TABLE parents;--","data":{"kind":"individual-person-with-significant-control"}}',
        "[]" + "x" * 100_000,
    ]  # fmt: skip
    path = tmp_path / "psc.txt"
    path.write_text("\n".join([good, *odd]))
    notes = read("gb/psc", path)
    assert (notes["rows"], notes["kept"]) == (9, 1)
    assert notes["reasons"] == {"no JSON": 2, "says of nothing what it is": 5, "no number of the organisation owned": 1}
    assert notes["counts"]["lines about something else: statements, exemptions, totals"] == 1
    assert str(notes["warnings"][0]).endswith(
        "8 of 9 rows were set aside: says of nothing what it is (5 rows, the first is row 2 of psc.txt), "
        "no JSON (2 rows, the first is row 6 of psc.txt), no number of the organisation owned (row 9 of psc.txt)."
    )
    assert "säger inte vad den är (5 rader" in Translator("sv").said(notes["warnings"][0])
    (owner,) = _owners(engine)
    assert (owner["org_id"], owner["is_control"], owner["country"]) == ("GB-COH:01234567", True, "gb")


def test_a_list_of_ones_own_comes_before_a_publishers(read: Read, engine: DuckEngine, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("number,parent number,share\n2345678,09999999,60%\n")
    folders = []
    for name, path in (("gb/psc", PSC), ("world/own_parents", own)):
        read(name, path, country="gb")
        folders.append(tmp_path / name.replace("/", "_"))
        folders[-1].mkdir()
        for table in register_merge.TABLES:
            engine.write(table, folders[-1] / f"{table.__name__}.parquet")
    countries.merge_registers(engine, folders, countries.load("gb"))
    found = {(row["org_id"], row["parent_id"]) for row in _owners(engine)}
    assert ("GB-COH:02345678", "GB-COH:09999999") in found
    assert ("GB-COH:02345678", "GB-COH:01234567") not in found
    assert ("GB-COH:01234567", "GB-COH:01234567/person:1") in found


def test_the_same_list_twice_is_one(read: Read, engine: DuckEngine, tmp_path: Path) -> None:
    folders = []
    for number in range(2):
        read("gb/psc", PSC)
        folders.append(tmp_path / str(number))
        folders[-1].mkdir()
        for table in register_merge.TABLES:
            engine.write(table, folders[-1] / f"{table.__name__}.parquet")
    before = _owners(engine)
    countries.merge_registers(engine, folders, countries.load("gb"))
    assert _owners(engine) == before


def test_real_statements_are_read_whole(read: Read, engine: DuckEngine, shared_data: Path) -> None:
    paths = sorted((shared_data / "gb/contracts/bods").glob("*.json"))
    if not paths:
        pytest.skip("no statements there")
    notes = read("world/bods", *paths, country="gb")
    assert (notes["rows"], notes["kept"], notes["merged"], notes["set_aside"]) == (167, 166, 1, 0)
    stated = [statement for path in paths for statement in json.loads(path.read_text())]
    persons = {name["fullName"] for one in stated for name in one.get("names", [])}
    rows = _owners(engine)
    left = json.dumps(rows, default=str)
    assert len(persons) > 50 and not [name for name in persons if name in left]
    declared = {path.name.split("_")[1] for path in paths}
    assert {row["org_id"].removeprefix("GB-COH:") for row in rows} <= declared
