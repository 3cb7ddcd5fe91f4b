"""Statistics Sweden's list of historical changes in DeSO → what became of the areas of 2018 in 2025."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.sources.statistics.divisions import Correspondence, Pair
from bygd.vocabulary.place_words import Level

OLD, NEW, KIND, DAY = "Tidigare DeSO", "DeSO", "Förändringstyp", "Datum för förändring"
COLUMNS = (OLD, NEW, KIND, DAY)
CODE = re.compile(r"\d{4}[ABC]\d{4}")
FIRST, NOW = "2018", "2025"
GROWN = "Utvidgas"
"""Grown by land. Grown by sea alone ("till territorialvattengräns") it stayed the same, since nobody lives there."""


def recognises(names: list[str]) -> bool:
    """Whether a header is that of the list."""
    return set(COLUMNS) <= set(names)


def read(_engine: Any, paths: Sequence[Path]) -> list[Correspondence]:
    """DeSO of 2018 to those of 2025; what the list does not name stayed the same.

    The list tells which areas gave land to which, not how many people lived there, so no shares come of it. An area
    that only grew (`Utvidgas`), and does not say from where, has ground of unknown origin. Changes before 2025
    (Karlskoga, 2018) are part of the division of 2018 as it is published. Raises InputError for another layout.
    """
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in paths:
        for old, new, kind, day in _rows(path):
            if day[:4] == NOW:
                kinds[old, new].add(kind)
    pairs = [Pair(old, new, None, "; ".join(sorted(told))) for (old, new), told in sorted(kinds.items())]
    given = {new for old, new in kinds if old != new}
    grown = {new for (old, new), told in kinds.items() if old == new and GROWN in told and new not in given}
    pairs += [Pair("", new, None, GROWN) for new in sorted(grown)]
    source = "Statistics Sweden: Historiska förändringar i DeSO"
    return [Correspondence(Level.SMALL_AREA, FIRST, NOW, tuple(pairs), True, "", source)]


def _rows(path: Path) -> Iterator[tuple[str, str, str, str]]:
    with opening.opened(path) as parts:
        for part in parts:
            for sheet in tabular.sheets(part, path.name):
                rows = sheet.rows or sheet.head
                heads = [[cell.strip() for cell in row] for row in rows]
                start = next((place for place, row in enumerate(heads) if recognises(row)), None)
                if start is None:
                    continue
                at = [heads[start].index(name) for name in COLUMNS]
                table = sheet.cells(start + 1)
                columns = [table.column(f"c{place}").to_pylist() for place in at]
                for cells in zip(*columns, strict=True):
                    old, new, kind, day = ((cell or "").strip() for cell in cells)
                    if CODE.fullmatch(old) and CODE.fullmatch(new):
                        yield old, new, kind, day
                return
    raise InputError("{file} lacks the columns {missing}.", file=path.name, missing=COLUMNS)
