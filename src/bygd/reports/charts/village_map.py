"""The map to choose small areas from: outlines that a script may fill, with the scale it needs to read places back."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

from bygd.reports.charts.flat import frame
from bygd.reports.charts.theme import FONT, INK

WIDTH, TALLEST, SIZE = 560, 560, 18


def village_map(
    rows: Sequence[Mapping[str, Any]], title: str, description: str, drawn: Sequence[Any] = ()
) -> dict[str, Any]:
    """Marks of the map.

    Rows have `key` (what the script finds it by), `number`, `name`, `shape`, and `share` from 0 to 1.

    `drawn` are polygons that people drew. The group `data-…` say where the sheet's corner lies and how many of its
    units a degree or metre is.
    """
    sheet = frame([row["shape"] for row in rows], WIDTH, TALLEST)
    scale = f'data-left="{sheet.left!r}" data-top="{sheet.top!r}" data-across="{sheet.across!r}" data-up="{sheet.up!r}"'
    marks = [f'<g class="sheet" {scale} font-family="{escape(FONT)}" font-size="{SIZE}" fill="{INK}">']
    for row in rows:
        marks.append(
            f'<path class="area" data-key="{escape(row["key"])}" data-share="{row["share"]:g}" '
            f'd="{sheet.path(row["shape"])}" fill="{_fill(row["share"])}" fill-rule="evenodd" stroke="#333333" '
            f'stroke-width="1"><title>{escape(row["name"])}</title></path>'
        )
    for row in rows:
        x, y = sheet.middle(row["shape"])
        marks.append(
            f'<text x="{x:.1f}" y="{y + SIZE / 3:.1f}" text-anchor="middle" font-weight="bold" paint-order="stroke" '
            f'stroke="#ffffff" stroke-width="4" pointer-events="none">{row["number"]}</text>'
        )
    marks += [
        f'<path class="drawn" d="{sheet.path(one)}" fill="none" stroke="#a4201c" stroke-width="3" '
        'stroke-dasharray="7 4" pointer-events="none"/>'
        for one in drawn
    ]
    marks.append("</g>")
    return {
        "marks": "".join(marks), "view": f"0 0 {WIDTH} {sheet.height:.0f}", "title": title, "description": description,
    }  # fmt: skip


def _fill(share: float) -> str:
    return "#ffffff" if not share else "#2f75b0" if share == 1 else "#b9d3e9"
