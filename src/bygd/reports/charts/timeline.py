"""The chart of one indicator over time: ours, what it lies in, and places like it, told apart by dashes."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import INK, MAIN, MIDDLE, WIDE, chart
from bygd.reports.translate import Translator

COLOURS = (MAIN, INK, "#8a5a00", "#6b6b6b", "#7a4b9c")
DASHES = ([1, 0], [6, 3], [2, 3], [9, 3, 2, 3], [1, 3])
MOST = len(COLOURS)


def timeline(
    rows: Sequence[Mapping[str, Any]], title: str, unit: str, translate: Translator, *, width: int = WIDE,
    goal: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Lines of rows with `period`, `series`, `value` and `label`; the first series is ours, and thicker.

    A row without a value breaks its line. `goal` draws a target: `period`, `value`, `label`.
    """
    series = list(dict.fromkeys(row["series"] for row in rows))[:MOST]
    values = [dict(row) for row in rows if row["series"] in series]
    known = [float(row["value"]) for row in values if row["value"] is not None]
    if goal:
        known.append(float(goal["value"]))
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = (high - low or abs(high) or 1.0) * 0.15
    y = {
        "type": "quantitative", "title": unit, "scale": {"domain": [low - room, high + room], "zero": False},
        "axis": {"tickCount": 5},
    }  # fmt: skip
    legend = {
        "title": None,
        "orient": "bottom",
        "columns": 1 if width < MIDDLE else 2,
        "labelLimit": width - 60,
        "symbolType": "stroke",
        "symbolSize": 500,
        "symbolStrokeWidth": 2.5,
    }

    def told_apart(values: Sequence[Any]) -> dict[str, Any]:
        return {
            "field": "series", "type": "nominal", "legend": legend,
            "scale": {"domain": series, "range": list(values[: len(series)])},
        }  # fmt: skip

    colour, dash = told_apart(COLOURS), told_apart(DASHES)
    first = {"filter": {"field": "series", "equal": series[0] if series else ""}}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "strokeWidth": 2, "invalid": "break-paths-show-path-domains"},
            "encoding": {"y": {**y, "field": "value"}, "color": colour, "strokeDash": dash},
        },
        {
            "mark": {"type": "point", "size": 60, "filled": True, "opacity": 1, "color": MAIN},
            "transform": [first],
            "encoding": {"y": {**y, "field": "value"}},
        },
    ]
    if goal:
        layers += [
            {
                "data": {"values": [{"value": goal["value"], "label": goal["label"]}]},
                "mark": {"type": "rule", "strokeDash": [3, 3], "strokeWidth": 2, "color": INK},
                "encoding": {"y": {**y, "field": "value"}},
            },
            {
                "data": {"values": [{"value": goal["value"], "label": goal["label"]}]},
                "mark": {"type": "text", "align": "left", "dy": -8, "dx": 4, "fontWeight": "bold"},
                "encoding": {"y": {**y, "field": "value"}, "x": {"value": 0}, "text": {"field": "label"}},
            },
        ]
    told = "; ".join(f"{row['series']}, {row['period']}: {row['label']}" for row in values)
    periods = sorted({row["period"] for row in values} | ({goal["period"]} if goal and goal["period"] else set()))
    labels = {"labelAngle": 0, "labelOverlap": True}
    return chart(
        title, told, width, values, height=240,
        encoding={"x": {"field": "period", "type": "ordinal", "title": None, "axis": labels,
                        "scale": {"domain": periods}}},
        layer=layers,
    )  # fmt: skip
