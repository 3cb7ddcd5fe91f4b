"""What every chart has in common: type, colours that survive grey print, width, title in lines."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from bygd.vocabulary.words import Ring

FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
INK = "#1a1a1a"
MAIN = "#1f5a92"
WIDE, NARROW = 740, 340
"""Widths of charts: for pages and paper, and for small screens."""

MIDDLE = 480
"""Below this width labels are cut short and legends stand in one column."""

HATCHED = "#c9c9ca"
"""Fill that means doubt; the drawing puts a hatched pattern in its place."""

DOTTED = "#c9c9cb"
"""Fill that means withheld; the drawing puts a dotted pattern in its place."""

RING_COLOURS = {
    Ring.NEIGHBOURHOOD: "#06264d",
    Ring.MUNICIPALITY: "#0b3c6f",
    Ring.COUNTY: "#2f75b0",
    Ring.COUNTRY: "#8cbbdd",
    Ring.WORLD: "#dce9f3",
    Ring.UNKNOWN: HATCHED,
}
"""One hue from dark to light, so that the order is seen in grey too."""

DARK_RINGS = (Ring.NEIGHBOURHOOD, Ring.MUNICIPALITY, Ring.COUNTY)

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "#ffffff",
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 14, "fontWeight": "bold", "color": INK, "offset": 10, "frame": "bounds"},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#dddddd",
        "domainColor": "#666666",
        "tickColor": "#666666",
        "labelLimit": 240,
    },
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": INK, "labelLimit": 240},
    "text": {"fontSize": 12, "color": INK},
    "bar": {"stroke": "#333333", "strokeWidth": 0.5},
}

LETTER = 7.2
"""About how wide a bold letter of a title is."""


def lines(text: str, width: int) -> list[str]:
    """A title broken into lines that fit the width."""
    wrapped = textwrap.wrap(text.replace("\u00a0", "\x00"), max(int(width / LETTER), 10))
    return [line.replace("\x00", "\u00a0") for line in wrapped]


LABEL_LINE = 13
"""Pixels from one line of a row's name to the next."""


def folded(name: str, width: int) -> str:
    """A row's name, broken into lines where the chart is narrow."""
    return "\n".join(textwrap.wrap(name, 17, break_long_words=False)) if width < MIDDLE else name


def names(width: int) -> dict[str, Any]:
    """The axis on which the rows' names stand, as `folded` gives them."""
    return {
        "labelExpr": "split(datum.label, '\\n')",
        "labelLineHeight": LABEL_LINE,
        "labelLimit": 120 if width < MIDDLE else 270,
        "labelPadding": 6,
        "ticks": False,
        "domain": False,
    }


def chart(title: str, description: str, width: int, values: Sequence[Mapping[str, Any]], **rest: Any) -> dict[str, Any]:
    """A Vega-Lite specification of that total width with the common look; its height is without title and axes."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": lines(title, width)},
        "description": description,
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": [dict(value) for value in values]},
        "config": CONFIG,
        **rest,
    }


def bars(
    title: str, description: str, width: int, values: Sequence[Mapping[str, Any]], *, axis: str, percent: bool = True
) -> dict[str, Any]:
    """Horizontal bars with their values written beside them, in the order given.

    Rows have `name`, `value`, `label` (the value as people write it) and `is_doubt`.
    """
    narrow = width < MIDDLE
    largest = max((float(value["value"]) for value in values), default=1.0) or 1.0
    tallest = max((folded(value["name"], width).count("\n") + 1 for value in values), default=1)
    return chart(
        title,
        description,
        width,
        [{**value, "name": folded(value["name"], width)} for value in values],
        height=max(34 if narrow else 26, tallest * LABEL_LINE + 8) * max(len(values), 1),
        encoding={
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": names(width),
            },
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": axis,
                "scale": {
                    "domain": [
                        min([0.0, *(float(value["value"]) for value in values)]),
                        largest * (1.4 if narrow else 1.18),
                    ]
                },
                "axis": {"format": "%" if percent else "~s", "tickCount": 3 if narrow else 6, "grid": True},
            },
        },
        layer=[
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "color": {
                        "field": "is_doubt",
                        "type": "nominal",
                        "scale": {"domain": [False, True], "range": [MAIN, HATCHED]},
                        "legend": None,
                    }
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"text": {"field": "label", "type": "nominal"}},
            },
        ],
    )
