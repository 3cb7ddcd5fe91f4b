"""Covered: which months each institution's ledger covers, so that the money of a period can be told for a year.

Reads payments. Writes no table. Method: docs/method/gaps.md
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from bygd.engine import Engine

A_YEAR = 12
HOLE = 12
"""So many months without a payment part a file in two: no ledger rests for a year, but days are mistyped."""
STRAY = 0.1
"""A month at either end with less than this part of a usual month's payments is not covered: late or mistyped days."""

FEW = 12
"""Fewer payments than these tell no rhythm: they are taken to be a year's at least, and nothing is stretched."""

MONTHS = """
    SELECT CAST(anchor AS VARCHAR) AS anchor, CAST(file_key AS VARCHAR) AS file_key,
           YEAR(paid_on) * 12 + MONTH(paid_on) - 1 AS month, COUNT(*) AS payments
    FROM payments GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Covered:
    """The months that one institution's ledger covers: how many, the first and the last of them (their first days).

    `is_few` where so few payments were made that they count as those of a year at least.
    """

    months: int
    first: date
    last: date
    is_few: bool = False

    @property
    def is_stretched(self) -> bool:
        """Whether they are fewer than a year's, so that what is told for a year was stretched to it."""
        return self.months < A_YEAR


@dataclass(frozen=True)
class Lengths:
    """How many months the ledgers behind a sum cover, from the shortest of them to the longest."""

    fewest: int = A_YEAR
    most: int = A_YEAR

    @property
    def differ(self) -> bool:
        """Whether some cover more months than others."""
        return self.fewest != self.most

    @property
    def is_stretched(self) -> bool:
        """Whether one covers less than a year."""
        return self.fewest < A_YEAR


def covered(engine: Engine, years: Collection[int] = (), year_starts: int = 1) -> dict[str, Covered]:
    """What each institution's ledger covers, of those years or at all; who has no such month is left out.

    A file covers the months from its first payment to its last, quiet ones between included (`spans`); an institution
    those of all its files together, so a month whose file is missing is not covered. A year is the calendar year in
    which the financial year began. Reads payments of whatever currency, procurement or not.
    """
    counts: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in engine.rows(MONTHS):
        counts[row["anchor"]][row["file_key"]][int(row["month"])] = int(row["payments"])
    found = {}
    for anchor, files in sorted(counts.items()):
        months = sorted(
            month
            for month in {month for file in files.values() for month in spans(file)}
            if not years or (month - year_starts + 1) // A_YEAR in years
        )
        if months:
            payments = sum(file.get(month, 0) for file in files.values() for month in months)
            is_few = payments < FEW and len(months) < A_YEAR
            number = A_YEAR if is_few else len(months)
            found[anchor] = Covered(number, _day(months[0]), _day(months[-1]), is_few)
    return found


def spans(payments: Mapping[int, int]) -> set[int]:
    """The months that a file covers, from its payments by month (months counted from the year nought).

    Months at the ends that hold next to nothing beside a usual one are left out, and so is what lies a year from the
    rest: those are days mistyped, or invoices paid late. Who pays every third month has paid for a month before the
    first payment and for one after the last; so much of the usual rest is added.
    """
    least = STRAY * median(payments.values()) if payments else 0
    found: set[int] = set()
    for piece in _pieces(sorted(payments)):
        full = [month for month in piece if payments[month] >= least]
        if full:
            rest = (full[-1] - full[0]) // max(1, len(full) - 1) - 1
            found.update(range(full[0] - max(0, rest) // 2, full[-1] + 1 + max(0, rest) // 2))
    return found


def lengths(ledgers: Iterable[Covered | None]) -> Lengths:
    """From the shortest ledger to the longest; one of which no month is known counts as a year's."""
    months = [one.months if one else A_YEAR for one in ledgers]
    return Lengths(min(months), max(months)) if months else Lengths()


def a_year(amounts: Mapping[int, Decimal]) -> Decimal:
    """Sums by how many months they were paid in, told for a year and added up; not rounded."""
    return sum((amount * A_YEAR / months for months, amount in amounts.items()), Decimal(0))


def _pieces(months: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for month in months:
        if found and month - found[-1][-1] <= HOLE:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
