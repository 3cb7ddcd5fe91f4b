"""Sensitivity: exact breakpoints by hand, and what is said between them holds when one ranks anew."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.tools.tenders import (
    MODELS,
    Bid,
    Criterion,
    PriceModel,
    Scheme,
    criterion_ranges,
    price_range,
    rank,
    tornado,
)

from .test_ranking import bids, scheme, some_bids

D = Decimal
WEIGHED = [one for one in PriceModel if MODELS[one].weighs]


def test_breakpoint_of_the_price_weight_by_hand() -> None:
    """a: price share 1, quality 0.4; b: price share 2/3, quality 0.8. Level where w + 0.4 (1−w) = 2w/3 + 0.8 (1−w)."""
    found = price_range(scheme(PriceModel.LOWEST_OVER_PRICE), bids(("a", "100", "40"), ("b", "150", "80")))
    assert found is not None
    assert [(one.low, one.high, one.winners) for one in found.stretches] == [
        (0, Fraction(6, 11), ("b",)),
        (Fraction(6, 11), 1, ("a",)),
    ]
    assert found.stays == (0, Fraction(6, 11))


def test_value_of_quality_by_hand() -> None:
    """a 100 and 40, b 150 and 80: b is better where V · 0.4 > 50, so above 125."""
    found = price_range(
        scheme(PriceModel.ADDED_VALUE, quality_value=D(100)), bids(("a", "100", "40"), ("b", "150", "80"))
    )
    assert found is not None and found.what == "value" and found.stays == (0, 125)
    assert found.stretches[-1].high == 200 and found.stretches[-1].winners == ("b",)


@pytest.mark.parametrize("model", [PriceModel.PRICE_PER_POINT, PriceModel.FIXED_PRICE])
def test_models_without_a_weight_of_price(model: PriceModel) -> None:
    listed = [Bid("a", None if model is PriceModel.FIXED_PRICE else D(5), {"quality": D(50)})]
    assert price_range(scheme(model), listed) is None


@pytest.mark.parametrize("model", WEIGHED)
@given(listed=some_bids(), weight=st.integers(0, 10_000))
def test_what_is_said_of_a_price_weight_is_so(model: PriceModel, listed: list[Bid], weight: int) -> None:
    found = price_range(scheme(model), listed)
    assert found is not None
    assert found.stretches[0].low == 0 and found.stretches[-1].high == 1
    assert all(
        a.high == b.low and a.winners != b.winners for a, b in zip(found.stretches, found.stretches[1:], strict=False)
    )
    at = Fraction(weight, 10_000)
    within = [one for one in found.stretches if one.low < at < one.high]
    if within:
        assert rank(scheme(model, str(D(weight) / 10_000)), listed).winners == within[0].winners
    low, high = found.stays
    assert low <= found.now <= high


TWO = (Criterion("a", D("0.3")), Criterion("b", D("0.2")))


def test_tornado_by_hand() -> None:
    """Quality 3/5 a + 2/5 b; x 100 and (100, 0), y 100 and (0, 100): prices alike, so x leads by 50 (0.6 − 0.4) = 10.

    With a at 0.3 of quality x loses by 50 (0.3 − 0.7) = −20, at 0.9 it leads by 40; of b the same turned round.
    """
    one = Scheme(PriceModel.LOWEST_OVER_PRICE, TWO, D("0.5"))
    listed = [Bid("x", D(100), {"a": D(100), "b": D(0)}), Bid("y", D(100), {"a": D(0), "b": D(100)})]
    first, second = tornado(one, listed)
    assert (first.code, first.less, first.now, first.more) == ("a", -20, 10, 40)
    assert (second.code, second.less, second.now, second.more) == ("b", 30, 10, -10)
    ranges = {found.what: found for found in criterion_ranges(one, listed)}
    assert ranges["a"].now == Fraction(3, 5) and ranges["a"].stays == (Fraction(1, 2), 1)
    assert ranges["b"].stays == (0, Fraction(1, 2))


prices = st.decimals("1", "1000", places=2)
points = st.decimals("0", "100", places=1)


@pytest.mark.parametrize("model", [one for one in PriceModel if one is not PriceModel.FIXED_PRICE])
@given(
    rows=st.lists(st.tuples(prices, points, points), min_size=2, max_size=5),
    share=st.integers(1, 99),
)
def test_what_is_said_of_a_criterion_is_so(
    model: PriceModel, rows: list[tuple[Decimal, Decimal, Decimal]], share: int
) -> None:
    weighs = MODELS[model].weighs
    half = D("0.5") if weighs else D(0)
    rest = 1 - half
    one = scheme(model, "0.5", Criterion("a", rest * D("0.6")), Criterion("b", rest * D("0.4")))
    listed = [Bid(str(n), price, {"a": a, "b": b}) for n, (price, a, b) in enumerate(rows)]
    at = D(share) / 100
    turned = replace(one, criteria=(Criterion("a", rest * at), Criterion("b", rest * (1 - at))))
    found = next(found for found in criterion_ranges(one, listed) if found.what == "a")
    within = [stretch for stretch in found.stretches if stretch.low < Fraction(share, 100) < stretch.high]
    ranked = rank(turned, listed)
    if within and all(row.result is not None for row in ranked.rows):
        assert ranked.winners == within[0].winners


def test_two_hundred_bids_are_quick() -> None:
    listed = [Bid(str(n), D(1000 + 7 * n), {"quality": D(n) / 2}) for n in range(200)]
    found = price_range(scheme(PriceModel.LOWEST_OVER_PRICE), listed)
    assert found is not None and found.stretches[-1].winners == ("0",)
