"""Older: what values of an older division say of an area of the newer one, period by period, each with its division."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bygd.countries.indicators import Indicator
from bygd.tools import place as tool
from bygd.vocabulary.place_words import Combining, ValueStatus
from bygd.vocabulary.said import Said
from bygd.workbench.place import withholding
from bygd.workbench.place.divisions import Walk
from bygd.workbench.place.made import Reading, Series, at, joined

Of = Callable[[str, str, str, str], Series]
"""Readings of an area, indicator and breakdown in one division."""


def older(of: Of, steps: Sequence[Walk], area_id: str, one: Indicator, breakdown: str, vintage: str) -> Series:
    """What goes over to the area in that division; where a value cannot, a reading without one that says why."""
    found: Series = {}
    for step in steps:
        if not step.applies(area_id, vintage):
            continue
        before = step.division.old_vintage
        series = {id: of(id, one.id, breakdown, before) for id in step.origins(area_id)}
        for period in sorted({period for listed in series.values() for period in listed} - set(found)):
            reads = {id: listed[period] for id, listed in series.items() if period in listed}
            pieces = {
                id.partition(":")[2]: tool.Older(read.value, read.status, _weight(of, id, one, period, before))
                for id, read in reads.items()
            }
            made = tool.carried(area_id.partition(":")[2], step.division, pieces, one.combine)
            if made is not None:
                read = _reading(period, made, list(reads.values()), before)
                found[period] = withholding.told(read, one.unit) if withholding.OWN in read.sources else read
    return found


def filled(own: Series, before: Series) -> Series:
    """A division's own readings, and those of older ones where it has none: sources give gaps for years before it."""
    gaps = {period for period, read in own.items() if read.value is None and read.status is ValueStatus.MISSING}
    return {
        **{period: read for period, read in own.items() if period not in gaps or period not in before},
        **{period: read for period, read in before.items() if period not in own or period in gaps},
    }


def whole(of: Of, steps: Sequence[Walk], parts: Sequence[str], one: Indicator, breakdown: str, vintage: str) -> Series:
    """The sums of areas that together are exactly some older ones, though none of them has a value by itself."""
    found: Series = {}
    if one.combine is not Combining.SUM:
        return found
    for step in steps:
        if not all(step.applies(id, vintage) for id in parts):
            continue
        codes = tool.together([id.partition(":")[2] for id in parts], step.division)
        if codes is None:
            continue
        before = step.division.old_vintage
        series = [of(f"{step.country}:{code}", one.id, breakdown, before) for code in codes]
        for period in set.intersection(*map(set, series)):
            reads = [listed[period] for listed in series]
            values = [read.value for read in reads]
            if all(value is not None for value in values):
                made = joined(period, sum(value for value in values if value is not None), reads)
                found[period] = replace(made, vintage=min(read.vintage or before for read in reads))
    return found


def told(series: Series, division: str, is_joined: bool) -> list[Said]:
    """What to know of values of older divisions in a series: until when, of which, and what did not go over.

    `division` is that of the area, and `is_joined` whether somebody brought what became of the areas before.
    """
    vintages = sorted({read.vintage for read in series.values() if read.vintage})
    newest = max([*vintages, division]) if vintages else ""
    found = []
    for vintage in vintages:
        if vintage == newest:
            continue
        reads = [read for read in series.values() if read.vintage == vintage]
        if any(read.value is not None for read in reads) and not is_joined:
            found.append(
                Said(
                    "The areas of {vintage} that this was published for may have other borders than those of {newest}.",
                    vintage=vintage, newest=newest,
                )
            )  # fmt: skip
        elif any(read.value is not None for read in reads):
            found.append(
                Said(
                    "Values until {period} were published for the areas of {vintage} and go over to those of {newest}.",
                    period=max(read.period for read in reads), vintage=vintage, newest=newest,
                )
            )  # fmt: skip
        reasons = dict.fromkeys(text for read in reads if read.value is None for text in read.warnings)
        found += [Said("Of the areas of {vintage}: {why}", vintage=vintage, why=why) for why in reasons]
    return found


def _reading(period: str, made: tool.Carried, parts: Sequence[Reading], before: str) -> Reading:
    told = made.value is None and made.status is ValueStatus.NOT_APPLICABLE
    return replace(
        joined(period, made.value, parts),
        status=made.status,
        vintage=min((read.vintage for read in parts if read.vintage), default=before),
        warnings=(*dict.fromkeys(text for read in parts for text in read.warnings), *((made.how,) if told else ())),
    )


def _weight(of: Of, area_id: str, one: Indicator, period: str, vintage: str) -> float | None:
    if one.combine is not Combining.WEIGHTED or not one.weight:
        return None
    return at(of(area_id, one.weight, "", vintage), period)
