"""Who pays, where does it go, and whose are those who get it? The money flow."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.flow import Node, bands, flow
from bygd.reports.charts.theme import HATCHED, MAIN, NARROW, RING_COLOURS, WIDE
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.section import Picture, Section
from bygd.reports.sections.rings import money_and_share
from bygd.reports.subject import RINGS, Part, Subject
from bygd.vocabulary.words import OwnershipKind, Ring

ANCHORS = 8
"""Institutions drawn by name; the smaller ones are drawn together."""

KINDS = 7
LABEL = {WIDE: 32, NARROW: 17}


def section(subject: Subject) -> Section:
    """Money from the institutions to the rings and on to kinds of ownership."""
    _ = subject.translate
    ring = f"{subject.local_by}_ring"
    paid = subject.parts("anchor", ring)
    owned = subject.parts(ring, "ownership") if not subject.is_public else []
    anchors = list(dict.fromkeys(part.key[0] for part in paid))
    rings = [found for found in RINGS if any(part.key[1] == found for part in paid)]
    cells = {part.key: part for part in paid}
    grid = Grid(
        _("Purchases by institution and ring"),
        (
            Head(_("Institution"), is_row_head=True),
            *(Head(subject.ring_name(ring), Kind.MONEY, of={"ring": str(ring)}) for ring in rings),
        ),
        [
            (anchor, *(money_and_share(cells.get((anchor, str(ring))), subject.purchases)[0] for ring in rings))
            for anchor in sorted(anchors)
        ],
        of=[{"anchor": anchor} for anchor in sorted(anchors)],
    )
    is_whole = not any(part.is_withheld for part in paid)
    intro = [_("Bands are as thick as the money they stand for.")]
    if any(_money(part) < 0 for part in paid):
        intro.append(_("Credits that exceed purchases cannot be drawn and stand in the table only."))
    if not is_whole:
        intro = [_("The picture is left out, because some of its parts may not be published.")]
    return Section(
        "flow",
        _("How does the money flow?"),
        intro,
        [Picture("flow", _picture(subject, paid, owned, WIDE), _picture(subject, paid, [], NARROW))]
        if is_whole and paid
        else [],
        [grid],
    )


def _picture(subject: Subject, paid: Sequence[Part], owned: Sequence[Part], width: int) -> dict[str, Any]:
    """Marks, view box, title and description of the flow in that width."""
    _ = subject.translate
    short = _shortener(width)
    largest = sorted(
        {part.key[0] for part in paid}, key=lambda anchor: -sum(_money(p) for p in paid if p.key[0] == anchor)
    )
    drawn = set(largest[:ANCHORS] if len(largest) > ANCHORS + 1 else largest)
    first = [
        {
            "anchor": short(part.key[0] if part.key[0] in drawn else _("Other institutions")),
            "ring": short(subject.ring_name(Ring(part.key[1]))),
            "amount": _money(part),
        }
        for part in paid
        if _money(part) > 0
    ]
    ring_fill = {short(subject.ring_name(ring)): RING_COLOURS[ring] for ring in RINGS}
    kinds = _kinds(owned)
    second = [
        {
            "ring": short(subject.ring_name(Ring(part.key[0]))),
            "kind": short(_.word(part.key[1]) if part.key[1] in kinds else _("Other kinds")),
            "amount": _money(part),
        }
        for part in ((Part((part.key[0], OwnershipKind(part.key[1])), part.amount, None)) for part in owned)
        if _money(part) > 0
    ]
    columns = [
        (_("Who pays"), _nodes(subject, first, "anchor", {})),
        (_("Where it goes"), _nodes(subject, first, "ring", ring_fill, list(ring_fill))),
    ]
    between = [bands(first, "anchor", "ring")]
    if second:
        unknown = {short(_.word(OwnershipKind.UNKNOWN)): HATCHED}
        columns.append((_("Whose they are"), _nodes(subject, second, "kind", unknown)))
        between.append(bands(second, "ring", "kind"))
    marks, view = flow(columns, between, width=width)
    described = "; ".join(f"{node.name}: {node.label}" for _heading, nodes in columns for node in nodes)
    return {"marks": marks, "view": view, "title": _("How does the money flow?"), "description": described}


def _kinds(owned: Sequence[Part]) -> set[str]:
    """The kinds of ownership with most money; the rest are drawn together."""
    sums: dict[str, float] = {}
    for part in owned:
        sums[part.key[1]] = sums.get(part.key[1], 0.0) + max(_money(part), 0.0)
    return set(sorted(sums, key=lambda kind: -sums[kind])[:KINDS])


def _nodes(
    subject: Subject,
    rows: Sequence[Mapping[str, Any]],
    column: str,
    fills: Mapping[str, str],
    order: Sequence[str] = (),
) -> list[Node]:
    """Bars of one column: in the given order, else the largest first."""
    sums: dict[str, float] = {}
    for row in rows:
        sums[row[column]] = sums.get(row[column], 0.0) + float(row["amount"])
    names = [name for name in order if name in sums] or sorted(sums, key=lambda name: -sums[name])
    return [Node(name, sums[name], fills.get(name, MAIN), subject.money(sums[name])) for name in names]


def _money(part: Part) -> float:
    return float(part.amount or 0)


def _shortener(width: int) -> Any:
    longest = LABEL[width]
    return lambda name: name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
