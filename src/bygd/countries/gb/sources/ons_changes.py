"""The exact fit lookups of the Office for National Statistics → what became of LSOA and MSOA between two censuses."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bygd.sources.errors import InputError
from bygd.sources.files import opening
from bygd.sources.statistics.divisions import Correspondence, Pair
from bygd.vocabulary.place_words import Level

LEVELS = {"LSOA": Level.SMALL_AREA, "MSOA": Level.DISTRICT}
CODE = re.compile(r"(LSOA|MSOA)(\d{2})CD", re.IGNORECASE)
CHANGE = re.compile(r"CHN?GIND", re.IGNORECASE)
MIXED = "X"
"""Changed in ways that fit neither a split (S) nor a merger (M); U is unchanged."""


def recognises(names: list[str]) -> bool:
    """Whether a header is that of a lookup: two codes of a level, of two years, and what changed."""
    return _columns(names) is not None


def read(_engine: Any, paths: Sequence[Path]) -> list[Correspondence]:
    """One correspondence a file. What is marked X has no exact fit: nothing is carried into it.

    No shares are in the file: an area that was merged went over whole, one that was split has parts without value.
    Raises InputError for another layout.
    """
    return [_one(path) for path in paths]


def _one(path: Path) -> Correspondence:
    pairs: dict[tuple[str, str], Pair] = {}
    mixed: set[str] = set()
    found = None
    for columns, row in _rows(path):
        found = columns
        old, new, kind = (row[name].strip() for name in columns[3:])
        pairs[old, new] = Pair(old, new, None, kind)
        if kind == MIXED:
            mixed.add(new)
    if found is None:
        raise InputError(
            "{file} has not the columns of a lookup of LSOA or MSOA between two censuses (LSOA11CD, LSOA21CD, CHGIND).",
            file=path.name,
        )
    kind, older, newer = found[:3]
    listed = (*pairs.values(), *(Pair("", new, None, MIXED) for new in sorted(mixed)))
    source = f"Office for National Statistics: {kind} ({older}) to {kind} ({newer}) exact fit lookup"
    return Correspondence(LEVELS[kind], older, newer, listed, False, "", source)


def _columns(names: Sequence[str]) -> tuple[str, str, str, str, str, str] | None:
    """Level, both years, and the names of the columns of both codes and of what changed."""
    codes = sorted((found[1].upper(), f"20{found[2]}", name) for name in names if (found := CODE.fullmatch(name)))
    change = next((name for name in names if CHANGE.fullmatch(name)), None)
    for kind in LEVELS:
        years = [(year, name) for level, year, name in codes if level == kind]
        if len(years) == 2 and change:
            return kind, years[0][0], years[1][0], years[0][1], years[1][1], change
    return None


def _rows(path: Path) -> Iterator[tuple[tuple[str, str, str, str, str, str], dict[str, str]]]:
    with opening.opened(path) as parts:
        for part in parts:
            with part.path.open(encoding="utf-8-sig", newline="") as opened:
                rows = csv.DictReader(opened)
                columns = _columns(rows.fieldnames or [])
                if columns is not None:
                    yield from ((columns, row) for row in rows)
