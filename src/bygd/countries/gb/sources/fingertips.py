"""Files of the public health profiles (Fingertips) → life expectancy, poverty, health, air by district and county."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.sources.statistics.series import Observation
from bygd.vocabulary.place_words import ValueStatus

HAS_PERIODS = True
"""The file says of which years it is."""
NEEDED = ("Indicator ID", "Indicator Name", "Area Code", "Sex", "Category Type", "Time period", "Value")
READ = {
    ("90366", "Female"): ("life_expectancy_women", "Life expectancy at birth"),
    ("90366", "Male"): ("life_expectancy_men", "Life expectancy at birth"),
    ("93700", "Persons"): ("child_poverty", "Children in relative low income families"),
    ("93088", "Persons"): ("overweight_share", "Overweight (including obesity) prevalence in adults"),
    ("93721", "Persons"): ("avoidable_deaths", "Under 75 mortality rate from causes considered preventable"),
    ("93203", "Persons"): ("youth_neither", "not in education, employment or training (NEET)"),
    ("93759", "Not applicable"): ("energy_poverty", "Fuel poverty (low income, low energy efficiency methodology)"),
    ("93867", "Not applicable"): ("fine_particles", "Air pollution: fine particulate matter"),
}
"""Our indicator by theirs and sex, and what its name must contain, since ids are not known by heart."""
AREA = re.compile(r"(E0[6789]|E10)\d{6}")
YEARS = re.compile(r"(\d{4})(?:\s*[-–/]\s*(\d{2}|\d{4}))?")


def read(path: Path, period: str) -> Iterator[tuple[str, Observation]]:
    """No division, and the observation, of each row that is known; a mean of years bears the last of them.

    A file holds one indicator or many; rows by deprivation, ethnic group and the like are passed over, and of an area
    that is told within several larger ones all but the first. An indicator may be told for one year and for three: the
    longest is read, the others are passed over. Of one year alone where `period` names it. Raises InputError for
    another layout, or where an id has another name than expected.
    """
    found: dict[str, list[tuple[int, Observation]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = csv.DictReader(opened)
        missing = [name for name in NEEDED if name not in (rows.fieldnames or [])]
        if missing:
            raise InputError("{file} lacks the columns {missing}.", file=path.name, missing=missing)
        seen: set[tuple[str, str, str, int]] = set()
        for row in rows:
            known = READ.get((row["Indicator ID"].strip(), row["Sex"].strip()))
            if known is None or row["Category Type"].strip() or not AREA.fullmatch(row["Area Code"].strip()):
                continue
            indicator, title = known
            if title.casefold() not in row["Indicator Name"].casefold():
                raise InputError(
                    "{where} is now called '{title}'; '{expected}' was expected. Nothing was read.",
                    where=row["Indicator ID"], title=row["Indicator Name"], expected=title,
                )  # fmt: skip
            first, last = _years(row["Time period"])
            key = (indicator, row["Area Code"].strip(), str(last))
            if not last or (*key, first) in seen:
                continue
            seen.add((*key, first))
            text = row["Value"].strip()
            status = ValueStatus.OBSERVED if text else ValueStatus.MISSING
            one = Observation(*key, "", float(text) if text else None, status, row["Indicator Name"])
            found.setdefault(indicator, []).append((last - first, one))
    for told in found.values():
        longest = max(span for span, _ in told)
        yield from (("", one) for span, one in told if span == longest and period in ("", one.period))


def _years(period: str) -> tuple[int, int]:
    """The first and last of '2020 - 22' or '2023'; '2022/23' is one year, named by its last; 0 for another form."""
    found = YEARS.fullmatch(period.strip())
    if found is None:
        return 0, 0
    first, last = int(found[1]), found[2]
    end = first if not last else int(last) if len(last) == 4 else first + (int(last) - first) % 100
    return end if "/" in period else first, end
