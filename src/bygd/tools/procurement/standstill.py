"""Standstill: from which day a contract may be signed, once bidders were told who won.

Reads `rules/standstill.yaml` of the country packs, and public holidays. Method: docs/method/procurement-rules.md
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bygd.countries import Country
from bygd.countries.working import is_working_day
from bygd.parameters import Parameter, Value
from bygd.parameters.sentences import Texts
from bygd.tools.procurement.answer import Basis, basis
from bygd.vocabulary.words import Word

TOPIC = "standstill"
DAY = timedelta(days=1)


class Way(Word):
    """How bidders were told."""

    ELECTRONIC = "electronic", "By mail or another electronic way"
    OTHER = "other", "In another way, such as by letter"


@dataclass(frozen=True, slots=True)
class Standstill:
    """The first day on which a contract may be signed, and what that rests on; None where the rule is not known.

    `says` is the rule in a sentence of each language, exceptions included: whether it holds for this
    purchase at all a person must see.
    """

    first: date | None
    days: int | None
    says: Texts
    basis: Basis

    @property
    def last(self) -> date | None:
        """The last day on which it may not be signed yet."""
        return self.first - DAY if self.first else None


def standstill(country: Country, told: date, way: Way) -> Standstill | None:
    """The standstill of a decision that bidders were told on that day; None where no rule is known for it."""
    parameter = country.rule(TOPIC).get(way.value)
    value = parameter.on(told) if parameter else None
    if parameter is None or value is None:
        return None
    says, rests_on = value.says or parameter.says, basis(parameter, value)
    if not isinstance(value.value, int):
        return Standstill(None, None, says, rests_on)
    return Standstill(_last(country, told, parameter, value) + DAY, value.value, says, rests_on)


def _last(country: Country, told: date, parameter: Parameter, value: Value) -> date:
    """The last day of the time, which where the rule says so is no Saturday, Sunday or holiday."""
    assert isinstance(value.value, int)
    day = told if "day_itself" in parameter.applies.get("counted_from", ()) else told + DAY
    if value.unit == "working_days":
        left = value.value
        while True:
            left -= is_working_day(country, day)
            if not left:
                return day
            day += DAY
    day += (value.value - 1) * DAY
    while "working_day" in parameter.applies.get("ends_on", ()) and not is_working_day(country, day):
        day += DAY
    return day
