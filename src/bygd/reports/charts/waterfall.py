"""Chart of one link: the way from what holds for any two names to the probability, step by step."""

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import Any

from bygd.reports.charts.theme import INK, MAIN, MIDDLE, WIDE, chart, folded, names
from bygd.reports.translate import Translator

Rows = Sequence[Mapping[str, Any]]

AGAINST = "#b85c00"
"""Beside the main blue this differs in hue for every kind of colour vision, and in grey by lightness."""

ENDS = "#5a5a5a"
TICKS = (0.0001, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999)


def waterfall(rows: Rows, translate: Translator, *, name: str, probability: float, width: int = WIDE) -> dict[str, Any]:
    """What moves the probability that the supplier is `name`, and how far.

    Rows have `name`, `start` and `end` in log-odds, each starting where the one before ended. The
    axis is in log-odds, so that steps have their true lengths, and is labelled with probabilities.
    Direction is told by colour, by an arrow and by the side of the label.
    """
    _ = translate
    first = rows[0]["start"] if rows else 0.0
    last = rows[-1]["end"] if rows else 0.0
    low = min([first, last, *(row["end"] for row in rows)])
    values: list[dict[str, Any]] = [{**_end(_("Any two names"), first, low, width), "label": _percent(first, _)}]
    for row in rows:
        is_for = row["end"] >= row["start"]
        values.append(
            {
                "name": folded(row["name"], width),
                "from": round(row["start"], 4),
                "to": round(row["end"], 4),
                "at": round(max(row["start"], row["end"]), 4),
                "kind": "for" if is_for else "against",
                "label": f"{'▶' if is_for else '◀'} {_percent(row['end'], _)}",
            }
        )
    values.append({**_end(_("In all"), last, low, width), "label": _.probability(probability)})
    ticks = [tick for tick in TICKS if low - 1.5 <= _logit(tick) <= max(value["at"] for value in values) + 1.5]
    if width < MIDDLE:
        ticks = [tick for tick in ticks if tick in (0.0001, 0.01, 0.5, 0.99, 0.9999)]
    # Compared as numbers: text of a number depends on the language.
    said = "".join(f"abs(datum.value - {_logit(tick):.3f}) < 0.01 ? '{_.probability(tick)}' : " for tick in ticks)
    top = max(value["at"] for value in values)
    room = (0.55 if width < MIDDLE else 0.14) * (top - low + 0.6)  # for the label beside the longest bar
    return chart(
        _("How likely is it that this is {name}?", name=name),
        _("From {first} for any two names to {last}.", first=_percent(first, _), last=_.probability(probability))
        + " "
        + "; ".join(
            _("{name}: to {probability}", name=row["name"], probability=_percent(row["end"], _)) for row in rows
        ),
        width,
        values,
        height=(34 if width < MIDDLE else 28) * len(values),
        encoding={
            "y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names(width)},
        },
        layer=[
            {
                "mark": {"type": "bar", "height": {"band": 0.62}},
                "encoding": {
                    "x": {
                        "field": "from",
                        "type": "quantitative",
                        "title": _("Probability"),
                        "scale": {"domain": [round(low - 0.6, 3), round(top + room, 3)]},
                        "axis": {
                            "values": [round(_logit(tick), 3) for tick in ticks],
                            "labelExpr": f"{said}''",
                            "grid": True,
                        },
                    },
                    "x2": {"field": "to"},
                    "color": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": {"domain": ["for", "against", "end"], "range": [MAIN, AGAINST, ENDS]},
                        "legend": None,
                    },
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": INK},
                "encoding": {
                    "x": {"field": "at", "type": "quantitative"},
                    "text": {"field": "label", "type": "nominal"},
                },
            },
        ],
    )


def _end(name: str, at: float, low: float, width: int) -> dict[str, Any]:
    """The bar of the start or the end, from the left edge."""
    return {
        "name": folded(name, width),
        "from": round(low - 0.6, 4),
        "to": round(at, 4),
        "at": round(at, 4),
        "kind": "end",
    }


def _logit(probability: float) -> float:
    return log(probability / (1 - probability))


def _percent(log_odds: float, _: Translator) -> str:
    return _.probability(1 / (1 + exp(-log_odds)))
