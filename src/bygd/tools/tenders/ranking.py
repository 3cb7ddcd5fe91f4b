"""Ranking: bids in order by a scheme, exactly; ties are told and never broken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from bygd.tools.tenders.bids import Bid, Scheme, check
from bygd.tools.tenders.models import AMOUNTS, MODELS, PriceModel, price_share


@dataclass(frozen=True, slots=True)
class Row:
    """A bid and what it came to. Shares are of one; nothing here is rounded.

    `price_share` is None where price has no weight. `result` are points of a hundred, higher being
    better, or for models that end in money an amount, lower being better; None where there is none.
    Bids that came to the same have the same place.
    """

    bid: Bid
    place: int
    price_share: Fraction | None
    quality: Fraction
    result: Fraction | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Bids in order. `winners` has one name; more where the first place is shared, and then nobody has won yet."""

    scheme: Scheme
    rows: tuple[Row, ...]

    @property
    def winners(self) -> tuple[str, ...]:
        """Who came first."""
        return tuple(row.bid.name for row in self.rows if row.place == 1)

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Bids that came to just the same, place by place."""
        alike = (tuple(row.bid.name for row in rows) for _place, rows in groupby(self.rows, lambda row: row.place))
        return tuple(names for names in alike if len(names) > 1)

    def places(self) -> dict[str, int]:
        """The place of each bid."""
        return {row.bid.name: row.place for row in self.rows}


def rank(scheme: Scheme, bids: Sequence[Bid]) -> Ranking:
    """Bids in order by the scheme, whatever their order. Raises InputError for what cannot be compared."""
    check(scheme, bids)
    return ordered(scheme, bids)


def ordered(scheme: Scheme, bids: Sequence[Bid]) -> Ranking:
    """As `rank`, of bids that were checked already."""
    prices = [Fraction(bid.price) for bid in bids if bid.price is not None]
    found = [(*measured(scheme, bid, prices), bid) for bid in bids]
    # By name within a place, so that the order of upload is not taken for an order of merit.
    listed = sorted(found, key=lambda one: (_key(scheme, one[2]), one[3].name))
    rows: list[Row] = []
    for number, (share, quality, result, bid) in enumerate(listed, 1):
        same = bool(rows) and rows[-1].result == result
        rows.append(Row(bid, rows[-1].place if same else number, share, quality, result))
    return Ranking(scheme, tuple(rows))


def quality_of(scheme: Scheme, bid: Bid) -> Fraction:
    """Quality as a share of the best there can be; the weights of criteria against each other."""
    whole = Fraction(scheme.quality_weight)
    if not whole:
        return Fraction(0)
    parts = (Fraction(one.weight) * one.share(bid.scores[one.code]) for one in scheme.criteria)
    return sum(parts, Fraction(0)) / whole


def measured(scheme: Scheme, bid: Bid, prices: Sequence[Fraction]) -> tuple[Fraction | None, Fraction, Fraction | None]:
    """Share of the price points, quality and result of one bid among those prices."""
    quality = quality_of(scheme, bid)
    price = Fraction(bid.price) if bid.price is not None else Fraction(0)
    if MODELS[scheme.model].weighs:
        share = price_share(scheme.model, price, prices, Fraction(scheme.full_at), Fraction(scheme.none_at or 1))
        weight = Fraction(scheme.price_weight)
        return share, quality, 100 * (weight * share + (1 - weight) * quality)
    return None, quality, _BY_MODEL[scheme.model](scheme, price, quality)


def _key(scheme: Scheme, result: Fraction | None) -> tuple[bool, Fraction]:
    """Best first; what cannot be compared last."""
    if result is None:
        return True, Fraction(0)
    return False, result if scheme.model in AMOUNTS else -result


def _per_point(_scheme: Scheme, price: Fraction, quality: Fraction) -> Fraction | None:
    return price / (100 * quality) if quality else None


def _less_value(scheme: Scheme, price: Fraction, quality: Fraction) -> Fraction:
    return price - Fraction(scheme.quality_value or 0) * quality


_BY_MODEL: dict[PriceModel, Callable[[Scheme, Fraction, Fraction], Fraction | None]] = {
    PriceModel.PRICE_PER_POINT: _per_point,
    PriceModel.ADDED_VALUE: _less_value,
    PriceModel.FIXED_PRICE: lambda _scheme, _price, quality: 100 * quality,
}
