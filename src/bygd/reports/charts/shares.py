"""Charts of the local share: by definition, by ring, by year."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import DARK_RINGS, INK, MAIN, RING_COLOURS, bars, chart
from bygd.reports.translate import Translator
from bygd.vocabulary.words import Ring

Rows = Sequence[Mapping[str, Any]]


def definitions(rows: Rows, translate: Translator, *, area: str, width: int = 680) -> dict[str, Any]:
    """How much stays, by each definition of local, with the range that doubt leaves open.

    Rows have `name`, `value`, `low`, `high`; shares are fractions.
    """
    _ = translate
    values = [{**row, "label": _.percent(row["value"])} for row in rows]
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
        height={"step": 44},
        encoding={
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelLimit": 150 if width < 480 else 260, "ticks": False, "domain": False},
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


def rings(rows: Rows, translate: Translator, *, width: int = 680) -> dict[str, Any]:
    """Where the money goes: a bar for each definition, cut at the rings around the place.

    Rows have `definition`, `ring`, `name` (of the ring) and `share`.
    """
    _ = translate
    order = list(Ring)
    listed = sorted(rows, key=lambda row: order.index(row["ring"]))
    names = list(dict.fromkeys(row["name"] for row in listed))
    colours = list({row["name"]: RING_COLOURS[row["ring"]] for row in listed}.values())
    definitions = list(dict.fromkeys(row["definition"] for row in rows))
    reached = dict.fromkeys(definitions, 0.0)
    values = []
    for row in listed:
        share, start = float(row["share"]), reached[row["definition"]]
        reached[row["definition"]] = start + max(share, 0.0)
        values.append(
            {
                "definition": row["definition"],
                "name": row["name"],
                "from": round(start, 6),
                "to": round(start + max(share, 0.0), 6),
                "middle": round(start + share / 2, 6),
                "label": _.percent(share) if share * width > 60 else "",
                "is_dark": row["ring"] in DARK_RINGS,
            }
        )
    narrow = width < 480
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
        height={"step": 46},
        encoding={
            "y": {
                "field": "definition",
                "type": "nominal",
                "sort": definitions,
                "title": None,
                "axis": {"labelLimit": 110 if narrow else 260, "ticks": False, "domain": False},
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
                        "scale": {"domain": names, "range": colours},
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
                "mark": {"type": "text", "fontWeight": "bold"},
                "encoding": {
                    "x": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "label", "type": "nominal"},
                    "color": {"condition": {"test": "datum.is_dark", "value": "#ffffff"}, "value": INK},
                },
            },
        ],
    )


def trend(rows: Rows, translate: Translator, *, area: str, width: int = 680) -> dict[str, Any]:
    """How the local share moves by year: all institutions, and the same institutions in every year.

    Rows have `year`, `series`, `value` and, where known, `low` and `high`.
    """
    _ = translate
    series = list(dict.fromkeys(row["series"] for row in rows))
    values = [
        {**row, "year": str(row["year"]), "label": _.percent(row["value"])} for row in rows if row["value"] is not None
    ]
    top = min(1.0, max((float(row.get("high") or row["value"]) for row in values), default=1.0) * 1.25)
    y = {
        "type": "quantitative",
        "title": _("Share of purchases"),
        "scale": {"domain": [0, top]},
        "axis": {"format": "%", "tickCount": 5},
    }
    shape = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": series},
        "legend": {"title": None, "orient": "bottom", "columns": 1, "labelLimit": width - 40, "symbolStrokeColor": INK},
    }
    return chart(
        _("Does more stay in {area} than before?", area=area),
        "; ".join(
            _("{series}, {year}: {value}", series=row["series"], year=row["year"], value=row["label"]) for row in values
        ),
        width,
        values,
        height=260,
        encoding={"x": {"field": "year", "type": "ordinal", "title": _("Year"), "axis": {"labelAngle": 0}}},
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 8, "color": "#c3d7e8"},
                "transform": [{"filter": "isValid(datum.low)"}],
                "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {
                    "y": {**y, "field": "value"},
                    "strokeDash": {
                        "field": "series",
                        "type": "nominal",
                        "scale": {"domain": series, "range": [[1, 0], [5, 4]][: len(series)]},
                        "legend": None,
                    },
                    "color": {
                        "field": "series",
                        "type": "nominal",
                        "scale": {"domain": series, "range": [MAIN, INK][: len(series)]},
                        "legend": None,
                    },
                },
            },
            {
                "mark": {"type": "point", "size": 80, "filled": True, "opacity": 1},
                "encoding": {
                    "y": {**y, "field": "value"},
                    "shape": {**shape, "scale": {"domain": series, "range": ["circle", "diamond"][: len(series)]}},
                    "color": {
                        "field": "series",
                        "type": "nominal",
                        "scale": {"domain": series, "range": [MAIN, INK][: len(series)]},
                        "legend": shape["legend"],
                    },
                },
            },
            {
                "mark": {"type": "text", "dy": -14},
                "transform": [{"filter": {"field": "series", "equal": series[0] if series else ""}}],
                "encoding": {"y": {**y, "field": "value"}, "text": {"field": "label", "type": "nominal"}},
            },
        ],
    )


def coverage(rows: Rows, translate: Translator, *, width: int = 680) -> dict[str, Any]:
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
