"""The chart of one indicator beside other places: a bar each, ours darkest, the range of chance as a stroke."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import INK, MAIN, MIDDLE, WIDE, chart, folded, names
from bygd.reports.translate import Translator

OTHER = "#b9cfe3"


def beside(
    rows: Sequence[Mapping[str, Any]], title: str, unit: str, translate: Translator, *, width: int = WIDE
) -> dict[str, Any]:
    """Bars of rows with `name`, `value`, `label`, `is_own` and, where known, `low` and `high`; none for no value."""
    known = [row for row in rows if row["value"] is not None]
    ends = [float(end) for row in known for end in (row["value"], row.get("high") or 0.0, row.get("low") or 0.0)]
    most, least = max(ends, default=1.0), min([0.0, *ends])
    values = [{**row, "name": folded(row["name"], width)} for row in known]
    x = {
        "type": "quantitative", "title": unit,
        "scale": {"domain": [least, most * (1.45 if width < MIDDLE else 1.2) or 1.0]},
        "axis": {"tickCount": 3 if width < MIDDLE else 6},
    }  # fmt: skip
    colour = {
        "field": "is_own", "type": "nominal", "legend": None,
        "scale": {"domain": [True, False], "range": [MAIN, OTHER]},
    }  # fmt: skip
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names(width)}
    return chart(
        title,
        "; ".join(f"{row['name']}: {row['label']}" for row in rows),
        width,
        values,
        height=(36 if width < MIDDLE else 28) * max(len(values), 1),
        encoding={"y": y},
        layer=[
            {"mark": {"type": "bar"}, "encoding": {"x": {**x, "field": "value"}, "color": colour}},
            {
                "mark": {"type": "rule", "strokeWidth": 2, "color": INK},
                "transform": [{"filter": "isValid(datum.low) && isValid(datum.high)"}],
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6},
                "transform": [{"calculate": "max(datum.value, isValid(datum.high) ? datum.high : 0)", "as": "edge"}],
                "encoding": {"x": {**x, "field": "edge"}, "text": {"field": "label", "type": "nominal"}},
            },
        ],
    )
