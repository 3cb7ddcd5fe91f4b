"""Known answers: thresholds in kronor are those in euro at one rate a period, ceilings are shares of thresholds."""

from datetime import date
from decimal import Decimal

import pytest

from bygd.countries import load
from bygd.parameters import Parameter

EURO, KRONOR = load("eu").rule("procurement"), load("se").rule("procurement")
KEYS = ("works", "state", "other", "social", "utilities", "utilities_social", "concession")


def value(parameter: Parameter, day: date) -> Decimal:
    found = parameter.on(day)
    assert found and found.value is not None, (parameter.key, day)
    return Decimal(found.value)


@pytest.mark.parametrize(("year", "rate"), [(2018, "9.4846"), (2020, "10.2689"), (2022, "10.4034"), (2024, "10.8126")])
def test_every_threshold_of_a_period_has_the_same_rate(year: int, rate: str) -> None:
    day = date(year, 1, 1)
    for key in KEYS:
        euro, kronor = value(EURO[f"threshold_{key}"], day), value(KRONOR[f"threshold_{key}"], day)
        assert abs(kronor / euro - Decimal(rate)) < Decimal("0.0001"), key


@pytest.mark.parametrize(
    ("day", "ceiling", "threshold", "share"),
    [
        (date(2018, 1, 1), "direct_award", "threshold_other", "0.28"),
        (date(2020, 1, 1), "direct_award", "threshold_other", "0.28"),
        (date(2022, 1, 1), "direct_award", "threshold_other", "0.28"),
        (date(2019, 1, 1), "direct_award_welfare", "threshold_social", "0.28"),
        (date(2020, 1, 1), "direct_award_welfare", "threshold_social", "0.28"),
        (date(2022, 1, 1), "direct_award_welfare", "threshold_social", "0.28"),
        (date(2018, 1, 1), "direct_award_utilities", "threshold_utilities", "0.26"),
        (date(2020, 1, 1), "direct_award_utilities", "threshold_utilities", "0.26"),
        (date(2022, 1, 1), "direct_award_utilities", "threshold_utilities", "0.26"),
        (date(2018, 1, 1), "direct_award_concession", "threshold_concession", "0.05"),
        (date(2020, 1, 1), "direct_award_concession", "threshold_concession", "0.05"),
        (date(2022, 1, 1), "direct_award_concession", "threshold_concession", "0.05"),
        (date(2024, 1, 1), "direct_award_concession", "threshold_concession", "0.05"),
        (date(2022, 2, 1), "direct_award_social", "threshold_social", "1"),
        (date(2024, 1, 1), "direct_award_social", "threshold_social", "1"),
        (date(2024, 1, 1), "direct_award_utilities_social", "threshold_utilities_social", "1"),
    ],
)
def test_a_ceiling_is_a_share_of_a_threshold(day: date, ceiling: str, threshold: str, share: str) -> None:
    expected = value(KRONOR[threshold], day) * Decimal(share)
    assert abs(value(KRONOR[ceiling], day) - expected) < 1


def test_what_is_not_known_in_kronor_is_known_in_euro() -> None:
    day = date(2026, 1, 1)
    for key in KEYS:
        found = KRONOR[f"threshold_{key}"].on(day)
        assert found and not found.known and not found.verified
        assert value(EURO[f"threshold_{key}"], day) > 0
