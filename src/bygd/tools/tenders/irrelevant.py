"""Irrelevant bids: where the order of the others hangs on a bid that does not win."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import combinations, pairwise

from bygd.tools.tenders.bids import LARGEST, Bid, Scheme
from bygd.tools.tenders.models import MODELS, PriceModel
from bygd.tools.tenders.ranking import Row, ordered, rank

CENT = Decimal("0.01")
ADDED = "·"
"""Name of a bid that is only thought of."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Without this bid, which does not win, others stand in another order. Pairs: who was ahead, and who would be."""

    bid: str
    pairs: tuple[tuple[str, str], ...]
    winners: tuple[str, ...]
    changes_winner: bool


@dataclass(frozen=True, slots=True)
class Added:
    """One more bid at that price, without any quality and not winning itself, would put `gains` before `loses`.

    `below`: at that price or a lower one; else at that price or a higher one, as far as it goes on not winning.
    """

    price: Decimal
    below: bool
    loses: str
    gains: str


def removed(scheme: Scheme, bids: Sequence[Bid]) -> tuple[Removed, ...]:
    """Bids that do not win and on which the order of others depends; none for models that look at each bid alone."""
    if not MODELS[scheme.model].depends:
        return ()
    before = rank(scheme, bids)
    places = before.places()
    found = []
    for bid in _at_the_ends(scheme, bids):
        rest = [one for one in bids if one is not bid]
        if bid.name in before.winners or len(rest) < 2:
            continue
        after = ordered(scheme, rest)
        turned = _turned(places, after.places())
        if turned:
            found.append(Removed(bid.name, turned, after.winners, set(after.winners) != set(before.winners)))
    return tuple(found)


def added(scheme: Scheme, bids: Sequence[Bid]) -> tuple[Added, ...]:
    """How a cheap or dear bid without quality, that does not win, would take the first place from who has it.

    For each bid behind the first, the price nearest to the bids there are. Needs one winner.
    """
    before = rank(scheme, bids)
    if not MODELS[scheme.model].depends or len(before.winners) != 1:
        return ()
    first, *rest = before.rows
    found = []
    for row in rest:
        for price, below in _prices(scheme, first, row, bids):
            if 0 < price < LARGEST and _takes(scheme, bids, price, first.bid.name, row.bid.name):
                found.append(Added(price, below, first.bid.name, row.bid.name))
                break
    return tuple(found)


def _at_the_ends(scheme: Scheme, bids: Sequence[Bid]) -> list[Bid]:
    """Bids that alone set the lowest price, or the highest where that counts: no other changes another's points."""
    prices = [bid.price for bid in bids if bid.price is not None]
    ends = [min(prices), *([max(prices)] if scheme.model is PriceModel.LINEAR_SPAN else [])]
    return [bid for bid in bids if bid.price in ends and prices.count(bid.price) == 1]


def _turned(before: dict[str, int], after: dict[str, int]) -> tuple[tuple[str, str], ...]:
    """Pairs of which one was ahead and the other is now, or both are level and were not, or the other way round."""
    turned = []
    for a, b in combinations(sorted(after, key=lambda name: (before[name], name)), 2):
        was, now = _sign(before[a] - before[b]), _sign(after[a] - after[b])
        if was != now:
            turned.append((a, b))
    return tuple(turned)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _takes(scheme: Scheme, bids: Sequence[Bid], price: Decimal, loses: str, gains: str) -> bool:
    """Whether the thought bid puts one before the other without coming first itself."""
    thought = Bid(ADDED, price, {one.code: one.least for one in scheme.criteria})
    after = ordered(scheme, [*bids, thought])
    places = after.places()
    return places[gains] < places[loses] and ADDED not in after.winners


def _prices(scheme: Scheme, a: Row, b: Row, bids: Sequence[Bid]) -> Iterator[tuple[Decimal, bool]]:
    """Prices just beyond the points where `b` would draw level with `a`, by the formula of the model."""
    weight = Fraction(scheme.price_weight)
    prices = [Fraction(one.price) for one in bids if one.price is not None]
    lowest, highest = min(prices), max(prices)
    pa, pb = (Fraction(one.bid.price or 1) for one in (a, b))
    quality = (1 - weight) * (a.quality - b.quality)
    if not weight or pa == pb:
        return
    if scheme.model is PriceModel.LOWEST_OVER_PRICE:
        # weight · m · (1/pa − 1/pb) + quality = 0
        yield from _below(-quality / (weight * (1 / pa - 1 / pb)), lowest)
    elif scheme.model is PriceModel.LINEAR_LOWEST:
        yield from _below_line(pa, pb, weight, quality, lowest)
    elif quality:
        # weight · (pb − pa) / (highest − lowest) + quality = 0
        span = -weight * (pb - pa) / quality
        yield from _below(highest - span, lowest)
        if span > highest - lowest:
            dear = _cents(lowest + span, ROUND_CEILING)
            yield dear + (CENT if dear == lowest + span else 0), False


def _below_line(
    pa: Fraction, pb: Fraction, weight: Fraction, quality: Fraction, lowest: Fraction
) -> Iterator[tuple[Decimal, bool]]:
    """For the line that ends at double the lowest price: by u = 1/m the difference is straight between its ends."""
    ends = sorted({1 / lowest, *(2 / one for one in (pa, pb) if 2 / one > 1 / lowest)})
    ends.append(2 * ends[-1])

    def ahead(u: Fraction) -> Fraction:
        share = [max(Fraction(0), 2 - price * u) for price in (pa, pb)]
        return weight * (share[0] - share[1]) + quality

    for left, right in pairwise(ends):
        start, end = ahead(left), ahead(right)
        if start > 0 >= end:
            level = left + (right - left) * start / (start - end)
            yield from _below(1 / level, lowest)


def _below(price: Fraction, lowest: Fraction) -> Iterator[tuple[Decimal, bool]]:
    if 0 < price <= lowest:
        cheap = _cents(price, ROUND_FLOOR)
        yield cheap - (CENT if cheap == price else 0), True


def _cents(price: Fraction, rounding: str) -> Decimal:
    """Rounded to cents by whole numbers, since a division of decimals is itself rounded."""
    cents = price * 100
    whole = cents.numerator // cents.denominator
    return Decimal(whole + (rounding == ROUND_CEILING and whole != cents)) * CENT
