"""Which money is looked at, and its sums by class: the statements behind every share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.sources.errors import InputError
from bygd.tools.spend.facts import LINES
from bygd.tools.spend.measures import Sums, Tally
from bygd.vocabulary.words import LocalBy

DIMENSIONS = {
    "anchor": "anchor",
    "year": "year",
    "ownership": "ownership",
    "industry": "industry",
    "size": "size_band",
    "category": "category",
    "currency": "currency",
}
"""What spend may be broken down by → the column."""

MOST_DEPRIVED = 2
"""Tenths that count as deprived: the most deprived fifth, as indices of deprivation are mostly quoted."""

CLASSES = {
    **{by.value: f"{by.value}_ring" for by in LocalBy},
    "ownership": "ownership",
    "state": "state",
    "deprived": f"""CASE WHEN deprivation_decile IS NULL THEN 'unknown'
                         WHEN deprivation_decile <= {MOST_DEPRIVED} THEN 'deprived' ELSE 'other' END""",
    "doubt": """CASE WHEN state = 'unresolved' OR either_ring = 'unknown' THEN 'doubtful' ELSE 'sure' END""",
}
"""What money is told apart by → the expression."""


@dataclass(frozen=True)
class Filter:
    """Which rows of spend are looked at; an empty field leaves everything in."""

    anchors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    ownerships: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    currency: str | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """A condition and its parameters."""
        fields: list[tuple[str, Sequence[Any]]] = [
            ("anchor", self.anchors),
            ("year", self.years),
            ("ownership", self.ownerships),
            ("industry", self.industries),
            ("size_band", self.sizes),
            ("category", self.categories),
            ("currency", (self.currency,) if self.currency else ()),
        ]
        used = [(column, values) for column, values in fields if values]
        condition = " AND ".join(f"{column} IN ({', '.join('?' * len(values))})" for column, values in used)
        return condition or "TRUE", [value for _, values in used for value in values]


EVERYTHING = Filter()

BY_PARTY = """
    SELECT {keys}{class_} AS class, party, SUM(amount) AS amount
    FROM {relation}
    WHERE is_procurement AND {where}
    GROUP BY {keys}{class_}, party
"""

TALLY = """
    SELECT {keys}class, SUM(amount) AS amount, SUM(LEAST(amount, 0)) AS down, SUM(GREATEST(amount, 0)) AS up
    FROM spend_by_party
    GROUP BY {keys}class
    ORDER BY {keys}class
"""

# Parties of which ledgers' suppliers are of several classes; all others have one row for each combination
# in spend_by_party already, and need not be summed again.
MIXED = """
    SELECT party FROM (SELECT DISTINCT party, {class_} AS class FROM spend) AS classes
    GROUP BY party HAVING COUNT(*) > 1
"""

PARTIES = """
    SELECT {keys}COUNT(*) AS number, MAX(amount) AS largest
    FROM (
        SELECT {keys}amount FROM spend_by_party WHERE party NOT IN (SELECT party FROM spend_mixed)
        UNION ALL
        SELECT {keys}SUM(amount) AS amount FROM spend_by_party WHERE party IN (SELECT party FROM spend_mixed)
        GROUP BY {keys}party) AS parties
    {group}
"""


@dataclass(frozen=True)
class Parties:
    """How many suppliers share some procurement, and how much the largest of them has."""

    number: int
    largest: Decimal


def tallies(engine: Engine, class_: str, by: Sequence[str], where: Filter) -> dict[tuple[Any, ...], Tally]:
    """Procurement by class, for every combination of the dimensions in `by` (none: one tally, under `()`).

    `class_` is a key of `CLASSES`. Parties are summed within each combination before their doubt
    is, so that a credit note meets its invoice.
    """
    columns = _sum_by_party(engine, class_, by, where)
    found: dict[tuple[Any, ...], dict[str, Sums]] = {}
    for row in engine.rows(TALLY.format(keys=_keys(columns))):
        sums = Sums(Decimal(row["amount"]), Decimal(row["down"]), Decimal(row["up"]))
        found.setdefault(tuple(row[column] for column in columns), {})[row["class"]] = sums
    return dict(found)


def tallies_and_parties(
    engine: Engine, class_: str, by: Sequence[str], where: Filter
) -> dict[tuple[Any, ...], tuple[Tally, Parties]]:
    """As `tallies`, and the suppliers of every combination beside them; an organisation counts once."""
    found = tallies(engine, class_, by, where)
    columns = dimensions(by)
    engine.sql("spend_mixed", MIXED.format(class_=CLASSES[class_]))
    group = f"GROUP BY {', '.join(columns)}" if columns else ""
    rows = engine.rows(PARTIES.format(keys=_keys(columns), group=group))
    counted = {
        tuple(row[column] for column in columns): Parties(row["number"], Decimal(row["largest"] or 0)) for row in rows
    }
    return {key: (tally, counted[key]) for key, tally in found.items()}


def _sum_by_party(engine: Engine, class_: str, by: Sequence[str], where: Filter) -> list[str]:
    """Leave the passing relation that tallies and counts are made of; gives the columns of the dimensions."""
    columns = dimensions(by)
    condition, parameters = where.sql()
    statement = BY_PARTY.format(
        keys=_keys(columns), class_=CLASSES[class_], relation=relation(by, where), where=condition
    )
    engine.sql("spend_by_party", statement, *parameters)
    return columns


def _keys(columns: Sequence[str]) -> str:
    return "".join(f"{column}, " for column in columns)


def relation(by: Sequence[str], where: Filter = EVERYTHING) -> str:
    """What to read: spend, or where what was bought matters, the lines that add up to it."""
    return f"({LINES}) AS lines" if "category" in by or where.categories else "spend"


def dimensions(by: Sequence[str]) -> list[str]:
    """The columns of those dimensions. Raises InputError for one that does not exist."""
    for name in by:
        if name not in DIMENSIONS:
            raise InputError(f"Spend cannot be broken down by '{name}'. Known: {', '.join(DIMENSIONS)}.")
    return [DIMENSIONS[name] for name in by]


def main_currency(engine: Engine, where: Filter = EVERYTHING) -> str:
    """The currency of most payments: sums are made in one currency only. Empty where there is no spend."""
    condition, parameters = where.sql()
    found = engine.rows(
        f"""SELECT currency FROM {relation((), where)} WHERE {condition}
            GROUP BY currency ORDER BY SUM(payments) DESC, currency LIMIT 1""",
        *parameters,
    )
    return str(found[0]["currency"]) if found else ""
