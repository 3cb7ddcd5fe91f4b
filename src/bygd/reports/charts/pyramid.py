"""The population pyramid: men to the left, women to the right, with the outline of another place."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

from bygd.reports.charts.theme import FONT, INK, MIDDLE
from bygd.reports.translate import Translator

MEN, WOMEN = "#1f5a92", "#b9cfe3"
ROW, TOP, FOOT = 17, 34, 40


def pyramid(
    rows: Sequence[Mapping[str, Any]], title: str, description: str, translate: Translator, *, other: str, width: int
) -> dict[str, Any]:
    """Marks of rows with `age`, `men`, `women` and, where known, `other_men` and `other_women`, youngest first.

    All are shares of everybody in their place, fractions of one. `other` names the place of the outline.
    """
    _ = translate
    narrow = width < MIDDLE
    names = 46 if narrow else 64
    half = (width - names) / 2
    fields = ("men", "women", "other_men", "other_women")
    most = max((row.get(field) or 0.0 for row in rows for field in fields), default=0.01) * 1.05 or 0.01
    bottom, small = TOP + ROW * len(rows), 'font-size="11"'
    marks = [f'<g font-family="{escape(FONT)}" font-size="12" fill="{INK}">']
    marks.append(f'<text x="{half:.1f}" y="14" text-anchor="end" font-weight="bold">{escape(_("Men"))}</text>')
    marks.append(f'<text x="{half + names:.1f}" y="14" font-weight="bold">{escape(_("Women"))}</text>')
    for place, row in enumerate(reversed(rows)):
        y = TOP + ROW * place
        men, women = row["men"] / most * half, row["women"] / most * half
        edge = 'stroke="#333333" stroke-width="0.5"'
        marks.append(
            f'<rect x="{half - men:.1f}" y="{y}" width="{men:.1f}" height="{ROW - 2}" fill="{MEN}" {edge}/>'
            f'<rect x="{half + names:.1f}" y="{y}" width="{women:.1f}" height="{ROW - 2}" fill="{WOMEN}" {edge}/>'
            f'<text x="{half + names / 2:.1f}" y="{y + 12}" text-anchor="middle" {small}>{escape(row["age"])}</text>'
        )
    if all(row.get("other_men") is not None for row in rows):
        for field, side in (("other_men", -1), ("other_women", 1)):
            base = half if side < 0 else half + names
            path = []
            for place, row in enumerate(reversed(rows)):
                at, y = base + side * row[field] / most * half, TOP + ROW * place
                path.append(f"{at:.1f},{y - 1} {at:.1f},{y + ROW - 1}")
            marks.append(f'<polyline points="{" ".join(path)}" fill="none" stroke="#000000" stroke-width="1.6"/>')
        marks.append(
            f'<line x1="0" x2="22" y1="{bottom + 26}" y2="{bottom + 26}" stroke="#000000" stroke-width="1.6"/>'
            f'<text x="28" y="{bottom + 30}">{escape(other)}</text>'
        )
    for part in (0.0, 0.5, 1.0):
        share = part * most / 1.05
        text = escape(_.percent(share, 1))
        left, right = half - share / most * half, half + names + share / most * half
        anchor = "start" if part == 1.0 else "middle" if part else "end"
        other_anchor = {"start": "end", "middle": "middle", "end": "start"}[anchor]
        marks.append(f'<text x="{left:.1f}" y="{bottom + 11}" font-size="11" text-anchor="{anchor}">{text}</text>')
        marks.append(
            f'<text x="{right:.1f}" y="{bottom + 11}" font-size="11" text-anchor="{other_anchor}">{text}</text>'
        )
    marks.append("</g>")
    return {
        "marks": "".join(marks), "view": f"0 0 {width} {bottom + FOOT}", "title": title,
        "description": description,
    }  # fmt: skip
