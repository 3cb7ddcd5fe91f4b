"""The file of ranks and deciles of the English Indices of Deprivation → ranks and tenths by LSOA."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Observation
from bygd.vocabulary.place_words import ValueStatus

AREA = re.compile(r"^LSOA code \((\d{4})\)$")
RANK = re.compile(r"^Index of Multiple Deprivation \(IMD\) Rank", re.IGNORECASE)
SHARES = {
    "low_income_share": re.compile(r"^Income Score \(rate\)", re.IGNORECASE),
    "child_poverty": re.compile(
        r"^Income Deprivation Affecting Children Index \(IDACI\) Score \(rate\)", re.IGNORECASE
    ),
}
"""Scores that are shares of people, from nought to one; those of other domains mean nothing by themselves."""
DECILE = re.compile(r"^Index of Multiple Deprivation \(IMD\) Decile", re.IGNORECASE)
MOST = 32_844, 33_755
"""LSOAs of England by the divisions of 2011 and 2021."""


def read(path: Path, period: str) -> Iterator[tuple[str, Observation]]:
    """Vintage and observation for each LSOA: `imd_rank`, `imd_decile`, and where the file has them the shares of people
    and of children in households deprived of income, per hundred. Raises InputError for another layout.
    """
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = csv.DictReader(opened)
        names = rows.fieldnames or []
        area = next((name for name in names if AREA.match(name)), None)
        rank = next((name for name in names if RANK.match(name)), None)
        decile = next((name for name in names if DECILE.match(name)), None)
        if area is None or rank is None or decile is None:
            raise InputError(
                "{file} has not the columns of ranks and deciles of the Indices of Deprivation. "
                "Take the file with all ranks and deciles.",
                file=path.name,
            )
        vintage = AREA.match(area)[1]  # type: ignore[index]
        columns = [("imd_rank", rank, 1), ("imd_decile", decile, 1)]
        columns += [(id, name, 100) for id, said in SHARES.items() for name in names if said.match(name)]
        for row in rows:
            for indicator, name, times in columns:
                text = row[name].replace(",", "").strip()
                status = ValueStatus.OBSERVED if text else ValueStatus.MISSING
                value = round(float(text) * times, 6) if text else None
                yield vintage, Observation(indicator, row[area], period, "", value, status, name)
