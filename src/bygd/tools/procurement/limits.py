"""Is an amount below a limit, when the limit may be unverified, outdated or with another VAT?"""

from dataclasses import dataclass
from decimal import Decimal

from bygd.tools.procurement.answer import Basis
from bygd.tools.procurement.question import Question
from bygd.tools.procurement.rulebook import Rule
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


def limit(rule: Rule, question: Question) -> Limit | None:
    """The limit a rule sets; where its value of the day is unknown, the latest known one, which is never sure."""
    value = rule.value if rule.value.known else rule.parameter.last_known(question.on)
    if value is None or value.value is None:
        return None
    return Limit(
        amount=Decimal(value.value),
        sure=rule.value.verified,
        including=value.including,
        vat=value.vat,
        basis=rule.basis,
        outdated=not rule.value.known,
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
