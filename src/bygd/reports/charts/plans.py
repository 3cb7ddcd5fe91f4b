"""Charts of plans: when each activity is to be done, and how it stands."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bygd.reports.charts.theme import HATCHED, INK, MIDDLE, WIDE, chart, folded, names
from bygd.reports.translate import Translator
from bygd.vocabulary.planning import ActivityStanding

COLOURS = {
    ActivityStanding.DONE: "#0b3c6f",
    ActivityStanding.UNDER_WAY: "#5f97c8",
    ActivityStanding.COMING: "#dce9f3",
    ActivityStanding.LATE: "#e0a458",
    ActivityStanding.OVERDUE: "#a4201c",
    ActivityStanding.STOPPED: HATCHED,
}
"""From dark to light where all is well, for grey print; the word stands beside each bar too."""

LETTERS = 40
"""Of a line of a name in the wide picture."""
BESIDE = 0.3
"""How much longer the axis is than the plan, so that a word stands beside a bar that ends with it."""
WORDS = {
    "mark": {"type": "text", "align": "left", "dx": 5},
    "encoding": {
        "y": {"field": "name", "type": "nominal", "sort": None},
        "x": {"field": "to", "type": "temporal"},
        "text": {"field": "standing", "type": "nominal"},
    },
}


def timetable(
    rows: Sequence[Mapping[str, Any]], first: date, last: date, on: date, translate: Translator, *, width: int = WIDE
) -> dict[str, Any]:
    """Bars of activities from their first to their last day, with a stroke for the day it is told of.

    In the wide picture the word for how each stands is written beside its bar, which grey print needs.
    Rows have `name`, `from`, `to` (days within the plan) and `standing`.
    """
    _ = translate
    is_narrow = width < MIDDLE
    ends = last if is_narrow else last + timedelta(days=round((last - first).days * BESIDE))
    values = [
        {
            "name": folded(row["name"], width) if is_narrow else "\n".join(textwrap.wrap(row["name"], LETTERS)),
            "from": row["from"].isoformat(),
            "to": row["to"].isoformat(),
            "standing": _.word(row["standing"]),
        }
        for row in rows
    ]
    used = [one for one in COLOURS if any(row["standing"] is one for row in rows)]
    scale = {"type": "utc", "nice": False}
    x = {"type": "temporal", "title": None}
    axis = {"format": "%b %Y", "tickCount": 4 if is_narrow else 8}
    lines = max((value["name"].count("\n") + 1 for value in values), default=1)
    return chart(
        _("When is what to be done?"),
        "; ".join(
            f"{row['name']}: {_.day(row['from'])} – {_.day(row['to'])}, {_.word(row['standing'])}" for row in rows
        ),
        width,
        values,
        height=(max(30, 13 * lines + 12) if is_narrow else max(26, 13 * lines + 7)) * max(len(rows), 1),
        layer=[
            {
                "mark": {"type": "bar", "height": {"band": 0.62}},
                "encoding": {
                    "y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names(width)},
                    "x": {**x, "field": "from", "axis": axis, "scale": scale},
                    "x2": {"field": "to"},
                    "color": {
                        "field": "standing",
                        "type": "nominal",
                        "title": None,
                        "scale": {"domain": [_.word(one) for one in used], "range": [COLOURS[one] for one in used]},
                        "legend": {"orient": "bottom", "columns": 1 if is_narrow else 4},
                    },
                },
            },
            {
                "data": {"values": [{"on": day.isoformat()} for day in (first, ends)]},
                "mark": {
                    "type": "rule",
                    "opacity": 0,
                },  # so that the axis is as long as the plan, and has room for words
                "encoding": {"x": {**x, "field": "on"}},
            },
            {
                "data": {"values": [{"on": on.isoformat()}] if first <= on <= last else []},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 2, "strokeDash": [4, 3]},
                "encoding": {"x": {**x, "field": "on"}},
            },
            *([] if is_narrow else [WORDS]),
        ],
    )
