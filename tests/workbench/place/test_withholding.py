"""What could tell of a person is withheld, and as much beside it as keeps it from being had by subtracting."""

from typing import Any

import pytest

from bygd import countries
from bygd.countries.indicators import indicators
from bygd.tools.place import is_disclosing
from bygd.vocabulary.place_words import Unit, ValueStatus
from bygd.workbench.place import withholding
from bygd.workbench.place.reading import Reading, Readings
from bygd.workbench.place.villages import Village
from bygd.workbench.place.withholding import told, withhold

PARENTS = {f"x:{name}": "x:town" for name in "abcd"}


def row(area: str, value: float | None, breakdown: str = "", unit: str = "persons", status: str = "observed") -> Any:
    vintage = "2025" if area != "town" else ""
    return {"area_id": f"x:{area}", "vintage": vintage, "indicator": "alone", "period": "2025", "breakdown": breakdown,
            "value": value, "status": status, "unit": unit}  # fmt: skip


def kept(*rows: Any) -> list[tuple[str, str, float | None]]:
    withhold(rows, PARENTS)
    return [(one["area_id"][2:], one["breakdown"], one["value"]) for one in rows]


def test_a_small_count_is_emptied_and_is_not_nought() -> None:
    one = row("a", 3)
    assert withhold([one], {}) == 1 and one["value"] is None and one["status"] == ValueStatus.WITHHELD
    for other in (row("a", 0), row("a", 5), row("a", 3, unit="firms"), row("a", None, status="missing")):
        before = dict(other)
        assert withhold([other], {}) == 0 and other == before


def test_a_part_is_not_had_by_subtracting() -> None:
    found = kept(row("a", 60), row("a", 3, "sex=f"), row("a", 57, "sex=m"))
    assert [value for _, _, value in found] == [60, None, None]
    ages = kept(row("a", 2, "age=0-19"), row("a", 30, "age=20-64"), row("a", 9, "age=65+"))
    assert [value for _, _, value in ages] == [None, 30, None], "the smallest beside it"
    two = kept(row("a", 1, "age=0-19"), row("a", 2, "age=20-64"), row("a", 9, "age=65+"), row("a", 50, "age=80+"))
    assert [value for _, _, value in two] == [None, None, None, 50], "one and two are three people together"


def test_a_cell_of_two_ways_is_not_had_along_either() -> None:
    cells = [row("a", number, f"age={age};sex={sex}")
             for age, sex, number in (("0", "f", 2), ("0", "m", 20), ("1", "f", 21), ("1", "m", 22))]  # fmt: skip
    sums = [row("a", 22, "age=0"), row("a", 43, "age=1"), row("a", 23, "sex=f"), row("a", 42, "sex=m")]
    found = kept(*cells, *sums)
    assert [value for _, _, value in found[:4]] == [None] * 4 and [value for _, _, value in found[4:]] == [
        22,
        43,
        23,
        42,
    ]


def test_an_area_is_not_had_from_its_municipality() -> None:
    found = kept(row("town", 100), row("a", 3), row("b", 40), row("c", 57))
    assert [value for _, _, value in found] == [100, None, None, 57]
    rest = kept(row("town", 100), row("a", 98))
    assert [value for _, _, value in rest] == [100, None], "two live outside it"
    alone = kept(row("a", 3), row("b", 40))
    assert [value for _, _, value in alone] == [None, 40], "nobody knows what they come to"
    silent = kept(row("town", 100), row("a", None, status="suppressed"), row("b", 40), row("c", 57))
    assert [value for _, _, value in silent] == [100, None, None, 57], "what people withheld themselves counts as well"


def test_groups_of_income_count_people_too() -> None:
    found = kept(row("a", 4, "group=1;what=number", "currency"), row("a", 90, "group=2;what=number", "currency"),
                 row("a", 3, "group=1;what=mean", "currency"))  # fmt: skip
    assert [value for _, _, value in found] == [None, None, 3]


def test_a_part_is_not_had_from_a_village_that_somebody_counted() -> None:
    rows = [row("village:v", 43), row("a", 3), row("b", 40), row("village:w", 41), row("village:v", 9, unit="firms")]
    withholding.withhold(rows, {})
    assert withholding.of_villages(rows, {"x:village:v": ["x:a", "x:b"], "x:village:w": ["x:b"]}) == 1
    assert [one["value"] for one in rows] == [None, None, 40, 41, 9] and rows[0]["status"] == "withheld"


@pytest.mark.parametrize(
    ("value", "unit", "base", "whole", "expected"),
    [
        (4, Unit.PERSONS, None, None, True), (5, Unit.PERSONS, None, None, False), (0, Unit.PERSONS, None, 3, True),
        (97, Unit.HOUSEHOLDS, None, 100, True), (90, Unit.HOUSEHOLDS, None, 100, False),
        (10, Unit.PERCENT, 30, None, True), (10, Unit.PERCENT, 300, None, False), (95, Unit.PERCENT, 40, None, True),
        (20, Unit.PER_THOUSAND, 100, None, True), (20, Unit.PER_THOUSAND, 1000, None, False),
        (3, Unit.FIRMS, None, None, False), (None, Unit.PERSONS, None, None, False),
    ],
)  # fmt: skip
def test_what_tells_of_a_person(value: Any, unit: Unit, base: Any, whole: Any, expected: bool) -> None:
    assert is_disclosing(value, unit, base, whole) is expected


