"""Money: how sums are rounded, the same everywhere: halves away from nought, as offices and spreadsheets do."""

from decimal import ROUND_HALF_UP, Decimal

CENTS = 2
CENT = Decimal(1).scaleb(-CENTS)


def rounded(amount: Decimal, digits: int = CENTS) -> Decimal:
    """The sum to so many decimals, by default to the cent; with fewer than none to tens, hundreds and so on."""
    return amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
