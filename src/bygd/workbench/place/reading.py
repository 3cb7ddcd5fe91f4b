"""Reading: values of one area by indicator and period, best source first, derived ones made, villages put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bygd.countries.indicators import Derived, Indicator
from bygd.tools import place as tool
from bygd.vocabulary.place_words import Combining, Unit, ValueStatus
from bygd.vocabulary.said import Said
from bygd.workbench.place import withholding
from bygd.workbench.place.villages import Village

Row = Mapping[str, Any]
WEAKEST = (
    ValueStatus.WITHHELD, ValueStatus.SUPPRESSED, ValueStatus.MISSING, ValueStatus.NOT_APPLICABLE,
    ValueStatus.ESTIMATED, ValueStatus.PROVISIONAL, ValueStatus.OBSERVED,
)  # fmt: skip

HAVING = (ValueStatus.ESTIMATED, ValueStatus.PROVISIONAL, ValueStatus.OBSERVED)
"""Statuses of which there is a value."""
SHARES = (Unit.PERCENT, Unit.PER_THOUSAND)
STATUS = {status.value: status for status in ValueStatus}
"""Quicker than asking the enumeration for each of many rows."""


@dataclass(frozen=True)
class Reading:
    """One value of one area at one time, with its bounds, what it rests on and where it came from."""

    period: str
    value: float | None
    status: ValueStatus
    sources: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    fetched_on: str = ""
    vintage: str = ""
    low: float | None = None
    high: float | None = None
    coverage: float | None = 1.0
    warnings: tuple[Said, ...] = ()


Series = dict[str, Reading]


class Readings:
    """Values by area and indicator, out of rows of `statistics`."""

    def __init__(
        self, rows: Iterable[Row], catalogue: Mapping[str, Indicator], villages: Iterable[Village] = ()
    ) -> None:
        self.catalogue = catalogue
        self._villages = {one.area_id: one for one in villages}
        self._ranked = {id: [series.source for series in one.series] for id, one in catalogue.items()}
        self._rows: dict[tuple[str, str, str], dict[str, dict[str, Row]]] = {}
        for row in rows:
            key = (row["area_id"], row["indicator"], row["breakdown"])
            by_period = self._rows.setdefault(key, {}).setdefault(row["vintage"], {})
            other = by_period.get(row["period"])
            if other is None or self._order(row) < self._order(other):
                by_period[row["period"]] = row
        self._made: dict[tuple[str, str, str], Series] = {}

    def series(self, area_id: str, indicator: str, breakdown: str = "") -> Series:
        """Readings by period, oldest first; of the newest division alone where there are several."""
        key = (area_id, indicator, breakdown)
        if key not in self._made:
            self._made[key] = dict(sorted(self._series(*key).items()))
        return self._made[key]

    def latest(self, area_id: str, indicator: str, breakdown: str = "") -> Reading | None:
        """The newest reading that has a value, else the newest; None where there is none."""
        found = list(self.series(area_id, indicator, breakdown).values())
        return next((one for one in reversed(found) if one.value is not None), found[-1] if found else None)

    def breakdowns(self, area_id: str, indicator: str) -> list[str]:
        """Which parts an indicator is told by, of an area or of the areas of a village."""
        areas = [id for id, _ in self._villages[area_id].parts] if area_id in self._villages else [area_id]
        return sorted({key[2] for key in self._rows if key[0] in areas and key[1] == indicator and key[2]})

    def older_divisions(self, area_id: str, indicator: str) -> list[str]:
        """Other divisions that values of the area are of; they are not joined with those shown."""
        return sorted(self._rows.get((area_id, indicator, ""), {}))[:-1]

    def _order(self, row: Row) -> int:
        ranked = self._ranked.get(row["indicator"], [])
        return ranked.index(row["source"]) if row["source"] in ranked else -1

    def _series(self, area_id: str, indicator: str, breakdown: str) -> Series:
        one = self.catalogue[indicator]
        plain = self._plain(area_id, indicator, breakdown)
        if plain or one.derived is None or breakdown:
            return plain if area_id not in self._villages or plain else self._village(area_id, one, breakdown)
        return self._derived(area_id, one.derived)

    def _plain(self, area_id: str, indicator: str, breakdown: str) -> Series:
        by_vintage = self._rows.get((area_id, indicator, breakdown), {})
        if not by_vintage:
            return {}
        vintage = max(by_vintage)
        found = {
            period: Reading(
                period, row["value"], STATUS[row["status"]], (row["source"],), (row["source_table"],),
                str(row["fetched_on"]), vintage,
            )
            for period, row in by_vintage[vintage].items()
        }  # fmt: skip
        one = self.catalogue[indicator]
        if breakdown or not one.base or one.unit not in SHARES:
            return found
        return {
            period: withholding.told(read, one.unit, base_of(self, area_id, one, period))
            if withholding.OWN in read.sources
            else read
            for period, read in found.items()
        }

    def _derived(self, area_id: str, how: Derived) -> Series:
        above = [self._part(area_id, name) for name in how.of]
        below = [self._part(area_id, name) for name in how.per]
        periods = set.intersection(*(set(one) for one in (*above, *below))) if above else set()
        made = {}
        for period in periods:
            parts = [one[period] for one in (*above, *below)]
            top, bottom = _total([one[period] for one in above]), _total([one[period] for one in below])
            value = None
            if top is not None and (not below or bottom):
                value = top * how.times / (bottom if below and bottom else 1.0)
            made[period] = _joined(period, value, parts)
        return made

    def _part(self, area_id: str, name: str) -> Series:
        indicator, _, breakdown = name.partition("@")
        return self.series(area_id, indicator, breakdown)

    def _village(self, area_id: str, one: Indicator, breakdown: str) -> Series:
        village = self._villages[area_id]
        parts = [(id, share, self.series(id, one.id, breakdown)) for id, share in village.parts]
        made = {}
        for period in sorted({period for _, _, series in parts for period in series}):
            pieces = []
            for id, share, series in parts:
                read = series.get(period)
                weight = self._weight(id, one.weight, period) if one.combine is Combining.WEIGHTED else None
                status = read.status if read else ValueStatus.MISSING
                pieces.append(tool.Piece(id, share, read.value if read else None, status, weight))
            found = tool.combined(pieces, one.combine, one.unit)
            seen = [series[period] for _, _, series in parts if period in series]
            read = replace(
                _joined(period, found.value, seen), status=found.status, low=found.low, high=found.high,
                coverage=found.coverage, warnings=found.warnings,
            )  # fmt: skip
            base = base_of(self, area_id, one, period) if one.unit in SHARES and not breakdown else None
            whole = self.series(village.parent, one.id, breakdown).get(period)
            made[period] = withholding.told(read, one.unit, base, whole.value if whole else None)
        return made

    def _weight(self, area_id: str, indicator: str, period: str) -> float | None:
        """What a value weighs: in the same period, else the newest before, else the newest."""
        series = self.series(area_id, indicator) if indicator else {}
        known = {when: one.value for when, one in series.items() if one.value is not None}
        if not known:
            return None
        before = [when for when in known if when <= period]
        return known[max(before or known)]


def base_of(readings: Readings, area_id: str, one: Indicator, period: str) -> float | None:
    """How many a value rests on, in that period or the newest before it; None where not known."""
    if not one.base:
        return None
    series = {when: read.value for when, read in readings.series(area_id, one.base).items() if read.value is not None}
    before = [when for when in series if when <= period]
    return series[max(before or series)] if series else None


def _total(parts: Sequence[Reading]) -> float | None:
    values = [one.value for one in parts]
    return None if any(value is None for value in values) else sum(value for value in values if value is not None)


def _joined(period: str, value: float | None, parts: Sequence[Reading]) -> Reading:
    """A reading made of others: all their sources, the weakest status, the newest day."""
    status = min((one.status for one in parts), key=WEAKEST.index, default=ValueStatus.MISSING)
    if value is None and status in HAVING:
        status = ValueStatus.MISSING
    return Reading(
        period,
        value,
        status,
        tuple(dict.fromkeys(source for one in parts for source in one.sources)),
        tuple(dict.fromkeys(table for one in parts for table in one.tables)),
        max((one.fetched_on for one in parts), default=""),
        next((one.vintage for one in parts if one.vintage), ""),
        coverage=min((one.coverage for one in parts if one.coverage is not None), default=None),
        warnings=tuple(dict.fromkeys(warning for one in parts for warning in one.warnings)),
    )
