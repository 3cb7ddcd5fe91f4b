"""The arithmetic alone, on published and worked numbers."""

from decimal import Decimal

import pytest

from bygd.tools.spend.measures import Sums, change, concentration, gini, hhi, leakage, mean, share, top_share


def sums(amount: str, down: str = "0", up: str | None = None) -> Sums:
    return Sums(Decimal(amount), Decimal(down), Decimal(amount if up is None else up))


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        # US Department of Justice; Investopedia; industrial organisation teaching notes.
        ((30, 30, 20, 20), 2600),
        ((10, 9, 12, 15, 12, 11, 15, 16), 1296),
        ((25, 20, 15, 10, 9, 8, 7, 6), 1580),
        ((45, 15, 10, 8, 7, 6, 5, 4), 2540),
        ((5,), 10_000),
    ],
)
def test_herfindahl(shares: tuple[int, ...], expected: float) -> None:
    assert hhi(map(Decimal, shares)) == pytest.approx(expected, abs=1e-9)


# The example data of the R package ineq.
INEQ = [Decimal(x) for x in (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)]


def test_published_herfindahl_and_gini() -> None:
    assert hhi(INEQ) == pytest.approx(1840.81230915485, abs=1e-9)
    assert gini(INEQ) == pytest.approx(0.462091130267624, abs=1e-12)
    assert gini([Decimal(1)] * 7) == pytest.approx(0, abs=1e-12)


def test_credits_and_nothing() -> None:
    assert hhi([Decimal(50), Decimal(50), Decimal(-30)]) == 5000
    assert (hhi([]), gini([Decimal(-1)]), top_share([], 3)) == (None, None, None)
    assert top_share([Decimal(x) for x in (1, 5, 3, -4, 1)], 2) == 0.8


def test_a_share_with_its_bounds() -> None:
    found = share({"municipality": sums("18"), "country": sums("70"), "unknown": sums("12")}, ["municipality"])
    assert found.value == pytest.approx(18 / 88)
    assert (found.low, found.high, found.coverage) == (0.18, 0.30, 0.88)
    assert found.part + found.rest + found.unknown == found.total == 100
    left = leakage(found)
    assert (left.value, left.low, left.high) == (70, 70, 82)


def test_doubtful_credits_widen_both_ways() -> None:
    """An unknown supplier of 20 and an unknown credit note of 8: the bounds take each alone."""
    found = share({"here": sums("50"), "far": sums("38"), "unknown": sums("12", "-8", "20")}, ["here"])
    assert (found.low, found.high) == (0.42, 0.70)


@pytest.mark.parametrize(
    ("tally", "low", "high"),
    [
        ({}, None, None),
        ({"here": sums("0")}, None, None),
        ({"here": sums("-5", "-5", "0")}, None, None),
        ({"here": sums("10"), "unknown": sums("90")}, 0.1, 1.0),  # nine tenths cannot be placed
        ({"here": sums("10"), "far": sums("-5", "-5", "0")}, 1.0, 1.0),  # credits: more than everything
        ({"here": sums("10"), "far": sums("-20", "-20", "0"), "unknown": sums("50")}, 0.25, 1.0),
    ],
)
def test_what_cannot_be_told(tally: dict[str, Sums], low: float | None, high: float | None) -> None:
    found = share(tally, ["here"])
    assert (found.value, found.low, found.high) == (None, low, high)


def test_perhaps_widens_without_touching_the_value() -> None:
    tally = {"group": sums("20"), "private": sums("30"), "other": sums("50")}
    found = share(tally, ["group"], perhaps=["private"])
    assert (found.value, found.low, found.high) == (0.2, 0.2, 0.5)


def test_mean_of_shares_counts_each_once() -> None:
    small = share({"here": sums("9"), "far": sums("1")}, ["here"])
    large = share({"here": sums("100"), "far": sums("900")}, ["here"])
    none = share({"unknown": sums("90"), "far": sums("10")}, ["here"])
    assert mean([small, large]).value == 0.5
    assert mean([small, large, none]).value == 0.5
    assert mean([small, large, none]).coverage == pytest.approx(1010 / 1110)
    assert mean([none]).value is None
    assert mean([]).value is None


def test_change_takes_the_worst_of_both_ends() -> None:
    before = share({"here": sums("20"), "far": sums("60"), "unknown": sums("20")}, ["here"])
    after = share({"here": sums("40"), "far": sums("60")}, ["here"])
    found = change(before, after)
    assert found.value == pytest.approx(0.4 - 0.25)
    assert (found.low, found.high, found.coverage) == (pytest.approx(0.0), pytest.approx(0.2), 0.8)


def test_concentration_gives_doubtful_money_to_the_largest() -> None:
    found = concentration([Decimal(50), Decimal(30)], [Decimal(10), Decimal(10)])
    assert found.hhi.value == found.hhi.low == pytest.approx(2500 + 900 + 200)
    assert found.hhi.high == pytest.approx(70**2 + 30**2)
    assert found.hhi.coverage == 0.8
    assert found.top[10].value == 1
    assert concentration([], []).hhi.value is None
    assert concentration([], [Decimal(2), Decimal(2)]).hhi.high == 10_000
