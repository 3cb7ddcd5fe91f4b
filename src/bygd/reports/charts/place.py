"""Charts of a place: who lives there by age and sex, and how income is shared."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import INK, MAIN, MIDDLE, WIDE, chart
from bygd.reports.translate import Translator

WOMEN, MEN = MAIN, "#c7d9e8"


def pyramid(
    rows: Sequence[Mapping[str, Any]], translate: Translator, *, place: str, width: int = WIDE
) -> dict[str, Any]:
    """Inhabitants by age and sex: women to the left, men to the right. Rows have `age`, `sex` (f or m) and `number`.

    Ages stand from the oldest down, in the order of the rows from the youngest.
    """
    _ = translate
    words = {"f": _("Women"), "m": _("Men")}
    ages = list(dict.fromkeys(row["age"] for row in rows))[::-1]
    values = [
        {
            "age": row["age"],
            "sex": words[row["sex"]],
            "number": -row["number"] if row["sex"] == "f" else row["number"],
        }
        for row in rows
    ]
    most = max((abs(value["number"]) for value in values), default=1)
    return chart(
        _("Who lives in {place}?", place=place),
        "; ".join(f"{value['sex']}, {value['age']}: {_.number(abs(value['number']))}" for value in values),
        width,
        values,
        height=(13 if width < MIDDLE else 16) * max(1, len(ages)),
        mark={"type": "bar", "stroke": INK, "strokeWidth": 0.5},
        encoding={
            "y": {"field": "age", "type": "ordinal", "sort": ages, "title": _("Age")},
            "x": {
                "field": "number",
                "type": "quantitative",
                "title": _("Inhabitants"),
                "scale": {"domain": [-most * 1.05, most * 1.05]},
                "axis": {"labelExpr": "format(abs(datum.value), ',')", "tickCount": 4 if width < MIDDLE else 8},
            },
            "color": {
                "field": "sex",
                "type": "nominal",
                "scale": {"domain": [words["f"], words["m"]], "range": [WOMEN, MEN]},
                "legend": {"title": None, "orient": "top"},
            },
        },
    )


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
