"""Bought: kinds of purchases as ledgers name them, and how much of each is bought outside the place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.linkage.trades import division
from bygd.sources.conventions import Conventions
from bygd.vocabulary.words import LocalBy, Ring

NOUGHT = Decimal(0)

CLASS = 4
"""Digits of an industry code that tell what a firm sells: a class of NACE, in which countries' own codes agree."""

# Lines of one kind, with the side that the supplier is on and its industry. One look through the lines serves all.
LINES = """
    WITH kinds AS (
        SELECT category, LOWER(TRIM(CAST(category AS VARCHAR))) AS kind FROM spend_lines GROUP BY category
    ), paid AS (
        SELECT supplier_key, CAST(party AS VARCHAR) AS party, {class_} AS class,
               CASE WHEN {by}_ring IN ({here}) THEN 'local' WHEN {by}_ring = 'unknown' THEN 'unknown'
                    ELSE 'elsewhere' END AS side
        FROM payees WHERE rule = ''
    ), lines AS (
        SELECT k.kind, CAST(l.category AS VARCHAR) AS category, CAST(l.anchor AS VARCHAR) AS anchor,
               p.party, p.class, p.side, SUM(l.amount) AS amount
        FROM spend_lines AS l
        JOIN paid AS p ON p.supplier_key = l.supplier_key
        JOIN kinds AS k ON k.category = l.category
        WHERE l.rule = '' AND l.currency = ? AND {where}
        GROUP BY k.kind, l.category, l.anchor, p.party, p.class, p.side
    )
"""

SUMS = """
    SELECT 'side' AS what, kind, side AS key, SUM(amount) AS amount, SUM(LEAST(amount, 0)) AS down,
           SUM(GREATEST(amount, 0)) AS up, COUNT(*) AS parties, MAX(amount) AS largest
    FROM (SELECT kind, side, party, SUM(amount) AS amount FROM lines GROUP BY kind, side, party) AS parties
    GROUP BY kind, side
    UNION ALL
    SELECT 'class', kind, class, SUM(amount), 0, SUM(GREATEST(amount, 0)), COUNT(DISTINCT party), 0
    FROM lines WHERE class IS NOT NULL GROUP BY kind, class
    UNION ALL
    SELECT 'anchor', kind, anchor, SUM(amount), 0, 0, 0, 0 FROM lines GROUP BY kind, anchor
    UNION ALL
    SELECT 'label', kind, category, SUM(amount), 0, 0, 0, 0 FROM lines GROUP BY kind, category
    ORDER BY what, kind, amount DESC, key
"""

YEARS = "SELECT DISTINCT year FROM spend_lines WHERE currency = ? AND {where} ORDER BY year"


@dataclass(frozen=True)
class Sold:
    """What suppliers of one industry were paid for a kind of purchase, credits left out."""

    amount: Decimal
    suppliers: int


@dataclass(frozen=True)
class Bought:
    """A kind of purchase: categories of ledgers that are the same text but for case and blanks around.

    Money of the whole period. `local` + `elsewhere` + `unknown` = `total`; `down` and `up` are what the sums in doubt
    can pull a side at most (see spend.measures). `suppliers` are those elsewhere, `largest` what one of them has.
    """

    kind: str
    label: str
    local: Decimal = NOUGHT
    elsewhere: Decimal = NOUGHT
    unknown: Decimal = NOUGHT
    down: Decimal = NOUGHT
    up: Decimal = NOUGHT
    suppliers: int = 0
    largest: Decimal = NOUGHT
    anchors: dict[str, Decimal] = field(default_factory=dict)
    industries: dict[str, Sold] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """All that was bought of the kind."""
        return self.local + self.elsewhere + self.unknown

    @property
    def low(self) -> Decimal:
        """What leaves at least: all money in doubt is local."""
        return max(NOUGHT, self.elsewhere + self.down)

    @property
    def high(self) -> Decimal:
        """What leaves at most: all money in doubt is elsewhere."""
        return max(NOUGHT, self.elsewhere + self.up)


@dataclass(frozen=True)
class Which:
    """Which purchases are looked at: `currency` is that of most payments; an empty field leaves everything in."""

    currency: str
    by: LocalBy = LocalBy.SEAT
    here: tuple[Ring, ...] = (Ring.NEIGHBOURHOOD, Ring.MUNICIPALITY)
    anchors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    def sql(self, prefix: str = "") -> tuple[str, list[Any]]:
        """The condition on lines, and its parameters, the currency first."""
        used: list[tuple[str, Sequence[Any]]] = [("anchor", self.anchors), ("year", self.years)]
        parts = [f"{prefix}{column} IN ({', '.join('?' * len(values))})" for column, values in used if values]
        values = [value for _, listed in used for value in listed]
        return " AND ".join(parts) or "TRUE", [self.currency, *values]


def years(engine: Engine, which: Which) -> tuple[int, ...]:
    """The years in which anything was paid."""
    condition, values = which.sql()
    return tuple(row["year"] for row in engine.rows(YEARS.format(where=condition), *values))


def bought(engine: Engine, which: Which, conventions: Conventions) -> list[Bought]:
    """Every kind of purchase, in the order of the texts; what has no text is the kind ''. Reads spend_lines and payees.

    All together they are the procurement of the period, to the last cent.
    """
    text, values = lines(which, conventions)
    found: dict[str, dict[str, dict[str, dict[str, Any]]]] = {}
    for row in engine.rows(text + SUMS, *values):
        found.setdefault(row["kind"], {}).setdefault(row["what"], {})[row["key"]] = row
    return [_kind(kind, parts) for kind, parts in sorted(found.items())]


def lines(which: Which, conventions: Conventions) -> tuple[str, list[Any]]:
    """The beginning of a statement that may then read `lines` (kind, category, anchor, party, class, side, amount)."""
    condition, values = which.sql("l.")
    text = LINES.format(
        by=LocalBy(which.by),
        here=", ".join(f"'{ring}'" for ring in which.here),
        class_=division("CAST(industry AS VARCHAR)", conventions, CLASS),
        where=condition,
    )
    return text, values


def _kind(kind: str, parts: dict[str, dict[str, dict[str, Any]]]) -> Bought:
    sides = parts["side"]

    def money(side: str, column: str = "amount") -> Decimal:
        return Decimal(sides[side][column]) if side in sides else NOUGHT

    return Bought(
        kind=kind,
        label=next(iter(parts["label"])).strip(),
        local=money("local"),
        elsewhere=money("elsewhere"),
        unknown=money("unknown"),
        down=money("unknown", "down"),
        up=money("unknown", "up"),
        suppliers=int(sides["elsewhere"]["parties"]) if "elsewhere" in sides else 0,
        largest=max(NOUGHT, money("elsewhere", "largest")),
        anchors={name: Decimal(row["amount"]) for name, row in sorted(parts["anchor"].items())},
        industries={
            code: Sold(Decimal(row["up"]), int(row["parties"])) for code, row in sorted(parts.get("class", {}).items())
        },
    )
