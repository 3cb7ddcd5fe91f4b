"""Small lots: may a lot of a purchase above the threshold be let by lighter rules? (Directive 2014/24/EU, 5(10).)"""

from collections.abc import Mapping
from decimal import Decimal

from bygd.tools.procurement import sentences
from bygd.tools.procurement.answer import OURS, Basis, Part, Statement
from bygd.tools.procurement.direct import Held
from bygd.tools.procurement.limits import compare
from bygd.tools.procurement.question import Question
from bygd.tools.procurement.rulebook import Rule
from bygd.vocabulary.words import Standing


def small_lot(question: Question, held: Held, regime: Statement) -> Statement | None:
    """Whether the lot asked about may be let outside the full rules; None where the country knows no such exception.

    The lot must be worth less than an amount, and all lots let so together no more than a share of the whole.
    Where no lot is asked about, it says that there is the exception.
    """
    limits, shares = held.get("small_lot", ()), held.get("small_lot_share", ())
    line, share = (limits[0].line if limits else None), _share(shares[0]) if shares else None
    if regime.standing is Standing.BELOW or not limits or not shares:
        return None
    rests_on = (limits[0].basis, shares[0].basis)
    if line is None or share is None:
        return _said(Standing.UNKNOWN, "none", rests_on)
    values: dict[str, Decimal | str] = {"limit": line.amount, "share": _percent(share)}
    if question.lot is None:
        return _said(Standing.DEPENDS, "may", rests_on, values) if regime.standing is Standing.ABOVE else None
    together = question.small_lots or question.lot
    values |= {"lot": question.lot, "together": together, "most": question.value * share, "value": question.value}
    place = compare(question.lot, line, question)
    if place is Standing.ABOVE:
        return _said(Standing.CLOSED, "large", rests_on, values)
    if together > question.value * share:
        return _said(Standing.CLOSED, "share", rests_on, values)
    if regime.standing is Standing.UNKNOWN:
        return _said(Standing.UNKNOWN, "regime", (*regime.basis, *rests_on), values)
    if place is Standing.UNKNOWN:
        return _said(Standing.UNKNOWN, "near", rests_on, values)
    return _said(Standing.OPEN, "open", rests_on, values)


def _share(rule: Rule) -> Decimal | None:
    value = rule.value.value
    return Decimal(value) if rule.value.known and isinstance(value, int | Decimal) else None


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def _said(
    standing: Standing, word: str, basis: tuple[Basis, ...], values: Mapping[str, Decimal | str] | None = None
) -> Statement:
    rests_on = tuple(dict.fromkeys(basis)) or (OURS,)
    return Statement("small_lot", Part.REGIME, standing, sentences.SMALL_LOT[word], rests_on, values=values or {})
