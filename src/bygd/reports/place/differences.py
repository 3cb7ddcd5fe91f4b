"""Differences: in which figures a place differs most from what it lies in, in sentences with range and caveats."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bygd.reports.place.values import range_text, text_of, value_text
from bygd.reports.translate import Translator
from bygd.tools.place.differing import LEAST, Difference, differing
from bygd.vocabulary.place_words import Combining, Level, Unit

if TYPE_CHECKING:
    Profile = Any
    Shown = Any

COUNTS = {Unit.PERSONS, Unit.HOUSEHOLDS, Unit.HOMES, Unit.FIRMS, Unit.JOBS, Unit.NUMBER, Unit.RANK}
"""Units in which a larger place has more, whatever it is like."""
MOST = 6


@dataclass(frozen=True)
class Told:
    """An indicator in which the place differs: the sentences that say so, and by how much."""

    indicator: str
    label: str
    sentences: tuple[str, ...]
    difference: Difference


def differences(profile: "Profile", currency: str, translate: Translator, most: int = MOST) -> list[Told]:
    """The figures that differ most from the country's, the largest first, see `Difference.size`.

    Counts, which grow with a place, are left out; figures that chance alone could explain come last.
    """
    found = list(_found(profile))
    found.sort(key=lambda one: (one[2].is_beyond_chance is False, -one[2].size))
    return [
        Told(
            one.indicator.id,
            text_of(one.indicator.label, translate),
            tuple(_sentences(one, profile, difference, currency, translate)),
            difference,
        )
        for one, _other, difference in found[:most]
    ]


def _found(profile: "Profile") -> Iterator[tuple["Shown", Any, Difference]]:
    for one in profile.shown:
        indicator = one.indicator
        if one.value is None or indicator.unit in COUNTS or indicator.combine is Combining.SUM:
            continue
        other = next(
            (beside for beside in one.beside if beside.area.level is Level.COUNTRY and beside.value is not None), None
        )
        if other is None:
            continue
        latest = (profile.readings.latest(peer.area_id, indicator.id) for peer in profile.peers.peers)
        places = [read.value for read in latest if read is not None and read.value is not None]
        bounds = (one.figure.low, one.figure.high)
        difference = differing(one.value, other.value, bounds, [*places, one.value])
        if abs(difference.share or 0.0) >= LEAST:
            yield one, other, difference


def _sentences(
    one: "Shown", profile: "Profile", difference: Difference, currency: str, translate: Translator
) -> Iterator[str]:
    _, indicator = translate, one.indicator
    unit, digits = indicator.unit, indicator.digits
    value = value_text(one.value, unit, digits, currency, _)
    ends = range_text(one.figure.low, one.figure.high, unit, digits, currency, _)
    said = {"place": profile.area.name, "value": value, "year": one.figure.period, "range": ends}
    yield (
        _("{value} in {place} ({range}, {year}).", **said) if ends else _("{value} in {place} ({year}).", **said)
    )  # fmt: skip
    others = [
        _("{value} in {place}", place=beside.area.name,
          value=value_text(beside.value, unit, digits, currency, _))
        for beside in one.beside
        if beside.value is not None and beside.area.name
    ]  # fmt: skip
    yield _("Beside it: {others}.", others=", ".join(others))
    if difference.is_beyond_chance is False:
        yield _("The difference may be chance.")
    elif difference.is_beyond_chance:
        yield _("The difference is larger than chance alone would make it.")
    if indicator.caveats:
        yield text_of(indicator.caveats, _)
    yield from (_.said(warning) for warning in one.warnings)
