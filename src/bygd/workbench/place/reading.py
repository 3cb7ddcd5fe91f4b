"""Reading: values of one area by indicator and period, best source first, derived ones made, villages put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bygd.countries.indicators import Derived, Indicator
from bygd.tools import place as tool
from bygd.vocabulary.place_words import Combining, Unit, ValueStatus
from bygd.vocabulary.said import Said
from bygd.workbench.place import older, withholding
from bygd.workbench.place.counted import REGISTERED, registered, spread
from bygd.workbench.place.divisions import Walk
from bygd.workbench.place.made import Reading, Series, at, before, joined, within
from bygd.workbench.place.villages import Village

__all__ = ["Reading", "Readings", "Series", "base_of"]

Row = Mapping[str, Any]
SHARES = (Unit.PERCENT, Unit.PER_THOUSAND)
STATUS = {status.value: status for status in ValueStatus}
"""Quicker than asking the enumeration for each of many rows."""


class Readings:
    """Values by area and indicator, out of rows of `statistics`."""

    def __init__(
        self,
        rows: Iterable[Row],
        catalogue: Mapping[str, Indicator],
        villages: Iterable[Village] = (),
        steps: Sequence[Walk] = (),
    ) -> None:
        self.catalogue = catalogue
        self._steps = tuple(steps)
        self._villages = {one.area_id: one for one in villages}
        self._ranked = {id: [series.source for series in one.series] for id, one in catalogue.items()}
        self._rows: dict[tuple[str, str, str], dict[str, dict[str, Row]]] = {}
        self._parts: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            key = (row["area_id"], row["indicator"], row["breakdown"])
            if key not in self._rows:
                self._rows[key] = {}
                self._parts.setdefault(key[:2], set()).add(key[2])
            by_period = self._rows[key].setdefault(row["vintage"], {})
            other = by_period.get(row["period"])
            if other is None or self._order(row) < self._order(other):
                by_period[row["period"]] = row
        self._made: dict[tuple[str, str, str], Series] = {}
        self._shares: dict[tuple[str, str, str, str], dict[str, Reading]] = {}

    def series(self, area_id: str, indicator: str, breakdown: str = "") -> Series:
        """Readings by period, oldest first: of the newest division, and before it what goes over from older ones."""
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
        areas = [area_id, *(id for id, _ in self._villages[area_id].parts)] if area_id in self._villages else [area_id]
        found = set[str]().union(*(self._parts.get((id, indicator), ()) for id in areas))
        is_share = indicator in self.catalogue and self.catalogue[indicator].unit in SHARES
        return sorted(part for part in found if part and not (is_share and withholding.is_number(part)))

    def is_joined(self, area_id: str, vintage: str) -> bool:
        """Whether it is known what became of the areas before, for each part of the area in that division."""
        parts = [id for id, _ in self._villages[area_id].parts] if area_id in self._villages else [area_id]
        return all(any(step.applies(id, vintage) for step in self._steps) for id in parts)

    def older_divisions(self, area_id: str, indicator: str) -> list[str]:
        """Other divisions that values of the area are of and that are not joined with those shown."""
        shown = {read.vintage for read in self.series(area_id, indicator).values()}
        return [one for one in sorted(self._rows.get((area_id, indicator, ""), {}))[:-1] if one not in shown]

    def _order(self, row: Row) -> int:
        ranked = self._ranked.get(row["indicator"], [])
        return ranked.index(row["source"]) if row["source"] in ranked else -1

    def _series(self, area_id: str, indicator: str, breakdown: str) -> Series:
        one = self.catalogue[indicator]
        plain = self._plain(area_id, indicator, breakdown)
        if plain or one.derived is None or breakdown:
            if area_id not in self._villages:
                return plain
            is_made = plain and one.derived is not None and not breakdown
            made = self._derived(area_id, one.derived) if is_made and one.derived else {}
            return (made or self._village(area_id, one, breakdown)) | self._entered(area_id, one, breakdown, plain)
        return self._derived(area_id, one.derived)

    def _plain(self, area_id: str, indicator: str, breakdown: str) -> Series:
        named = {step.division.new_vintage for step in self._steps if step.tells_of(area_id)}
        divisions = {*self._rows.get((area_id, indicator, breakdown), {}), *named}
        # What stayed the same goes over as well, so that what is made of it is of one division.
        divisions |= {
            step.division.new_vintage
            for step in self._steps
            if step.division.old_vintage in divisions and step.applies(area_id, step.division.new_vintage)
            and step.origins(area_id) == (area_id,)
        }  # fmt: skip
        found = self._of(area_id, indicator, breakdown, max(divisions)) if divisions else {}
        if self.catalogue[indicator].derived is not None and all(read.value is None for read in found.values()):
            return {} if named else found
        return found

    def _of(self, area_id: str, indicator: str, breakdown: str, vintage: str) -> Series:
        """Readings of an area in one division, and where it has none what older divisions say of it."""
        own = self._own(area_id, indicator, breakdown, vintage)
        if not vintage or not self._steps:
            return own
        one = self.catalogue[indicator]
        return older.filled(own, older.older(self._of, self._steps, area_id, one, breakdown, vintage))

    def _own(self, area_id: str, indicator: str, breakdown: str, vintage: str) -> Series:
        rows = self._rows.get((area_id, indicator, breakdown), {}).get(vintage, {})
        found = {period: _reading(row, vintage) for period, row in rows.items()}
        one = self.catalogue[indicator]
        if one.unit not in SHARES or all(read.sources != (withholding.OWN,) for read in found.values()):
            return found
        is_whole = self._parts[area_id, indicator] == {""}
        return {
            period: read
            if withholding.OWN not in read.sources
            else withholding.told(read, one.unit, base_of(self, area_id, one, period))
            if is_whole
            else self._own_shares(area_id, one, vintage, period).get(breakdown, read)
            for period, read in found.items()
        }

    def _own_shares(self, area_id: str, one: Indicator, vintage: str, period: str) -> dict[str, Reading]:
        """One's own shares of an area at one time, all parts together, as they may be told."""
        key = (area_id, one.id, vintage, period)
        if key in self._shares:
            return self._shares[key]
        told = {part: self._rows[area_id, one.id, part].get(vintage, {}) for part in self._parts[area_id, one.id]}
        rows = {part: found[period] for part, found in told.items() if period in found}
        own = {part: row for part, row in rows.items() if row["source"] == withholding.OWN}
        counted = {withholding.ordered(part): row["value"] for part, row in own.items() if withholding.is_number(part)}
        reads = {part: _reading(row, vintage) for part, row in own.items() if not withholding.is_number(part)}
        numbers = {
            part: counted[number] if (number := withholding.number_of(part)) in counted
            else base_of(self, area_id, one, period, part)
            for part in reads
        }  # fmt: skip
        return self._shares.setdefault(key, withholding.shares(reads, numbers, one.unit))

    def _derived(self, area_id: str, how: Derived) -> Series:
        above = [self._part(area_id, name) for name in how.of]
        below = [self._part(area_id, name) for name in how.per]
        periods = set.intersection(*(set(one) for one in above)) if above else set()
        made = {}
        for period in periods:
            tops = [one[period] for one in above]
            bottoms = [found for one in below if (found := before(one, period, how.years)) is not None]
            if len(bottoms) < len(below):
                continue
            top, bottom, value = _total(tops), _total(bottoms), None
            times = how.times / (bottom if below and bottom else 1.0)
            if top is not None and (not below or bottom):
                value = top * times
            made[period] = within(joined(period, value, [*tops, *bottoms]), tops, bottoms, times)
        return made

    def _part(self, area_id: str, name: str) -> Series:
        indicator, _, breakdown = name.partition("@")
        return self.series(area_id, indicator, breakdown)

    def _village(self, area_id: str, one: Indicator, breakdown: str) -> Series:
        village = self._villages[area_id]
        parts = [(id, share, self.series(id, one.id, breakdown)) for id, share in village.parts]
        ids = [id for id, _ in village.parts]
        sums = older.whole(self._of, self._steps, ids, one, breakdown, village.vintage) if village.is_whole else {}
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
                joined(period, found.value, seen), status=found.status, low=found.low, high=found.high,
                coverage=found.coverage, warnings=(*found.warnings, *_reasons(seen)),
            )  # fmt: skip
            if one.combine is Combining.SUM and read.sources == REGISTERED:
                read = spread(read, [(share, series[period]) for _, share, series in parts if period in series])
            if read.value is None and period in sums:
                read = sums[period]
            base = base_of(self, area_id, one, period, breakdown) if one.unit in SHARES else None
            whole = self.series(village.parent, one.id, breakdown).get(period)
            made[period] = withholding.told(read, one.unit, base, whole.value if whole else None)
        return made

    def _entered(self, area_id: str, one: Indicator, breakdown: str, plain: Series) -> Series:
        """What people counted of a whole village goes before what is made of its areas; it is told as that is."""
        whole = self.series(self._villages[area_id].parent, one.id, breakdown) if plain else {}
        found = {}
        for period, read in plain.items():
            base = base_of(self, area_id, one, period, breakdown) if one.unit in SHARES else None
            found[period] = withholding.told(read, one.unit, base, whole[period].value if period in whole else None)
        return found

    def _weight(self, area_id: str, indicator: str, period: str) -> float | None:
        """What a value weighs: in the same period, else the newest before, else the newest."""
        return at(self.series(area_id, indicator), period) if indicator else None


def _reasons(parts: Sequence[Reading]) -> list[Said]:
    """Why values of older divisions did not go over to the parts."""
    return list(dict.fromkeys(text for read in parts if read.value is None for text in read.warnings))


def base_of(readings: Readings, area_id: str, one: Indicator, period: str, breakdown: str = "") -> float | None:
    """How many a value, or a part of it, rests on, in that period or the newest before it; None where not known."""
    if not one.base:
        return None
    return at(readings.series(area_id, one.base, breakdown), period)


def _reading(row: Row, vintage: str) -> Reading:
    where, day = (row["source"],), str(row["fetched_on"])
    read = Reading(row["period"], row["value"], STATUS[row["status"]], where, (row["source_table"],), day, vintage)
    return registered(read, row["value"], row.get("high")) if where == REGISTERED else read


def _total(parts: Sequence[Reading]) -> float | None:
    values = [one.value for one in parts]
    return None if any(value is None for value in values) else sum(value for value in values if value is not None)
