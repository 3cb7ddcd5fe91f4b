"""Tables of a place's statistics as typed cells, for files: numbers as numbers, the unit in a column of its own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bygd.reports.grid import Grid, Head, Kind, Withheld
from bygd.reports.place.values import text_of
from bygd.reports.translate import Translator
from bygd.vocabulary.place_words import ValueStatus

if TYPE_CHECKING:
    Profile = Any
    Shown = Any


def theme(shown: Sequence["Shown"], profile: "Profile", caption: str, translate: Translator) -> Grid:
    """One row an indicator: value, range, period, what it stands beside, rank, and where it is from."""
    _ = translate
    beside = {one.area.area_id: one.area.name or _("places like it, median") for found in shown for one in found.beside}
    heads = (
        Head(_("Indicator"), is_row_head=True), Head(_("Id")), Head(profile.area.name, Kind.NUMBER),
        Head(_("Lowest"), Kind.NUMBER), Head(_("Highest"), Kind.NUMBER), Head(_("Unit")), Head(_("Period")),
        Head(_("Status")), *(Head(name, Kind.NUMBER) for name in beside.values()),
        Head(_("Rank")), Head(_("Source")), Head(_("Table")), Head(_("Fetched or read on")), Head(_("Beware")),
    )  # fmt: skip
    rows = []
    for one in shown:
        other = {found.area.area_id: found.value for found in one.beside}
        rank = _("{best} to {worst} of {among}", best=one.rank.best, worst=one.rank.worst, among=one.rank.among) \
            if one.rank else ""  # fmt: skip
        rows.append(
            (
                text_of(one.indicator.label, _), one.indicator.id, cell(one), one.figure.low, one.figure.high,
                _.word(one.indicator.unit), one.figure.period, _.word(one.status),
                *(other.get(id) for id in beside), rank, "; ".join(one.figure.sources), "; ".join(one.tables),
                one.fetched_on, " ".join(_.said(warning) for warning in one.warnings),
            )
        )  # fmt: skip
    return Grid(caption, heads, rows)


def series(
    areas: Sequence[tuple[str, str]], indicator: Any, readings: Any, caption: str, translate: Translator
) -> Grid:
    """One row a period, one column an area (id and name); an empty cell where there is no value."""
    found = {id: readings.series(id, indicator.id) for id, _name in areas}
    periods = sorted({period for one in found.values() for period in one})
    heads = (Head(translate("Period"), is_row_head=True), *(Head(name, Kind.NUMBER) for _id, name in areas))
    rows = [(period, *(cell(found[id].get(period)) for id, _name in areas)) for period in periods]
    return Grid(caption, heads, rows)


def cell(read: Any) -> float | Withheld | None:
    """A value, the mark of a withheld one, or nothing."""
    if read is not None and read.value is None and read.status in (ValueStatus.SUPPRESSED, ValueStatus.WITHHELD):
        return Withheld.CELL
    return read.value if read is not None else None


def ages(rows: Sequence[dict[str, Any]], own: str, other: str, caption: str, translate: Translator) -> Grid:
    """The population pyramid as a table: numbers of ours, shares of both places."""
    _ = translate
    heads = (
        Head(_("Age"), is_row_head=True),
        Head(_("Women"), Kind.NUMBER), Head(_("Men"), Kind.NUMBER),
        Head(_("Women, share in {place}", place=own), Kind.SHARE),
        Head(_("Men, share in {place}", place=own), Kind.SHARE),
        Head(_("Women, share in {place}", place=other), Kind.SHARE),
        Head(_("Men, share in {place}", place=other), Kind.SHARE),
    )  # fmt: skip
    return Grid(
        caption,
        heads,
        [
            (row["age"], row["number_women"], row["number_men"], row["women"], row["men"], row.get("other_women"),
             row.get("other_men"))
            for row in rows
        ],
    )  # fmt: skip
