"""Bought: kinds of purchases as ledgers name them, and how much of each is bought outside the place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.engine.dialect import literal
from bygd.linkage.trades import division
from bygd.scope import A_YEAR, Covered, Lengths, a_year, covered, lengths
from bygd.sources.conventions import Conventions
from bygd.vocabulary.money import rounded
from bygd.vocabulary.words import LocalBy, Ring

NOUGHT = Decimal(0)

CLASS = 4
"""Digits of an industry code that tell what a firm sells: a class of NACE, in which countries' own codes agree."""

# Lines of one kind, with the side that the supplier is on and its industry. Kinds and parties are numbers here, which
# are put together much quicker than texts; one look through the lines serves all sums.
LINES = """
    WITH texts AS (
        SELECT category, LOWER(TRIM(CAST(category AS VARCHAR))) AS kind FROM spend_lines GROUP BY category
    ), kinds AS (
        SELECT category, kind, DENSE_RANK() OVER (ORDER BY kind) AS number FROM texts
    ), parties AS (
        SELECT party, ROW_NUMBER() OVER () AS number FROM payees GROUP BY party
    ), paid AS (
        SELECT p.supplier_key, n.number AS party, {class_} AS class,
               CASE WHEN {by}_ring IN ({here}) THEN 1 WHEN {by}_ring = 'unknown' THEN 2 ELSE 0 END AS side
        FROM payees AS p JOIN parties AS n ON n.party = p.party WHERE p.rule = ''
    ), lines AS MATERIALIZED (
        SELECT k.number AS kind, l.category, l.anchor, p.party, p.class, p.side, l.amount
        FROM spend_lines AS l
        JOIN paid AS p ON p.supplier_key = l.supplier_key
        JOIN kinds AS k ON k.category = l.category
        WHERE l.rule = '' AND l.currency = ? AND {where}
    ), named AS (
        SELECT DISTINCT number, kind AS name FROM kinds
    )
"""

ANCHORS = """
    SELECT DISTINCT CAST(anchor AS VARCHAR) AS anchor FROM spend_lines
    WHERE rule = '' AND currency = ? AND {where} ORDER BY 1
"""

SIDES = {0: "elsewhere", 1: "local", 2: "unknown"}

SUMS = """
    SELECT what, name AS kind, key, amount, down, up, parties, largest
    FROM (
        SELECT 'side' AS what, kind, CAST(side AS VARCHAR) AS key, SUM(amount) AS amount, SUM(LEAST(amount, 0)) AS down,
               SUM(GREATEST(amount, 0)) AS up, COUNT(*) AS parties, MAX(amount) AS largest
        FROM (SELECT kind, side, party, SUM(amount) AS amount FROM lines GROUP BY kind, side, party) AS parties
        GROUP BY kind, side
        UNION ALL
        SELECT 'class', kind, class, 0, whole, up, parties, 0
        FROM (
            SELECT kind, class, SUM(amount) AS up, COUNT(*) AS parties,
                   SUM(SUM(amount)) OVER (PARTITION BY kind) AS whole
            FROM (
                SELECT kind, party, class, SUM(amount) AS amount FROM lines
                WHERE class IS NOT NULL GROUP BY kind, party, class
            ) AS sellers
            WHERE amount > 0 GROUP BY kind, class
        ) AS classes
        WHERE up >= {least} * whole
        UNION ALL
        SELECT 'anchor', kind, CAST(anchor AS VARCHAR), SUM(amount), 0, 0, 0, 0 FROM lines GROUP BY kind, anchor
        UNION ALL
        SELECT 'label', kind, CAST(category AS VARCHAR), SUM(amount), 0, 0, 0, 0 FROM lines GROUP BY kind, category
    ) AS sums JOIN named ON named.number = sums.kind
    ORDER BY what, kind, amount DESC, key
"""

