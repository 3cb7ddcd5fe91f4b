"""Rankings: published and hand-made answers, ties, order of bids, bad input."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.sources.errors import InputError
from bygd.tools.tenders import MODELS, Bid, Criterion, PriceModel, Scheme, rank

D = Decimal
HALVES = (Criterion("quality", D("0.5")),)
TERMS: dict[str, Any] = {"none_at": D(200), "quality_value": D(50), "fixed_price": D(100)}


def scheme(model: PriceModel, price_weight: str = "0.5", *criteria: Criterion, **terms: Any) -> Scheme:
    about = MODELS[model]
    weight = D(price_weight) if about.weighs else D(0)
    given = criteria or (Criterion("quality", 1 - weight),)
    return Scheme(model, given, weight, **{**{term: TERMS[term] for term in about.needs}, **terms})


def bids(*rows: tuple[str, str, str]) -> list[Bid]:
    return [Bid(name, D(price), {"quality": D(score)}) for name, price, score in rows]


def results(one: Scheme, listed: list[Bid]) -> dict[str, Fraction | None]:
    return {row.bid.name: row.result for row in rank(one, listed).rows}


def test_published_example_of_the_lowest_price_over_the_price() -> None:
    """Negometrix, Low Bid Scoring Formula: weights 60, 40, 30 and 70 of 200; A has 146, B 144 of 200 points."""
    one = Scheme(
        PriceModel.LOWEST_OVER_PRICE,
        (
            Criterion("experience", D("0.30"), D(60)),
            Criterion("assurance", D("0.20"), D(40)),
            Criterion("time", D("0.15"), D(30)),
        ),
        D("0.35"),
    )
    a = Bid("A", D(10_000), {"experience": D(40), "assurance": D(30), "time": D(20)})
    b = Bid("B", D(8_000), {"experience": D(32), "assurance": D(20), "time": D(22)})
    found = rank(one, [b, a])
    assert found.winners == ("A",)
    assert [row.result for row in found.rows] == [Fraction(146, 2), Fraction(144, 2)]
    assert found.rows[0].price_share == Fraction(56, 70)


HAND = {
    # P: 100, 150, 200; Q: 40, 80, 100 of a hundred; half each.
    PriceModel.LOWEST_OVER_PRICE: (Fraction(70), Fraction(220, 3), Fraction(75)),
    PriceModel.LINEAR_LOWEST: (Fraction(70), Fraction(65), Fraction(50)),
    PriceModel.LINEAR_SPAN: (Fraction(70), Fraction(65), Fraction(50)),
    PriceModel.LINEAR_FIXED: (Fraction(45), Fraction(105, 2), Fraction(50)),
    PriceModel.PRICE_PER_POINT: (Fraction(5, 2), Fraction(15, 8), Fraction(2)),
    PriceModel.ADDED_VALUE: (Fraction(80), Fraction(110), Fraction(150)),
}


@pytest.mark.parametrize("model", HAND)
def test_by_hand(model: PriceModel) -> None:
    found = results(scheme(model), bids(("a", "100", "40"), ("b", "150", "80"), ("c", "200", "100")))
    assert (found["a"], found["b"], found["c"]) == HAND[model]


def test_which_way_the_best_is() -> None:
    listed = bids(("a", "100", "40"), ("b", "150", "80"), ("c", "200", "100"))
    winners = {model: rank(scheme(model), listed).winners for model in HAND}
    assert winners[PriceModel.LOWEST_OVER_PRICE] == ("c",)
    assert winners[PriceModel.LINEAR_FIXED] == winners[PriceModel.PRICE_PER_POINT] == ("b",)
    assert winners[PriceModel.ADDED_VALUE] == winners[PriceModel.LINEAR_SPAN] == ("a",)


def test_fixed_price_needs_no_prices_and_takes_no_other() -> None:
    one = scheme(PriceModel.FIXED_PRICE)
    found = rank(one, [Bid("a", None, {"quality": D(40)}), Bid("b", D(100), {"quality": D(80)})])
    assert found.winners == ("b",)
    with pytest.raises(InputError, match="the price is fixed"):
        rank(one, bids(("a", "99", "40")))


def test_prices_beyond_the_fixed_ends_neither_gain_nor_lose() -> None:
    one = scheme(PriceModel.LINEAR_FIXED, "1", full_at=D(50), none_at=D(150))
    one = Scheme(PriceModel.LINEAR_FIXED, (), D(1), D(50), D(150))
    found = {row.bid.name: row.price_share for row in rank(one, [Bid(n, D(p)) for n, p in (("a", 1), ("b", 999))]).rows}
    assert found == {"a": 1, "b": 0}


def test_ties_are_told_and_not_broken() -> None:
    listed = bids(("z", "100", "40"), ("a", "100", "40"), ("m", "400", "10"))
    found = rank(scheme(PriceModel.LOWEST_OVER_PRICE), listed)
    assert found.winners == ("a", "z") and found.ties == (("a", "z"),)
    assert [row.place for row in found.rows] == [1, 1, 3]


def test_a_tie_that_rounding_would_make_is_none() -> None:
    """33.333… and 33.33 look alike with two decimals."""
    listed = bids(("a", "100", "0"), ("b", "300", "66.66"))
    found = rank(scheme(PriceModel.LOWEST_OVER_PRICE, "0.5"), [*listed, *bids(("c", "300", "66.67"))])
    assert found.ties == () and found.places()["c"] < found.places()["b"]


def test_no_quality_points_at_all_cannot_be_compared_and_comes_last() -> None:
    found = rank(scheme(PriceModel.PRICE_PER_POINT), bids(("free", "1", "0"), ("b", "900", "1")))
    assert found.winners == ("b",) and found.rows[1].result is None and found.rows[1].place == 2


def test_scales_that_do_not_begin_at_nought() -> None:
    one = Scheme(PriceModel.FIXED_PRICE, (Criterion("level", D(1), D(5), D(1)),), fixed_price=D(1))
    assert results(one, [Bid("a", None, {"level": D(1)}), Bid("b", None, {"level": D(3)})]) == {"a": 0, "b": 50}


names = st.lists(st.integers(0, 999).map(str), min_size=1, max_size=8, unique=True)
cents = st.decimals("0.01", "1000000", places=2)
scores = st.decimals("0", "100", places=2)


@st.composite
def some_bids(draw: st.DrawFn) -> list[Bid]:
    return [Bid(name, draw(cents), {"quality": draw(scores)}) for name in draw(names)]


@given(st.sampled_from([one for one in PriceModel if one is not PriceModel.FIXED_PRICE]), some_bids(), st.randoms())
def test_the_order_of_bids_does_not_matter(model: PriceModel, listed: list[Bid], chance: Any) -> None:
    mixed = list(listed)
    chance.shuffle(mixed)
    one = scheme(model)
    assert rank(one, mixed) == rank(one, listed)


@given(st.sampled_from([one for one in PriceModel if MODELS[one].depends]), some_bids(), st.integers(2, 1000))
def test_relative_models_know_no_currency(model: PriceModel, listed: list[Bid], rate: int) -> None:
    one = scheme(model)
    other = [Bid(bid.name, bid.price * rate, bid.scores) for bid in listed if bid.price]
    assert results(one, other) == results(one, listed)


@given(st.sampled_from([one for one in PriceModel if one is not PriceModel.FIXED_PRICE]), some_bids(), scores)
def test_a_cheaper_bid_of_the_same_quality_is_never_behind(
    model: PriceModel, listed: list[Bid], score: Decimal
) -> None:
    cheap, dear = Bid("cheap", D("70"), {"quality": score}), Bid("dear", D("90"), {"quality": score})
    places = rank(scheme(model), [*listed, cheap, dear]).places()
    assert places["cheap"] <= places["dear"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: scheme(PriceModel.LOWEST_OVER_PRICE, "0.5", Criterion("q", D("0.4"))), "add up to 0.9"),
        (lambda: scheme(PriceModel.LOWEST_OVER_PRICE, "0.5", Criterion("q", D("0.50001"))), "no weight"),
        (lambda: scheme(PriceModel.LOWEST_OVER_PRICE, "0.5", *[Criterion("q", D("0.25"))] * 2), "twice"),
        (lambda: scheme(PriceModel.LOWEST_OVER_PRICE, "0.5", Criterion("q", D("0.5"), D(1), D(1))), "highest score"),
        (lambda: Scheme(PriceModel.ADDED_VALUE, (Criterion("q", D(1)),)), "quality_value"),
        (lambda: Scheme(PriceModel.ADDED_VALUE, (Criterion("q", D("0.5")),), D("0.5")), "no weight: leave it out"),
        (lambda: scheme(PriceModel.LINEAR_FIXED, full_at=D(300)), "must be below"),
        (lambda: Scheme(PriceModel.FIXED_PRICE, ()), "only the price counts"),
    ],
)
def test_schemes_that_are_none(make: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        make()


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ([], "no bids"),
        (bids(("a", "1", "1"), ("a", "2", "1")), "called 'a'"),
        (bids(("a", "0", "1")), "above nought"),
        (bids(("a", "-5", "1")), "above nought"),
        (bids(("a", "NaN", "1")), "above nought"),
        (bids(("a", "1", "101")), "from 0 to 100"),
        (bids(("a", "1", "NaN")), "from 0 to 100"),
        ([Bid("a", D(1), {})], "no score"),
        ([Bid("a", None, {"quality": D(1)})], "no price"),
        (bids(*((str(number), "1", "1") for number in range(201))), "200 at most"),
    ],
)
def test_bids_that_cannot_be_compared(listed: list[Bid], said: str) -> None:
    with pytest.raises(InputError, match=said):
        rank(scheme(PriceModel.LOWEST_OVER_PRICE), listed)
