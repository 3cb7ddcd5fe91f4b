"""Registers counted: known answers on a small land, what cannot be told, and what could be anywhere."""

from datetime import date
from typing import Any

import pytest
from tests.lib.text_tables import cells, fill
from tests.lib.town import AREAS, MUNICIPALITIES

from bygd import geography
from bygd.engine import DuckEngine
from bygd.tools import registered
from bygd.vocabulary import tables

GROUPS = {"49": "company", "51": "cooperative", "92": "mutual", "81": "public", "10": "sole_trader"}
TODAY = date(2026, 3, 1)
REGISTER = """
    org  | form | municipality | postcode | status | began      | ended      | size
    AB1  | 49   | 1            | -        | active | 2020-01-01 | -          | micro
    AB2  | 49   | -            | 100 01   | active | 2025-02-01 | -          | small
    EK1  | 51   | 1            | 10001    | active | 2025-05-05 | -          | micro
    EK2  | 51   | 2            | -        | active | 1990-01-01 | -          | unknown
    EK3  | 51   | 3            | -        | ended  | 1990-01-01 | 2025-12-01 | unknown
    LOST | 51   | -            | -        | active | 2026-02-01 | -          | unknown
    ODD  | zz   | 3            | -        | active | 2199-01-01 | -          | unknown
    GOV  | 81   | 1            | -        | active | -          | -          | large
    ANNA | 10   | 1            | -        | active | 2025-05-05 | -          | micro
"""


def _filled(engine: DuckEngine, text: str, owners: tuple[str, ...] = ()) -> geography.Place:
    engine.register(tables.areas, [fill(tables.areas, area) for area in AREAS])
    engine.register(
        tables.postcodes,
        [
            fill(tables.postcodes, {"country": "se", "postcode": code, "municipality_id": area,
                                    "neighbourhood_id": "se:1A1" if area == "se:1" else "-"})
            for code, area in MUNICIPALITIES.items()
        ],
    )  # fmt: skip
    engine.register(
        tables.organisations,
        [
            fill(tables.organisations, {
                "org_id": row["org"], "name": row["org"], "country": "se", "legal_form": row["form"],
                "municipality": row["municipality"], "postcode": row["postcode"], "status": row["status"],
                "registered_on": row["began"], "ended_on": row["ended"], "size_band": row["size"],
            })
            for row in cells(text)
        ],
    )  # fmt: skip
    engine.register(
        tables.ultimate_owners,
        [fill(tables.ultimate_owners, {"org_id": org, "kind": "public_body", "ended": "top", "steps": "1"})
         for org in owners],
    )  # fmt: skip
    return geography.place(engine, "se:1", "Here")


def _counted(engine: DuckEngine, place: geography.Place) -> dict[tuple[Any, ...], tuple[int | None, int | None]]:
    registered.run(engine, place, GROUPS, TODAY)
    return {
        (row["area_id"], row["counted"], row["part"], row["period"]): (row["number"], row["most"])
        for row in engine.rows("SELECT * FROM register_counts")
    }


def test_organisations_are_counted_where_their_seat_is_and_what_has_none_may_be_anywhere(engine: DuckEngine) -> None:
    found = _counted(engine, _filled(engine, REGISTER, owners=("AB2",)))
    assert found["se:1", "firms_by_form", "form=cooperative", ""] == (1, 2)
    assert found["se:a", "firms_by_form", "form=cooperative", ""] == (2, 3)
    assert found["se", "firms_by_form", "form=cooperative", ""] == (3, None)
    assert found["se", "firms_by_form", "seat=unknown", ""] == (1, None)
    assert found["se:1", "firms_by_form", "form=company", ""] == (2, None)
    assert found["se:1", "firms_by_form", "", ""] == (4, 5), "the sole trader is in no count"
    assert found["se:3", "firms_by_form", "form=cooperative", ""] == (0, 1), "what ended stands no more"
    assert found["se:3", "firms_by_form", "form=unknown", ""] == (1, None)
    assert found["se:1", "firms_by_form", "form=mutual", ""] == (None, None), "the register has none anywhere"
    assert found["se:1", "public_firms", "", ""] == (1, None)
    assert found["se:1", "firms_by_size", "size=0-9", ""] == (2, None)
    assert found["se:1", "firms_started", "", "2025"] == (2, None)
    assert found["se:3", "firms_ended", "", "2025"] == (1, None)
    assert not any(period == "2026" for _, _, _, period in found), "a year that is not over is not told"
    assert found["se:1A1", "firms_by_form", "form=company", ""] == (1, 2), "one of the municipality without postcode"
    days = {row["told_on"] for row in engine.rows("SELECT told_on FROM register_counts")}
    assert days == {date(2026, 2, 1)}, "days to come are slips"


def test_the_parts_make_the_whole(engine: DuckEngine) -> None:
    found = _counted(engine, _filled(engine, REGISTER))
    for area in ("se:1", "se:2", "se:3", "se"):
        parts = [
            number or 0
            for (id, counted, part, _), (number, _) in found.items()
            if (id, counted) == (area, "firms_by_form") and part.startswith("form=")
        ]
        assert sum(parts) == found[area, "firms_by_form", "", ""][0]
    lands = [found[area, "firms_by_form", "", ""][0] or 0 for area in ("se:1", "se:2", "se:3")]
    assert found["se", "firms_by_form", "", ""][0] == sum(lands) + 1


def test_of_what_registers_cover_in_part_nothing_is_told(engine: DuckEngine) -> None:
    lines = REGISTER.strip().splitlines()
    here = [line for line in lines if "AB" in line or "EK1" in line or "org" in line]
    found = _counted(engine, _filled(engine, "\n".join(here)))
    assert found["se:1", "firms_by_form", "form=cooperative", ""] == (1, None)
    assert found["se:a", "firms_by_form", "form=cooperative", ""] == (None, None)
    assert found["se", "firms_by_form", "", ""] == (None, None)
    assert ("se:2", "firms_by_form", "", "") not in found


@pytest.mark.parametrize("text", ["org | form | municipality | postcode | status | began | ended | size"])
def test_without_a_register_nothing_is_counted(engine: DuckEngine, text: str) -> None:
    assert _counted(engine, _filled(engine, text)) == {}
