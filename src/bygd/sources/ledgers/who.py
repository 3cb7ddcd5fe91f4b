"""Who was paid: one supplier per anchor, number and name as written, persons masked."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from bygd.sources.privacy import Masker, Who
from bygd.vocabulary.ids import make_key

FIELDS = ("supplier", "org_number", "supplier_number", "postcode", "town", "country", "kind")
DESCRIBING = ("org_number", "postcode", "town", "country", "kind")
Attributes = tuple[str | None, ...]
Integers = np.ndarray[Any, np.dtype[np.int64]]


class Suppliers:
    """The suppliers of one ledger file, gathered sheet by sheet."""

    def __init__(self, anchor: str, masker: Masker) -> None:
        self.anchor = anchor
        self.masker = masker
        self._named: dict[str, tuple[str | None, str, bool]] = {}
        self._seen: dict[str, Counter[Attributes]] = defaultdict(Counter)

    def keys(self, cells: pa.Table, places: Mapping[str, int]) -> pa.Table:
        """`supplier_key` and `is_masked` for payments, given their cells; each combination is judged once."""
        fields = [field for field in FIELDS if field in places]
        columns = {field: cells.column(f"c{places[field]}") for field in fields}
        first, place, counts = combinations(list(columns.values()))
        listed = {field: column.take(pa.array(first)).to_pylist() for field, column in columns.items()}
        keys: list[str] = []
        masked: list[bool] = []
        for number, count in enumerate(counts):
            key, is_masked = self._key({field: cells[number] for field, cells in listed.items()}, int(count))
            keys.append(key)
            masked.append(is_masked)
        where = pa.array(place)
        return pa.table(
            {
                "supplier_key": pa.array(keys, pa.string()).take(where),
                "is_masked": pa.array(masked, pa.bool_()).take(where),
            }
        )

    def _key(self, cells: Mapping[str, str | None], count: int) -> tuple[str, bool]:
        name, number = cells["supplier"] or "", cells.get("supplier_number")
        who = Who(name, cells.get("org_number"), number, cells.get("postcode"), cells.get("kind"))
        pseudonym = self.masker.person(who)
        if pseudonym:
            who = self.masker.masked(who, pseudonym)
        key = make_key(self.anchor, who.supplier_number or pseudonym, who.name)
        text = self.masker.text
        written = (text(who.postcode), text(cells.get("town")), text(cells.get("country")), text(cells.get("kind")))
        self._named[key] = (who.supplier_number, who.name, pseudonym is not None)
        self._seen[key][(who.org_number, *written)] += count
        return key, pseudonym is not None

    def rows(self) -> list[dict[str, Any]]:
        """Rows of `suppliers`. Where a supplier's cells differ between payments, the most frequent is taken."""
        return [
            {
                "supplier_key": key,
                "anchor": self.anchor,
                "supplier_number": number,
                "name": name,
                **dict(zip(DESCRIBING, _usual(self._seen[key]), strict=True)),
                "is_masked": masked,
            }
            for key, (number, name, masked) in sorted(self._named.items())
        ]


def combinations(columns: Sequence[pa.ChunkedArray]) -> tuple[Integers, Integers, Integers]:
    """The combinations of cells that occur: a row of each, each row's combination, and how many rows have it."""
    place, count = _numbered(columns[0])
    for column in columns[1:]:
        more, of_more = _numbered(column)
        place, count = _numbered(pa.array(place * of_more + more))
    first = np.zeros(count, dtype=np.int64)
    first[place[::-1]] = np.arange(len(place) - 1, -1, -1)
    return first, place, np.bincount(place, minlength=count)


def _numbered(column: pa.ChunkedArray | pa.Array) -> tuple[Integers, int]:
    """Each row's distinct value as a number from nought, and how many there are; null is a value too."""
    whole = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) and column.chunks else column
    if isinstance(whole, pa.ChunkedArray):
        return np.zeros(0, dtype=np.int64), 0
    encoded = whole.dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy().astype(np.int64), len(encoded.dictionary)


def _usual(seen: Counter[Attributes]) -> Attributes:
    """Per attribute the most frequent value that is not empty; of two as frequent ones, the first in the alphabet."""
    if len(seen) == 1:
        return next(iter(seen))
    found = []
    for place in range(len(DESCRIBING)):
        counts: Counter[str] = Counter()
        for attributes, count in seen.items():
            value = attributes[place]
            if value is not None:
                counts[value] += count
        found.append(min(counts, key=lambda value: (-counts[value], value)) if counts else None)
    return tuple(found)
