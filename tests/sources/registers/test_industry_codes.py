"""Codes that a spreadsheet made numbers of: nought comes back where the column tells, and nothing is guessed."""

from pathlib import Path
from typing import Any

import pytest

from bygd.engine import DuckEngine


@pytest.mark.parametrize(
    ("country", "codes", "told"),
    [
        ("se", ["1110", "81210", "62020"], ["01110", "81210", "62020"]),
        ("gb", ["1110", "81210", "9100"], ["01110", "81210", "09100"]),
        ("se", ["1110", "01500", "81210"], ["1110", "01500", "81210"]),  # noughts are there: it ends at its class
        ("se", ["1110", "8121", "4711"], ["1110", "8121", "4711"]),  # classes throughout
        ("se", ["1110", "4711", "81210"], [None, "4711", "81210"]),  # either
        ("se", ["111", "81210", ""], ["111", "81210", None]),
        ("nl", ["1110", "81210", "4711"], ["1110", "81210", "4711"]),  # codes of several lengths
    ],
)
def test_a_lost_nought_comes_back_where_the_column_tells(
    tmp_path: Path, read: Any, engine: DuckEngine, country: str, codes: list[str], told: list[str | None]
) -> None:
    path = tmp_path / "register.csv"
    lines = [f"FIRM-{number};Firm {number};{code}" for number, code in enumerate(codes)]
    path.write_text("\n".join(["number;name;industry", *lines]) + "\n", encoding="utf-8")
    columns = {"number": "number", "name": "name", "industry": "industry"}
    read("world/own_register", path, country=country, columns=columns)
    found = engine.rows("SELECT name, industry FROM organisations ORDER BY name")
    assert [row["industry"] for row in found] == told
