"""Numbers for made-up organisations and persons: valid in form, yet nobody's.

Organisation numbers have 99 as fifth and sixth digit after beginnings (5599, 7699, 8029 …) that the register had
not reached when this was written. Personal numbers belong to the 30th of February.
"""


def check_digit(digits: str) -> str:
    """The Luhn digit that follows the given digits."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def organisation(beginning: str, serial: int) -> str:
    """Ten digits: four that tell the kind, 99, three that count, and the check digit."""
    digits = f"{beginning}99{serial:03d}"
    return digits + check_digit(digits)


def person(year: int, serial: int) -> str:
    """Ten digits of a personal number of somebody born on the 30th of February, so of nobody."""
    digits = f"{year % 100:02d}0230{serial:03d}"
    return digits + check_digit(digits)


def spoilt(number: str) -> str:
    """The number with two digits swapped or changed, so that its check digit no longer holds."""
    return number[:-1] + str((int(number[-1]) + 3) % 10)
