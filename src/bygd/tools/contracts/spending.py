"""Purchases inside and outside contracts: each payment held against the contracts of its supplier on its day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.tools.contracts.matching import matched
from bygd.tools.contracts.words import Part, WhyUnsure

NOUGHT = Decimal(0)
MONTHS_AFTER = 3
"""Months after a contract's last day in which what is paid may still be of it: invoices come late."""

YEAR = "YEAR(p.paid_on) - CASE WHEN MONTH(p.paid_on) < {year_starts} THEN 1 ELSE 0 END"


# Lines tell what is a purchase. Where one supplier, year and category has lines of both kinds, the payments do not
# tell which is which: then the purchases among them are in doubt as a whole, so that the sum is kept. Days matter
# only for suppliers that have a contract; the lines of all others are told as they are.
JUDGED = """
WITH {matched},
bought AS (
    SELECT l.anchor, l.supplier_key, l.year, l.category,
           SUM(CASE WHEN l.rule = '' THEN l.amount ELSE 0 END) AS amount,
           SUM(CASE WHEN l.rule = '' THEN l.payments ELSE 0 END) AS payments, COUNT(*) AS kinds,
           MAX(CASE WHEN m.supplier_key IS NULL THEN 0 ELSE 1 END) AS is_matched
    FROM spend_lines AS l JOIN payees AS p ON p.supplier_key = l.supplier_key
    LEFT JOIN (SELECT DISTINCT supplier_key FROM matched) AS m ON m.supplier_key = l.supplier_key
    WHERE p.rule = '' AND l.currency = ?
    GROUP BY l.anchor, l.supplier_key, l.year, l.category
    HAVING SUM(CASE WHEN l.rule = '' THEN 1 ELSE 0 END) > 0
),
paid AS (
    SELECT p.anchor, p.supplier_key, {year} AS year, COALESCE(p.category, '') AS category, p.paid_on,
           SUM(p.amount) AS amount, COUNT(*) AS payments
    FROM payments AS p WHERE p.currency = ? AND p.supplier_key IN (SELECT supplier_key FROM matched)
    GROUP BY p.anchor, p.supplier_key, {year}, COALESCE(p.category, ''), p.paid_on
),
days AS (
    SELECT d.anchor, d.supplier_key, d.year, d.category, d.paid_on, d.amount, d.payments
    FROM paid AS d JOIN bought AS b ON b.anchor = d.anchor AND b.supplier_key = d.supplier_key AND b.year = d.year
     AND b.category = d.category AND b.kinds = 1
),
held AS (
    SELECT d.supplier_key, d.paid_on,
           MAX(CASE WHEN c.first_day <= d.paid_on AND d.paid_on <= c.ends_on THEN 1 ELSE 0 END) AS is_within,
           MAX(CASE WHEN c.first_day <= d.paid_on AND d.paid_on > c.ends_on AND d.paid_on <= c.longest
                    THEN 1 ELSE 0 END) AS in_option,
           MAX(CASE WHEN d.paid_on > c.last_day AND d.paid_on <= c.last_day + INTERVAL {after} MONTH
                    THEN 1 ELSE 0 END) AS is_late,
           MAX(CASE WHEN (c.first_day IS NULL AND (c.last_day IS NULL OR d.paid_on <= c.longest))
                      OR (c.first_day <= d.paid_on AND c.ends_on IS NULL
                          AND (c.longest IS NULL OR d.paid_on <= c.longest)) THEN 1 ELSE 0 END) AS lacks_days
    FROM (SELECT DISTINCT supplier_key, paid_on FROM days) AS d
    JOIN matched AS m ON m.supplier_key = d.supplier_key
    JOIN signed AS c ON c.contract_key = m.contract_key
    GROUP BY d.supplier_key, d.paid_on
),
told AS (
    SELECT d.anchor, d.supplier_key, d.year, d.category, d.amount, d.payments,
           CASE WHEN h.is_within = 1 THEN 'within' WHEN h.in_option = 1 THEN 'option' WHEN h.lacks_days = 1 THEN 'dates'
                WHEN h.is_late = 1 THEN 'late' ELSE 'none' END AS told
    FROM days AS d JOIN held AS h ON h.supplier_key = d.supplier_key AND h.paid_on = d.paid_on
    UNION ALL
    SELECT anchor, supplier_key, year, category, amount, payments,
           CASE WHEN is_matched = 0 THEN 'none' ELSE 'mixed' END AS told
    FROM bought WHERE kinds > 1 OR is_matched = 0
),
registers AS (
    SELECT anchor, MAX(CASE WHEN supplier_id IS NULL THEN 1 ELSE 0 END) AS has_nameless FROM signed GROUP BY anchor
)
SELECT t.anchor, t.supplier_key, p.party, p.name, p.is_masked, t.year, t.category,
       CASE WHEN t.told <> 'none' THEN t.told
            WHEN r.anchor IS NULL THEN 'register'
            WHEN p.state = 'unresolved' THEN 'supplier'
            WHEN p.is_masked AND p.org_id IS NULL AND r.has_nameless = 1 THEN 'supplier'
            ELSE 'outside' END AS told,
       SUM(t.amount) AS amount, SUM(t.payments) AS payments
FROM told AS t JOIN payees AS p ON p.supplier_key = t.supplier_key LEFT JOIN registers AS r ON r.anchor = t.anchor
GROUP BY ALL
ORDER BY t.anchor, t.supplier_key, t.year, t.category, told
"""


