"""One indicator: over time and beside other places, as pictures and tables."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from bygd.reports.charts.beside import beside as beside_chart
from bygd.reports.charts.place import lorenz
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.charts.timeline import timeline
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.place import grids
from bygd.reports.place.differences import COUNTS
from bygd.reports.place.values import range_text, text_of, value_text, why_none
from bygd.reports.section import Picture
from bygd.reports.translate import DASH, Translator
from bygd.tools.place import Inequality
from bygd.vocabulary.place_words import Unit

if TYPE_CHECKING:
    Profile = Any
    Shown = Any

Names = Mapping[str, str]
Goal = Mapping[str, Any]


def over_time(
    one: "Shown", profile: "Profile", currency: str, translate: Translator, *, goal: Goal | None = None
) -> Picture:
    """The line of ours beside what it lies in and the median of its peers; counts stand alone, being of their size."""
    _, indicator = translate, one.indicator
    areas = [(profile.area.area_id, profile.area.name)]
    if indicator.unit not in COUNTS:
        areas += [(area.area_id, area.name) for area in profile.around]
    rows = [
        _point(period, name, read.value, indicator, currency, _)
        for id, name in areas
        for period, read in profile.readings.series(id, indicator.id).items()
    ]
    if indicator.unit not in COUNTS:
        rows += [
            _point(period, _("places like it, median"), value, indicator, currency, _)
            for period, value in _medians(profile, indicator.id).items()
        ]
    title = _("{indicator} through time", indicator=text_of(indicator.label, _))
    pictures = [
        timeline(rows, title, unit_of(indicator, currency, _), _, width=width, goal=goal) for width in (WIDE, NARROW)
    ]
    return Picture("time", *pictures)


def beside(
    one: "Shown", profile: "Profile", names: Names, bounds: Mapping[str, Any], currency: str, translate: Translator
) -> tuple[Picture | None, Grid]:
    """Ours beside what it lies in and each of its peers; a table alone where values grow with the place."""
    _, indicator = translate, one.indicator
    unit, digits = indicator.unit, indicator.digits
    rows, cells = [], []
    for id, name in areas_of(profile, names):
        read = profile.readings.latest(id, indicator.id)
        is_own = id == profile.area.area_id
        value = one.value if is_own else read.value if read else None
        low, high = (one.figure.low, one.figure.high) if is_own else bounds.get(id) or (None, None)
        status = one.status if is_own else read.status if read else None
        label = value_text(value, unit, digits, currency, _) if value is not None else _none(status, _)
        rows.append(
            {"name": name, "value": value, "low": low, "high": high, "label": label, "is_own": is_own,
             "period": read.period if read else "", "range": range_text(low, high, unit, digits, currency, _)}
        )  # fmt: skip
        cells.append(grids.cell(one if is_own else read))
    title = _("{indicator} in {place} and elsewhere", indicator=text_of(indicator.label, _), place=profile.area.name)
    heads = (
        Head(_("Place"), is_row_head=True), Head(_("Value"), Kind.NUMBER), Head(_("Lowest"), Kind.NUMBER),
        Head(_("Highest"), Kind.NUMBER), Head(_("Unit")), Head(_("Period")), Head(_("Said as")),
    )  # fmt: skip
    said = unit_of(indicator, currency, _)
    grid = Grid(
        title,
        heads,
        [
            (row["name"], cell, row["low"], row["high"], said, row["period"], row["label"])
            for row, cell in zip(rows, cells, strict=True)
        ],
    )
    if unit in COUNTS or sum(row["value"] is not None for row in rows) < 2:
        return None, grid
    pictures = [beside_chart(rows, title, said, _, width=width) for width in (WIDE, NARROW)]
    return Picture("beside", *pictures), grid


def series(one: "Shown", profile: "Profile", names: Names, translate: Translator) -> Grid:
    """The table behind the line: a period a row, a place a column."""
    caption = translate("{indicator} through time", indicator=text_of(one.indicator.label, translate))
    return grids.series(areas_of(profile, names), one.indicator, profile.readings, caption, translate)


def shared(
    measures: Inequality, points: Sequence[Mapping[str, Any]], place: str, translate: Translator
) -> tuple[Picture, Grid, list[tuple[str, str]]]:
    """How income is shared: the Lorenz curve, its points as a table, and measures with their method."""
    _ = translate
    curves = [lorenz(points, _, place=place, gini=measures.gini, width=width) for width in (WIDE // 2, NARROW)]
    heads = (Head(_("Share of people, poorest first"), Kind.SHARE), Head(_("Share of all income"), Kind.SHARE))
    caption = _("How is income shared in {place}?", place=place)
    grid = Grid(caption, heads, [(one["people"], one["income"]) for one in points])
    said = (
        (_("Gini"), measures.gini, 3), (_("Theil"), measures.theil_t, 3), (_("Palma"), measures.palma, 2),
        (_("Top fifth by lowest fifth"), measures.top_bottom_fifth, 2),
        (_("90th by 10th percentile"), measures.p90_p10, 2),
    )  # fmt: skip
    told = [(term, DASH if value is None else _.fixed(value, digits)) for term, value, digits in said]
    return Picture("lorenz", *curves), grid, [*told, (_("Method"), _(measures.method))]


def areas_of(profile: "Profile", names: Names) -> list[tuple[str, str]]:
    """Ids and names of ours, what it lies in, and its peers."""
    around = [(area.area_id, area.name) for area in profile.around]
    peers = [(peer.area_id, names.get(peer.area_id, peer.area_id)) for peer in profile.peers.peers]
    return [(profile.area.area_id, profile.area.name), *around, *peers]


def unit_of(indicator: Any, currency: str, translate: Translator) -> str:
    """The unit in words."""
    return translate.symbol(currency) if indicator.unit is Unit.CURRENCY else translate.word(indicator.unit)


def _medians(profile: "Profile", indicator: str) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for peer in profile.peers.peers:
        for period, read in profile.readings.series(peer.area_id, indicator).items():
            if read.value is not None:
                found.setdefault(period, []).append(read.value)
    return {period: median(values) for period, values in sorted(found.items()) if len(values) > 1}


def _point(
    period: str, name: str, value: float | None, indicator: Any, currency: str, translate: Translator
) -> dict[str, Any]:
    label = value_text(value, indicator.unit, indicator.digits, currency, translate)
    return {"period": period, "series": name, "value": value, "label": label}


def _none(status: Any, translate: Translator) -> str:
    return why_none(status, translate) if status is not None else translate("not known")
