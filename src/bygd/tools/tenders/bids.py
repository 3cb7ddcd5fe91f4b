"""Bids and what they are measured by: criteria with weights, a price model with its terms, scores as given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from bygd.sources.errors import InputError
from bygd.tools.tenders.models import MODELS, PriceModel

LARGEST = Decimal(10**15)
MOST_BIDS = 200
STEP = Decimal("0.0001")
"""Weights are shares written with four decimals at most: a hundredth of a percentage point."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that is scored, and its weight.

    A share of the whole score. Where the model weighs no price it is a share of quality. `most` is the
    highest score, `least` the one that gives nothing.
    """

    code: str
    weight: Decimal
    most: Decimal = Decimal(100)
    least: Decimal = Decimal(0)

    def share(self, score: Decimal) -> Fraction:
        """What a score is of all that the criterion can give, exactly."""
        return Fraction(score - self.least) / Fraction(self.most - self.least)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How bids are compared: the model of price, its weight and terms, the criteria of quality.

    `full_at` and `none_at` are the prices that give all and none of the price points, `quality_value`
    the money that the best quality is worth, `fixed_price` what everybody is paid; each model needs its own.
    """

    model: PriceModel
    criteria: tuple[Criterion, ...]
    price_weight: Decimal = Decimal(0)
    full_at: Decimal = Decimal(0)
    none_at: Decimal | None = None
    quality_value: Decimal | None = None
    fixed_price: Decimal | None = None

    def __post_init__(self) -> None:
        """Raises InputError where weights do not add up to one, or a term that the model needs is missing."""
        about = MODELS[self.model]
        codes = [one.code for one in self.criteria]
        if len(set(codes)) < len(codes):
            twice = next(code for code in codes if codes.count(code) > 1)
            raise InputError("The criterion '{code}' stands there twice.", code=twice)
        if not self.criteria and not (about.weighs and self.price_weight == 1):
            raise InputError("Without criteria of quality only the price counts: give it the weight 1.")
        for one in self.criteria:
            _weight(one.code, one.weight)
            if not one.least < one.most:
                raise InputError("The criterion '{code}' must have a highest score above its lowest.", code=one.code)
        _weight("price", self.price_weight)
        if not about.weighs and self.price_weight:
            raise InputError("The model '{model}' gives price no weight: leave it out.", model=str(self.model))
        total = sum((one.weight for one in self.criteria), self.price_weight)
        if total != 1:
            raise InputError(
                "The weights add up to {total}, and must add up to 1: price {price}, quality {quality}.",
                total=f"{total:f}",
                price=f"{self.price_weight:f}",
                quality=f"{total - self.price_weight:f}",
            )
        for term in about.needs:
            amount = getattr(self, term)
            if amount is None or not amount.is_finite() or not 0 < amount < LARGEST:
                raise InputError("The model '{model}' needs '{term}' above nought.", model=str(self.model), term=term)
        if self.none_at is not None and not 0 <= self.full_at < self.none_at:
            raise InputError("The price that gives all points must be below the one that gives none.")

    @property
    def quality_weight(self) -> Decimal:
        """What quality weighs together."""
        return sum((one.weight for one in self.criteria), Decimal(0))


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid: its name, its price where one is asked, and its score by each criterion."""

    name: str
    price: Decimal | None
    scores: Mapping[str, Decimal] = field(default_factory=dict)


def check(scheme: Scheme, bids: Sequence[Bid]) -> None:
    """Raises InputError where a name stands twice, or a price or score is missing or out of range."""
    if not bids:
        raise InputError("There are no bids to compare.")
    if len(bids) > MOST_BIDS:
        raise InputError("There are {number} bids; {most} at most can be compared.", number=len(bids), most=MOST_BIDS)
    names = [bid.name for bid in bids]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError("Two bids are called '{name}'. Give each a name of its own.", name=twice)
    for bid in bids:
        _price(scheme, bid)
        for one in scheme.criteria:
            score = bid.scores.get(one.code)
            if score is None:
                raise InputError("{bid} has no score for '{code}'.", bid=bid.name, code=one.code)
            if not score.is_finite() or not one.least <= score <= one.most:
                raise InputError(
                    "{bid} has the score {score} for '{code}'. Give one from {least} to {most}.",
                    bid=bid.name,
                    score=f"{score:f}" if score.is_finite() else str(score),
                    code=one.code,
                    least=f"{one.least:f}",
                    most=f"{one.most:f}",
                )


def _price(scheme: Scheme, bid: Bid) -> None:
    if scheme.model is PriceModel.FIXED_PRICE:
        if bid.price is not None and bid.price != scheme.fixed_price:
            raise InputError("{bid} has a price of its own, but the price is fixed.", bid=bid.name)
    elif bid.price is None:
        raise InputError("{bid} has no price.", bid=bid.name)
    elif not bid.price.is_finite() or not 0 < bid.price < LARGEST:
        # A price of nought would be divided by; a negative one is no price.
        raise InputError(
            "{bid} has the price {price}. A price must be above nought.", bid=bid.name, price=f"{bid.price:f}"
        )


def _weight(code: str, weight: Decimal) -> None:
    if not weight.is_finite() or not 0 <= weight <= 1 or weight != weight.quantize(STEP):
        raise InputError(
            "{weight} is no weight for '{code}'. Write 20 per cent as 0.20, with four decimals at most.",
            weight=str(weight),
            code=code,
        )
