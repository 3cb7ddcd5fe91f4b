"""Standing: how wide the range of the headline is, and what a review could still take away."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.tools.spend.measures import share
from bygd.tools.spend.selection import Filter, main_currency, tallies
from bygd.vocabulary.words import LocalBy, Ring

LEFT = """
    SELECT COUNT(*) AS cases, COALESCE(SUM(worth), 0) AS worth, COALESCE(SUM(effort), 0) AS effort
    FROM (SELECT case_key, MAX(worth) AS worth, MAX(effort) AS effort FROM doubts
          WHERE state = 'unresolved' AND worth > 0 GROUP BY case_key) AS cases
"""

ORDER = """
    SELECT case_key, MIN(position) AS position FROM doubts
    WHERE state = 'unresolved' AND ({everything} OR worth > 0)
    GROUP BY case_key ORDER BY position
"""

CASE = "SELECT * FROM doubts WHERE case_key = ? AND state = 'unresolved' ORDER BY position"

YEARS = """
    SELECT year, SUM(amount) AS amount FROM spend
    WHERE is_procurement AND currency = ? AND supplier_key IN ({marks}) GROUP BY year ORDER BY year
"""


@dataclass(frozen=True)
class Standing:
    """The headline's share with its range, and what is left to review.

    `width` is the money that keeps the range open. `cases` can be decided, at an expected `worth` of
    money of range and `effort` minutes.
    """

    value: float | None
    low: float | None
    high: float | None
    width: Decimal
    total: Decimal
    currency: str
    cases: int
    worth: Decimal
    effort: float

    @property
    def points(self) -> float | None:
        """The width of the range as a fraction of one; None where no range can be told."""
        return None if self.low is None or self.high is None else self.high - self.low


def standing(engine: Engine, local_by: LocalBy, within: tuple[Ring, ...]) -> Standing:
    """How things stand by that definition of local, in the main currency. Reads spend and doubts."""
    currency = main_currency(engine)
    tally = tallies(engine, local_by, (), Filter(currency=currency)).get((), {})
    found = share(tally, within)
    left = engine.rows(LEFT)[0]
    return Standing(
        value=found.value,
        low=found.low,
        high=found.high,
        width=found.part_high - found.part_low,
        total=found.total,
        currency=currency,
        cases=left["cases"],
        worth=Decimal(left["worth"]),
        effort=float(left["effort"]),
    )


def cases_in_order(engine: Engine, *, everything: bool = False) -> list[str]:
    """The keys of the cases that can be decided, most range a minute first; `everything` adds those worth nothing."""
    return [row["case_key"] for row in engine.rows(ORDER.format(everything="TRUE" if everything else "FALSE"))]


def doubts_of(engine: Engine, case_key: str) -> list[dict[str, Any]]:
    """The suppliers in doubt of one case, in order of the queue: rows of `doubts`."""
    return engine.rows(CASE, case_key)


def by_year(engine: Engine, supplier_keys: list[str]) -> dict[int, Decimal]:
    """The purchases from those suppliers by year, in the main currency."""
    marks = ", ".join("?" * len(supplier_keys)) or "NULL"
    rows = engine.rows(YEARS.format(marks=marks), main_currency(engine), *supplier_keys)
    return {row["year"]: row["amount"] for row in rows}
