"""Audit: samples are drawn as they say, and what they tell is right in the long run."""

from collections import Counter
from random import Random

import pytest

from bygd.linkage.audit import LEAST_JUDGED, Drawn, Member, Precision, draw, estimate
from bygd.vocabulary.words import AuditDraw, AuditJudgement

RIGHT, WRONG, UNSURE = AuditJudgement.RIGHT, AuditJudgement.WRONG, AuditJudgement.UNSURE

# A few links have most of the money, and among them more are wrong.
MEMBERS = [Member(f"k{number:03}", "XX:1", 1000.0 if number % 20 == 0 else 1.0) for number in range(200)]
WRONG_KEYS = {member.supplier_key for member in MEMBERS[::40]} | {"k001", "k002", "k003"}
BY_COUNT = 1 - len(WRONG_KEYS) / len(MEMBERS)
BY_MONEY = sum(m.money for m in MEMBERS if m.supplier_key not in WRONG_KEYS) / sum(m.money for m in MEMBERS)


def judged(drawn: list[Drawn], by: AuditDraw) -> Precision:
    return estimate(
        [(WRONG if one.member.supplier_key in WRONG_KEYS else RIGHT, one.draws) for one in drawn if one.drawn_by is by]
    )


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    shuffled = MEMBERS.copy()
    Random(3).shuffle(shuffled)
    assert draw(MEMBERS, 50, 7) == draw(shuffled, 50, 7)
    assert draw(MEMBERS, 50, 7) != draw(MEMBERS, 50, 8)


def test_half_is_drawn_by_count_and_half_by_money() -> None:
    drawn = draw(MEMBERS, 51, 1)
    counted = Counter[AuditDraw]()
    for one in drawn:
        counted[one.drawn_by] += one.draws
    assert counted == {AuditDraw.COUNT: 25, AuditDraw.MONEY: 26}
    by_count = [one.member for one in drawn if one.drawn_by is AuditDraw.COUNT]
    assert len(set(by_count)) == len(by_count)


def test_a_link_without_money_is_never_drawn_by_money_and_few_links_are_all_drawn() -> None:
    few = [Member("a", "XX:1", 0.0), Member("b", "XX:2", 5.0), Member("c", "XX:3", -1.0)]
    drawn = draw(few, 20, 1)
    assert {one.member.supplier_key for one in drawn if one.drawn_by is AuditDraw.MONEY} == {"b"}
    assert sorted(one.member.supplier_key for one in drawn if one.drawn_by is AuditDraw.COUNT) == ["a", "b", "c"]
    assert draw([], 20, 1) == []
    assert {one.drawn_by for one in draw(few[:1], 20, 1)} == {AuditDraw.COUNT}


@pytest.mark.parametrize(("by", "truth"), [(AuditDraw.COUNT, BY_COUNT), (AuditDraw.MONEY, BY_MONEY)])
def test_estimates_are_right_on_average_and_intervals_hold_the_truth(by: AuditDraw, truth: float) -> None:
    found = [judged(draw(MEMBERS, 100, seed), by) for seed in range(400)]
    values = [one.value or 0.0 for one in found]
    assert sum(values) / len(values) == pytest.approx(truth, abs=0.01)
    assert sum(one.low <= truth <= one.high for one in found) / len(found) >= 0.93
    assert abs(BY_COUNT - BY_MONEY) > 0.2, "or the two could not be told apart"


def test_too_few_give_bounds_only_and_what_cannot_be_told_widens_them() -> None:
    few = estimate([(RIGHT, 1)] * (LEAST_JUDGED - 1))
    assert few.value is None and few.low < 0.84 and few.high == 1
    enough = estimate([(RIGHT, 1)] * LEAST_JUDGED)
    assert enough.value == 1 and enough.low == pytest.approx(0.839, abs=0.001)
    doubtful = estimate([(RIGHT, 1)] * LEAST_JUDGED + [(UNSURE, 4)])
    assert (doubtful.value, doubtful.judged, doubtful.asked) == (1, LEAST_JUDGED, LEAST_JUDGED + 4)
    assert doubtful.low < enough.low and doubtful.high == 1
    assert estimate([(WRONG, 20), (UNSURE, 1)]).high > estimate([(WRONG, 20)]).high
    assert estimate([]) == Precision(None, 0.0, 1.0, 0, 0)