def test_a_lower_bound_tells_as_much_as_a_value() -> None:
    read = Reading("2025", None, ValueStatus.SUPPRESSED, low=3)
    found = told(read, Unit.PERSONS)
    assert (found.low, found.status) == (None, ValueStatus.WITHHELD) and "recognised" in found.warnings[0]
    assert told(Reading("2025", None, ValueStatus.SUPPRESSED, low=30), Unit.PERSONS).low == 30


def test_a_village_that_leaves_a_few_of_its_municipality_out_is_not_told() -> None:
    """Of published values too: what is computed here stands beside the municipality, and the rest is four people."""
    country = countries.load("se")
    catalogue = {id: one for id, one in indicators(country).items() if id == "population"}
    village = Village("v", "V", (("se:1280A0010", 1.0), ("se:1280A0020", 1.0)), "2025", "se:1280")

    def rows(*values: float) -> list[dict[str, Any]]:
        ids = ("se:1280", "se:1280A0010", "se:1280A0020")
        return [
            {**row("", value), "area_id": id, "vintage": "2025" if len(id) > 8 else "", "indicator": "population",
             "source": "se/x", "source_table": "T", "fetched_on": "2026-01-01"}
            for id, value in zip(ids, values, strict=True)
        ]  # fmt: skip

    for whole, expected in ((104, None), (105, 100), (100, 100)):
        read = Readings(rows(whole, 60, 40), catalogue, [village]).latest("village:v", "population")
        assert read is not None and read.value == expected, whole
        assert Readings(rows(3, 2, 1), catalogue, [village]).latest("se:1280A0010", "population").value == 2  # type: ignore[union-attr]


def parts_told(shares: dict[str, float | None], numbers: dict[str, float | None]) -> dict[str, float | None]:
    reads = {part: Reading("2025", value, ValueStatus.OBSERVED) for part, value in shares.items()}
    return {part: read.value for part, read in withholding.shares(reads, numbers, Unit.PERCENT).items()}


@pytest.mark.parametrize(
    ("shares", "numbers", "hidden"),
    [
        ({"": 40, "sex=f": 30, "sex=m": 50}, {"": 100, "sex=f": 50, "sex=m": 50}, set()),
        ({"": 40, "sex=f": 30, "sex=m": 50}, {"": 100}, {"sex=f", "sex=m"}),  # of how many is not known
        ({"": 10, "sex=f": 8, "sex=m": 12}, {"": 100, "sex=f": 50, "sex=m": 50}, {"sex=f", "sex=m"}),  # 10 less 6 is 4
        ({"sex=f": 94, "sex=m": 50}, {"sex=f": 50, "sex=m": 50}, {"sex=f", "sex=m"}),  # three are left out
        ({"sex=f": 0, "sex=m": 50}, {"sex=m": 50}, set()),  # nought tells nothing
        ({"": 10, "age=0": 4, "age=1": 12, "age=2": 40}, {"": 99, "age=0": 50, "age=1": 50, "age=2": 50},
         {"age=0", "age=1"}),  # the smallest beside it, not all
        ({"": 10}, {}, set()),
    ],
)  # fmt: skip
def test_own_shares_by_part_tell_of_nobody(shares: Any, numbers: Any, hidden: set[str]) -> None:
    found = parts_told(shares, numbers)
    assert {part for part, value in found.items() if value is None} == hidden
    assert all(found[part] == value for part, value in shares.items() if part not in hidden)


def test_a_part_says_itself_of_how_many_it_is_and_a_village_of_parts_as_well() -> None:
    """By the part what=number, or the base of the same part, its names in any order; the number is no share."""
    catalogue = indicators(countries.load("se"))
    share, base = "unemployment", catalogue["unemployment"].base
    assert base == "population"
    village = Village("v", "V", (("se:1280A0010", 1.0), ("se:1280A0020", 1.0)), "2025", "se:1280")

    def found(*more: tuple[str, str, float]) -> Readings:
        rows = [
            {**row("", value, part), "area_id": id, "indicator": name, "vintage": "2025", "source_table": "T",
             "source": withholding.OWN, "fetched_on": "2026-01-01"}
            for id in ("se:1280A0010", "se:1280A0020")
            for name, part, value in ((share, "", 20.0), (base, "", 200.0), (share, "sex=f;age=0", 10.0), *more)
        ]  # fmt: skip
        return Readings(rows, catalogue, [village])

    def told(readings: Readings, area: str) -> float | None:
        read = readings.latest(area, share, "sex=f;age=0")
        assert read is not None
        return read.value

    unknown = found()
    why = unknown.latest("se:1280A0010", share, "sex=f;age=0")
    assert (
        why is not None and (why.value, why.status) == (None, ValueStatus.WITHHELD) and "what=number" in why.warnings[0]
    )
    assert told(unknown, "village:v") is None and unknown.latest("se:1280A0010", share).value == 20.0  # type: ignore[union-attr]
    said = found((share, "age=0;what=number;sex=f", 100.0))
    assert told(said, "se:1280A0010") == 10.0 == told(said, "village:v")
    assert said.breakdowns("se:1280A0010", share) == ["sex=f;age=0"]
    assert told(found((share, "age=0;what=number;sex=f", 30.0)), "se:1280A0010") is None
    assert told(found((base, "sex=f;age=0", 100.0)), "se:1280A0010") == 10.0
    assert told(found((base, "sex=f;age=0", 30.0)), "se:1280A0010") is None
