"""Is an amount below a limit, when the limit may be unverified, outdated or with another VAT?"""

from dataclasses import dataclass
from decimal import Decimal

from bygd.parameters import Parameter, Value
from bygd.tools.procurement.answer import Basis
from bygd.tools.procurement.question import Question
from bygd.vocabulary.words import Standing

MARGIN = Decimal("0.25")
"""Nearer than this share to a limit that is not sure, the answer is unknown. Own rule, see the method page."""


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount that divides. `sure`: it was read in its source and holds; `outdated`: only an earlier one is known."""

    amount: Decimal
    sure: bool
    including: bool
    vat: str
    basis: Basis
    outdated: bool


def limit(parameter: Parameter, value: Value, basis: Basis) -> Limit | None:
    """The limit a dated value sets; where it is unknown, the latest known one before it, which is never sure."""
    known = value if value.known else parameter.last_known(value.since)
    if known is None or known.value is None or isinstance(known.value, Standing):
        return None
    return Limit(
        amount=Decimal(known.value),
        sure=value.verified,
        including=known.including,
        vat=known.vat,
        basis=basis,
        outdated=not value.known,
    )


def compare(amount: Decimal, line: Limit, question: Question) -> Standing:
    """BELOW or ABOVE the limit, or UNKNOWN where it is too near to one that is not sure.

    An amount at the limit is above it, unless the limit is `including`. Where amount and limit
    differ in VAT, the amount is converted at the rate given; without a rate the limit is not sure
    (the margin is wider than any rate of the countries covered).
    """
    sure = line.sure
    if question.vat and line.vat and question.vat != line.vat:
        if question.vat_rate is None:
            sure = False
        else:
            factor = 1 + question.vat_rate
            amount = amount * factor if line.vat == "with" else amount / factor
    if sure:
        within = amount < line.amount or (line.including and amount == line.amount)
        return Standing.BELOW if within else Standing.ABOVE
    if amount < line.amount * (1 - MARGIN):
        return Standing.BELOW
    return Standing.ABOVE if amount >= line.amount * (1 + MARGIN) else Standing.UNKNOWN
