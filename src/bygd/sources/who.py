"""Who was paid: one supplier per anchor, number and name as written, persons masked."""

from collections import Counter, defaultdict
from typing import Any

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.sources.privacy import Masker, Who
from bygd.sources.rows import WHO
from bygd.vocabulary.ids import make_key

Attributes = tuple[str | None, ...]
DESCRIBING = ("org_number", "postcode", "town", "country", "kind")


class Suppliers:
    """The suppliers of one ledger file, gathered sheet by sheet."""

    def __init__(self, anchor: str, masker: Masker) -> None:
        self.anchor = anchor
        self.masker = masker
        self._named: dict[str, tuple[str | None, str, bool]] = {}
        self._seen: dict[str, Counter[Attributes]] = defaultdict(Counter)

    def add(self, engine: DuckEngine, relation: str, fields: tuple[str, ...]) -> pa.Table:
        """The suppliers of a sheet's payments: `who` (its cells joined), `supplier_key`, `is_masked`."""
        cells = ", ".join(f"any_value({field}_cell) AS {field}" for field in fields)
        found = engine.rows(
            f"SELECT who, {cells}, COUNT(*) AS n FROM {relation} WHERE judgement IS NULL GROUP BY who ORDER BY who"
        )
        keys = [self._key(row) for row in found]
        return pa.table(
            {
                "who": pa.array([row["who"] for row in found], pa.string()),
                "supplier_key": pa.array([key for key, _ in keys], pa.string()),
                "is_masked": pa.array([masked for _, masked in keys], pa.bool_()),
            }
        )

    def _key(self, row: dict[str, Any]) -> tuple[str, bool]:
        cells = {field: row.get(field) for field in WHO}
        who = Who(
            cells["supplier"] or "", cells["org_number"], cells["supplier_number"], cells["postcode"], cells["kind"]
        )
        pseudonym = self.masker.person(who)
        if pseudonym:
            who = self.masker.masked(who, pseudonym)
            key = make_key(self.anchor, who.supplier_number or pseudonym, who.name)
        else:
            key = make_key(self.anchor, who.supplier_number, who.name)
        clean = [self.masker.text(cells[field]) for field in ("town", "country", "kind")]
        self._named[key] = (who.supplier_number, who.name, pseudonym is not None)
        self._seen[key][(who.org_number, who.postcode, *clean)] += row["n"]
        return key, pseudonym is not None

    def rows(self) -> list[dict[str, Any]]:
        """Rows of `suppliers`. Where a supplier's cells differ between payments, the most frequent is taken."""
        return [
            {
                "supplier_key": key,
                "anchor": self.anchor,
                "supplier_number": number,
                "name": name,
                **{field: _usual(self._seen[key], place) for place, field in enumerate(DESCRIBING)},
                "is_masked": masked,
            }
            for key, (number, name, masked) in sorted(self._named.items())
        ]


def _usual(seen: Counter[Attributes], place: int) -> str | None:
    """The most frequent value that is not empty; of two as frequent ones, the first in the alphabet."""
    counts: Counter[str] = Counter()
    for attributes, count in seen.items():
        value = attributes[place]
        if value is not None:
            counts[value] += count
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None
