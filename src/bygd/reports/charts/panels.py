"""Small multiples: one little line for each indicator, ours and what it lies in, drawn without a renderer."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

from bygd.reports.charts.theme import FONT, INK, MAIN, MIDDLE

TALL, GAP, HEAD, LETTER = 118, 18, 34, 6.6
OTHER = "#6b6b6b"
Points = Sequence[tuple[str, float | None]]


def panels(rows: Sequence[Mapping[str, Any]], title: str, description: str, *, width: int) -> dict[str, Any]:
    """Marks of a panel for each row: `name`, `value` (as people read it), `points` and `beside` (period, value).

    Each panel has its own scale, from its smallest to its largest value; a period without a value is a gap. Rows
    with a text `none` say it in place of a line.
    """
    columns = 1 if width < MIDDLE else 3
    wide = (width - GAP * (columns - 1)) / columns
    marks = [f'<g font-family="{escape(FONT)}" font-size="12" fill="{INK}">']
    for number, row in enumerate(rows):
        down, across = divmod(number, columns)
        marks.append(f'<g transform="translate({across * (wide + GAP):.1f},{down * (TALL + GAP)})">')
        marks += _panel(row, wide)
        marks.append("</g>")
    marks.append("</g>")
    height = -(-len(rows) // columns) * (TALL + GAP)
    return {
        "marks": "".join(marks), "view": f"0 0 {width} {height}", "title": title,
        "description": description,
    }  # fmt: skip


def _panel(row: Mapping[str, Any], wide: float) -> list[str]:
    lines = textwrap.wrap(row["name"], int(wide / LETTER))
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), int(wide / LETTER), placeholder="…")]
    found = [
        f'<text x="0" y="{12 + 14 * place}" font-weight="bold">{escape(line)}</text>'
        for place, line in enumerate(lines)
    ]
    if row.get("none"):
        return [*found, f'<text x="0" y="{HEAD + 26}" font-style="italic">{escape(row["none"])}</text>']
    own, beside = row["points"], row["beside"]
    periods = sorted({when for when, _ in (*own, *beside)})
    values = [value for _, value in (*own, *beside) if value is not None]
    if not values:
        return found
    low, high = min(values), max(values)
    plot = wide - max(len(row["value"]) * 7.2, 40) - 10
    floor, roof = TALL - 18, HEAD + 8

    def x(when: str) -> float:
        return plot * periods.index(when) / max(len(periods) - 1, 1)

    def y(value: float) -> float:
        return (floor + roof) / 2 if high == low else floor - (floor - roof) * (value - low) / (high - low)

    found.append(f'<line x1="0" x2="{plot:.1f}" y1="{floor + 4}" y2="{floor + 4}" stroke="#bbbbbb"/>')
    found += _line([(x(when), None if value is None else y(value)) for when, value in beside],
                   f'stroke="{OTHER}" stroke-width="1.5" stroke-dasharray="4 3"')  # fmt: skip
    found += _line([(x(when), None if value is None else y(value)) for when, value in own],
                   f'stroke="{MAIN}" stroke-width="2.5"')  # fmt: skip
    last = next(((when, value) for when, value in reversed(own) if value is not None), None)
    if last:
        at = y(last[1])
        found.append(f'<circle cx="{x(last[0]):.1f}" cy="{at:.1f}" r="3.5" fill="{MAIN}"/>')
        found.append(f'<text x="{plot + 8:.1f}" y="{at + 4:.1f}" font-weight="bold">{escape(row["value"])}</text>')
    found.append(f'<text x="0" y="{TALL}" font-size="11">{escape(periods[0])}</text>')
    if len(periods) > 1:
        found.append(f'<text x="{plot:.1f}" y="{TALL}" font-size="11" text-anchor="end">{escape(periods[-1])}</text>')
    return found


def _line(points: Sequence[tuple[float, float | None]], look: str) -> list[str]:
    """A line that is broken where there is no value; a lone value is a short stroke."""
    parts: list[list[str]] = [[]]
    for x, y in points:
        if y is None:
            parts.append([])
        else:
            parts[-1].append(f"{x:.1f},{y:.1f}")
    return [
        f'<polyline points="{" ".join(part if len(part) > 1 else [part[0], part[0]])}" fill="none" {look}/>'
        for part in parts
        if part
    ]
