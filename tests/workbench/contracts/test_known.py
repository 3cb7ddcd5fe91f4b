"""What holds of each contract: the latest entry, unless it was withdrawn."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.workbench import contracts, decisions, project

TABLE = tables.contract_entries
NOON = datetime(2026, 1, 2, 12)


def entry(number: str, hours: int = 0, **more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(TABLE.columns()),
        "contract_key": contracts.key("Sample", number, "Window cleaning"),
        "anchor": "Sample",
        "number": number,
        "title": "Window cleaning",
        "value": Decimal("1000.50"),
        "ends_on": date(2027, 12, 31),
        "stage": "signed",
        "is_framework": False,
        "withdrawn": False,
        "source": "test",
        "entered_by": "Åsa",
        "entered_at": NOON + timedelta(hours=hours),
        **more,
    }


@pytest.fixture
def place(tmp_path: Path) -> project.Project:
    return project.create(tmp_path / "place", "se:1291")


def test_the_latest_entry_of_a_contract_counts(place: project.Project) -> None:
    decisions.add(place, TABLE, [entry("A 1", 2, value=Decimal(5)), entry("a  1", 1), entry("B", 1)])
    found = contracts.current(place)
    assert sorted((row["number"], row["value"]) for row in found) == [("A 1", Decimal(5)), ("B", Decimal("1000.50"))]
    assert len(contracts.entries(place)) == 3
    assert [row["number"] for row in contracts.entries(place, contracts.key("Sample", "A 1", ""))] == ["a  1", "A 1"]


def test_a_withdrawn_contract_is_gone_until_it_is_entered_again(place: project.Project) -> None:
    decisions.add(place, TABLE, [entry("A"), entry("A", 1, withdrawn=True)])
    assert contracts.current(place) == []
    decisions.add(place, TABLE, [entry("A", 2)])
    assert [row["number"] for row in contracts.current(place)] == ["A"]


def test_types_come_back_from_the_file_as_they_went_in(place: project.Project) -> None:
    whole = entry("A", is_framework=True, signed_on=date(2024, 2, 29), reserved="sheltered", value=Decimal("0.10"))
    decisions.add(place, TABLE, [whole])
    assert contracts.entries(place) == [whole]


def test_contracts_can_be_joined_on_an_engine(place: project.Project) -> None:
    decisions.add(place, TABLE, [entry("A"), entry("B", anchor="Other")])
    with DuckEngine() as engine:
        contracts.in_engine(engine, place, {"Sample"})
        assert engine.rows("SELECT number, value FROM contracts") == [{"number": "A", "value": Decimal("1000.50")}]


@pytest.mark.parametrize(
    ("column", "text"),
    [("value", "1000.505"), ("value", "1e400"), ("value", "NaN"), ("value", "1" * 15), ("is_framework", "maybe"),
     ("ends_on", "2026-02-30"), ("reserved", "friends"), ("title", " ")],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_its_line(place: project.Project, column: str, text: str) -> None:
    decisions.add(place, TABLE, [{**entry("A"), column: text}])
    with pytest.raises(InputError, match=f"Line 2 of contract_entries.csv .*'{column}'"):
        contracts.current(place)
