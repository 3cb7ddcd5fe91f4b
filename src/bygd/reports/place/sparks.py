"""Small multiples: one small line for each indicator, ours beside the country's, readable in black and white."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from bygd.reports.charts.theme import FONT, INK
from bygd.reports.drawing import framed
from bygd.tools.place import Point

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 220, 96, 6, 12, 18


@dataclass(frozen=True)
class Line:
    """One line: whose it is, its points, and its latest value as people write it."""

    name: str
    points: tuple[Point, ...]
    label: str
    is_own: bool


def spark(title: str, lines: Sequence[Line], name: str) -> Markup:
    """A small picture: our line solid, others dashed; years without a value are gaps and never nought."""
    values = [point.value for line in lines for point in line.points if point.value is not None]
    periods = sorted({point.period for line in lines for point in line.points if point.value is not None})
    if not values:
        return Markup("")
    low, high = min(values), max(values)
    spread = (high - low) or abs(high) or 1.0
    right = WIDTH - 74

    def at(point: Point) -> tuple[float, float]:
        x = LEFT + (right - LEFT) * (periods.index(point.period) / max(1, len(periods) - 1))
        y = TOP + (HEIGHT - TOP - BOTTOM) * (1 - ((point.value or 0.0) - low) / spread)
        return x, y

    drawn, ends = [], []
    for line in lines:
        path, is_open = [], False
        known = {point.period: point for point in line.points if point.value is not None}
        for period in periods:
            if period not in known:
                is_open = False
                continue
            x, y = at(known[period])
            path.append(f"{'L' if is_open else 'M'}{x:.1f} {y:.1f}")
            is_open = True
        if not known:
            continue
        last = at(known[max(known)])
        dash = "" if line.is_own else ' stroke-dasharray="4 3"'
        drawn.append(
            f'<path d="{"".join(path)}" fill="none" stroke="{INK}" stroke-width="{2.2 if line.is_own else 1.1}"{dash}/>'
            f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="{3 if line.is_own else 2}" fill="{INK}"/>'
        )
        ends.append((last[1], line))
    drawn += _labels(ends, right + 6)
    drawn.append(_text(LEFT, HEIGHT - 4, periods[0]) + _text(right, HEIGHT - 4, periods[-1], "end"))
    told = "; ".join(f"{line.name}: {line.label}" for line in lines)
    return framed("".join(drawn), name, f"0 0 {WIDTH} {HEIGHT}", title, told)


def _labels(ends: list[tuple[float, Line]], x: float) -> list[str]:
    """Values at the ends of lines, moved apart where they would lie on each other."""
    placed: list[str] = []
    lowest = -20.0
    for y, line in sorted(ends, key=lambda one: one[0]):
        lowest = max(y + 4, lowest + 12)
        placed.append(_text(x, lowest, line.label, bold=line.is_own))
    return placed


def _text(x: float, y: float, words: str, anchor: str = "start", *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="11" text-anchor="{anchor}" font-family="{escape(FONT)}"{weight} '
        f'fill="{INK}">{escape(words)}</text>'
    )
