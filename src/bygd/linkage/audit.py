"""Audit: how many links are right, told from a random sample that people looked at.

Two samples are drawn. One gives every link the same chance, without replacement; its share of right
links has Wilson's interval (1927). The other draws with replacement and with a chance in proportion to
money: the estimator of Hansen and Hurwitz ("On the theory of sampling from finite populations", Annals
of Mathematical Statistics 14, 1943) for the share of money that runs over right links is then simply
the share of draws that are right, and as the draws are independent Wilson's interval holds for it too.
Auditors know this as monetary unit sampling. A stratified sample with Neyman's allocation would need
fewer questions, but only where the error rates by stratum are known beforehand, which they are not.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bygd.linkage.evaluate import Share
from bygd.vocabulary.words import AuditDraw, AuditJudgement

LEAST_JUDGED = 20
"""With fewer judged draws the share is not given, only its bounds: 20 right of 20 still may mean 84 %."""


@dataclass(frozen=True)
class Member:
    """A link that may be drawn, with the money that runs over it."""

    supplier_key: str
    org_id: str
    money: float


@dataclass(frozen=True)
class Drawn:
    """A link that was drawn, how, and how often."""

    member: Member
    drawn_by: AuditDraw
    draws: int


def draw(population: Iterable[Member], size: int, seed: int) -> list[Drawn]:
    """Both samples, each about half of `size` draws, in random order; the same seed draws the same.

    The order of `population` does not matter. Fewer links than draws are all taken once by count.
    """
    members = sorted(population, key=lambda member: (member.supplier_key, member.org_id))
    chance = Random(seed)  # noqa: S311 — a sample that can be drawn again, not a secret
    by_count = chance.sample(members, min(len(members), size // 2))
    sums = list(accumulate(max(0.0, member.money) for member in members))
    by_money: Counter[int] = Counter()
    if sums and sums[-1] > 0:
        for _ in range(size - size // 2):
            by_money[bisect_right(sums, chance.random() * sums[-1])] += 1
    drawn = [Drawn(member, AuditDraw.COUNT, 1) for member in by_count]
    drawn += [Drawn(members[place], AuditDraw.MONEY, times) for place, times in sorted(by_money.items())]
    chance.shuffle(drawn)
    return drawn


@dataclass(frozen=True)
class Precision:
    """The share of links, or of money over links, that is right.

    `low` and `high` bound it with 95 % confidence where every draw that could not be told is wrong,
    and where every one is right. `value` leaves those out, and is None where too few were judged.
    """

    value: float | None
    low: float
    high: float
    judged: int
    asked: int


def estimate(judged: Sequence[tuple[AuditJudgement, int]]) -> Precision:
    """From what was said of each drawn link, and how often it was drawn."""
    counted: Counter[AuditJudgement] = Counter()
    for said, draws in judged:
        counted[said] += draws
    right, unsure = counted[AuditJudgement.RIGHT], counted[AuditJudgement.UNSURE]
    told = right + counted[AuditJudgement.WRONG]
    low, _ = Share(right, told + unsure).interval
    _, high = Share(right + unsure, told + unsure).interval
    value = right / told if told >= LEAST_JUDGED else None
    return Precision(value, round(low, 12), round(high, 12), told, told + unsure)
