"""Does more stay than before? The share by year, and the same institutions compared with themselves."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bygd.reports.charts.theme import NARROW
from bygd.reports.charts.trend import trend
from bygd.reports.disclosure import by_year
from bygd.reports.grid import Grid, Head, Kind, Withheld
from bygd.reports.section import Picture, Section
from bygd.reports.subject import Subject
from bygd.tools.spend.measures import NOUGHT, Share, share, share_of
from bygd.tools.spend.selection import Filter, tallies
from bygd.vocabulary.years import JANUARY, begins

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
    anchors = [row["anchor"] for row in subject.engine.rows(PANEL, subject.currency, 1)]
    panel = [row["anchor"] for row in subject.engine.rows(PANEL, subject.currency, len(years))]
    notes = [_compared(subject, anchors, panel), *_financial(subject, years[-1])]
    if subject.is_public:
        return _public(subject, area, years, notes, is_whole=panel == anchors)
    rows = _by_year(subject, _("All institutions"), ())
    if panel and len(panel) < len(anchors):
        rows += _by_year(subject, _("The same institutions in every year"), tuple(panel))
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
        [
            (subject.year(row["year"]), row["series"], row["total"], row["value"], row["low"], row["high"])
            for row in rows
        ],
        of=[{"year": row["year"], **({"anchor": row["anchors"]} if row["anchors"] else {})} for row in rows],
    )
    return Section(
        "trend",
        _("Does more stay in {area} than before?", area=area),
        intro=_said(subject, rows) if panel == anchors else [],
        pictures=_drawn(subject, area, rows),
        grids=[grid],
        notes=notes,
        figures=subject.named(f"spend.change.local_share.{subject.local_by}.{subject.within}"),
    )


def _compared(subject: Subject, anchors: Sequence[str], panel: Sequence[str]) -> str:
    """Whether the years can be compared: those institutions bought, of which those in the panel did in every year."""
    _ = subject.translate
    if not panel:
        return _("No institution has purchases in every year, so the years cannot be compared.")
    if panel == anchors:
        return _("The same institutions stand behind every year, so the years can be compared.")
    return _(
        "Institutions with purchases in every year: {anchors}. Only they can be compared from year to year; "
        "the share of all institutions also moves when one comes or goes.",
        anchors=", ".join(panel),
    )


def _financial(subject: Subject, year: int) -> list[str]:
    """From when to when a year is, where it does not begin in January."""
    starts = begins(subject.manifest)
    if starts == JANUARY:
        return []
    _, first = subject.translate, date(year, starts, 1)
    last = date(year + 1, starts, 1) - timedelta(days=1)
    return [
        _("Years are financial years, for every institution alike: {year} is from {first} to {last}.",
          year=subject.year(year), first=_.day(first), last=_.day(last))
    ]  # fmt: skip


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


def _said(subject: Subject, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """How the share of the first series moved from its first year to its last that can be told; nothing of one year."""
    told = [row for row in rows if row["value"] is not None and row["series"] == rows[0]["series"]]
    if len(told) < 2:
        return []
    _, first, last = subject.translate, told[0], told[-1]
    return [
        _(
            "{first} stayed in {first_year}, {last} in {last_year}.",
            first=_.percent(first["value"]),
            first_year=subject.year(first["year"]),
            last=_.percent(last["value"]),
            last_year=subject.year(last["year"]),
        )
    ]


def _drawn(subject: Subject, area: str, rows: Sequence[Mapping[str, Any]]) -> list[Picture]:
    """The picture of the years whose share can be told, if there are any."""
    _ = subject.translate
    told = [row for row in rows if row["value"] is not None]
    names = ("series", "value", "low", "high")
    plain = [{"year": subject.year(row["year"]), **{name: row[name] for name in names}} for row in told]
    drawn = [Picture("trend", trend(plain, _, area=area), trend(plain, _, area=area, width=NARROW))]
    return drawn if told else []


def _public(subject: Subject, area: str, years: Sequence[int], notes: list[str], *, is_whole: bool) -> Section:
    """For everybody: money inside and outside by year, cells withheld where they must be, and shares that follow."""
    _ = subject.translate
    parts = {part.key: part for part in by_year(subject, subject.local_by, subject.within)}

    def cell(year: int, column: str) -> Decimal | Withheld:
        part = parts.get((year, column))
        return NOUGHT if part is None else Withheld.CELL if part.amount is None else part.amount

    cells = {year: [cell(year, column) for column in ("local", "out", "unknown")] for year in years}
    rows = [
        {"year": year, "series": _("All institutions"), "value": told.value, "low": told.low, "high": told.high}
        for year, listed in cells.items()
        if (told := _follows(listed))
    ]
    shares = {row["year"]: tuple(row[name] for name in ("value", "low", "high")) for row in rows}
    grid = Grid(
        _("Purchases inside and outside {area}, by year", area=area),
        (
            Head(_("Year"), is_row_head=True),
            Head(_("Share"), Kind.SHARE),
            Head(_("At least"), Kind.SHARE),
            Head(_("At most"), Kind.SHARE),
            Head(_("Inside"), Kind.MONEY),
            Head(_("Outside"), Kind.MONEY),
            Head(_("Not known where"), Kind.MONEY),
        ),
        [(subject.year(year), *shares.get(year, [Withheld.CELL] * 3), *listed) for year, listed in cells.items()],
    )
    return Section(
        "trend",
        _("Does more stay in {area} than before?", area=area),
        intro=_said(subject, rows) if is_whole else [],
        pictures=_drawn(subject, area, rows),
        grids=[grid],
        notes=notes,
    )


def _follows(cells: Sequence[Decimal | Withheld]) -> Share | None:
    """The share that inside, outside and unknown money tell anybody who reads them; None where one is withheld."""
    known = [amount for amount in cells if isinstance(amount, Decimal)]
    if len(known) < len(cells):
        return None
    inside, _outside, doubt = known
    down, up = min(doubt, NOUGHT), max(doubt, NOUGHT)
    return share_of(total=sum(known, NOUGHT), inside=inside, doubt=doubt, down=down, up=up)
