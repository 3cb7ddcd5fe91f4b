"""Selling: who is paid for a kind of purchase now, by year, and what the firms around were paid already."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bygd.engine import Engine
from bygd.tools.gaps.bought import Which
from bygd.vocabulary.words import OwnershipKind, Ring, SizeBand

OF_KIND = """
    FROM spend_lines AS l JOIN payees AS p ON p.supplier_key = l.supplier_key
    WHERE l.rule = '' AND p.rule = '' AND l.currency = ? AND {where}
"""

SELLERS = """
    SELECT p.party, MIN(p.supplier_key) AS supplier_key, MIN(p.name) AS name, BOOL_OR(p.is_masked) AS is_masked,
           MIN(p.{by}_ring) AS ring, MIN(p.ownership) AS ownership, MIN(p.size_band) AS size_band,
           SUM(l.amount) AS amount
    {of_kind} AND l.category IN ({marks})
    GROUP BY p.party ORDER BY amount DESC, p.party LIMIT {most}
"""

YEARS = """
    SELECT l.year, SUM(CASE WHEN p.{by}_ring IN ({here}) THEN l.amount ELSE 0 END) AS local,
           SUM(CASE WHEN p.{by}_ring = 'unknown' THEN l.amount ELSE 0 END) AS unknown, SUM(l.amount) AS total
    {of_kind} AND l.category IN ({marks})
    GROUP BY l.year ORDER BY l.year
"""

PAID = """
    SELECT p.org_id, SUM(l.amount) AS amount {of_kind} AND p.org_id IN ({marks}) GROUP BY p.org_id
"""

SPELLINGS = "SELECT DISTINCT category FROM spend_lines WHERE LOWER(TRIM(CAST(category AS VARCHAR))) = ?"


@dataclass(frozen=True)
class Seller:
    """Who was paid for a kind of purchase, in the period. Of the masked there is the label only."""

    supplier_key: str
    name: str
    is_masked: bool
    ring: Ring
    ownership: OwnershipKind
    size: SizeBand
    amount: Decimal


@dataclass(frozen=True)
class Year:
    """What was bought of a kind in a year; local + elsewhere + unknown = total."""

    year: int
    local: Decimal
    elsewhere: Decimal
    unknown: Decimal
    total: Decimal


def sellers(engine: Engine, which: Which, kind: str, most: int = 25) -> list[Seller]:
    """Who was paid most for a kind of purchase, largest first."""
    condition, values = which.sql("l.")
    spelled = _spellings(engine, kind)
    statement = SELLERS.format(
        by=which.by, of_kind=OF_KIND.format(where=condition), marks=_marks(spelled), most=int(most)
    )
    return [
        Seller(
            row["supplier_key"], row["name"], bool(row["is_masked"]), Ring(row["ring"]),
            OwnershipKind(row["ownership"]), SizeBand(row["size_band"]), Decimal(row["amount"]),
        )
        for row in engine.rows(statement, *values, *spelled)
    ]  # fmt: skip


def years(engine: Engine, which: Which, kind: str) -> list[Year]:
    """What was bought of a kind by year."""
    condition, values = which.sql("l.")
    spelled = _spellings(engine, kind)
    here = ", ".join(f"'{ring}'" for ring in which.here)
    statement = YEARS.format(by=which.by, here=here, of_kind=OF_KIND.format(where=condition), marks=_marks(spelled))
    return [
        Year(row["year"], row["local"], row["total"] - row["local"] - row["unknown"], row["unknown"], row["total"])
        for row in engine.rows(statement, *values, *spelled)
    ]


def paid(engine: Engine, which: Which, organisations: Iterable[str]) -> dict[str, Decimal]:
    """What those organisations were paid, for whatever; those that never were are left out."""
    listed = sorted(set(organisations))
    if not listed:
        return {}
    condition, values = which.sql("l.")
    statement = PAID.format(of_kind=OF_KIND.format(where=condition), marks=_marks(listed))
    return {row["org_id"]: Decimal(row["amount"]) for row in engine.rows(statement, *values, *listed)}


def _spellings(engine: Engine, kind: str) -> list[str]:
    """The categories that are a kind; a text that is none of them where no ledger has it."""
    return [row["category"] for row in engine.rows(SPELLINGS, kind)] or [kind]


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))
