"""Charts of tenders: results by what a weight could be, and how far the lead swings with each criterion."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import INK, MAIN, WIDE, chart, folded, names
from bygd.reports.translate import Translator

Rows = Sequence[Mapping[str, Any]]
MOST = 6
"""Bids that are drawn, best first; more lines would not be told apart."""
COLOURS = (MAIN, INK, "#b5541c", "#5b7f2b", "#7a4b9c", "#767676")
DASHES = ([1, 0], [6, 4], [2, 3], [10, 3, 2, 3], [1, 0], [6, 4])


def by_weight(
    rows: Rows, now: float, translate: Translator, *, what: str, result: str, is_share: bool, width: int = WIDE
) -> dict[str, Any]:
    """What each bid comes to by the weight of price, or by what quality is worth; a rule where it is now.

    Rows have `bid`, `x` and `y`, two for each bid, best bids first; between them the line is straight.
    """
    bids = list(dict.fromkeys(row["bid"] for row in rows))[:MOST]
    values = [dict(row) for row in rows if row["bid"] in bids]
    x: dict[str, Any] = {
        "field": "x",
        "type": "quantitative",
        "title": what,
        "axis": {"format": "%" if is_share else "~s", "tickCount": 5 if width < WIDE else 10},
    }
    y = {"field": "y", "type": "quantitative", "title": result, "axis": {"format": "~s", "tickCount": 5}}
    legend = {"title": None, "orient": "bottom", "columns": 1, "labelLimit": width - 60, "symbolStrokeWidth": 2}

    def told_apart(values: Sequence[Any]) -> dict[str, Any]:
        scale = {"domain": bids, "range": list(values[: len(bids)])}
        return {"field": "bid", "type": "nominal", "scale": scale, "legend": legend}

    return chart(
        translate("Who would win at another weight?"),
        "; ".join(
            translate("{bid}: {start} to {end}", bid=bid, start=round(ys[0], 1), end=round(ys[-1], 1))
            for bid in bids
            if (ys := [row["y"] for row in values if row["bid"] == bid])
        ),
        width,
        values,
        height=260,
        layer=[
            {
                "mark": {"type": "line", "strokeWidth": 2.5},
                "encoding": {"x": x, "y": y, "color": told_apart(COLOURS), "strokeDash": told_apart(DASHES)},
            },
            {
                "data": {"values": [{"x": now}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5, "strokeDash": [2, 2]},
                "encoding": {"x": {"field": "x", "type": "quantitative"}},
            },
        ],
    )


def tornado(rows: Rows, translate: Translator, *, lead: str, width: int = WIDE) -> dict[str, Any]:
    """How far the first is ahead of the next with each criterion weighing half, and half as much again.

    Rows have `name`, `less`, `more` and `now`, the widest first. Left of nought somebody else would win.
    """
    values = [{**row, "name": folded(row["name"], width)} for row in rows]
    x = {"type": "quantitative", "title": lead, "axis": {"format": "~s", "tickCount": 5}}
    return chart(
        translate("Which criterion does the first place hang on?"),
        "; ".join(
            translate(
                "{name}: {low} to {high}", name=row["name"], low=round(row["less"], 1), high=round(row["more"], 1)
            )
            for row in rows
        ),
        width,
        values,
        height=36 * max(len(rows), 1),
        encoding={"y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names(width)}},
        layer=[
            {
                "mark": {"type": "bar", "color": "#7aa6cc", "height": 18},
                "encoding": {"x": {**x, "field": "less"}, "x2": {"field": "more"}},
            },
            {
                "mark": {"type": "tick", "thickness": 3, "size": 22, "color": INK},
                "encoding": {"x": {**x, "field": "now"}},
            },
            {
                "data": {"values": [{"x": 0}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5},
                "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"value": 0}, "y2": {"value": "height"}},
            },
        ],
    )
