"""The map of an indicator: areas shaded by class, what is missing hatched, what is withheld dotted, and the key."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

from bygd.reports.charts.flat import frame
from bygd.reports.charts.theme import DOTTED, FONT, HATCHED, INK, MIDDLE, WIDE

SHADES = ("#f3f7fb", "#c3d9ec", "#7fb2d8", "#2f75b0", "#0b3c6f")
"""From light to dark, far enough apart to be told apart in grey."""
TALLEST = 520
NAMED = 12
"""So many areas bear their names, more bear the numbers of the table."""
NUMBERED = 90
LETTER = 0.55
"""About how wide a letter is, by its height."""


def choropleth(
    rows: Sequence[Mapping[str, Any]],
    key: Sequence[tuple[str, str]],
    title: str,
    description: str,
    *,
    width: int = WIDE,
) -> dict[str, Any]:
    """Marks of a map with its key below.

    Rows have `number`, `name`, `shape`, `fill` (a shade, HATCHED or DOTTED) and `is_chosen`; those without a shape are
    not drawn. `key` are fills with what they mean. North is up.
    """
    drawn = [row for row in rows if row["shape"] is not None]
    sheet = frame([row["shape"] for row in drawn], width, TALLEST if width >= MIDDLE else TALLEST * 0.7)
    size = 15 if width >= MIDDLE else 12
    line = size * 1.6
    marks = [f'<g font-family="{escape(FONT)}" font-size="{size}" fill="{INK}">']
    for row in sorted(drawn, key=lambda row: bool(row["is_chosen"])):
        edge = 'stroke-linejoin="round" '
        edge += 'stroke="#111111" stroke-width="3"' if row["is_chosen"] else 'stroke="#555555" stroke-width="0.7"'
        marks.append(
            f'<path d="{sheet.path(row["shape"])}" fill="{row["fill"]}" fill-rule="evenodd" {edge}>'
            f"<title>{escape(row['said'])}</title></path>"
        )
    marks += _names(drawn, sheet, width, size)
    columns = (
        max(1, min(len(key), int(width // (max(len(text) for _, text in key) * LETTER * size + 44)))) if key else 1
    )
    for place, (fill, text) in enumerate(key):
        x, y = (place % columns) * width / columns, sheet.height + 14 + (place // columns) * line
        marks.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="22" height="14" fill="{fill}" stroke="{INK}" stroke-width="0.7"/>'
            f'<text x="{x + 28:.1f}" y="{y + 12:.1f}">{escape(text)}</text>'
        )
    marks.append("</g>")
    height = sheet.height + 18 + -(-len(key) // columns) * line
    return {"marks": "".join(marks), "view": f"0 0 {width} {height:.0f}", "title": title, "description": description}


def _names(rows: Sequence[Mapping[str, Any]], sheet: Any, width: int, size: int) -> list[str]:
    """Names or numbers within the areas, left out where two would lie over each other."""
    if len(rows) > NUMBERED:
        return []
    is_named = len(rows) <= NAMED and width >= MIDDLE
    taken: list[tuple[float, float, float]] = []
    found = []
    for row in rows:
        x, y = sheet.middle(row["shape"])
        lines = textwrap.wrap(row["name"], 14) if is_named else [str(row["number"])]
        half = max(map(len, lines)) * LETTER * size / 2
        x = min(max(x, half), width - half)
        if any(abs(x - other) < half + wide and abs(y - down) < 1.2 * size * len(lines) for other, down, wide in taken):
            continue
        taken.append((x, y, half))
        top = y + size / 3 - (len(lines) - 1) * size * 0.6
        found += [
            f'<text x="{x:.1f}" y="{top + 1.2 * size * place:.1f}" text-anchor="middle" font-weight="bold" '
            f'paint-order="stroke" stroke="#ffffff" stroke-width="3.5" stroke-linejoin="round">{escape(line)}</text>'
            for place, line in enumerate(lines)
        ]
    return found


def shades(number: int) -> list[str]:
    """So many shades, from light to dark, as far apart as there are."""
    if number == 1:
        return [SHADES[2]]
    return [SHADES[round(place * (len(SHADES) - 1) / (number - 1))] for place in range(number)]


__all__ = ["DOTTED", "HATCHED", "choropleth", "shades"]
