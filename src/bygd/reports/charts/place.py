"""The chart of how income is shared in a place."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import INK, MAIN, WIDE, chart
from bygd.reports.translate import Translator


def lorenz(
    rows: Sequence[Mapping[str, Any]], translate: Translator, *, place: str, gini: float, width: int = WIDE
) -> dict[str, Any]:
    """The Lorenz curve: how much of all income the poorest part of people has. Rows have `people` and `income`, shares.

    The straight line is what all would have if they had the same.
    """
    _ = translate
    values = [{"people": 0.0, "income": 0.0}, *({"people": row["people"], "income": row["income"]} for row in rows)]
    axis = {"format": "%", "tickCount": 5}
    return chart(
        _("How is income shared in {place}?", place=place),
        _("Gini {value}, from groups", value=_.fixed(gini, 3))
        + ": "
        + "; ".join(
            _("the poorest {people} have {income}", people=_.percent(one["people"]), income=_.percent(one["income"]))
            for one in values[1:]
        ),
        width,
        values,
        height=min(width, 300),
        encoding={
            "x": {
                "field": "people",
                "type": "quantitative",
                "title": _("Share of people, poorest first"),
                "axis": axis,
            },
            "y": {"type": "quantitative", "title": _("Share of all income"), "axis": axis},
        },
        layer=[
            {
                "mark": {"type": "line", "strokeDash": [5, 4], "color": INK},
                "encoding": {"y": {"field": "people", "type": "quantitative"}},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2.5, "color": MAIN, "point": True},
                "encoding": {"y": {"field": "income", "type": "quantitative"}},
            },
        ],
    )
