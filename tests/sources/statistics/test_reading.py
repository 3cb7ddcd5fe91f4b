"""JSON-stat, signs, periods and splitting: gaps stay gaps, parts are the whole."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lib.statistical_services import json_stat

from bygd.sources.errors import InputError
from bygd.sources.statistics import cells, jsonstat
from bygd.sources.statistics.caller import Answer
from bygd.sources.statistics.series import Part, Series
from bygd.sources.statistics.signs import status
from bygd.sources.statistics.splitting import cells as number_of
from bygd.sources.statistics.splitting import split
from bygd.vocabulary.place_words import ValueStatus

SERIES = Series("population", "xx/y", "persons", query={"area": "Region", "time": "Tid"})


def part(content: Any, asked: dict[str, tuple[str, ...]] | None = None, **query: Any) -> Part:
    import json

    series = Series("population", "xx/y", "persons", query={**SERIES.query, **query})
    return Part((series,), Answer("https://x", json.dumps(content).encode(), date(2026, 1, 1)), asked or {})


def test_withheld_cells_stay_empty() -> None:
    content = json_stat("T", {"Region": ["a", "b"], "Tid": ["2024"]}, lambda one: None if one["Region"] == "b" else 0.0)
    found = [one for _, one in cells.observations(part(content))]
    assert [(one.code, one.value, one.status) for one in found] == [
        ("a", 0.0, ValueStatus.OBSERVED),
        ("b", None, ValueStatus.SUPPRESSED),
    ]


def test_sparse_values_and_the_first_version_are_read() -> None:
    whole = json_stat("T", {"Region": ["a", "b"], "Tid": ["2023", "2024"]}, lambda one: 7.0)
    sparse = {**whole, "value": {"1": 5, "2": 6}, "status": {"3": "c"}}
    assert [cell.value for cell in jsonstat.read(sparse, "x").cells()] == [None, 5.0, 6.0, None]
    first = {"dataset": {**whole, "dimension": {**whole["dimension"], "id": whole["id"], "size": whole["size"]}}}
    assert len(list(jsonstat.read(first, "x").cells())) == 4


def test_numbers_and_sizes_that_disagree_are_refused() -> None:
    content = json_stat("T", {"Region": ["a", "b"], "Tid": ["2024"]}, lambda one: 1.0)
    with pytest.raises(InputError, match="1 values, 2 were announced"):
        jsonstat.read({**content, "value": [1]}, "x")
    with pytest.raises(InputError, match="has 2 codes, 3 were announced"):
        jsonstat.read({**content, "size": [3, 1]}, "x")
    with pytest.raises(InputError, match="no data set"):
        jsonstat.read({"error": "x"}, "x")


def test_codes_that_a_service_dropped_are_noticed() -> None:
    content = json_stat("T", {"Region": ["a"], "Tid": ["2024"]}, lambda one: 1.0)
    with pytest.raises(InputError, match="left out b"):
        list(cells.observations(part(content, {"Region": ("a", "b")})))


def test_noughts_of_years_before_a_division_are_no_values() -> None:
    content = json_stat(
        "T", {"Region": ["a"], "Tid": ["2023", "2024"]}, lambda one: 0.0 if one["Tid"] < "2024" else 9.0
    )
    found = [(one.period, one.value) for _, one in cells.observations(part(content, {}, **{"from": "2024"}))]
    assert found == [("2023", None), ("2024", 9.0)]


def test_a_sum_with_a_part_withheld_is_withheld() -> None:
    codes = {"Region": ["a", "b"], "Alder": ["65-69", "70-"], "Tid": ["2024"]}
    content = json_stat("T", codes, lambda one: None if one["Region"] == "b" and one["Alder"] == "70-" else 4.0)
    found = [(one.code, one.value, one.status) for _, one in cells.observations(part(content, sum=["Alder"]))]
    assert found == [("a", 8.0, ValueStatus.OBSERVED), ("b", None, ValueStatus.SUPPRESSED)]


TENURE = {"Region": ["a", "b", "c"], "Tid": ["2024"], "Upplatelseform": ["1", "2", "3", "ÖVRIGT"]}


def test_a_share_is_of_all_that_was_asked_for() -> None:
    """Of 10 let, 20 co-operative, 60 owned and 10 of unknown tenure; b has a part withheld, and nobody lives in c."""
    homes = {"1": 10.0, "2": 20.0, "3": 60.0, "ÖVRIGT": 10.0}

    def value(one: dict[str, str]) -> float | None:
        if one["Region"] == "b" and one["Upplatelseform"] == "2":
            return None
        return 0.0 if one["Region"] == "c" else homes[one["Upplatelseform"]]

    content = json_stat("T", TENURE, value)
    for codes, expected in ((["1"], 10.0), (["2", "3"], 80.0)):
        found = [one for _, one in cells.observations(part(content, share={"Upplatelseform": codes}))]
        assert [(one.code, one.value, one.status) for one in found] == [
            ("a", expected, ValueStatus.OBSERVED),
            ("b", None, ValueStatus.SUPPRESSED),
            ("c", None, ValueStatus.NOT_APPLICABLE),
        ]


@pytest.mark.parametrize(
    ("text", "period"),
    [("2024", "2024"), ("2024M06", "2024-06"), ("2024K2", "2024Q2"), ("2024-Q2", "2024Q2"), ("2024-06", "2024-06"),
     ("2024JJ00", "2024"), ("2023/24", "2023/24")],
)  # fmt: skip
def test_periods_of_services(text: str, period: str) -> None:
    assert cells.plain_period(text) == period


@pytest.mark.parametrize(
    ("value", "sign", "expected"),
    [(1.0, "", "observed"), (1.0, "p", "provisional"), (1.0, "e", "estimated"), (None, "..", "suppressed"),
     (5.0, "bp", "provisional"), (5.0, "b", "break"), (5.0, "r", "revised"), (5.0, "ep", "estimated"),
     (5.0, "None", "observed"),
     (None, ".", "not_applicable"), (None, ":", "missing"), (None, "Private", "suppressed"), (None, "", "missing")],
)  # fmt: skip
def test_signs(value: float | None, sign: str, expected: str) -> None:
    assert status(value, sign) == expected


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 12), min_size=1, max_size=4),
    st.integers(1, 200),
    st.integers(10, 80),
)
def test_parts_of_a_selection_are_the_selection(sizes: dict[str, int], most: int, longest: int) -> None:
    whole = {name: tuple(f"{name}{place:03}" for place in range(size)) for name, size in sizes.items()}

    def length(one: Any) -> int:
        return sum(len(code) for codes in one.values() for code in codes)

    if length({name: codes[:1] for name, codes in whole.items()}) > longest:
        return
    parts = split(whole, most, length, longest)
    assert all(number_of(one) <= most and length(one) <= longest for one in parts)
    seen = [tuple(one) for found in parts for one in _cells(found)]
    assert len(seen) == len(set(seen)) == number_of(whole)


def _cells(one: Any) -> Any:
    from itertools import product

    return product(*one.values())


def test_a_single_cell_that_is_too_long_is_told() -> None:
    with pytest.raises(InputError, match="one cell"):
        split({"a": ("x" * 50,)}, 10, lambda one: len(one["a"][0]), 20)
