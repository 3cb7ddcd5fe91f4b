"""Model-based income of households by middle layer super output area → disposable household income."""

from collections.abc import Iterator
from pathlib import Path

from bygd.countries.gb.sources import _small_areas
from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Observation
from bygd.vocabulary.place_words import ValueStatus

CODE, INCOME = "MSOA code", "Net annual income (£)"


def read(path: Path, period: str) -> Iterator[tuple[str, Observation]]:
    """Division and mean net income of a household in each area; `period` is the year in which the financial year ends.

    They are estimates of a model, and marked so. Raises InputError for another layout, or a file that is not whole.
    """
    for _name, above, header, rows in _small_areas.tables(path):
        if CODE in header and INCOME in header:
            at, column = header.index(CODE), header.index(INCOME)
            whole = [row for row in rows if len(row) > column and row[at].strip()]
            vintage = _small_areas.vintage(CODE, {row[at].strip() for row in whole}, path.name)
            for row in whole:
                value = _small_areas.number(row[column])
                status = ValueStatus.ESTIMATED if value is not None else ValueStatus.MISSING
                yield vintage, Observation("household_income", row[at].strip(), period, "", value, status, above[:200])
            return
    raise InputError("{file} has no table with the columns {names}.", file=path.name, names=[CODE, INCOME])
