"""Models of price: formulas by which price and quality are weighed, each with its traps and where it is written of."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bygd.vocabulary.said import N_
from bygd.vocabulary.words import Word


class PriceModel(Word):
    """How price and quality are weighed against each other."""

    LOWEST_OVER_PRICE = "lowest_over_price", "Lowest price divided by the price"
    LINEAR_LOWEST = "linear_lowest", "Straight line down from the lowest price"
    LINEAR_SPAN = "linear_span", "Straight line from the lowest to the highest price"
    LINEAR_FIXED = "linear_fixed", "Straight line between two prices fixed beforehand"
    PRICE_PER_POINT = "price_per_point", "Price for each point of quality"
    ADDED_VALUE = "added_value", "Quality deducted from the price in money"
    FIXED_PRICE = "fixed_price", "Fixed price, best quality"


@dataclass(frozen=True, slots=True)
class Model:
    """What is to be known of a model before one chooses it.

    `depends`: the points of a bid depend on other bids, so that a bid that cannot win may decide who
    does. `weighs`: price has a weight. `needs`: terms of the scheme that must be given.
    """

    formula: str
    about: str
    depends: bool
    weighs: bool
    needs: tuple[str, ...]
    traps: tuple[str, ...]
    sources: tuple[str, ...]


STILGER = (
    "Stilger, Siderius and van Raaij, A comparative study of formulas for choosing the economically most "
    "advantageous tender, Journal of Public Procurement 17(1), 2017, 88–124"
)
BERGMAN = (
    "Bergman and Lundberg, Tender evaluation and supplier selection methods in public procurement, Journal of "
    "Purchasing and Supply Management 19(2), 2013, 73–83"
)
LUNDBERG = "Bergman and Lundberg, Att utvärdera anbud, Konkurrensverket 2009:10"
LUNANDER = "Lunander, En logisk fälla, Konkurrensverket 2009:12"
FLOOR_CASE = "HFD 2022 ref. 41; HFD 2023 ref. 7"

RELATIVE = N_(
    "The points of a bid depend on the other bids. Where the lowest bid falls away, or a cheap and poor one is added, "
    "the others may change places although nothing about them changed."
)
UNKNOWN_BEFORE = N_("A bidder cannot work out beforehand what more quality is worth in money.")

MODELS: dict[PriceModel, Model] = {
    PriceModel.LOWEST_OVER_PRICE: Model(
        "w · P_lowest / P + (1 − w) · Q",
        N_("The lowest price gets all price points, one of double that price half of them."),
        True,
        True,
        (),
        (
            RELATIVE,
            UNKNOWN_BEFORE,
            N_("The curve flattens: among dear bids a difference in price counts for little, among cheap ones for "
               "much."),
        ),
        (LUNANDER, LUNDBERG, STILGER),
    ),
    PriceModel.LINEAR_LOWEST: Model(
        "w · max(0, 2 − P / P_lowest) + (1 − w) · Q",
        N_("The lowest price gets all price points, one of double that price none, in a straight line between."),
        True,
        True,
        (),
        (
            RELATIVE,
            UNKNOWN_BEFORE,
            N_("Above double the lowest price nothing is lost any more: such a bid may raise its price for free."),
        ),
        (LUNDBERG, STILGER),
    ),
    PriceModel.LINEAR_SPAN: Model(
        "w · (P_highest − P) / (P_highest − P_lowest) + (1 − w) · Q",
        N_("The lowest price gets all price points, the highest none, in a straight line between."),
        True,
        True,
        (),
        (
            RELATIVE,
            N_("The highest bid decides as much as the lowest: one absurdly dear bid makes all other prices look "
               "alike."),
            N_("With two bids the dearer gets no price points, be it by a cent; small differences count in full."),
        ),
        (LUNDBERG, STILGER),
    ),
    PriceModel.LINEAR_FIXED: Model(
        "w · (P_none − P) / (P_none − P_all), at least 0 and at most 1, + (1 − w) · Q",
        N_("Points lie on a straight line between two prices that you fix beforehand; no bid changes another's."),
        False,
        True,
        ("none_at",),
        (
            N_("You must know the market: with the prices fixed wrongly all bids get the same points, or none."),
            N_("Below the price that gives all points a lower price gains nothing. A court has found that unlawful "
               "(HFD 2022 ref. 41): leave it at nought."),
            N_("Above the price that gives none nothing is lost any more: say in the tender that such bids are "
               "refused."),
        ),
        (FLOOR_CASE, STILGER),
    ),
    PriceModel.PRICE_PER_POINT: Model(
        "P / Q, the lowest wins",
        N_("The bid that costs least for each point of quality wins; price has no weight of its own."),
        False,
        False,
        (),
        (
            N_("Very cheap and poor wins as easily as dear and good: set a lowest quality that every bid must have."),
            N_("The first points of quality count for much more than the last ones."),
            N_("A bid without any quality points cannot be compared; it is placed last."),
        ),
        (STILGER,),
    ),
    PriceModel.ADDED_VALUE: Model(
        "P − V · Q, the lowest wins",
        N_("Quality is worth a sum that you state beforehand; it is deducted from the price, and the lowest sum wins."),
        False,
        False,
        ("quality_value",),
        (
            N_("You must dare to say what quality is worth in money, before you see any price."),
            N_("Where the value is set high against the prices, quality alone decides; set low, price alone does."),
        ),
        (BERGMAN, LUNDBERG),
    ),
    PriceModel.FIXED_PRICE: Model(
        "Q, the highest wins",
        N_("Everybody is paid the same, which you fix beforehand; the best quality for it wins."),
        False,
        False,
        ("fixed_price",),
        (
            N_("A price fixed too high is given away; one fixed too low draws no good bids."),
            N_("All hangs on how quality is scored: describe each level, and let several score independently."),
        ),
        (BERGMAN,),
    ),
}  # fmt: skip

AMOUNTS = frozenset({PriceModel.PRICE_PER_POINT, PriceModel.ADDED_VALUE})
"""Models whose result is an amount of money, of which the lowest wins."""


def price_share(
    model: PriceModel, price: Fraction, prices: Sequence[Fraction], full_at: Fraction, none_at: Fraction
) -> Fraction:
    """What a price gets of the price points, by a model that weighs price; `prices` are those of all bids."""
    if model is PriceModel.LOWEST_OVER_PRICE:
        return min(prices) / price
    if model is PriceModel.LINEAR_LOWEST:
        return max(Fraction(0), 2 - price / min(prices))
    if model is PriceModel.LINEAR_SPAN:
        lowest, highest = min(prices), max(prices)
        return Fraction(1) if lowest == highest else (highest - price) / (highest - lowest)
    return min(Fraction(1), max(Fraction(0), (none_at - price) / (none_at - full_at)))
