"""Which months ledgers cover: quiet months, missing files, mistyped days, and few payments."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lib.text_tables import fill

from bygd.engine import DuckEngine
from bygd.scope import Lengths, covered, lengths
from bygd.scope.covered import Covered, spans
from bygd.vocabulary import tables


def ledgers(engine: DuckEngine, **files: Mapping[str, int]) -> None:
    """Files called `anchor_file` with so many payments in each month."""
    rows: list[dict[str, object]] = []
    for name, months in files.items():
        for month, number in months.items():
            said = {"file_key": name, "anchor": name.partition("_")[0], "supplier_key": "s", "amount": "1"}
            rows += [
                fill(tables.payments, {**said, "paid_on": f"{month}-28", "row_number": str(len(rows) + one)})
                for one in range(number)
            ]
    engine.register(tables.payments, rows)


def year(number: int, first: int = 1, last: int = 12, payments: int = 4) -> dict[str, int]:
    return {f"{number}-{month:02}": payments for month in range(first, last + 1)}


def test_each_ledger_by_itself(engine: DuckEngine) -> None:
    ledgers(
        engine, Council=year(2023) | year(2024), Region=year(2024, 1, 6),
        Homes_1=year(2024, 1, 1), Homes_2=year(2024, 2, 2), Homes_4=year(2024, 4, 5),
        Shore={"2024-03": 30, "2024-10": 30}, Choir={"2024-05": 3}, Odd=year(2024, payments=40) | {"2014-01": 1},
    )  # fmt: skip
    found = covered(engine)
    assert found["Council"] == Covered(24, date(2023, 1, 1), date(2024, 12, 1))
    assert found["Region"] == Covered(6, date(2024, 1, 1), date(2024, 6, 1)) and found["Region"].is_stretched
    assert found["Homes"].months == 4, "the file of March is missing"
    assert found["Shore"].months == 14, "who pays each seventh month covers three more on either side"
    assert found["Choir"] == Covered(12, date(2024, 5, 1), date(2024, 5, 1), is_few=True)
    assert not found["Choir"].is_stretched
    assert found["Odd"] == Covered(12, date(2024, 1, 1), date(2024, 12, 1)), "a mistyped day"
    assert covered(engine, {2023})["Council"].months == 12 and "Region" not in covered(engine, {2023})
    broken = covered(engine, {2023}, year_starts=7)
    assert broken["Council"] == Covered(12, date(2023, 7, 1), date(2024, 6, 1)) and broken["Region"].months == 6


@pytest.mark.parametrize(
    ("payments", "months"),
    [
        ({10: 5, 11: 5, 12: 5}, {10, 11, 12}),
        ({10: 5, 12: 5}, {10, 11, 12}),
        ({10: 100, 11: 100, 12: 3}, {10, 11}),
        ({10: 1, 11: 100, 12: 0, 13: 90}, {11, 12, 13}),
        ({10: 1, 22: 1}, set(range(5, 28))),
        ({10: 1, 23: 1}, {10, 23}),
        ({}, set()),
        ({7: 1}, {7}),
    ],
)
def test_months_of_a_file(payments: dict[int, int], months: set[int]) -> None:
    assert spans({month: number for month, number in payments.items() if number}) == months


@given(st.dictionaries(st.integers(0, 60), st.integers(1, 500)))
def test_a_file_covers_something_and_little_more_than_it_spans(payments: dict[int, int]) -> None:
    found = spans(payments)
    assert bool(found) == bool(payments)
    if found:
        assert len(found) <= 2 * (max(payments) - min(payments) + 1)


def test_from_the_shortest_to_the_longest() -> None:
    one, other = Covered(6, date(2024, 1, 1), date(2024, 6, 1)), Covered(24, date(2023, 1, 1), date(2024, 12, 1))
    assert lengths([one, other, None]) == Lengths(6, 24) and lengths([]) == Lengths(12, 12)
    assert lengths([other, other]).differ is False and lengths([one]).is_stretched
