"""Charts of shares: by definition of local, by ring, of the largest suppliers."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import DARK_RINGS, INK, MAIN, MIDDLE, RING_COLOURS, WIDE, bars, chart, folded, names
from bygd.reports.translate import Translator
from bygd.vocabulary.words import Ring

Rows = Sequence[Mapping[str, Any]]


def definitions(rows: Rows, translate: Translator, *, area: str, width: int = WIDE) -> dict[str, Any]:
    """How much stays, by each definition of local, with the range that doubt leaves open.

    Rows have `name`, `value`, `low`, `high`; shares are fractions.
    """
    _ = translate
    values = [{**row, "name": folded(row["name"], width), "label": _.percent(row["value"])} for row in rows]
    description = "; ".join(
        _(
            "{name}: {value}, between {low} and {high}",
            name=row["name"],
            value=_.percent(row["value"]),
            low=_.percent(row["low"]),
            high=_.percent(row["high"]),
        )
        for row in rows
    )
    x = {
        "type": "quantitative",
        "title": _("Share of purchases"),
        "scale": {"domain": [0, 1]},
        "axis": {"format": "%", "tickCount": 5},
    }
    return chart(
        _("How much stays in {area}, by three definitions of local?", area=area),
        description,
        width,
        values,
        height=44 * max(len(rows), 1),
        encoding={
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": names(width),
            }
        },
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 3, "color": "#7aa6cc"},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "tick", "thickness": 2, "size": 14, "color": INK},
                "encoding": {"x": {**x, "field": "low"}},
            },
            {
                "mark": {"type": "tick", "thickness": 2, "size": 14, "color": INK},
                "encoding": {"x": {**x, "field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 130, "color": MAIN, "opacity": 1},
                "encoding": {"x": {**x, "field": "value"}},
            },
            {
                "mark": {"type": "text", "dy": -14, "fontWeight": "bold"},
                "encoding": {"x": {**x, "field": "value"}, "text": {"field": "label", "type": "nominal"}},
            },
        ],
    )


def rings(rows: Rows, translate: Translator, *, width: int = WIDE) -> dict[str, Any]:
    """Where the money goes: a bar for each definition, cut at the rings around the place.

    Rows have `definition`, `ring`, `name` (of the ring) and `share`.
    """
    _ = translate
    order = list(Ring)
    listed = sorted(rows, key=lambda row: order.index(row["ring"]))
    ring_names = list(dict.fromkeys(row["name"] for row in listed))
    colours = list({row["name"]: RING_COLOURS[row["ring"]] for row in listed}.values())
    definitions = list(dict.fromkeys(row["definition"] for row in rows))
    reached = dict.fromkeys(definitions, 0.0)
    values = []
    for row in listed:
        share, start = float(row["share"]), reached[row["definition"]]
        reached[row["definition"]] = start + max(share, 0.0)
        values.append(
            {
                "definition": folded(row["definition"], width),
                "name": row["name"],
                "from": round(start, 6),
                "to": round(start + max(share, 0.0), 6),
                "middle": round(start + share / 2, 6),
                "label": _.percent(share) if share * width > 60 else "",
                "is_dark": row["ring"] in DARK_RINGS,
                "is_doubt": row["ring"] == Ring.UNKNOWN,
            }
        )
    narrow = width < MIDDLE
    return chart(
        _("Where does the money go?"),
        "; ".join(
            _(
                "{definition}, {name}: {share}",
                definition=row["definition"],
                name=row["name"],
                share=_.percent(float(row["share"])),
            )
            for row in listed
        ),
        width,
        values,
        height=46 * max(len(definitions), 1),
        encoding={
            "y": {
                "field": "definition",
                "type": "nominal",
                "sort": [folded(definition, width) for definition in definitions],
                "title": None,
                "axis": names(width),
            }
        },
        layer=[
            {
                "mark": {"type": "bar", "height": 30, "stroke": "#222222", "strokeWidth": 0.8},
                "encoding": {
                    "x": {
                        "field": "from",
                        "type": "quantitative",
                        "title": _("Share of purchases"),
                        "axis": {"format": "%", "tickCount": 4},
                        "scale": {"domain": [0, 1]},
                    },
                    "x2": {"field": "to"},
                    "color": {
                        "field": "name",
                        "type": "nominal",
                        "scale": {"domain": ring_names, "range": colours},
                        "legend": {
                            "title": None,
                            "orient": "bottom",
                            "columns": 1 if narrow else 3,
                            "symbolStrokeColor": "#222222",
                            "symbolStrokeWidth": 0.8,
                            "symbolType": "square",
                            "symbolSize": 160,
                        },
                    },
                },
            },
            {
                "mark": {"type": "text", "fontWeight": "bold", "stroke": "#f4f4f4", "strokeWidth": 5},
                "transform": [{"filter": "datum.is_doubt"}],
                "encoding": {
                    "x": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "label", "type": "nominal"},
                },
            },
            {
                "mark": {"type": "text", "fontWeight": "bold"},
                "encoding": {
                    "x": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "label", "type": "nominal"},
                    "color": {"condition": {"test": "datum.is_dark", "value": "#ffffff"}, "value": INK},
                },
            },
        ],
    )


def coverage(rows: Rows, translate: Translator, *, width: int = WIDE) -> dict[str, Any]:
    """How much of the money goes to the few largest suppliers. Rows have `name` and `value`."""
    _ = translate
    values = [{**row, "label": _.percent(row["value"]), "is_doubt": False} for row in rows]
    return bars(
        _("How much goes to the largest suppliers?"),
        "; ".join(f"{row['name']}: {row['label']}" for row in values),
        width,
        values,
        axis=_("Share of purchases"),
    )
