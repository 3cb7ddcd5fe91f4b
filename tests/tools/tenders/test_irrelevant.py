"""Bids that do not win and decide who does: found where they are, and never where each bid stands alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.tools.tenders import MODELS, Bid, Criterion, PriceModel, Scheme, added, rank, removed

from .test_ranking import bids, scheme, some_bids

D = Decimal
RELATIVE = [one for one in PriceModel if MODELS[one].depends]
ABSOLUTE = [one for one in PriceModel if not MODELS[one].depends and one is not PriceModel.FIXED_PRICE]


def test_a_cheap_and_poor_bid_decides_between_two_others() -> None:
    """By hand, half each, lowest over price, quality of a hundred: a 100 and 60, b 150 and 90, cheap 60 and 0.

    Of the two alone: a 50 + 30 = 80, b 33.33 + 45 = 78.33. With the cheap one: a 30 + 30 = 60, b 20 + 45 = 65.
    """
    one, two = scheme(PriceModel.LOWEST_OVER_PRICE), bids(("a", "100", "60"), ("b", "150", "90"))
    three = [*two, *bids(("cheap", "60", "0"))]
    assert rank(one, two).winners == ("a",) and rank(one, three).winners == ("b",)
    (found,) = removed(one, three)
    assert found.bid == "cheap" and found.pairs == (("b", "a"),) and found.changes_winner and found.winners == ("a",)
    (thought,) = added(one, two)
    # They draw level where 50 m / 100 + 30 = 50 m / 150 + 45: m = 90.
    assert (thought.price, thought.below, thought.loses, thought.gains) == (D("89.99"), True, "a", "b")


def test_a_dear_bid_decides_where_the_highest_price_counts() -> None:
    """a 100 and 0, b 150 and 60: alone a 50, b 30. A third at 250: b 50 · 100/150 + 30 = 63.3."""
    one, two = scheme(PriceModel.LINEAR_SPAN), bids(("a", "100", "0"), ("b", "150", "60"))
    assert rank(one, two).winners == ("a",)
    assert rank(one, [*two, *bids(("dear", "250", "0"))]).winners == ("b",)
    (thought,) = added(one, two)
    # Level where 50 · 50 / span = 30: span 83.33, so 183.34 and more.
    assert (thought.price, thought.below) == (D("183.34"), False)


def test_a_line_from_the_lowest_price() -> None:
    one, two = scheme(PriceModel.LINEAR_LOWEST), bids(("a", "100", "50"), ("b", "110", "55"))
    assert rank(one, two).winners == ("a",)
    for thought in added(one, two):
        after = rank(one, [*two, Bid("x", thought.price, {"quality": D(0)})])
        assert after.places()["b"] < after.places()["a"]


@pytest.mark.parametrize("model", RELATIVE)
@given(listed=some_bids())
def test_what_is_said_of_added_bids_is_so(model: PriceModel, listed: list[Bid]) -> None:
    one = scheme(model)
    before = rank(one, listed)
    for thought in added(one, listed):
        assert before.winners == (thought.loses,)
        places = rank(one, [*listed, Bid("x", thought.price, {"quality": D(0)})]).places()
        assert places[thought.gains] < places[thought.loses] and places["x"] > 1


@pytest.mark.parametrize("model", RELATIVE)
@given(
    listed=some_bids(), more=st.one_of(st.decimals("0.01", "2000", places=2), st.decimals("0.01", "5000000", places=2))
)
def test_every_flip_by_one_more_poor_bid_is_foreseen(model: PriceModel, listed: list[Bid], more: Decimal) -> None:
    """Whoever adds a bid without quality and sees somebody pass the first, was told of them."""
    one, poor = scheme(model), Bid("x", more, {"quality": D(0)})
    before, after = rank(one, listed), rank(one, [*listed, poor])
    if len(before.winners) == 1 and "x" not in after.winners:
        (first,), places = before.winners, after.places()
        passed = {name for name in before.places() if places[name] < places[first]}
        assert passed <= {thought.gains for thought in added(one, listed)}


@pytest.mark.parametrize("model", ABSOLUTE)
@given(listed=some_bids())
def test_models_that_look_at_each_bid_alone_never_flip(model: PriceModel, listed: list[Bid]) -> None:
    one = scheme(model)
    assert removed(one, listed) == () and added(one, listed) == ()
    places = rank(one, listed).places()
    for bid in listed:
        rest = [other for other in listed if other is not bid]
        if rest:
            after = rank(one, rest).places()
            assert all((places[a] < places[b]) == (after[a] < after[b]) for a in after for b in after)


def test_with_one_bid_or_price_alone_nothing_depends() -> None:
    one = scheme(PriceModel.LOWEST_OVER_PRICE)
    assert removed(one, bids(("a", "1", "1"))) == () and added(one, bids(("a", "1", "1"))) == ()
    only = Scheme(PriceModel.LOWEST_OVER_PRICE, (), D(1))
    listed = [Bid("a", D(1)), Bid("b", D(2)), Bid("c", D(3))]
    assert removed(only, listed) == () and added(only, listed) == ()
    assert Criterion("q", D(1)).share(D(50)) * 2 == 1


@pytest.mark.parametrize("model", RELATIVE)
@given(listed=some_bids())
def test_no_bid_that_decides_is_passed_over(model: PriceModel, listed: list[Bid]) -> None:
    """Each bid is taken out in turn here, also those of which the tool knows that they change nothing."""
    one = scheme(model)
    before = rank(one, listed)
    told = {found.bid for found in removed(one, listed)}
    for bid in listed:
        rest = [other for other in listed if other is not bid]
        if rest and bid.name not in before.winners:
            after, places = rank(one, rest).places(), before.places()
            same = all((places[a] < places[b]) == (after[a] < after[b]) for a in after for b in after)
            assert same == (bid.name not in told)


def test_as_many_bids_as_can_be_compared() -> None:
    listed = [Bid(str(n), D(1000 + 7 * n), {"quality": D(n * 37 % 100)}) for n in range(200)]
    one = scheme(PriceModel.LOWEST_OVER_PRICE)
    assert len(rank(one, listed).rows) == 200 and removed(one, listed) is not None and added(one, listed) is not None