# The same where ledgers cover different times: sums of those that cover equally many months, which a year is made of.
# Whether a party in doubt pulls down or up is told by its money a year, of all institutions together.
MONTHS = """
    SELECT 'months' AS what, name AS kind, key, amount, down, up, 0 AS parties, largest
    FROM (
        SELECT kind, months AS key, SUM(CASE WHEN side = 0 THEN amount ELSE 0 END) AS amount,
               SUM(CASE WHEN net < 0 THEN amount ELSE 0 END) AS down,
               SUM(CASE WHEN net > 0 THEN amount ELSE 0 END) AS up, SUM(amount) AS largest
        FROM (
            SELECT kind, side, party, months, SUM(amount) AS amount,
                   CASE WHEN side = 2 THEN SUM(SUM(amount) / months) OVER (PARTITION BY kind, side, party) END AS net
            FROM lines JOIN (VALUES {months}) AS covered(name, months) ON covered.name = CAST(lines.anchor AS VARCHAR)
            GROUP BY kind, side, party, months
        ) AS parties
        GROUP BY kind, months
    ) AS sums JOIN named ON named.number = sums.kind
"""


@dataclass(frozen=True)
class Sold:
    """What suppliers of one industry were paid for a kind of purchase; those who paid back more are left out."""

    amount: Decimal
    suppliers: int


@dataclass(frozen=True)
class Part:
    """What was bought of a kind in ledgers that cover equally many months, as in `Bought`."""

    elsewhere: Decimal = NOUGHT
    down: Decimal = NOUGHT
    up: Decimal = NOUGHT
    total: Decimal = NOUGHT


@dataclass(frozen=True)
class Yearly:
    """Money a year: what is known to leave, at least and at most, and all that is bought."""

    elsewhere: Decimal
    low: Decimal
    high: Decimal
    total: Decimal


@dataclass(frozen=True)
class Bought:
    """A kind of purchase: categories of ledgers that are the same text but for case and blanks around.

    Money of the whole period. `local` + `elsewhere` + `unknown` = `total`; `down` and `up` are what the sums in doubt
    can pull a side at most (see spend.measures). `suppliers` are those elsewhere, `largest` what one of them has.
    `industries` are those with a part of the money whose industry is known (`with_industry`) that is not too small.
    `parts` is the money by how many months the ledgers it stands in cover, `ledgers` what each institution's covers.
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
    with_industry: Decimal = NOUGHT
    anchors: dict[str, Decimal] = field(default_factory=dict)
    industries: dict[str, Sold] = field(default_factory=dict)
    parts: Mapping[int, Part] = field(default_factory=dict)
    ledgers: Mapping[str, Covered] = field(default_factory=dict)

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

    @property
    def yearly(self) -> Yearly:
        """The money a year, to the cent: of each institution by the months that its ledger covers, added up."""

        def told(name: str) -> Decimal:
            return a_year({months: getattr(part, name) for months, part in self.parts.items()})

        leaves = told("elsewhere")
        low, high = max(NOUGHT, leaves + told("down")), max(NOUGHT, leaves + told("up"))
        return Yearly(*(rounded(one) for one in (leaves, low, high, told("total"))))

    @property
    def lengths(self) -> Lengths:
        """How many months the ledgers of those that buy it cover."""
        return lengths(self.ledgers.get(anchor) for anchor in self.anchors)

    def yearly_of(self, anchor: str) -> Decimal:
        """What one institution buys of it in a year."""
        ledger = self.ledgers.get(anchor)
        return rounded(a_year({ledger.months if ledger else A_YEAR: self.anchors.get(anchor, NOUGHT)}))


@dataclass(frozen=True)
class Which:
    """Which purchases are looked at: `currency` is that of most payments; an empty field leaves everything in.

    `year_starts` is the month in which a year of `years` starts.
    """

    currency: str
    by: LocalBy = LocalBy.SEAT
    here: tuple[Ring, ...] = (Ring.NEIGHBOURHOOD, Ring.MUNICIPALITY)
    anchors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    year_starts: int = 1

    def sql(self, prefix: str = "") -> tuple[str, list[Any]]:
        """The condition on lines, and its parameters, the currency first."""
        used: list[tuple[str, Sequence[Any]]] = [("anchor", self.anchors), ("year", self.years)]
        parts = [f"{prefix}{column} IN ({', '.join('?' * len(values))})" for column, values in used if values]
        values = [value for _, listed in used for value in listed]
        return " AND ".join(parts) or "TRUE", [self.currency, *values]


def ledgers(engine: Engine, which: Which) -> dict[str, Covered]:
    """What each institution's ledger covers of the years asked for."""
    found = covered(engine, which.years, which.year_starts)
    return {anchor: one for anchor, one in found.items() if not which.anchors or anchor in which.anchors}


