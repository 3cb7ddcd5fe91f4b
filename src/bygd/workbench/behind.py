"""Behind: the payments that a sum of money is made of."""

from collections.abc import Iterator, Mapping
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
PAYMENTS = """
    WITH other AS (
        SELECT anchor, supplier_key, year, category, currency FROM {lines} WHERE NOT ({kind})
        EXCEPT
        SELECT anchor, supplier_key, year, category, currency FROM {lines} WHERE {kind}
    ), payee AS (
        SELECT supplier_key, name, party, is_masked, state FROM payees WHERE {of_payee}
    )
    SELECT p.file_key, p.row_number, p.anchor, p.supplier_key, s.name, s.is_masked, p.paid_on, p.amount, p.currency,
           p.category, p.account, p.department, p.invoice, p.year
    FROM (SELECT *, {year} AS year FROM payments) AS p
    JOIN payee AS s ON s.supplier_key = p.supplier_key
    ANTI JOIN other AS o ON o.anchor = p.anchor AND o.supplier_key = p.supplier_key AND o.year = p.year
         AND o.category = COALESCE(p.category, '') AND o.currency = p.currency
    WHERE {of_payment}
    LIMIT {limit} OFFSET {offset}
"""

RULES = """
    SELECT anchor, supplier_key, year, category, currency, MIN(rule) AS rule, COUNT(*) AS rules
    FROM {lines} WHERE supplier_key IN ({keys}) GROUP BY ALL
"""


@dataclass(frozen=True)
class Behind:
    """Which payments: purchases that pass the filter, in the rings, area, or to the party named.

    With `left_out` those that a rule left out of purchases, all of them or for one reason.
    """

    where: Filter = EVERYTHING
    by: LocalBy = LocalBy.SEAT
    ring: Ring | None = None
    party: str = ""
    left_out: bool = False
    reason: str = ""

    @property
    def of_payee(self) -> str:
        """The condition on whom is paid."""
        plain = Filter(ownerships=self.where.ownerships, industries=self.where.industries, sizes=self.where.sizes)
        parts = [condition(plain)]
        if self.ring:
            parts.append(f"{self.by}_ring = {literal(self.ring)}")
        if self.party:
            parts.append(f"party = {literal(self.party)}")
        return " AND ".join(parts)

    @property
    def of_payment(self) -> str:
        """The condition on the payment itself."""
        where = self.where
        plain = Filter(anchors=where.anchors, years=where.years, currency=where.currency)
        text = condition(plain).replace("anchor IN", "p.anchor IN").replace("currency IN", "p.currency IN")
        listed = ", ".join(literal(category) for category in where.categories)
        return text + (f" AND COALESCE(p.category, '') IN ({listed})" if listed else "")

    @property
    def kind(self) -> str:
        """The condition on the line: bought, or left out."""
        if not self.left_out:
            return "is_procurement"
        return f"reason = {literal(self.reason)}" if self.reason else "NOT is_procurement"


def total(engine: DuckEngine, behind: Behind) -> tuple[int, Decimal]:
    """How many payments there are and what they add up to, as the figures count them."""
    relation = LINES if behind.where.categories else "spend"
    said = " AND ".join((condition(behind.where), behind.of_payee, behind.kind))
    row = engine.rows(TOTAL.format(relation=relation, condition=said))[0]
    return int(row["payments"] or 0), Decimal(row["amount"] or 0)


def payments(
    engine: DuckEngine, behind: Behind, year_starts: int = 1, limit: int = 50, offset: int = 0
) -> list[dict[str, Any]]:
    """Payments in the order of the ledgers, each with its supplier's `name`, whether that `is_masked`, and its `rule`.

    `rule` is empty for purchases and None where account or department decide, which lines do not tell.
    """
    found = engine.rows(
        PAYMENTS.format(
            lines=LINES,
            kind=behind.kind,
            of_payee=behind.of_payee,
            of_payment=behind.of_payment,
            year=YEAR.format(year_starts=int(year_starts)),
            limit=int(limit),
            offset=int(offset),
        )
    )
    return [{**row, "rule": rule} for row, rule in _with_rules(engine, found)]


def _with_rules(engine: DuckEngine, found: list[dict[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Each payment and the rule of its line."""
    if not found:
        return
    keys = ", ".join(literal(key) for key in sorted({row["supplier_key"] for row in found}))
    told = {
        (row["anchor"], row["supplier_key"], row["year"], row["category"], row["currency"]): (
            row["rule"] if row["rules"] == 1 else None
        )
        for row in engine.rows(RULES.format(lines=LINES, keys=keys))
    }
    for row in found:
        key = (row["anchor"], row["supplier_key"], row["year"], row["category"] or "", row["currency"])
        yield row, told.get(key)
