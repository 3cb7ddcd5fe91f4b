"""The file of greenhouse gas emissions by local authority → tonnes per inhabitant and year."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Observation
from bygd.vocabulary.place_words import ValueStatus

HAS_PERIODS = True
"""The file says of which years it is."""
AREA, YEAR = "Local Authority Code", "Calendar Year"
KILOTONNES, THOUSANDS = "Territorial emissions (kt CO2e)", "Mid-year Population (thousands)"
CODE = re.compile(r"(E0[6789]|W06|S12|N09)\d{6}")


def read(path: Path, period: str) -> Iterator[tuple[str, Observation]]:
    """No division, and the emissions of each authority and year: all sectors and gases added, by its inhabitants.

    Of one year alone where `period` names it. Emissions that no authority has are passed over. Raises InputError for
    another layout, such as that of the older file of carbon dioxide alone.
    """
    sums: dict[tuple[str, str], float] = defaultdict(float)
    people: dict[tuple[str, str], float] = {}
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = csv.DictReader(opened)
        missing = [name for name in (AREA, YEAR, KILOTONNES, THOUSANDS) if name not in (rows.fieldnames or [])]
        if missing:
            raise InputError("{file} lacks the columns {missing}.", file=path.name, missing=missing)
        for row in rows:
            key = (row[AREA].strip(), row[YEAR].strip())
            if not CODE.fullmatch(key[0]) or (period and key[1] != period):
                continue
            sums[key] += float(row[KILOTONNES].replace(",", "") or 0)
            people[key] = float(row[THOUSANDS].replace(",", "") or 0)
    for (code, year), kilotonnes in sums.items():
        value = kilotonnes / people[code, year] if people[code, year] else None
        status = ValueStatus.OBSERVED if value is not None else ValueStatus.MISSING
        yield "", Observation("emissions", code, year, "", value and round(value, 6), status, KILOTONNES)
