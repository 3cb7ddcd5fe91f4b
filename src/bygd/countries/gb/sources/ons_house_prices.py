"""Workbooks of mean prices paid for homes by district or super output area → price of a home."""

import re
from collections.abc import Iterator
from pathlib import Path

from bygd.countries.gb.sources import _small_areas
from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Observation
from bygd.vocabulary.place_words import ValueStatus

CODES = ("LSOA code", "MSOA code", "Local authority code")
"""The smallest comes first: tables of small areas name their district as well."""
PART = re.compile(r"detached|terraced|flats?\b|maisonette|newly built|existing", re.IGNORECASE)
"""In the title of tables of some homes alone."""


def read(path: Path, period: str) -> Iterator[tuple[str, Observation]]:
    """Division and mean price of each area in the year that ended in December of `period`, of homes of all kinds.

    What is withheld, for fewer than five sales, has no value. Raises InputError for a file of medians, which can be
    neither added nor averaged, for one that is not whole, or where no table has that year.
    """
    wanted = f"Year ending Dec {period}"
    for _name, above, header, rows in _small_areas.tables(path):
        if wanted not in header or PART.search(above):
            continue
        if "mean" not in above.casefold() or "median" in above.casefold():
            raise InputError("{file} is no file of mean prices: '{title}'.", file=path.name, title=above[:200])
        code = next(name for name in CODES if name in header)
        at, column = header.index(code), header.index(wanted)
        whole = [row for row in rows if len(row) > column and row[at].strip()]
        vintage = _small_areas.vintage(code, {row[at].strip() for row in whole}, path.name)
        for row in whole:
            value = _small_areas.number(row[column])
            status = ValueStatus.OBSERVED if value is not None else ValueStatus.SUPPRESSED
            yield vintage, Observation("home_value", row[at].strip(), period, "", value, status, above[:200])
        return
    raise InputError("{file} has no table of areas with the column '{name}'.", file=path.name, name=wanted)
