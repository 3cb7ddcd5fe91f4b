"""Suppliers: those of a snapshot, chosen, ordered and cut to a page by the database: nobody looks at all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd.engine import DuckEngine
from bygd.tools.spend.suppliers import LISTED, SHOWN, Supplier, read

ORDERS = {
    "amount": "amount DESC, anchor, name, supplier_key",
    "name": "LOWER(name), anchor, supplier_key",
    "payments": "payments DESC, name, supplier_key",
}
"""What comes first → how the database is told."""

# Of the masked only the label is searched.
PREPARED = """
    SELECT *, STRIP_ACCENTS(LOWER(CASE WHEN is_masked THEN name ELSE
              CONCAT_WS(' ', name, registered_name, org_id, org_number) END)) AS text
    FROM ({listed}) AS listed
"""


@dataclass(frozen=True)
class Wanted:
    """Which suppliers, paid in one currency, local by one definition; what is empty leaves all in."""

    currency: str
    local_by: str
    anchor: str = ""
    state: str = ""
    ownership: str = ""
    words: tuple[str, ...] = ()
    """In small letters without accents; a supplier's name, registered name or number holds all of them."""
    keys: tuple[str, ...] | None = None
    """None for all."""

    def sql(self) -> tuple[str, list[Any]]:
        """The statement that finds them, and its parameters."""
        conditions, values = ["TRUE"], [self.currency]
        for name in ("anchor", "state", "ownership"):
            if said := getattr(self, name):
                conditions.append(f"CAST({name} AS VARCHAR) = ?")
                values.append(said)
        for word in self.words:
            conditions.append("CONTAINS(text, ?)")
            values.append(word)
        if self.keys is not None:
            conditions.append(f"supplier_key IN ({', '.join('?' * len(self.keys)) or 'NULL'})")
            values += self.keys
        return SHOWN.format(by=self.local_by, listed="listed_suppliers", where=" AND ".join(conditions)), values


def prepare(engine: DuckEngine) -> None:
    """Leave `listed_suppliers` in the engine, for whoever asks for suppliers: all of them, most purchases first."""
    engine.sql("listed_suppliers", PREPARED.format(listed=LISTED))


def total(engine: DuckEngine, wanted: Wanted) -> tuple[int, Decimal]:
    """How many suppliers there are, and what was bought of them. Asks for `prepare`."""
    found, values = wanted.sql()
    row = engine.rows(f"SELECT COUNT(*) AS n, COALESCE(SUM(amount), 0) AS amount FROM ({found}) AS found", *values)[0]
    return int(row["n"]), Decimal(row["amount"])


def chosen(
    engine: DuckEngine, wanted: Wanted, order: str = "amount", limit: int | None = None, offset: int = 0
) -> list[Supplier]:
    """Those suppliers in that order, a key of `ORDERS`; so many of them, from the place `offset` on.

    Asks for `prepare`.
    """
    found, values = wanted.sql()
    cut = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    return read(engine, f"{found} ORDER BY {ORDERS[order]}{cut}", *values)


def by_key(engine: DuckEngine, currency: str, local_by: str, keys: Sequence[str]) -> dict[str, Supplier]:
    """Those of these keys that were paid in the currency. Asks for `prepare`."""
    return {one.supplier_key: one for one in chosen(engine, Wanted(currency, local_by, keys=tuple(keys)))}
