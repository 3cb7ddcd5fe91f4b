"""The chart of the local share by year."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import INK, MAIN, WIDE, chart
from bygd.reports.translate import Translator


def trend(rows: Sequence[Mapping[str, Any]], translate: Translator, *, area: str, width: int = WIDE) -> dict[str, Any]:
    """How the local share moves by year: all institutions, and the same institutions in every year.

    Rows have `year`, `series`, `value` and, where known, `low` and `high`. The range is drawn for
    the first series only.
    """
    _ = translate
    series = list(dict.fromkeys(row["series"] for row in rows))
    values = [
        {**row, "year": str(row["year"]), "label": _.percent(row["value"])} for row in rows if row["value"] is not None
    ]
    highest = max((float(row.get("high") or row["value"]) for row in values), default=1.0)
    y = {
        "type": "quantitative",
        "title": _("Share of purchases"),
        "scale": {"domain": [0, min(1.0, highest * 1.25)]},
        "axis": {"format": "%", "tickCount": 5},
    }
    legend = {"title": None, "orient": "bottom", "columns": 1, "labelLimit": width - 60}

    def told_apart(*values: Any) -> dict[str, Any]:
        scale = {"domain": series, "range": list(values[: len(series)])}
        return {"field": "series", "type": "nominal", "scale": scale, "legend": legend}

    first = {"filter": {"field": "series", "equal": series[0] if series else ""}}
    colour, shape, dash = told_apart(MAIN, INK), told_apart("circle", "diamond"), told_apart([1, 0], [5, 4])
    return chart(
        _("Does more stay in {area} than before?", area=area),
        "; ".join(
            _("{series}, {year}: {value}", series=row["series"], year=row["year"], value=row["label"]) for row in values
        ),
        width,
        values,
        height=220,
        encoding={"x": {"field": "year", "type": "ordinal", "title": _("Year"), "axis": {"labelAngle": 0}}},
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 9, "color": "#c3d7e8"},
                "transform": [first, {"filter": "isValid(datum.low)"}],
                "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {"y": {**y, "field": "value"}, "strokeDash": dash, "color": colour},
            },
            {
                "mark": {"type": "point", "size": 80, "filled": True, "opacity": 1},
                "encoding": {"y": {**y, "field": "value"}, "shape": shape, "color": colour},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 9, "dy": -8, "fontWeight": "bold"},
                "transform": [first],
                "encoding": {"y": {**y, "field": "value"}, "text": {"field": "label", "type": "nominal"}},
            },
        ],
    )
