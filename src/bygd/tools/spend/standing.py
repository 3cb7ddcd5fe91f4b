"""Standing: how wide the range of the headline is, and what a review could still take away, case by case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.linkage.cases import Case, read_cases
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

CASES = "SELECT * FROM doubts WHERE case_key IN ({marks}) AND state = 'unresolved' ORDER BY position"

# A case that people decided and that comes back need not be in doubt.
DECIDED = """
    SELECT s.supplier_key, s.supplier_key AS case_key, s.anchor, s.name, l.state,
           COALESCE(m.amount, 0) AS amount, 0 AS width, 0 AS worth, CAST(NULL AS DOUBLE) AS shrink
    FROM suppliers AS s JOIN links AS l ON l.supplier_key = s.supplier_key
    LEFT JOIN (
        SELECT supplier_key, SUM(amount) AS amount FROM spend WHERE is_procurement AND currency = ?
        GROUP BY supplier_key
    ) AS m ON m.supplier_key = s.supplier_key
    WHERE s.supplier_key IN ({marks})
"""

YEARS = """
    SELECT supplier_key, year, SUM(amount) AS amount FROM spend
    WHERE is_procurement AND currency = ? AND supplier_key IN ({marks}) GROUP BY supplier_key, year
"""

PLACES = """
    SELECT DISTINCT c.supplier_key, o.org_id, COALESCE(a.name, o.seat_id) AS place
    FROM link_candidates AS c
    JOIN offices AS o ON o.org_id = c.org_id LEFT JOIN areas AS a ON a.area_id = o.seat_id
    WHERE o.seat_id IS NOT NULL AND c.supplier_key IN ({marks})
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


@dataclass(frozen=True)
class Item:
    """One case to judge: its clearest supplier with candidates, all its suppliers in doubt, and what it is worth.

    `years` are purchases by year, `places` the municipalities of the candidates by org_id.
    """

    case: Case
    doubts: tuple[Mapping[str, Any], ...]
    years: Mapping[int, Decimal]
    places: Mapping[str, str]

    @property
    def case_key(self) -> str:
        """The case in the queue."""
        return str(self.doubts[0]["case_key"])

    @property
    def amount(self) -> Decimal:
        """Purchases from all its suppliers."""
        return sum((Decimal(row["amount"]) for row in self.doubts), Decimal(0))

    @property
    def worth(self) -> Decimal:
        """Money of range that a decision is expected to take away."""
        return Decimal(self.doubts[0]["worth"])

    @property
    def shrink(self) -> float | None:
        """The same as a fraction of all purchases."""
        value = self.doubts[0]["shrink"]
        return None if value is None else float(value)


def read_item(engine: Engine, case_key: str, *, alone: bool = False) -> Item | None:
    """The case of that key, or of the supplier of that key where it is not in doubt; None where there is none.

    `alone` gives the supplier of that key without the others of its group.
    """
    return read_items(engine, [case_key], alone=alone).get(case_key)


def read_items(engine: Engine, case_keys: Sequence[str], *, alone: bool = False) -> dict[str, Item]:
    """The cases of those keys, as `read_item`; reading some takes hardly longer than reading one."""
    if not case_keys:
        return {}
    currency = main_currency(engine)
    doubts: dict[str, list[dict[str, Any]]] = {key: [] for key in case_keys}
    if not alone:
        for row in engine.rows(CASES.format(marks=_marks(case_keys)), *case_keys):
            doubts[row["case_key"]].append(row)
    if rest := [key for key, rows in doubts.items() if not rows]:
        for row in engine.rows(DECIDED.format(marks=_marks(rest)), currency, *rest):
            doubts[row["case_key"]].append(row)
    keys = [row["supplier_key"] for rows in doubts.values() for row in rows]
    if not keys:
        return {}
    marks = _marks(keys)
    cases = {case.supplier_key: case for case in read_cases(engine, keys)}
    years = engine.rows(YEARS.format(marks=marks), currency, *keys)
    places = engine.rows(PLACES.format(marks=marks), *keys)
    return {key: _item(rows, cases, years, places) for key, rows in doubts.items() if rows}


def _item(
    rows: list[dict[str, Any]],
    cases: Mapping[str, Case],
    years: list[dict[str, Any]],
    places: list[dict[str, Any]],
) -> Item:
    keys = {row["supplier_key"] for row in rows}
    bought: dict[int, Decimal] = {}
    for row in years:
        if row["supplier_key"] in keys:
            bought[row["year"]] = bought.get(row["year"], Decimal(0)) + row["amount"]
    return Item(
        case=max(
            (cases[row["supplier_key"]] for row in rows), key=lambda case: case.shown.score if case.shown else -1.0
        ),
        doubts=tuple(rows),
        years=dict(sorted(bought.items())),
        places={row["org_id"]: row["place"] for row in places if row["supplier_key"] in keys},
    )


def _marks(keys: Sequence[str]) -> str:
    return ", ".join("?" * len(keys))
