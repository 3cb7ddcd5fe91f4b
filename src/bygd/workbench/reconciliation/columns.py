"""Columns of a spreadsheet: its rows as they stand, and which of them hold name, number and place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files import headings, opening, tabular
from bygd.sources.files.tabular import Sheet
from bygd.sources.ledgers import headers
from bygd.vocabulary.said import Said

NAME, NUMBER, POSTCODE, TOWN, KIND = "supplier", "org_number", "postcode", "town", "kind"
FIELDS = (NAME, NUMBER, POSTCODE, TOWN, KIND)
"""What is looked for, by the names that ledgers' fields have."""

MORE = {NAME: ("organisation", "organization", "organisation name", "company", "business", "recipient", "title")}
"""Headers that say a name in lists that are no ledgers."""

SAMPLE = 100


@dataclass(frozen=True)
class Chosen:
    """A column taken for a field: which, and whether that was said or is a guess."""

    field: str
    column: str
    is_guess: bool


@dataclass(frozen=True)
class Spreadsheet:
    """A table with its header's names, its cells as text by `c0`, `c1`, …, and the columns that are used."""

    names: tuple[str, ...]
    cells: pa.Table
    chosen: tuple[Chosen, ...]
    sheet: str = ""
    delimiter: str = ","
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def read(path: Path, conventions: Conventions, given: Mapping[str, Sequence[str]], sheet: str = "") -> Spreadsheet:
    """The first table of a file, or the sheet that is named, with its columns chosen.

    `given` names columns by field; 'place' may be a postcode or a town. Raises InputError where the file
    cannot be read, a column that is named is missing, or no column looks like a name.
    """
    with opening.opened(path) as parts:
        sheets = [found for part in parts for found in tabular.sheets(part, path.name)]
        wanted = [found for found in sheets if not sheet or found.name == sheet]
        if not sheets:
            raise InputError("{file}: no sheet was found in it", file=path.name)
        if not wanted:
            listed = [f"'{found.name}'" for found in sheets] or Said("none")
            raise InputError(
                "{file} has no sheet '{sheet}'. Its sheets are: {known}.", file=path.name, sheet=sheet, known=listed
            )
        return _table(path, wanted[0], conventions, given)


def _table(path: Path, sheet: Sheet, conventions: Conventions, given: Mapping[str, Sequence[str]]) -> Spreadsheet:
    row, names = _header(sheet, conventions, [name for listed in given.values() for name in listed])
    cells = sheet.cells(row)
    names = headings.distinct([*names, *[""] * (cells.num_columns - 1 - len(names))])
    while cells.num_columns - 1 < len(names):
        cells = cells.append_column(f"c{cells.num_columns - 1}", pa.nulls(cells.num_rows, pa.string()))
    places, chosen = _chosen(path, names, cells, conventions, given)
    return Spreadsheet(names, cells.drop_columns(["row_number"]), chosen, sheet.name, sheet.delimiter or ",", places)


def _header(sheet: Sheet, conventions: Conventions, wanted: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """How many rows stand above the table's first, and the header's names; a bare list of names has no header."""
    found = headers.find(sheet, conventions, wanted)
    if found is not None and found.below:
        return found.row, found.names
    headed = [name for field_ in (NAME, NUMBER) for name in conventions.headers.get(field_, ())]
    known = {headings.plain(name) for name in (*MORE[NAME], *headed, *wanted)}
    for place, cells in enumerate(sheet.head[:SAMPLE]):
        if any(headings.plain(cell) in known for cell in cells if cell.strip()):
            return place + 1, headings.distinct(cells)
    width = max((sum(bool(cell.strip()) for cell in cells) for cells in sheet.head), default=0)
    if width <= 1:
        return 0, ()
    filled = (place for place, cells in enumerate(sheet.head) if sum(bool(cell.strip()) for cell in cells) > 1)
    first = next(filled, 0)
    return first + 1, headings.distinct(sheet.head[first])


def _chosen(
    path: Path, names: Sequence[str], cells: pa.Table, conventions: Conventions, given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, tuple[int, ...]], tuple[Chosen, ...]]:
    by_name = {headings.plain(name): place for place, name in reversed(list(enumerate(names)))}
    places: dict[str, tuple[int, ...]] = {}
    chosen: list[Chosen] = []
    for what, listed in given.items():
        missing = [name for name in listed if headings.plain(name) not in by_name]
        if missing:
            raise InputError(
                "{file} has no column '{column}'. Its columns are: {known}.",
                file=path.name,
                column=missing[0],
                known=names,
            )
        for name in listed:
            place = by_name[headings.plain(name)]
            fields = [what] if what != "place" else [_kind_of_place(cells, place, conventions)]
            places[fields[0]] = (*places.get(fields[0], ()), place)
            chosen.append(Chosen(fields[0], names[place], is_guess=False))
    used = {place for taken in places.values() for place in taken}
    known = headers.ranks(conventions)
    said_place = "place" in given
    for field_ in FIELDS:
        if field_ in places or (said_place and field_ in (POSTCODE, TOWN)):
            continue
        fits = sorted(
            (rank, place)
            for place, name in enumerate(names)
            if place not in used
            for rank, offered in _offers(name, known)
            if offered == field_
        )
        if fits:
            place = fits[0][1]
            places[field_] = (place,)
            used.add(place)
            chosen.append(Chosen(field_, names[place], is_guess=True))
    if NAME not in places and NUMBER not in places:
        wordiest = _wordiest(cells, used)
        if wordiest is None:
            raise InputError(
                "{file} has no column that looks like names. Say which it is with --name, or with --number where it "
                "has numbers alone. Its columns are: {known}.",
                file=path.name,
                known=names,
            )
        places[NAME] = (wordiest,)
        chosen.append(Chosen(NAME, names[wordiest], is_guess=True))
    return places, tuple(chosen)


def _offers(name: str, known: Mapping[str, Sequence[tuple[int, str]]]) -> list[tuple[int, str]]:
    plain = headings.plain(name)
    more = [(1000 + rank, field_) for field_, listed in MORE.items() for rank, one in enumerate(listed) if plain == one]
    return [*known.get(plain, ()), *more]


def _sample(cells: pa.Table, place: int) -> list[str]:
    return [cell.strip() for cell in cells.column(f"c{place}").slice(0, SAMPLE).to_pylist() if cell and cell.strip()]


def _kind_of_place(cells: pa.Table, place: int, conventions: Conventions) -> str:
    """Whether a column of places holds postcodes or towns."""
    pattern = re.compile(conventions.postcode_pattern or "$^", re.IGNORECASE)
    sample = _sample(cells, place)
    return POSTCODE if sum(bool(pattern.fullmatch(cell)) for cell in sample) * 2 > len(sample) else TOWN


def _wordiest(cells: pa.Table, used: set[int]) -> int | None:
    """The first column of which most cells are different texts with letters."""
    for place in range(cells.num_columns):
        sample = _sample(cells, place) if f"c{place}" in cells.column_names and place not in used else []
        words = [cell for cell in sample if re.search(r"[^\W\d_]{2}", cell)]
        if words and len(words) * 2 > len(sample) and len(set(words)) * 2 > len(words):
            return place
    return None
