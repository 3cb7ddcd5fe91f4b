"""Pictures of self-assessments: the spread of answers to each question, and the middle of the time before."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import INK, MAIN, MIDDLE, WIDE, chart, names
from bygd.reports.translate import Translator
from bygd.tools.assessments import LEVELS


def spreads(
    rows: Sequence[Mapping[str, Any]], levels: Sequence[str], translate: Translator, *, title: str, width: int = WIDE
) -> dict[str, Any]:
    """A thin line from the lowest to the highest answer, a thick one over the middle half, a dot at the middle.

    Rows have `name`, `low`, `first`, `median`, `third`, `high` and `before`, the middle of the round before or None.
    """
    values = [{**row, "name": _folded(row["name"], width)} for row in rows]
    x = {"type": "quantitative", "scale": {"domain": [-0.45, 3.45], "nice": False}}
    told = [levels[level] if width >= MIDDLE else str(level) for level in LEVELS]
    label = " : ".join(f"datum.value == {level} ? '{_quoted(told[level])}'" for level in LEVELS) + " : ''"
    axis = {"values": list(LEVELS), "labelExpr": label, "title": None, "grid": True, "labelLimit": 150}
    return chart(
        title,
        "; ".join(f"{row['name']}: {row['median']} ({row['low']}–{row['high']})" for row in rows),
        width,
        values,
        height=(52 if width < MIDDLE else 30) * max(len(values), 1),
        encoding={"y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names(width)}},
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 1.5, "color": "#555555"},
                "encoding": {"x": {**x, "field": "low", "axis": axis}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 8, "color": "#8cbbdd", "strokeCap": "round"},
                "encoding": {"x": {**x, "field": "first"}, "x2": {"field": "third"}},
            },
            {
                "transform": [{"filter": "isValid(datum.before)"}],
                "mark": {"type": "point", "shape": "diamond", "size": 110, "color": INK, "fill": "#fff", "opacity": 1},
                "encoding": {"x": {**x, "field": "before"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 130, "color": MAIN, "opacity": 1},
                "encoding": {"x": {**x, "field": "median"}},
            },
        ],
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace("'", "\u2019")


def _folded(name: str, width: int) -> str:
    """A question broken into lines that fit beside the picture."""
    return "\n".join(textwrap.wrap(name, 19 if width < MIDDLE else 44)[: 4 if width < MIDDLE else 2])
