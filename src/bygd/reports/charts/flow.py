"""The money flow, drawn as bands from who pays to where and to whom (a Sankey diagram).

Vega-Lite has no such mark, so this chart gives SVG marks itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import escape

from bygd.reports.charts.theme import FONT, INK

BAR = 14
PITCH = 20
TOP = 34


@dataclass
class Node:
    """One bar of a column, and how far its two sides are taken by bands."""

    name: str
    amount: float
    fill: str
    label: str
    y: float = 0.0
    height: float = 0.0
    taken: dict[str, float] = field(default_factory=lambda: {"in": 0.0, "out": 0.0})


@dataclass(frozen=True)
class Band:
    """Money from a bar to a bar of the next column."""

    start: str
    end: str
    amount: float


def flow(
    columns: Sequence[tuple[str, Sequence[Node]]], bands: Sequence[Sequence[Band]], *, width: int, height: int = 380
) -> tuple[str, str]:
    """Marks and view box. `columns` are headings with their bars in order; `bands[i]` join column i to i + 1."""
    scale = _scale(columns, height)
    for _, nodes in columns:
        _place(nodes, scale)
    bottom = max((node.y + node.height for _, nodes in columns for node in nodes), default=TOP) + 12
    step = (width - BAR) / max(len(columns) - 1, 1)
    marks = [f'<g font-family="{escape(FONT)}" font-size="12" fill="{INK}">']
    for number, between in enumerate(bands):
        left = {node.name: node for node in columns[number][1]}
        right = {node.name: node for node in columns[number + 1][1]}
        order = {name: place for place, name in enumerate([*left, *right])}
        for band in sorted(between, key=lambda band: (order[band.start], order[band.end])):
            marks.append(
                _band(left[band.start], right[band.end], band.amount * scale, number * step + BAR, (number + 1) * step)
            )
    for number, (heading, nodes) in enumerate(columns):
        marks.extend(
            _column(heading, nodes, number * step, "end" if number and number == len(columns) - 1 else "start")
        )
    marks.append("</g>")
    return "".join(marks), f"0 0 {width} {round(bottom)}"


def _scale(columns: Sequence[tuple[str, Sequence[Node]]], height: int) -> float:
    """Pixels per unit of money, so that the fullest column fits."""
    scales = [
        max(height - PITCH * len(nodes), 80) / total
        for _, nodes in columns
        if (total := sum(node.amount for node in nodes)) > 0
    ]
    return min(scales, default=1.0)


def _place(nodes: Sequence[Node], scale: float) -> None:
    """Bars below each other, far enough apart for their labels."""
    y, before = float(TOP), None
    for node in nodes:
        node.height = max(node.amount * scale, 1.0)
        if before is not None:
            y += max(6.0, PITCH * 1.6 - (before + node.height) / 2)
        node.y = y
        y += node.height
        before = node.height


def _band(start: Node, end: Node, thickness: float, x0: float, x1: float) -> str:
    """One band as a filled path; thickness is kept along the way."""
    y0, y1 = start.y + start.taken["out"], end.y + end.taken["in"]
    start.taken["out"] += thickness
    end.taken["in"] += thickness
    middle = (x0 + x1) / 2
    return (
        f'<path d="M{x0:.1f},{y0:.1f}C{middle:.1f},{y0:.1f} {middle:.1f},{y1:.1f} {x1:.1f},{y1:.1f}'
        f"L{x1:.1f},{y1 + thickness:.1f}C{middle:.1f},{y1 + thickness:.1f} {middle:.1f},{y0 + thickness:.1f} "
        f'{x0:.1f},{y0 + thickness:.1f}Z" fill="#9fb9d0" fill-opacity="0.5" stroke="#5f7f9c" stroke-width="0.4"/>'
    )


def _column(heading: str, nodes: Sequence[Node], x: float, anchor: str) -> list[str]:
    """A column's heading, bars and labels; labels stand towards the middle of the picture."""
    at = x + BAR if anchor == "end" else x
    marks = [f'<text x="{at:.1f}" y="14" font-weight="bold" text-anchor="{anchor}">{escape(heading)}</text>']
    for node in nodes:
        side = x - 6 if anchor == "end" else x + BAR + 6
        middle = node.y + node.height / 2
        marks.append(
            f'<rect x="{x:.1f}" y="{node.y:.1f}" width="{BAR}" height="{node.height:.1f}" fill="{node.fill}" '
            'stroke="#222222" stroke-width="0.6"/>'
        )
        for halo in (' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" aria-hidden="true"', ""):
            marks.append(
                f'<text x="{side:.1f}" y="{middle - 2:.1f}" text-anchor="{anchor}"{halo}>{escape(node.name)}'
                f'<tspan x="{side:.1f}" dy="13" font-weight="bold">{escape(node.label)}</tspan></text>'
            )
    return marks


def bands(rows: Sequence[Mapping[str, object]], start: str, end: str) -> list[Band]:
    """Rows summed into bands between two of their columns."""
    sums: dict[tuple[str, str], float] = {}
    for row in rows:
        key = (str(row[start]), str(row[end]))
        sums[key] = sums.get(key, 0.0) + float(row["amount"])  # type: ignore[arg-type]
    return [Band(*key, amount) for key, amount in sums.items() if amount > 0]
