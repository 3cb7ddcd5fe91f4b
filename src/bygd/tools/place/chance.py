"""Chance: how far a share or rate of a small place may lie from another year's by chance alone, and when to warn.

Wilson's interval for shares, Byar's for rates; as public health offices do for small areas (APHO 2008).
"""

from math import sqrt

from bygd.vocabulary.place_words import Unit

Z = 1.959964
FEW_EVENTS = 20
"""Below so many cases a share or rate says little for a single year."""
FEW_PEOPLE = 100
"""Below so many people no share is told without a warning."""
FEWEST = 5
"""Counts of people below this are not told, but where an official source published them."""


def interval(value: float, unit: Unit, base: float | None) -> tuple[float, float] | None:
    """95 % interval of a share in per cent or a rate per thousand that rests on so many people; None of all else."""
    if base is None or base <= 0:
        return None
    if unit is Unit.PERCENT and 0 <= value <= 100:
        p = value / 100
        middle = (p + Z * Z / (2 * base)) / (1 + Z * Z / base)
        half = Z * sqrt(p * (1 - p) / base + Z * Z / (4 * base * base)) / (1 + Z * Z / base)
        return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)
    if unit is Unit.PER_THOUSAND and value >= 0:
        cases = value * base / 1000
        low = cases * (1 - 1 / (9 * cases) - Z / (3 * sqrt(cases))) ** 3 if cases > 0 else 0.0
        more = cases + 1
        high = more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
        return 1000 * max(0.0, low) / base, 1000 * high / base
    return None


def cases(value: float, unit: Unit, base: float | None) -> float | None:
    """About how many people or events a share or rate is made of."""
    if base is None or unit not in (Unit.PERCENT, Unit.PER_THOUSAND):
        return None
    return value * base / (100 if unit is Unit.PERCENT else 1000)


def is_few(value: float, unit: Unit, base: float | None) -> bool:
    """Whether a value rests on so few that it should be averaged over years, or told with a warning."""
    if base is not None and base < FEW_PEOPLE:
        return True
    number = cases(value, unit, base)
    if number is None or base is None:
        return False
    return min(number, base - number if unit is Unit.PERCENT else number) < FEW_EVENTS


def is_disclosing(value: float | None, unit: Unit, base: float | None = None, whole: float | None = None) -> bool:
    """Whether a value tells of so few people that one of them could be recognised; noughts tell nothing here.

    A count of one to four people or households, or one that leaves so few of the `whole`, the count of a larger place;
    a share or rate that comes to so few of its `base`, and a share that leaves so few of it out.
    """
    if value is None:
        return False
    if unit in (Unit.PERSONS, Unit.HOUSEHOLDS):
        return 0 < value < FEWEST or (whole is not None and 0 < whole - value < FEWEST)
    number = cases(value, unit, base)
    if number is None or base is None:
        return False
    return 0 < round(number) < FEWEST or (unit is Unit.PERCENT and 0 < round(base - number) < FEWEST)
