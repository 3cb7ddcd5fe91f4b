"""Sections: a sheet whose header changes half-way down, put back under the first header."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from bygd.sources.conventions import Conventions
from bygd.sources.files.headings import plain
from bygd.sources.ledgers import headers

ALIKE = 3
"""Cells that must be names of the first header, or of their fields, for a row to be a new header."""


def aligned(cells: pa.Table, names: Sequence[str], places: Mapping[str, int], conventions: Conventions) -> pa.Table:
    """The cells with every section in the first header's columns; the same table where the header never changes.

    A later header may leave columns out or move them. A column goes where the same name stands, else where the
    same field stands, else it stays if its place is free; what has no place left is put in a column of its own.
    """
    listed = pa.array([name.casefold() for name in names])
    suspects = [
        pc.fill_null(pc.is_in(pc.utf8_lower(cells.column(f"c{places[field]}")), value_set=listed), False)
        for field in ("supplier", "paid_on")
        if field in places
    ]
    either = suspects[0] if len(suspects) == 1 else pc.or_(*suspects)
    same: list[int | None] = list(range(len(names)))
    orders: list[tuple[int, list[int | None]]] = []
    for row in pc.indices_nonzero(either).to_pylist():
        found = [cells.column(f"c{place}")[row].as_py() or "" for place in range(len(names))]
        new = _order(found, names, conventions)
        if new is not None:
            orders.append((row, new))
    if all(order == same for _, order in orders):
        return cells
    starts = [(0, same), *orders]
    parts = []
    for number, (start, order) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else cells.num_rows
        section = cells.slice(start, end - start)
        left = [place for place in range(len(names)) if place not in order]
        columns = {"row_number": section.column("row_number")}
        for old, place in enumerate(order):
            columns[f"c{old}"] = pa.nulls(len(section), pa.string()) if place is None else section.column(f"c{place}")
        for extra, beyond in enumerate(left):
            columns[f"c{len(names) + extra}"] = section.column(f"c{beyond}")
        parts.append(pa.table(columns))
    return pa.concat_tables(parts, promote_options="default")


def _order(found: Sequence[str], names: Sequence[str], conventions: Conventions) -> list[int | None] | None:
    """For each column of the first header its place under the new one; None where the row is no header."""
    known = headers.ranks(conventions)

    def field(name: str) -> str:
        return known.get(plain(name), [(0, "")])[0][1]

    old, new = [plain(name) for name in names], [plain(name) for name in found]
    order: list[int | None] = [new.index(name) if name in new else None for name in old]
    for place, name in enumerate(names):
        if order[place] is None and field(name):
            order[place] = next(
                (p for p, other in enumerate(found) if p not in order and field(other) == field(name)), None
            )
    if sum(place is not None for place in order) < min(ALIKE, len(names)):
        return None
    for place in range(len(names)):
        if order[place] is None and place not in order:
            order[place] = place
    return order
