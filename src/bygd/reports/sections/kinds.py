"""Whose, how large, for what: money by ownership, size, category and industry, and how concentrated it is."""

from functools import partial

from bygd.reports.charts import kinds, shares
from bygd.reports.charts.theme import NARROW
from bygd.reports.grid import Grid, Head, Kind, Of
from bygd.reports.industries import industry
from bygd.reports.section import Picture, Section
from bygd.reports.sections.rings import money_and_share, suppliers
from bygd.reports.subject import Part, Subject
from bygd.vocabulary.words import OwnershipKind, Ring, SizeBand

CATEGORIES = 12
"""Categories and industries shown; the spreadsheet holds all of them."""


def ownership(subject: Subject) -> Section:
    """Whose the suppliers are."""
    _ = subject.translate
    parts = subject.parts("ownership")
    named = [(_.word(OwnershipKind(part.key[0])), part) for part in parts]
    rows = _share_rows(subject, named, _.word(OwnershipKind.UNKNOWN))
    return Section(
        "ownership",
        _("Whose are the suppliers?"),
        intro=[_("The kind follows from the legal form in the register, and from evidence that people added.")],
        pictures=[Picture("ownership", kinds.ownership(rows, _), kinds.ownership(rows, _, width=NARROW))]
        if rows
        else [],
        grids=[
            _grid(subject, _("Purchases by kind of ownership"), _("Kind of ownership"), named, _of("ownership", parts))
        ],
        figures=sorted(
            (figure for figure in subject.named("spend.ownership_share.") if figure.value),
            key=lambda figure: -(figure.value or 0),
        ),
    )


def size(subject: Subject) -> Section:
    """How large the suppliers are."""
    _ = subject.translate
    order = [str(band) for band in SizeBand]
    parts = sorted(subject.parts("size_band"), key=lambda part: order.index(part.key[0]))
    named = [(_.word(SizeBand(part.key[0])), part) for part in parts]
    rows = _share_rows(subject, named, _.word(SizeBand.UNKNOWN))
    return Section(
        "size",
        _("How large are the suppliers?"),
        pictures=[Picture("size", kinds.size(rows, _), kinds.size(rows, _, width=NARROW))] if rows else [],
        grids=[_grid(subject, _("Purchases by size of supplier"), _("Employees"), named, _of("size", parts))],
    )


def leakage(subject: Subject) -> Section:
    """Which purchases and industries take most money out of the place."""
    _ = subject.translate
    area, kept = subject.local_area(), leaves(subject)
    out = [str(ring) for ring in Ring if ring not in (*subject.inside(), Ring.UNKNOWN)]
    by_category, by_industry = (outside(subject, column, CATEGORIES) for column in ("category", "industry"))
    categories = [(part.key[0] or _("No category in the ledger"), part) for part in by_category]
    industries = [(industry(part.key[0], _) if part.key[0] else _("Industry not known"), part) for part in by_industry]
    rows = [
        {"name": name, "value": part.amount, "is_doubt": not part.key[0]}
        for name, part in categories[:CATEGORIES]
        if part.amount is not None
    ]
    draw = partial(kinds.leakage, rows, _, area=area, currency=subject.currency)
    return Section(
        "leakage",
        _("Which purchases take most money out of {area}?", area=area),
        intro=[
            _("Only money whose supplier could be placed outside is counted; doubtful money is not.")
            if kept
            else _("What leaves may not be published.")
        ],
        pictures=[Picture("leakage", draw(), draw(width=NARROW))] if rows else [],
        grids=[
            _grid(
                subject,
                _("Purchases outside, by category in the ledgers"),
                _("Category"),
                categories[:CATEGORIES],
                _of("category", by_category, out),
            ),
            _grid(
                subject,
                _("Purchases outside, by the suppliers' industry"),
                _("Industry"),
                industries[:CATEGORIES],
                _of("industry", by_industry, out),
            ),
        ]
        if kept
        else [],
        figures=[
            figure
            for figure in subject.figures
            if figure.id == f"spend.leakage.{subject.local_by}.{subject.within}" and figure.anchor is None
        ],
    )


def leaves(subject: Subject) -> bool:
    """Whether it may be published what leaves."""
    return f"spend.leakage.{subject.local_by}.{subject.within}" not in subject.withheld


def outside(subject: Subject, column: str, most: int | None = None) -> list[Part]:
    """Purchases that could be placed outside by one column, largest first; none where that may not be published.

    `most` as for `Subject.parts`.
    """
    inside = ", ".join(f"'{ring}'" for ring in (*subject.inside(), Ring.UNKNOWN))
    where = f"is_procurement AND {subject.local_by}_ring NOT IN ({inside})"
    found = subject.parts(column, where=where, most=most) if leaves(subject) else []
    return [part for part in found if part.amount is None or part.amount > 0]


def concentration(subject: Subject) -> Section:
    """How much goes to the few largest suppliers."""
    _ = subject.translate
    names = {
        "top_10": _("The 10 largest"),
        "top_50": _("The 50 largest"),
        "top_300": _("The 300 largest"),
    }
    found = [(name, subject.figure(f"spend.concentration.{key}")) for key, name in names.items()]
    told = [(name, figure.value) for name, figure in found if figure and figure.value is not None]
    rows = [{"name": name, "value": value} for name, value in told]
    index = subject.figure("spend.concentration.hhi")
    intro = []
    if index is not None and index.value is not None:
        intro.append(
            _(
                "The Herfindahl–Hirschman index is {value}. It is near nought when money is spread over very many "
                "suppliers, and 10,000 when it all goes to a single one.",
                value=_.number(index.value),
            )
        )
    grid = Grid(
        _("Share of purchases that goes to the largest suppliers"),
        (Head(_("Suppliers"), is_row_head=True), Head(_("Share"), Kind.SHARE)),
        told,
    )
    return Section(
        "concentration",
        _("How concentrated are the purchases?"),
        intro,
        [Picture("concentration", shares.coverage(rows, _), shares.coverage(rows, _, width=NARROW))] if rows else [],
        [grid] if rows else [],
        figures=subject.named("spend.concentration."),
    )


def _share_rows(subject: Subject, named: list[tuple[str, Part]], unknown: str) -> list[dict[str, object]]:
    """Rows of a bar chart; none where a part is withheld, for a picture with holes misleads."""
    if any(part.is_withheld for _name, part in named) or not subject.purchases:
        return []
    return [
        {"name": name, "value": round(float((part.amount or 0) / subject.purchases), 6), "is_doubt": name == unknown}
        for name, part in named
    ]


def _of(name: str, parts: list[Part], rings: list[str] | None = None) -> list[Of | None]:
    """Which payments each part is of; what the ledgers or registers leave empty cannot be asked for."""
    return [{name: part.key[0], **({"ring": rings} if rings else {})} if part.key[0] else None for part in parts]


def _grid(subject: Subject, caption: str, heading: str, named: list[tuple[str, Part]], of: list[Of | None]) -> Grid:
    _ = subject.translate
    return Grid(
        caption,
        (
            Head(heading, is_row_head=True),
            Head(_("Purchases"), Kind.MONEY, of={}),
            Head(_("Share of all purchases"), Kind.SHARE),
            Head(_("Suppliers"), Kind.NUMBER),
        ),
        [(name, *money_and_share(part, subject.purchases), suppliers(part)) for name, part in named],
        of=of,
    )
