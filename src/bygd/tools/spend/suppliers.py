"""What some suppliers were paid: all of them in a list, and one of them by year and by what was bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.vocabulary.words import LinkState, OwnershipKind, Ring

LISTED = """
    SELECT s.supplier_key, s.anchor, s.name, s.org_number, s.supplier_number, s.is_masked OR p.is_masked AS is_masked,
           p.org_id, CASE WHEN p.org_id IS NULL OR p.is_masked THEN NULL ELSE p.name END AS registered_name, p.state,
           p.seat_ring, p.branch_ring, p.either_ring, p.ownership, m.currency, m.amount, m.left_out, m.payments
    FROM suppliers AS s
    JOIN payees AS p ON p.supplier_key = s.supplier_key
    JOIN (
        SELECT supplier_key, currency, SUM(CASE WHEN is_procurement THEN amount ELSE 0 END) AS amount,
               SUM(CASE WHEN is_procurement THEN 0 ELSE amount END) AS left_out, SUM(payments) AS payments
        FROM spend GROUP BY supplier_key, currency
    ) AS m ON m.supplier_key = s.supplier_key
    ORDER BY m.amount DESC, s.anchor, s.name, s.supplier_key
"""
"""Every supplier with what it was paid in each currency."""

SHOWN = """
    SELECT supplier_key, anchor, name, org_number, supplier_number, is_masked, org_id, registered_name, state,
           {by}_ring AS ring, ownership, amount, left_out, payments
    FROM {listed} AS listed WHERE currency = ? AND {where}
"""
"""Those in one currency, local by one definition; `listed` are the suppliers of `LISTED`."""

YEARS = """
    SELECT anchor, year, SUM(CASE WHEN is_procurement THEN amount ELSE 0 END) AS amount,
           SUM(CASE WHEN is_procurement THEN 0 ELSE amount END) AS left_out, SUM(payments) AS payments
    FROM spend WHERE currency = ? AND supplier_key IN ({marks}) GROUP BY anchor, year ORDER BY anchor, year
"""

# By way of the suppliers, of whom there are few, the lines of all others are passed over unread.
CHOSEN = "SELECT supplier_key FROM payees WHERE supplier_key IN ({marks})"

BOUGHT = """
    SELECT category, reason, SUM(amount) AS amount, SUM(payments) AS payments
    FROM spend_lines WHERE currency = ? AND supplier_key IN ({chosen})
    GROUP BY category, reason ORDER BY ABS(SUM(amount)) DESC, category, reason LIMIT {most}
"""


BOUGHT_EACH = """
    SELECT supplier_key, category, reason, SUM(amount) AS amount, SUM(payments) AS payments
    FROM spend_lines WHERE currency = ? AND supplier_key IN ({chosen})
    GROUP BY supplier_key, category, reason ORDER BY ABS(SUM(amount)) DESC, category, reason
"""


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier of a ledger with what it was paid, in one currency, and what was found out about it.

    `amount` are purchases, `left_out` what is none. Of the masked there is the label only.
    """

    supplier_key: str
    anchor: str
    name: str
    org_number: str | None
    supplier_number: str | None
    is_masked: bool
    org_id: str | None
    registered_name: str | None
    state: LinkState
    ring: Ring
    ownership: OwnershipKind
    amount: Decimal
    left_out: Decimal
    payments: int


@dataclass(frozen=True)
class Year:
    """What an anchor paid in a year: purchases, and what was left out of them."""

    anchor: str
    year: int
    amount: Decimal
    left_out: Decimal
    payments: int


@dataclass(frozen=True)
class Bought:
    """What was bought, in the ledger's words; `reason` says why it is no purchase, where it is none."""

    category: str
    reason: str
    amount: Decimal
    payments: int


def suppliers(engine: Engine, local_by: str, currency: str) -> list[Supplier]:
    """All suppliers that were paid in that currency, most purchases first. Reads suppliers, payees and spend."""
    statement = SHOWN.format(by=local_by, listed=f"({LISTED})", where="TRUE")
    return read(engine, f"{statement} ORDER BY amount DESC, anchor, name, supplier_key", currency)


def read(engine: Engine, statement: str, *parameters: Any) -> list[Supplier]:
    """The suppliers that a statement finds, which selects as `SHOWN` does."""
    return [_supplier(row) for row in engine.rows(statement, *parameters)]


def years(engine: Engine, keys: Sequence[str], currency: str) -> list[Year]:
    """What those suppliers were paid by anchor and year."""
    return [Year(**row) for row in _of(engine, YEARS, keys, currency)] if keys else []


def bought(engine: Engine, keys: Sequence[str], currency: str, most: int = 10) -> list[Bought]:
    """What was bought of those suppliers, the most money first."""
    return [Bought(**row) for row in _of(engine, BOUGHT, keys, currency, most=most)] if keys else []


def bought_each(engine: Engine, keys: Sequence[str], currency: str) -> dict[str, list[Bought]]:
    """What was bought of each of those suppliers, the most money first."""
    found: dict[str, list[Bought]] = {key: [] for key in keys}
    for row in _of(engine, BOUGHT_EACH, keys, currency) if keys else []:
        found[row.pop("supplier_key")].append(Bought(**row))
    return found


def _of(engine: Engine, statement: str, keys: Sequence[str], currency: str, **more: int) -> list[dict[str, Any]]:
    marks = ", ".join("?" * len(keys))
    return engine.rows(statement.format(marks=marks, chosen=CHOSEN.format(marks=marks), **more), currency, *keys)


def _supplier(row: dict[str, Any]) -> Supplier:
    hidden = {"org_number": None, "supplier_number": None, "org_id": None} if row["is_masked"] else {}
    return Supplier(
        **{
            **row,
            **hidden,
            "state": LinkState(row["state"]),
            "ring": Ring(row["ring"]),
            "ownership": OwnershipKind(row["ownership"]),
        }
    )
