"""Files of the Office for National Statistics by super output area, which do not say of which census."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.sources.files import opening
from bygd.sources.files.spreadsheets import grids

HEAD = 20
"""Rows within which a header stands, below title and source."""
LEVELS = {"MSOA code": {7_201: "2011", 7_264: "2021"}, "LSOA code": {34_753: "2011", 35_672: "2021"}}
"""How many there are in England and Wales by the divisions of either census: a whole file tells by it which it has."""
NONE = {"", ":", "..", "[x]", "-", "[c]"}
"""What stands where there is no value, or too few to be told."""

Rows = Sequence[Sequence[str]]


def tables(path: Path) -> Iterator[tuple[str, str, list[str], Rows]]:
    """Name of the sheet, what stands above the header, header and rows of each table with a code of areas."""
    for name, rows in _sheets(path):
        for place, row in enumerate(rows[:HEAD]):
            header = [cell.strip() for cell in row]
            if any(one in header for one in (*LEVELS, "Local authority code")):
                above = " ".join(cell for one in rows[:place] for cell in one if cell)
                yield name, above, header, rows[place + 1 :]
                break


def vintage(column: str, codes: set[str], file: str) -> str:
    """The census a whole file is of; blank of districts. Raises InputError where the number of its areas tells none."""
    if column not in LEVELS:
        return ""
    found = LEVELS[column].get(len(codes))
    if found is None:
        raise InputError(
            "{file} has {number} areas. Their number tells of which census they are, so take the whole file: {known}.",
            file=file, number=len(codes), known=[f"{number} ({year})" for number, year in LEVELS[column].items()],
        )  # fmt: skip
    return found


def number(text: str) -> float | None:
    """The number of a cell, or None where there is none."""
    plain = text.strip().replace(",", "")
    return None if plain.casefold() in NONE else float(plain)


def _sheets(path: Path) -> Iterator[tuple[str, Rows]]:
    with opening.opened(path) as parts:
        for part in parts:
            if part.kind != opening.TEXT:
                yield from grids(part.path, part.kind, path.name)
                continue
            content = part.path.read_bytes()
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("windows-1252")  # as the office wrote some of them
            yield "", list(csv.reader(text.splitlines()))
