"""Units: what promises are counted in; those known here have a name in each language, others stand as written."""

import re

from bygd.vocabulary.words import Word

CURRENCY = re.compile(r"[A-Z]{3}")


class Unit(Word):
    """Units that many promises are counted in."""

    PERSONS = "persons", "persons"
    HOURS = "hours", "hours"
    WEEKS = "weeks", "weeks"
    TIMES = "times", "times"
    PERCENT = "percent", "per cent"
    KG_CO2E = "kg CO2e", "kg CO2e"
    DONE = "done", "done (1) or not (0)"


WHOLE = (Unit.PERSONS, Unit.TIMES, Unit.DONE)
"""Of which there are no halves."""


def is_currency(unit: str) -> bool:
    """Whether a unit is money."""
    return CURRENCY.fullmatch(unit) is not None
