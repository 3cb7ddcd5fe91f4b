"""Sensitivity: how far weights could be otherwise before somebody else wins; exact breakpoints, no sampling."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bygd.tools.tenders.bids import Bid, Scheme
from bygd.tools.tenders.models import MODELS, PriceModel
from bygd.tools.tenders.ranking import Row, quality_of, rank

PRICE = "price"
VALUE = "value"
LESS, MORE = Fraction(1, 2), Fraction(3, 2)
"""How far a criterion's weight is turned down and up for the tornado."""

Merit = Callable[[Fraction], Fraction]
"""How good a bid is where the weight is so much: a straight line, higher being better."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one weight to another these win. Where two stretches meet, both win."""

    low: Fraction
    high: Fraction
    winners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """One weight turned through all it could be: `now` it is so much, and these are the stretches.

    `what` is `price` (its share of the score), `value` (the money that quality is worth, from nought to
    double) or the code of a criterion (its share of quality, the others keeping their proportions).
    """

    what: str
    now: Fraction
    stretches: tuple[Stretch, ...]

    @property
    def stays(self) -> tuple[Fraction, Fraction]:
        """From where to where whoever wins now goes on winning, alone or level."""
        at = next(n for n, one in enumerate(self.stretches) if one.low <= self.now <= one.high)
        here = self.stretches[at]
        low, high = here.low, here.high
        # At a border who wins now may win on either side of it.
        for one in self.stretches[at + 1 :]:
            if one.low == high and set(here.winners) <= set(one.winners):
                high = one.high
        return low, high


@dataclass(frozen=True, slots=True)
class Swing:
    """How far the winner is ahead of the best of the others where a criterion weighs half, and half as much again."""

    code: str
    less: Fraction
    now: Fraction
    more: Fraction


def price_range(scheme: Scheme, bids: Sequence[Bid]) -> Range | None:
    """Who wins at each weight of price from nought to one; or at each value of quality; None for other models."""
    rows = rank(scheme, bids).rows
    if MODELS[scheme.model].weighs:
        lines = {row.bid.name: _line(row.quality, row.price_share or Fraction(0)) for row in rows}
        return Range(PRICE, Fraction(scheme.price_weight), _stretches(lines, Fraction(0), Fraction(1)))
    if scheme.model is PriceModel.ADDED_VALUE:
        value = Fraction(scheme.quality_value or 0)
        lines = {row.bid.name: _value_line(row) for row in rows}
        return Range(VALUE, value, _stretches(lines, Fraction(0), 2 * value))
    return None


def criterion_ranges(scheme: Scheme, bids: Sequence[Bid]) -> tuple[Range, ...]:
    """For each criterion who wins at each share of quality it could have; none where there is one criterion."""
    return tuple(
        Range(code, now, _stretches(lines, Fraction(0), Fraction(1)))
        for code, now, lines in _by_criterion(scheme, bids)
    )


def tornado(scheme: Scheme, bids: Sequence[Bid]) -> tuple[Swing, ...]:
    """The winner's lead with each criterion weighing less and more, the widest swing first; needs one winner.

    In points of a hundred, or in money for quality deducted from the price. A lead below nought means
    that somebody else would win. None for price by point, whose results are no straight lines.
    """
    ranking = rank(scheme, bids)
    if len(ranking.winners) != 1 or len(bids) < 2 or scheme.model is PriceModel.PRICE_PER_POINT:
        return ()
    winner = ranking.winners[0]
    swings = []
    for code, now, lines in _by_criterion(scheme, bids):
        least, most = now * LESS, min(Fraction(1), now * MORE)
        leads = [lines[winner](at) - max(line(at) for name, line in lines.items() if name != winner)
                 for at in (least, now, most)]  # fmt: skip
        swings.append(Swing(code, *leads))
    return tuple(sorted(swings, key=lambda one: (-abs(one.more - one.less), one.code)))


def _by_criterion(scheme: Scheme, bids: Sequence[Bid]) -> list[tuple[str, Fraction, dict[str, Merit]]]:
    """Code, its share of quality now, and the merit of each bid by that share."""
    whole = scheme.quality_weight
    if len([one for one in scheme.criteria if one.weight]) < 2:
        return []
    rows = rank(scheme, bids).rows
    found = []
    for one in scheme.criteria:
        now = Fraction(one.weight) / Fraction(whole)
        if now in (0, 1):
            continue
        lines: dict[str, Merit] = {}
        for row in rows:
            own = one.share(row.bid.scores[one.code])
            rest = (quality_of(scheme, row.bid) - now * own) / (1 - now)
            lines[row.bid.name] = _merit(scheme, row, rest, own)
        found.append((one.code, now, lines))
    return found


def _merit(scheme: Scheme, row: Row, rest: Fraction, own: Fraction) -> Merit:
    """The merit of a bid whose quality goes straight from `rest`, without the criterion, to `own`, with it alone."""
    price = Fraction(row.bid.price) if row.bid.price is not None else Fraction(0)
    if MODELS[scheme.model].weighs:
        weight, share = Fraction(scheme.price_weight), row.price_share or Fraction(0)
        return lambda at: 100 * (weight * share + (1 - weight) * (rest + at * (own - rest)))
    if scheme.model is PriceModel.ADDED_VALUE:
        value = Fraction(scheme.quality_value or 0)
        return lambda at: value * (rest + at * (own - rest)) - price
    # Least price for a point is most points for the price.
    each = 100 / price if price and scheme.model is PriceModel.PRICE_PER_POINT else Fraction(100)
    return lambda at: each * (rest + at * (own - rest))


def _line(start: Fraction, end: Fraction) -> Merit:
    return lambda at: 100 * (start + at * (end - start))


def _value_line(row: Row) -> Merit:
    price, quality = Fraction(row.bid.price or Decimal(0)), row.quality
    return lambda at: at * quality - price


def _stretches(lines: dict[str, Merit], low: Fraction, high: Fraction) -> tuple[Stretch, ...]:
    """Who is best on each stretch: along the uppermost line, from crossing to crossing."""
    straight = {name: (line(Fraction(0)), line(Fraction(1)) - line(Fraction(0))) for name, line in lines.items()}
    found: list[Stretch] = []
    at = low
    while at < high:
        merit, slope = max((start + at * rise, rise) for start, rise in straight.values())
        winners = tuple(
            sorted(name for name, (start, rise) in straight.items() if (start + at * rise, rise) == (merit, slope))
        )
        crossings = [
            at + (merit - start - at * rise) / (rise - slope) for start, rise in straight.values() if rise > slope
        ]
        end = min([high, *crossings])
        found.append(Stretch(at, end, winners))
        at = end
    return tuple(found)
