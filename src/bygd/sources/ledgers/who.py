"""Who was paid: one supplier per anchor, number and name as written, persons masked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bygd.sources.privacy import Masker, Who
from bygd.vocabulary.ids import make_key

FIELDS = ("supplier", "org_number", "supplier_number", "postcode", "town", "country", "kind")
NAMING = ("supplier", "org_number", "supplier_number", "kind")
"""Cells in which a person may be named or numbered; personal numbers in the others are replaced."""
BLANK = r"[\pZ\x09-\x0d\x1c-\x20\x{85}.]"
DIGITS = r"\d{6}|\$"
BLACKED = r"[\pL\pN]-?\*\*"
ODD = r"[^\x00-\x{2ff}]"
DESCRIBING = ("org_number", "postcode", "town", "country", "kind")
Attributes = tuple[str | None, ...]
Integers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Suppliers:
    """The suppliers of one ledger file, gathered sheet by sheet."""

    def __init__(self, anchor: str, masker: Masker) -> None:
        self.anchor = anchor
        self.masker = masker
        self._named: dict[str, tuple[str | None, str, bool]] = {}
        self._seen: dict[str, dict[Attributes, int]] = {}

    def keys(self, cells: pa.Table, places: Mapping[str, int]) -> pa.Table:
        """`supplier_key` and `is_masked` for payments, given their cells; each combination is judged once."""
        fields = [field for field in FIELDS if field in places]
        columns = {field: cells.column(f"c{places[field]}") for field in fields}
        first, place, counts = combinations(list(columns.values()))
        ones = {field: column.take(pa.array(first)) for field, column in columns.items()}
        empty: list[str | None] = [None] * len(first)
        listed: dict[str, list[Any]] = {
            field: ones[field].to_pylist() if field in ones else list(empty) for field in FIELDS
        }
        listed["supplier"] = [name or "" for name in listed["supplier"]]
        pseudonyms: list[str | None] = list(empty)
        for row in np.flatnonzero(doubtful(ones, self.masker, len(first))).tolist():
            pseudonyms[row] = self._judged(listed, row)
        names, numbers = listed["supplier"], listed["supplier_number"]
        keys = [
            make_key(self.anchor, number or pseudonym, name)
            for number, pseudonym, name in zip(numbers, pseudonyms, names, strict=True)
        ]
        masked = [pseudonym is not None for pseudonym in pseudonyms]
        self._named.update(zip(keys, zip(numbers, names, masked, strict=True), strict=True))
        written = zip(*(listed[field] for field in DESCRIBING), strict=True)
        for key, attributes, count in zip(keys, written, counts.tolist(), strict=True):
            seen = self._seen.setdefault(key, {})
            seen[attributes] = seen.get(attributes, 0) + count
        where = pa.array(place)
        return pa.table(
            {
                "supplier_key": pa.array(keys, pa.string()).take(where),
                "is_masked": pa.array(masked, pa.bool_()).take(where),
            }
        )

    def _judged(self, listed: dict[str, list[Any]], row: int) -> str | None:
        """The pseudonym of the person in that row, if one is; what is kept takes the place of the cells."""
        cells = {field: values[row] for field, values in listed.items()}
        who = self.masker.cleared(
            Who(
                name=cells["supplier"],
                org_number=cells["org_number"],
                supplier_number=cells["supplier_number"],
                postcode=cells["postcode"],
                kind=cells["kind"],
            )
        )
        pseudonym = self.masker.person(who)
        if pseudonym:
            who = self.masker.masked(who, pseudonym)
        kept = {
            "supplier": who.name,
            "org_number": who.org_number,
            "supplier_number": who.supplier_number,
            "postcode": self.masker.text(who.postcode),
            "town": self.masker.text(cells["town"]),
            "country": self.masker.text(cells["country"]),
            "kind": self.masker.text(cells["kind"]),
        }
        for field, cell in kept.items():
            listed[field][row] = cell
        return pseudonym

    def table(self) -> pa.Table:
        """Rows of `suppliers`. Where a supplier's cells differ between payments, the most frequent is taken."""
        keys = sorted(self._named)
        named = zip(*map(self._named.__getitem__, keys), strict=True)
        numbers, names, masked = list(named) or ((), (), ())
        usual = list(zip(*(_usual(self._seen[key]) for key in keys), strict=True)) or [()] * len(DESCRIBING)
        texts = {
            "supplier_key": keys,
            "anchor": [self.anchor] * len(keys),
            "supplier_number": numbers,
            "name": names,
            **dict(zip(DESCRIBING, usual, strict=True)),
        }
        columns = {name: pa.array(values, pa.string()) for name, values in texts.items()}
        return pa.table({**columns, "is_masked": pa.array(masked, pa.bool_())})


def doubtful(columns: Mapping[str, pa.ChunkedArray], masker: Masker, count: int) -> Flags:
    """Rows that may name a person or hold a personal number, so that only they are judged one by one.

    More than there are. Cells with signs beyond the Latin ones are all among them: RE2 knows ASCII digits only.
    """
    found: Flags = np.zeros(count, dtype=bool)

    def look(column: pa.ChunkedArray, pattern: str) -> None:
        if pattern:
            found[:] |= pc.fill_null(pc.match_substring_regex(column, pattern), False).to_numpy()

    for field, column in columns.items():
        look(column, ODD)
        if field in NAMING:
            look(column, BLACKED)
            look(pc.utf8_upper(pc.replace_substring_regex(column, BLANK, "")), masker.finder.possible)
        else:
            look(column, DIGITS)
    if "kind" in columns:
        kinds = [kind for kind in pc.unique(columns["kind"]).to_pylist() if kind and masker.finder.is_form(kind)]
        found |= pc.is_in(columns["kind"], pa.array(kinds, pa.string())).to_numpy()
    return found


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


def _usual(seen: Mapping[Attributes, int]) -> Attributes:
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