def buyers(engine: Engine, which: Which) -> list[str]:
    """The institutions that bought anything."""
    condition, values = which.sql()
    return [row["anchor"] for row in engine.rows(ANCHORS.format(where=condition), *values)]


def bought(
    engine: Engine,
    which: Which,
    conventions: Conventions,
    least: Decimal = NOUGHT,
    held: Mapping[str, Covered] | None = None,
) -> list[Bought]:
    """Every kind of purchase, in the order of the texts; what has no text is the kind ''. Reads spend_lines and payees.

    All together they are the procurement of the period, to the last cent. Industries with less than `least` of a
    kind's money are left out. `held` is what each ledger covers (`ledgers`), looked up where not given; one of which
    nothing is known counts as a year's.
    """
    text, values = lines(which, conventions)
    covers = ledgers(engine, which) if held is None else held
    anchors = buyers(engine, which)
    months = {anchor: covers[anchor].months if anchor in covers else A_YEAR for anchor in anchors}
    found: dict[str, dict[str, dict[str, dict[str, Any]]]] = {}
    for row in engine.rows(text + SUMS.format(least=least), *values):
        found.setdefault(row["kind"], {}).setdefault(row["what"], {})[row["key"]] = row
    if len(set(months.values())) > 1:
        listed = ", ".join(f"({literal(anchor)}, {number})" for anchor, number in months.items())
        for row in engine.rows(text + MONTHS.format(months=listed), *values):
            found[row["kind"]].setdefault("months", {})[row["key"]] = row
    every = next(iter(months.values()), A_YEAR)
    return [_kind(kind, parts, every, covers) for kind, parts in sorted(found.items())]


def lines(which: Which, conventions: Conventions) -> tuple[str, list[Any]]:
    """The beginning of a statement that may then read `lines` (kind, category, anchor, party, class, side, amount).

    Kind and party are numbers in it; `named` has the kinds' texts (number, name), SIDES says what the sides are.
    """
    condition, values = which.sql("l.")
    text = LINES.format(
        by=LocalBy(which.by),
        here=", ".join(f"'{ring}'" for ring in which.here),
        class_=division("CAST(industry AS VARCHAR)", conventions, CLASS),
        where=condition,
    )
    return text, values


def _kind(kind: str, parts: dict[str, dict[str, dict[str, Any]]], every: int, covers: Mapping[str, Covered]) -> Bought:
    """A kind from its sums; `every` is how many months all ledgers cover, where they cover equally many."""
    sides = {SIDES[int(side)]: row for side, row in parts["side"].items()}

    def money(side: str, column: str = "amount") -> Decimal:
        return Decimal(sides[side][column]) if side in sides else NOUGHT

    whole = Part(
        money("elsewhere"), money("unknown", "down"), money("unknown", "up"), sum(map(money, SIDES.values()), NOUGHT)
    )
    by_months = {
        int(months): Part(*(Decimal(row[name]) for name in ("amount", "down", "up", "largest")))
        for months, row in sorted(parts.get("months", {}).items())
    }
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
        with_industry=max((Decimal(row["down"]) for row in parts.get("class", {}).values()), default=NOUGHT),
        anchors={name: Decimal(row["amount"]) for name, row in sorted(parts["anchor"].items())},
        industries={
            code: Sold(Decimal(row["up"]), int(row["parties"])) for code, row in sorted(parts.get("class", {}).items())
        },
        parts=by_months or {every: whole},
        ledgers=covers,
    )
