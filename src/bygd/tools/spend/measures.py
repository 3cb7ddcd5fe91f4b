"""The arithmetic: shares with bounds, means of shares, changes and concentration, from plain numbers."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from heapq import nlargest
from math import fsum

NOUGHT = Decimal(0)

LEAST_COVERAGE = 0.2
"""Below a fifth of the money a share says more about who could be placed than about the place."""


@dataclass(frozen=True)
class Sums:
    """Money of one class of suppliers.

    `down` and `up` add the sums of parties below and above nought: they say how far the class can
    pull a total either way if each party moved on its own.
    """

    amount: Decimal = NOUGHT
    down: Decimal = NOUGHT
    up: Decimal = NOUGHT


Tally = Mapping[str, Sums]
"""Money by class, for example by ring; what could not be told stands under 'unknown'."""


@dataclass(frozen=True)
class Share:
    """A part of some money. Shares are fractions of one; None is "cannot tell". Money adds up:
    part + rest + unknown = total."""

    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    part: Decimal
    rest: Decimal
    unknown: Decimal
    total: Decimal
    part_low: Decimal
    part_high: Decimal


def share(
    tally: Tally, part: Collection[str], unknown: Collection[str] = ("unknown",), perhaps: Collection[str] = ()
) -> Share:
    """What share of a tally's money the classes in `part` are.

    value = part / placed, where placed = total less unknown; coverage = placed / total. The bounds
    let every party of the classes `unknown` and `perhaps` (known to be no more than possibly in
    the part) be wholly outside or wholly inside: low = (part + Σ negative sums) / total, high =
    (part + Σ positive sums) / total, kept between 0 and 1.

    "Cannot tell" where total or placed is not above nought, where less than `LEAST_COVERAGE` of the
    money could be placed, and where credits leave a share below 0 or above 1.
    """
    inside = sum((tally[name].amount for name in tally if name in part), NOUGHT)
    doubt = sum((tally[name].amount for name in tally if name in unknown), NOUGHT)
    movable = [tally[name] for name in tally if name in unknown or (name in perhaps and name not in part)]
    return share_of(
        total=sum((sums.amount for sums in tally.values()), NOUGHT),
        inside=inside,
        doubt=doubt,
        down=sum((sums.down for sums in movable), NOUGHT),
        up=sum((sums.up for sums in movable), NOUGHT),
    )


def share_of(*, total: Decimal, inside: Decimal, doubt: Decimal, down: Decimal, up: Decimal) -> Share:
    """The same from sums: `inside` the part and in `doubt` of some `total`; `down` and `up` say how far sums in doubt
    can pull the part."""
    part_low, part_high, placed = inside + down, inside + up, total - doubt
    coverage = min(1.0, abs(float(placed)) / float(total)) if total > 0 else None
    value = float(inside) / float(placed) if placed > 0 else None
    if coverage is None or coverage < LEAST_COVERAGE or value is None or not 0 <= value <= 1:
        value = None
    low = high = None
    if total > 0:
        low, high = (min(1.0, max(0.0, float(bound) / float(total))) for bound in (part_low, part_high))
        if value is not None:
            low, high = min(low, value), max(high, value)
    return Share(
        value, low, high, coverage, inside, placed - inside, doubt, total, part_low=part_low, part_high=part_high
    )


@dataclass(frozen=True)
class Estimate:
    """A number that is no share of one sum: with bounds, and the share of the money it rests on."""

    value: float | None
    low: float | None
    high: float | None
    coverage: float | None


CANNOT_TELL = Estimate(None, None, None, None)


def leakage(local: Share) -> Estimate:
    """The money placed outside the part of a share; the bounds let the money in doubt be in or out."""
    if local.coverage is None:
        return CANNOT_TELL
    value = float(local.rest) if local.coverage >= LEAST_COVERAGE else None
    return Estimate(value, float(local.total - local.part_high), float(local.total - local.part_low), local.coverage)


def mean(shares: Sequence[Share]) -> Estimate:
    """The simple mean of shares: each counts once, however much money it stands for.

    Shares that cannot be told are left out; coverage is the placed money of the others as a share
    of the money of all.
    """
    told = [one for one in shares if one.value is not None and one.low is not None and one.high is not None]
    total = sum((one.total for one in shares), NOUGHT)
    if not told or total <= 0:
        return CANNOT_TELL
    placed = sum((one.part + one.rest for one in told), NOUGHT)
    return Estimate(
        fsum(one.value or 0 for one in told) / len(told),
        fsum(one.low or 0 for one in told) / len(told),
        fsum(one.high or 0 for one in told) / len(told),
        min(1.0, float(placed) / float(total)),
    )


def change(before: Share, after: Share) -> Estimate:
    """How much a share rose, as a difference of fractions; the bounds take the worst of both ends."""
    if before.value is None or after.value is None:
        return CANNOT_TELL
    return Estimate(
        after.value - before.value,
        (after.low or 0) - (before.high or 0),
        (after.high or 0) - (before.low or 0),
        min(before.coverage or 0, after.coverage or 0),
    )


Amounts = Iterable[Decimal | float]
"""Sums of money by party. Floating point will do here: these measures are never added up."""


def hhi(amounts: Amounts) -> float | None:
    """The Herfindahl–Hirschman index, 0 to 10,000: the sum of squared percentage shares.

    Amounts not above nought are left out, so that shares add up to one hundred.
    """
    positive = _positive(amounts)
    total = fsum(positive)
    return 10_000 * fsum((amount / total) ** 2 for amount in positive) if total else None


def gini(amounts: Amounts) -> float | None:
    """The Gini coefficient (divided by n, not n - 1) of amounts above nought: 0 is all equal."""
    ordered = sorted(_positive(amounts))
    n, total = len(ordered), fsum(ordered)
    if not total:
        return None
    return 2 * fsum(place * amount for place, amount in enumerate(ordered, 1)) / (n * total) - (n + 1) / n


def top_share(amounts: Amounts, n: int) -> float | None:
    """The share of the `n` largest in the sum of all amounts above nought."""
    positive = _positive(amounts)
    total = fsum(positive)
    return min(1.0, fsum(nlargest(n, positive)) / total) if total else None


def _positive(amounts: Amounts) -> list[float]:
    return [float(amount) for amount in amounts if amount > 0]


@dataclass(frozen=True)
class Concentration:
    """How few suppliers share the money; see `concentration`."""

    hhi: Estimate
    gini: Estimate
    top: Mapping[int, Estimate]


TOP = (10, 50, 300)


def concentration(known: Amounts, doubtful: Amounts) -> Concentration:
    """Concentration over parties: `known` are linked organisations, `doubtful` suppliers that are not.

    Two doubtful suppliers may be one organisation, so every measure is a lower bound; the upper
    bound gives all doubtful money to the largest party. Gini has no such bound: merging moves it
    either way. Coverage is the share of the money of known parties.
    """
    sure, loose = sorted(_positive(known)), _positive(doubtful)
    amounts = [*sure, *loose]
    if not amounts:
        return Concentration(CANNOT_TELL, CANNOT_TELL, dict.fromkeys(TOP, CANNOT_TELL))
    merged = [*sure[:-1], (sure[-1] if sure else 0.0) + fsum(loose)]
    coverage = fsum(sure) / fsum(amounts)

    def between(measure: Callable[[Amounts], float | None]) -> Estimate:
        low, high = measure(amounts) or 0.0, measure(merged) or 0.0
        return Estimate(low, low, max(low, high), coverage)  # equal sums may differ in the last digit

    return Concentration(
        between(hhi),
        Estimate(gini(amounts), None, None, coverage),
        {n: between(partial(top_share, n=n)) for n in TOP},
    )