@dataclass(frozen=True)
class Money:
    """Purchases of one anchor from one supplier in one year and category that are told alike.

    `party` is the organisation where linked, else the supplier; `why` says why nothing can be told.
    """

    anchor: str
    supplier_key: str
    party: str
    name: str
    is_masked: bool
    year: int
    category: str
    part: Part
    why: WhyUnsure | None
    amount: Decimal
    payments: int


@dataclass(frozen=True)
class Sums:
    """Purchases under contracts, outside of them, and in doubt; `down` and `up` say how far doubt can pull a part."""

    within: Decimal = NOUGHT
    outside: Decimal = NOUGHT
    doubt: Decimal = NOUGHT
    down: Decimal = NOUGHT
    up: Decimal = NOUGHT

    @property
    def total(self) -> Decimal:
        """All purchases."""
        return self.within + self.outside + self.doubt


def spending(
    engine: Engine, currency: str, year_starts: int = 1, forms: Mapping[str, str] | None = None
) -> list[Money]:
    """All purchases in a currency, told apart by whether they fell under a contract that ran on the day of payment.

    A payment is under a contract where its supplier has one with that anchor from whose first day to whose last it was
    paid. It is in doubt after the last day while options may run, for three months after the end, where the
    contract's days or the supplier are not known, and where the anchor has no contracts in the register. `forms` tells
    which spellings of legal forms are one, see `matched`. Reads contracts, payments, suppliers, payees and
    spend_lines. Limits: docs/method/contracts.md
    """
    year = YEAR.format(year_starts=int(year_starts))
    statement = JUDGED.format(matched=matched(forms or {}), year=year, after=MONTHS_AFTER)
    return [_money(row) for row in engine.rows(statement, currency, currency)]


def parts(money: Iterable[Money]) -> Sums:
    """What some purchases come to; a supplier's doubt may pull either way, as a credit note does."""
    listed = list(money)
    doubt: dict[str, Decimal] = {}
    for one in listed:
        if one.part is Part.DOUBT:
            doubt[one.party] = doubt.get(one.party, NOUGHT) + one.amount
    return Sums(
        within=_sum(listed, Part.WITHIN),
        outside=_sum(listed, Part.OUTSIDE),
        doubt=_sum(listed, Part.DOUBT),
        down=sum((amount for amount in doubt.values() if amount < 0), NOUGHT),
        up=sum((amount for amount in doubt.values() if amount > 0), NOUGHT),
    )


def summed(money: Iterable[Money], by: Sequence[str]) -> list[tuple[tuple[Any, ...], Sums]]:
    """The parts for every combination of fields of `Money`, most money outside contracts first."""
    groups: dict[tuple[Any, ...], list[Money]] = {}
    for one in money:
        groups.setdefault(tuple(getattr(one, name) for name in by), []).append(one)
    found = [(key, parts(listed)) for key, listed in groups.items()]
    return sorted(found, key=lambda pair: (-pair[1].outside, -pair[1].doubt, tuple(map(str, pair[0]))))


def by_supplier(money: Iterable[Money]) -> list[tuple[tuple[str, str, str, bool], Sums]]:
    """Party, name, anchor and whether it is masked, with its parts, most money outside contracts first.

    An organisation stands once for each anchor, however many names the ledger has for it: what may need a contract is
    what they come to together.
    """
    return summed(money, ("party", "name", "anchor", "is_masked"))


def _sum(money: Iterable[Money], part: Part) -> Decimal:
    return sum((one.amount for one in money if one.part is part), NOUGHT)


def _money(row: dict[str, Any]) -> Money:
    told = row.pop("told")
    part = Part(told) if told in list(Part) else Part.DOUBT
    why = WhyUnsure(told) if part is Part.DOUBT else None
    return Money(
        **{**row, "part": part, "why": why, "amount": Decimal(row["amount"]), "payments": int(row["payments"])}
    )
