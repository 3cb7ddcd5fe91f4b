"""Used: what was paid to a contract's supplier while it ran, year by year."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bygd.engine import Engine
from bygd.tools.contracts.matching import matched
from bygd.tools.contracts.spending import YEAR

# A supplier may have several contracts at once, and payments do not say which they are of.
USED = """
WITH {matched},
days AS (
    SELECT m.supplier_key, p.paid_on, {year} AS year, SUM(p.amount) AS amount, COUNT(*) AS payments,
           CASE WHEN p.paid_on > c.last_day THEN 1 ELSE 0 END AS is_open
    FROM matched AS m JOIN payments AS p ON p.supplier_key = m.supplier_key
    JOIN payees AS e ON e.supplier_key = p.supplier_key JOIN signed AS c ON c.contract_key = m.contract_key
    WHERE m.contract_key = ? AND p.currency = ? AND e.rule = '' AND c.first_day <= p.paid_on
      AND p.paid_on <= COALESCE(c.longest, p.paid_on)
    GROUP BY m.supplier_key, p.paid_on, {year}, c.last_day
),
others AS (
    SELECT d.supplier_key, d.paid_on, COUNT(DISTINCT c.contract_key) AS running
    FROM (SELECT DISTINCT supplier_key, paid_on FROM days) AS d JOIN matched AS m ON m.supplier_key = d.supplier_key
    JOIN signed AS c ON c.contract_key = m.contract_key
     AND c.first_day <= d.paid_on AND d.paid_on <= COALESCE(c.longest, d.paid_on)
    GROUP BY d.supplier_key, d.paid_on
)
SELECT d.year, SUM(d.amount) AS amount, SUM(d.payments) AS payments,
       SUM(CASE WHEN o.running > 1 THEN d.amount ELSE 0 END) AS shared,
       SUM(CASE WHEN d.is_open = 1 THEN d.amount ELSE 0 END) AS open
FROM days AS d JOIN others AS o ON o.supplier_key = d.supplier_key AND o.paid_on = d.paid_on
GROUP BY d.year ORDER BY d.year
"""


@dataclass(frozen=True)
class Year:
    """What was paid in a year; of it `shared` while the supplier had another contract of the same anchor as well.

    Of it `open` was paid after the last known day, while options without a known end may have run.
    """

    year: int
    amount: Decimal
    payments: int
    shared: Decimal
    open: Decimal = Decimal(0)


def used(
    engine: Engine,
    contract_key: str,
    currency: str,
    year_starts: int = 1,
    forms: Mapping[str, str] | None = None,
) -> list[Year]:
    """What the anchor paid the contract's supplier from its first to its last possible day, by year.

    Where that is not known, since it has options in words alone, all that was paid after the first end stands as open.

    All of it, what is no purchase by its account included: payments do not tell what is of a contract. Reads contracts,
    payments, suppliers and payees.
    """
    year = YEAR.format(year_starts=int(year_starts))
    rows = engine.rows(USED.format(matched=matched(forms or {}), year=year), contract_key, currency)
    return [
        Year(
            int(row["year"]), Decimal(row["amount"]), int(row["payments"]), Decimal(row["shared"]), Decimal(row["open"])
        )
        for row in rows
    ]
