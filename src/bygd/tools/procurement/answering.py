"""Answering: by which day the law wants questions of bidders answered.

Reads `rules/answers.yaml` of the country packs. Method: docs/method/procurement-rules.md
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bygd.countries import Country
from bygd.parameters.sentences import Texts
from bygd.tools.procurement.answer import Basis, basis

TOPIC = "answers"


@dataclass(frozen=True, slots=True)
class Answering:
    """The last day for answers, and what that rests on; None where the days are not known.

    `says` is the rule in a sentence of each language, exceptions included: whether it holds for this
    purchase at all a person must see.
    """

    last: date | None
    days: int | None
    says: Texts
    basis: Basis


def answering(country: Country, closes: date, on: date) -> Answering | None:
    """By when questions are answered where bids close on a day, by the law of another; None where no rule is known.

    The day on which bids close is not counted: six days before the 20th is the 14th.
    """
    parameter = country.rule(TOPIC).get("answers")
    value = parameter.on(on) if parameter else None
    if parameter is None or value is None:
        return None
    days = value.value if isinstance(value.value, int) else None
    last = closes - timedelta(days=days) if days is not None else None
    return Answering(last, days, value.says or parameter.says, basis(parameter, value))
