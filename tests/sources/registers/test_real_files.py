"""The real files are read whole; what came out stands in docs/method/registers.md."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bygd.engine import DuckEngine

Read = Callable[..., dict[str, Any]]


def test_the_open_lists_of_organisations(shared_data: Path, read: Read, engine: DuckEngine) -> None:
    notes = read("world/own_register", shared_data / "gb/register/organisations.csv.gz", country="gb")
    assert (notes["rows"], notes["kept"], notes["merged"], notes["set_aside"]) == (80_259, 74_214, 6_045, 0)
    schemes = engine.rows("SELECT SPLIT_PART(org_id, ':', 1) AS scheme, COUNT(*) AS n FROM organisations GROUP BY 1")
    assert {row["scheme"]: row["n"] for row in schemes} == {"GB-COH": 36_684, "GB-OTHER": 37_530}
    (bank,) = engine.rows("SELECT name FROM organisations WHERE org_id = 'GB-COH:00002065'")
    others = engine.rows("SELECT name FROM organisation_names WHERE org_id = 'GB-COH:00002065' ORDER BY name")
    assert bank["name"] == "Lloyds Bank PLC"
    assert "LLOYDS BANK PLC" in [row["name"] for row in others]


def test_names_without_numbers_of_their_own(shared_data: Path, read: Read) -> None:
    columns = {"number": "row", "name": "name", "scheme": "XX-ROW"}
    path = shared_data / "gb/register/haystack_names.csv.gz"
    notes = read("world/own_register", path, country="gb", columns=columns)
    assert (notes["rows"], notes["kept"]) == (158_700, 158_700)


@pytest.mark.slow
def test_code_point_open(shared_data: Path, read: Read, engine: DuckEngine) -> None:
    path = shared_data / "gb/postcodes/codepoint_open_north_and_devon.csv.gz"
    notes = read("gb/codepoint_open", path)
    assert (notes["rows"], notes["kept"], notes["set_aside"]) == (431_009, 431_009, 0)
    assert notes["counts"]["postcodes without a municipality"] == 15
    preston = engine.rows("SELECT COUNT(*) AS n FROM postcodes WHERE municipality_id = 'gb:E07000123'")[0]["n"]
    assert preston == 3_332
    county = engine.rows("SELECT DISTINCT county_id FROM postcodes WHERE municipality_id = 'gb:E08000006'")
    assert county == [{"county_id": "gb:E11000001"}]


@pytest.mark.parametrize(
    ("country", "rows", "kept", "without"),
    [("se", 18_870, 18_870, 268), ("nl", 4_334, 4_086, 68), ("gb", 27_450, 3_002, 3_002)],
)
def test_geonames(
    shared_data: Path, read: Read, engine: DuckEngine, country: str, rows: int, kept: int, without: int
) -> None:
    notes = read("world/geonames", shared_data / country / "geonames_postal.csv.gz", country=country)
    assert (notes["rows"], notes["kept"]) == (rows, kept)
    assert notes["counts"]["postcodes without a municipality"] == without
    lost = engine.rows(
        "SELECT DISTINCT municipality_id FROM postcodes ANTI JOIN areas ON municipality_id = area_id "
        "WHERE municipality_id IS NOT NULL"
    )
    assert lost == []
