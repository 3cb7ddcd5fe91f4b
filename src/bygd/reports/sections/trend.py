"""Does more stay than before? The share by year, and the same institutions compared with themselves."""

from decimal import Decimal
from typing import Any

from bygd.reports.charts.theme import NARROW
from bygd.reports.charts.trend import trend
from bygd.reports.disclosure import by_year
from bygd.reports.grid import Grid, Head, Kind, Withheld
from bygd.reports.section import Picture, Section
from bygd.reports.subject import Subject
from bygd.tools.spend.measures import share
from bygd.tools.spend.selection import Filter, tallies

YEARS = "SELECT DISTINCT year FROM spend WHERE is_procurement AND currency = ? ORDER BY year"

PANEL = """
    SELECT anchor FROM spend WHERE is_procurement AND currency = ?
    GROUP BY anchor HAVING COUNT(DISTINCT year) >= ? ORDER BY anchor
"""


def section(subject: Subject) -> Section | None:
    """The share by year; None where the ledgers hold a single year."""
    _ = subject.translate
    years = [row["year"] for row in subject.engine.rows(YEARS, subject.currency)]
    if len(years) < 2:
        return None
    area = subject.local_area()
    if subject.is_public:
        return _public(subject, area, years)
    anchors = [row["anchor"] for row in subject.engine.rows(PANEL, subject.currency, 1)]
    panel = [row["anchor"] for row in subject.engine.rows(PANEL, subject.currency, len(years))]
    rows = _by_year(subject, _("All institutions"), ())
    notes = []
    if panel and len(panel) < len(anchors):
        rows += _by_year(subject, _("The same institutions in every year"), tuple(panel))
        notes.append(
            _(
                "Institutions with purchases in every year: {anchors}. Only they can be compared from year to year; "
                "the share of all institutions also moves when one comes or goes.",
                anchors=", ".join(panel),
            )
        )
    elif panel:
        notes.append(_("The same institutions stand behind every year, so the years can be compared."))
    else:
        notes.append(_("No institution has purchases in every year, so the years cannot be compared."))
    grid = Grid(
        _("Share of purchases that stays in {area}, by year", area=area),
        (
            Head(_("Year"), is_row_head=True),
            Head(_("Who")),
            Head(_("Purchases"), Kind.MONEY, of={}),
            Head(_("Share"), Kind.SHARE, of={"ring": [str(ring) for ring in subject.inside()]}),
            Head(_("At least"), Kind.SHARE),
            Head(_("At most"), Kind.SHARE),
        ),
        [(str(row["year"]), row["series"], row["total"], row["value"], row["low"], row["high"]) for row in rows],
        of=[{"year": row["year"], **({"anchor": row["anchors"]} if row["anchors"] else {})} for row in rows],
    )
    drawn = [row for row in rows if row["value"] is not None]
    plain = [{name: row[name] for name in ("year", "series", "value", "low", "high")} for row in drawn]
    picture = Picture("trend", trend(plain, _, area=area), trend(plain, _, area=area, width=NARROW))
    return Section(
        "trend",
        _("Does more stay in {area} than before?", area=area),
        pictures=[picture] if drawn else [],
        grids=[grid],
        notes=notes,
        figures=subject.named(f"spend.change.local_share.{subject.local_by}.{subject.within}"),
    )


def _by_year(subject: Subject, series: str, anchors: tuple[str, ...]) -> list[dict[str, Any]]:
    """The share of each year, of those institutions (none: all)."""
    where = Filter(anchors=anchors, currency=subject.currency)
    inside = [str(ring) for ring in subject.inside()]
    found = []
    for (year,), tally in sorted(tallies(subject.engine, str(subject.local_by), ("year",), where).items()):
        told = share(tally, inside)
        found.append(
            {
                "year": year,
                "series": series,
                "anchors": anchors,
                "total": told.total,
                "value": told.value,
                "low": told.low,
                "high": told.high,
            }
        )
    return found


def _public(subject: Subject, area: str, years: list[int]) -> Section:
    """For everybody: money inside and outside by year, cells withheld where they must be."""
    _ = subject.translate
    parts = {part.key: part for part in by_year(subject, subject.local_by, subject.within)}

    def cell(year: int, column: str) -> Decimal | Withheld | None:
        part = parts.get((year, column))
        return Decimal(0) if part is None else Withheld.CELL if part.amount is None else part.amount

    grid = Grid(
        _("Purchases inside and outside {area}, by year", area=area),
        (
            Head(_("Year"), is_row_head=True),
            Head(_("Inside"), Kind.MONEY),
            Head(_("Outside"), Kind.MONEY),
            Head(_("Not known where"), Kind.MONEY),
        ),
        [(str(year), *(cell(year, column) for column in ("local", "out", "unknown"))) for year in years],
    )
    return Section("trend", _("Does more stay in {area} than before?", area=area), grids=[grid])
