"""Charts of promises: what was delivered as a share of what was promised, verified and not."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import HATCHED, INK, MAIN, MIDDLE, WIDE, chart, folded, names
from bygd.reports.translate import N_, Translator

PARTS = {
    "verified": (N_("Verified"), MAIN),
    "waiting": (N_("Reported, not verified"), HATCHED),
    "disputed": (N_("Disputed"), "#b4654a"),
}


def delivered(rows: Sequence[Mapping[str, Any]], translate: Translator, *, width: int = WIDE) -> dict[str, Any]:
    """Bars of what was delivered, as shares of what was promised; a stroke shows what was due by now.

    Rows have `name`, `label`, and the fractions `verified`, `waiting`, `disputed` and `expected`.
    """
    _ = translate
    values = []
    for row in rows:
        start = 0.0
        for part, (label, _colour) in PARTS.items():
            values.append(
                {"name": folded(row["name"], width), "part": _(label), "from": start, "to": start + row[part]}
            )
            start += row[part]
    marks = [{"name": folded(row["name"], width), "expected": row["expected"], "label": row["label"]} for row in rows]
    most = max([1.0, *(value["to"] for value in values)])
    x = {"type": "quantitative", "scale": {"domain": [0, most * 1.02]}}
    return chart(
        _("How much of what was promised is delivered?"),
        "; ".join(f"{row['name']}: {row['label']}" for row in rows),
        width,
        values,
        height=(58 if width < MIDDLE else 44) * max(len(rows), 1),
        encoding={"y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names(width)}},
        layer=[
            {
                "mark": {"type": "bar", "height": {"band": 0.5}},
                "encoding": {
                    "x": {**x, "field": "from", "title": _("Share of what was promised"),
                          "axis": {"format": "%", "tickCount": 3 if width < MIDDLE else 6}},
                    "x2": {"field": "to"},
                    "color": {
                        "field": "part", "type": "nominal", "title": None,
                        "scale": {"domain": [_(label) for label, _colour in PARTS.values()],
                                  "range": [colour for _label, colour in PARTS.values()]},
                        "legend": {"orient": "bottom", "columns": 1 if width < MIDDLE else 3},
                    },
                },
            },
            {
                "data": {"values": marks},
                "mark": {"type": "tick", "thickness": 3, "size": 26, "color": INK},
                "encoding": {"x": {**x, "field": "expected"}},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "text", "align": "left", "dy": -17, "x": 2},
                "encoding": {"text": {"field": "label", "type": "nominal"}},
            },
        ],
    )  # fmt: skip
