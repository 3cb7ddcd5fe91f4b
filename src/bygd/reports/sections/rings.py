"""Where does the money go? The rings around the place, and the municipalities the money goes to."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bygd.reports.charts import areas, shares
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.grid import Grid, Head, Kind, Withheld
from bygd.reports.section import Picture, Section
from bygd.reports.subject import RINGS, Part, Subject
from bygd.reports.translate import Translator
from bygd.vocabulary.words import LocalBy, Ring

SHOWN = 20
"""Municipalities in the table of the page."""

MUNICIPALITIES = f"SELECT area_id FROM areas WHERE level = '{Ring.MUNICIPALITY}'"


def section(subject: Subject) -> Section:
    """Where the money goes, by ring and by each definition of local."""
    _ = subject.translate
    found = {by: {Ring(part.key[0]): part for part in subject.parts(f"{by}_ring")} for by in LocalBy}
    rings = [ring for ring in RINGS if any(ring in parts for parts in found.values())]
    whole = subject.purchases
    rows = [
        {"definition": _.word(by), "ring": ring, "name": subject.ring_name(ring), "share": float(part.amount / whole)}
        for by, parts in found.items()
        for ring, part in parts.items()
        if part.amount is not None and whole
    ]
    is_whole = not any(part.is_withheld for parts in found.values() for part in parts.values())
    picture = Picture("rings", shares.rings(rows, _), shares.rings(rows, _, width=NARROW))
    heads = [Head(_("Where"), is_row_head=True)]
    for by in LocalBy:
        heads += [Head(_.word(by), Kind.MONEY, of={"by": str(by)}), Head(_("Share"), Kind.SHARE)]
    grid = Grid(
        _("Purchases by ring around {area}, by three definitions of local", area=subject.area(subject.place.area_id)),
        tuple(heads),
        [
            (subject.ring_name(ring), *(cell for by in LocalBy for cell in money_and_share(found[by].get(ring), whole)))
            for ring in rings
        ],
        total=(_("All purchases"), *(cell for _by in LocalBy for cell in (whole, 1.0))) if is_whole else None,
        of=[{"ring": str(ring)} for ring in rings],
    )
    return Section(
        "rings",
        _("Where does the money go?"),
        intro=[
            _("Each ring holds what lies in it but not in the smaller rings; doubt is a ring of its own."),
            _(
                "The shares here are of all purchases, doubtful ones included. The share at the top of the report is "
                "of the purchases whose supplier could be placed, and therefore not the same."
            ),
        ],
        pictures=[picture] if is_whole and rows else [],
        grids=[grid],
        figures=subject.named(f"spend.leakage.{subject.local_by}."),
    )


def municipalities(subject: Subject, boundaries: Mapping[str, Any] | None) -> Section:
    """Municipalities the money goes to, by registered office, with a map where boundaries are given.

    `boundaries` maps area ids to shapes.
    """
    _ = subject.translate
    parts = [part for part in subject.parts("seat_ring", "seat_id", margins=[0]) if part.key[1]]
    whole = subject.purchases
    open_parts = [part for part in parts if part.amount is not None]
    rows = [
        {"area_id": part.key[1], "name": subject.area(part.key[1]), "share": float(part.amount / whole)}
        for part in open_parts
        if part.amount is not None and whole
    ]
    home = str(subject.place.area_id)
    drawn = {row["area_id"] for row in subject.engine.rows(MUNICIPALITIES)}  # small areas would lie over them
    pictures, intro = [], []
    is_all_near = False
    if not boundaries:
        intro.append(
            _("There is no map, because the project has no boundaries. Add a GeoJSON file of them to see one.")
        )
    elif not boundaries.keys() & drawn & {home, *(row["area_id"] for row in rows)}:
        intro.append(_("There is no map, because the boundaries given hold none of these municipalities."))
    else:
        boundaries = {area: shape for area, shape in boundaries.items() if area in drawn}
        if home in boundaries:
            around = areas.around(boundaries, home)
            title = _("How much goes to {area} and around?", area=subject.area(home))
            pictures.append(_map("near", rows, areas.simplified(around), title, _))
            is_all_near = len(around) == len(boundaries)
        if not is_all_near:
            title = _("Which municipalities does the money go to?")
            pictures.append(_map("far", rows, areas.simplified(boundaries), title, _))
    grid = Grid(
        _("Municipalities that most money goes to, by registered office"),
        (
            Head(_("Municipality"), is_row_head=True),
            Head(_("Purchases"), Kind.MONEY, of={"by": str(LocalBy.SEAT)}),
            Head(_("Share"), Kind.SHARE),
            Head(_("Suppliers"), Kind.NUMBER),
        ),
        [(subject.area(part.key[1]), *money_and_share(part, whole), part.suppliers) for part in open_parts[:SHOWN]],
        of=[{"ring": part.key[0], "area": part.key[1]} for part in open_parts[:SHOWN]],
    )
    hidden = len(parts) - len(open_parts)
    notes = (
        [_.ngettext("{number} municipality is withheld.", "{number} municipalities are withheld.", hidden)]
        if hidden
        else []
    )
    return Section("places", _("Which municipalities does the money go to?"), intro, pictures, [grid], notes)


def _map(name: str, rows: Sequence[Mapping[str, Any]], shapes: Mapping[str, Any], title: str, _: Translator) -> Picture:
    """One map in both widths."""
    drawn = (areas.shares(rows, shapes, _, title=title, width=width) for width in (WIDE, NARROW))
    return Picture(f"map-{name}", *drawn)


def money_and_share(part: Part | None, whole: Decimal) -> tuple[Decimal | float | Withheld | None, ...]:
    """A part's money and its share of the whole, withheld where it must be, nought where there is none."""
    if part is None:
        return (Decimal(0), 0.0)
    if part.amount is None:
        return (Withheld.CELL, Withheld.CELL)
    return (part.amount, float(part.amount / whole) if whole else None)


def suppliers(part: Part) -> int | Withheld | None:
    """How many suppliers a part has, withheld where its money is."""
    return Withheld.CELL if part.is_withheld else part.suppliers
