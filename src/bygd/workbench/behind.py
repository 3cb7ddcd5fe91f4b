"""Behind: the payments that a sum of money is made of."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd.engine import DuckEngine
from bygd.engine.dialect import literal
from bygd.scope.lines import YEAR
from bygd.tools import spend
from bygd.tools.spend.selection import EVERYTHING, Filter
from bygd.vocabulary.words import LocalBy, Ring
from bygd.workbench.narrowed import condition

LINES = f"({spend.LINES}) AS lines"

TOTAL = "SELECT SUM(payments) AS payments, SUM(amount) AS amount FROM {relation} WHERE {condition}"

# A payment is of the line with its anchor, supplier, year, category and currency. Where account or department
# decide which rule catches a payment, several lines share those; such payments are listed with either.
CAUGHT = """
    WITH lines AS MATERIALIZED (
        SELECT {keys}, rule, reason, is_procurement FROM {lines}
    ), bought AS (
        SELECT DISTINCT {keys} FROM lines SEMI JOIN (SELECT {keys} FROM lines WHERE NOT is_procurement) USING ({keys})
        WHERE is_procurement
    )
    SELECT c.*, b.anchor IS NOT NULL AS is_mixed
    FROM (
        SELECT {keys}, CAST(MIN(rule) AS VARCHAR) AS rule, COUNT(*) AS rules,
               LIST(DISTINCT CAST(reason AS VARCHAR)) AS reasons
        FROM lines WHERE NOT is_procurement GROUP BY {keys}
    ) AS c
    LEFT JOIN bought AS b USING ({keys})
"""

# Of so many payments from the first on: DuckDB reckons wrongly how few the conditions leave, and would build its
# tables of all payments instead of stopping at the limit.
PAYMENTS = """
    WITH payee AS (SELECT supplier_key, name, is_masked FROM payees WHERE {of_payee}),
    first AS (
        SELECT *, ROW_NUMBER() OVER () AS position FROM (SELECT *, {year} AS year FROM payments) AS p
        WHERE {of_payment} {most}
    )
    SELECT p.file_key, p.row_number, p.anchor, p.supplier_key, s.name, s.is_masked, p.paid_on, p.amount, p.currency,
           p.category, p.account, p.department, p.invoice,
           CASE WHEN t.anchor IS NULL THEN '' WHEN t.is_mixed OR t.rules > 1 THEN NULL ELSE t.rule END AS rule
    FROM first AS p
    JOIN payee AS s ON s.supplier_key = p.supplier_key
    {join} spend_caught AS t ON t.anchor = p.anchor AND t.supplier_key = p.supplier_key AND t.year = p.year
         AND t.category = COALESCE(p.category, '') AND t.currency = p.currency
    WHERE {wanted}
    ORDER BY p.position LIMIT {limit} OFFSET {offset}
"""
FEW, MORE = 30_000, 16
"""Payments looked through at first, and so many times more where those wanted are not among them."""

NAMED = 500
"""Suppliers that are looked for by their keys, so that files are passed over in which they cannot stand."""

KEYS = "anchor, supplier_key, year, category, currency"


@dataclass(frozen=True)
class Behind:
    """Which payments: purchases that pass the filter, in the rings, in the area or to the party named.

    An area is that of the branch where local means branches, else that of the registered office.

    With `left_out` those that a rule left out of purchases, all of them or for one reason.
    """

    where: Filter = EVERYTHING
    by: LocalBy = LocalBy.SEAT
    rings: tuple[Ring, ...] = ()
    area: str = ""
    party: str = ""
    left_out: bool = False
    reason: str = ""

    @property
    def of_payee(self) -> str:
        """The condition on whom is paid."""
        plain = Filter(ownerships=self.where.ownerships, industries=self.where.industries, sizes=self.where.sizes)
        parts = [condition(plain)]
        if self.rings:
            parts.append(f"{self.by}_ring IN ({', '.join(literal(ring) for ring in self.rings)})")
        if self.area:
            parts.append(f"{'branch' if self.by is LocalBy.BRANCH else 'seat'}_id = {literal(self.area)}")
        if self.party:
            parts.append(f"party = {literal(self.party)}")
        return " AND ".join(parts)

    @property
    def of_payment(self) -> str:
        """The condition on the payment itself."""
        where = self.where
        plain = Filter(anchors=where.anchors, years=where.years, currency=where.currency)
        text = (
            condition(plain)
            .replace("anchor IN", "p.anchor IN")
            .replace("year IN", "p.year IN")
            .replace("currency IN", "p.currency IN")
        )
        listed = ", ".join(literal(category) for category in where.categories)
        return text + (f" AND COALESCE(p.category, '') IN ({listed})" if listed else "")

    @property
    def kind(self) -> str:
        """The condition on the line: bought, or left out."""
        if not self.left_out:
            return "is_procurement"
        return f"reason = {literal(self.reason)}" if self.reason else "NOT is_procurement"

    @property
    def of_caught(self) -> str:
        """The condition on what rules caught of the payment's line, if anything."""
        if not self.left_out:
            return "(t.anchor IS NULL OR t.is_mixed)"
        return f"list_contains(t.reasons, {literal(self.reason)})" if self.reason else "t.anchor IS NOT NULL"


def prepare(engine: DuckEngine) -> None:
    """Leave `spend_caught` in the engine: the lines that rules left out of purchases, for whoever lists payments."""
    engine.sql("spend_caught", CAUGHT.format(keys=KEYS, lines=LINES))


def total(engine: DuckEngine, behind: Behind) -> tuple[int, Decimal]:
    """How many payments there are and what they add up to, as the figures count them."""
    said, relation = " AND ".join((condition(behind.where), behind.of_payee, behind.kind)), "spend"
    if behind.where.categories:
        relation = LINES if behind.area else spend.relation(engine, ("category",))  # which knows no areas
    row = engine.rows(TOTAL.format(relation=relation, condition=said))[0]
    return int(row["payments"] or 0), Decimal(row["amount"] or 0)


def payments(
    engine: DuckEngine, behind: Behind, year_starts: int = 1, limit: int = 50, offset: int = 0
) -> list[dict[str, Any]]:
    """Payments in the order of the ledgers, each with its supplier's `name`, whether that `is_masked`, and its `rule`.

    `rule` is empty for purchases and None where account or department decide, which lines do not tell. Asks for
    `prepare`.
    """
    every = engine.rows("SELECT SUM(payments) AS n FROM spend")[0]["n"] or 0  # counting payments takes far longer
    named = _named(engine, behind)
    first = offset + 2 * limit + (0 if named else FEW)
    while True:
        found = engine.rows(
            PAYMENTS.format(
                join="JOIN" if behind.left_out else "LEFT JOIN",
                wanted=behind.of_caught,
                of_payee=behind.of_payee,
                of_payment=behind.of_payment + named,
                most=f"LIMIT {first}" if first < every else "",
                year=YEAR.format(year_starts=int(year_starts)),
                limit=int(limit),
                offset=int(offset),
            )
        )
        if len(found) == limit or first >= every:
            return found
        first *= MORE


def _named(engine: DuckEngine, behind: Behind) -> str:
    """The condition, after others, that names the suppliers wanted, where they are few; else none."""
    found = engine.rows(f"SELECT supplier_key FROM payees WHERE {behind.of_payee} LIMIT {NAMED + 1}")
    if len(found) > NAMED:
        return ""
    keys = ", ".join(literal(row["supplier_key"]) for row in found)
    return f" AND p.supplier_key IN ({keys})" if found else " AND FALSE"
