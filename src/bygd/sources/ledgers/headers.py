"""Headers: the fields a column may be by its name, and the row in which headers stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bygd.sources.conventions import Conventions
from bygd.sources.files.headings import distinct, plain
from bygd.sources.files.tabular import Sheet

FIELDS = (
    "amount",
    "debit",
    "credit",
    "supplier",
    "paid_on",
    "org_number",
    "supplier_number",
    "postcode",
    "town",
    "country",
    "currency",
    "kind",
    "account",
    "category",
    "department",
    "invoice",
    "contract",
)
SOUGHT = 100
"""Rows from the top in which a header is looked for."""
ENOUGH = 3
"""Known names that make a row a header; two do where one is the amount and one the supplier."""


@dataclass(frozen=True)
class Header:
    """Where the header stands, and its names, each different.

    `row` counts from one. `below` is False where it is the file's last row, as in tables taken from paged
    documents; `row` is then nought until the file is read whole.
    """

    names: tuple[str, ...]
    row: int
    below: bool = True


def ranks(conventions: Conventions) -> dict[str, list[tuple[int, str]]]:
    """For each comparable name the fields it may be, each with its rank; the lowest rank is the likeliest."""
    known: dict[str, list[tuple[int, str]]] = {}
    for field in FIELDS:
        for rank, name in enumerate(conventions.headers.get(field, ())):
            listed = known.setdefault(plain(name), [])
            if all(field != other for _, other in listed):
                listed.append((rank, field))
    return known


def find(sheet: Sheet, conventions: Conventions, wanted: Sequence[str] = (), row: int | None = None) -> Header | None:
    """The header of a sheet: the row given, or that with most known (or wanted) names; None where there is none.

    Where no row near the top has names enough, the last row is tried, then any with a known name and no digit.
    """
    if row is not None:
        return Header(distinct(sheet.head[row - 1]), row) if 0 < row <= len(sheet.head) else None
    known = ranks(conventions)
    names = {plain(name) for name in wanted}

    def fit(cells: Sequence[str]) -> int:
        comparable = [plain(cell) for cell in cells if cell.strip()]
        fields = {field for name in comparable for _, field in known.get(name, ())[:1]}
        pair = "supplier" in fields and bool(fields & {"amount", "debit"})
        hits = sum(name in known or name in names for name in set(comparable))
        if names and names <= set(comparable):
            return 1000
        return hits if (hits >= ENOUGH or pair) and 2 * hits >= len(comparable) - 4 else 0

    top = [fit(cells) for cells in sheet.head[:SOUGHT]]
    if any(top):
        place = top.index(max(top))
        return Header(distinct(sheet.head[place]), place + 1)
    last = [cells for cells in (sheet.tail or sheet.head) if any(cell.strip() for cell in cells)][-1:]
    if last and fit(last[0]):
        return Header(distinct(last[0]), 0, below=False)
    for place, cells in enumerate(sheet.head[:SOUGHT]):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1 and any(plain(cell) in known for cell in filled) and not re.search(r"\d", "".join(filled)):
            return Header(distinct(cells), place + 1)
    return None
