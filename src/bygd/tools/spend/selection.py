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
    FROM ({by_party}) AS by_party
    GROUP BY {keys}class
    ORDER BY {keys}class
"""

# Parties of which ledgers' suppliers are of several classes have to be summed again before they are counted; all
# others have one row for each combination, and that is most of the work: so the millions are gone through once.
PARTED = """
    SELECT {keys}SUM(total) AS total, COALESCE(SUM(part), 0) AS part, COALESCE(SUM(doubt), 0) AS doubt,
           COALESCE(SUM(down), 0) AS down, COALESCE(SUM(up), 0) AS up, SUM(parties) AS parties, MAX(largest) AS largest
    FROM (
        SELECT {keys}m.party, SUM(amount) AS total,
               SUM(amount) FILTER (WHERE class IN ({part})) AS part,
               SUM(amount) FILTER (WHERE class = 'unknown') AS doubt,
               SUM(LEAST(amount, 0)) FILTER (WHERE class = 'unknown') AS down,
               SUM(GREATEST(amount, 0)) FILTER (WHERE class = 'unknown') AS up,
               CASE WHEN m.party IS NULL THEN COUNT(*) ELSE 1 END AS parties,
               CASE WHEN m.party IS NULL THEN MAX(amount) ELSE SUM(amount) END AS largest
        FROM ({by_party}) AS b
        LEFT JOIN (
            SELECT party FROM spend GROUP BY party HAVING MIN({class_}) <> MAX({class_})
        ) AS m ON m.party = b.party
        GROUP BY {keys}m.party
    ) AS parted
    {grouped}
"""


@dataclass(frozen=True)
class Parted:
    """Procurement split by whether it is in some classes, with the suppliers that share it.

    `down` and `up` are those of what is in `doubt`, see `Sums`; `largest` is what one supplier has at most.
    """

    total: Decimal
    part: Decimal
    doubt: Decimal
    down: Decimal
    up: Decimal
    parties: int
    largest: Decimal


def tallies(engine: Engine, class_: str, by: Sequence[str], where: Filter) -> dict[tuple[Any, ...], Tally]:
    """Procurement by class, for every combination of the dimensions in `by` (none: one tally, under `()`).

    `class_` is a key of `CLASSES`. Parties are summed within each combination before their doubt
    is, so that a credit note meets its invoice.
    """
    columns = dimensions(by)
    statement, parameters = _by_party(engine, class_, by, where)
    found: dict[tuple[Any, ...], dict[str, Sums]] = {}
    for row in engine.rows(TALLY.format(keys=_keys(columns), by_party=statement), *parameters):
        sums = Sums(Decimal(row["amount"]), Decimal(row["down"]), Decimal(row["up"]))
        found.setdefault(tuple(row[column] for column in columns), {})[row["class"]] = sums
    return dict(found)


def parted(
    engine: Engine, class_: str, part: Sequence[str], by: Sequence[str], where: Filter
) -> dict[tuple[Any, ...], Parted]:
    """Procurement inside and outside the classes in `part`, for every combination of the dimensions in `by`.

    What `tallies` add up to, with the suppliers counted; an organisation counts once. Classes are words of bygd.
    """
    columns = dimensions(by)
    by_party, parameters = _by_party(engine, class_, by, where)
    listed = ", ".join(columns)
    statement = PARTED.format(
        keys=_keys(columns),
        part=", ".join(f"'{name}'" for name in part),
        by_party=by_party,
        class_=CLASSES[class_],
        grouped=f"GROUP BY {listed} ORDER BY {listed}" if columns else "HAVING COUNT(*) > 0",
    )
    return {
        tuple(row[column] for column in columns): Parted(
            total=Decimal(row["total"]),
            part=Decimal(row["part"]),
            doubt=Decimal(row["doubt"]),
            down=Decimal(row["down"]),
            up=Decimal(row["up"]),
            parties=int(row["parties"]),
            largest=Decimal(row["largest"]),
        )
        for row in engine.rows(statement, *parameters)
    }


def _by_party(engine: Engine, class_: str, by: Sequence[str], where: Filter) -> tuple[str, list[Any]]:
    """The statement that all sums are made of, and its parameters."""
    condition, parameters = where.sql()
    keys = _keys(dimensions(by))
    statement = BY_PARTY.format(
        keys=keys, class_=CLASSES[class_], relation=relation(engine, by, where), where=condition
    )
    return statement, parameters


def _keys(columns: Sequence[str]) -> str:
    return "".join(f"{column}, " for column in columns)


BOUGHT = "spend_bought"
"""What an engine may hold beside its tables: the lines of spend as one relation, so that nothing need be joined."""


def relation(engine: Engine, by: Sequence[str], where: Filter = EVERYTHING) -> str:
    """What to read: spend, or where what was bought matters, the lines that add up to it.

    The lines without names, where the engine holds them at hand.
    """
    if "category" not in by and not where.categories:
        return "spend"
    return BOUGHT if engine.has(BOUGHT) else f"({LINES}) AS lines"


def dimensions(by: Sequence[str]) -> list[str]:
    """The columns of those dimensions. Raises InputError for one that does not exist."""
    for name in by:
        if name not in DIMENSIONS:
            raise InputError("Spend cannot be broken down by '{name}'. Known: {known}.", name=name, known=DIMENSIONS)
    return [DIMENSIONS[name] for name in by]


def main_currency(engine: Engine, where: Filter = EVERYTHING) -> str:
    """The currency of most payments: sums are made in one currency only. Empty where there is no spend."""
    condition, parameters = where.sql()
    found = engine.rows(
        f"""SELECT currency FROM {relation(engine, (), where)} WHERE {condition}
            GROUP BY currency ORDER BY SUM(payments) DESC, currency LIMIT 1""",
        *parameters,
    )
    return str(found[0]["currency"]) if found else ""
