"""The fact sheet for a study circle: two sides of A4 in black and white, sentences first, what is missing told."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from bygd.reports.charts.place import lorenz
from bygd.reports.documents.templates import environment
from bygd.reports.drawing import draw, framed
from bygd.reports.place import doughnut, sections, wheel
from bygd.reports.place.told import sentences
from bygd.reports.place.values import label_text, mark, range_text, text_of, value_text, why_none
from bygd.reports.translate import DASH, Translator
from bygd.tools.place import Inequality
from bygd.vocabulary.place_words import Direction, Level

TABLE = (
    "population", "older_share", "job_ratio", "unemployment", "income_mean", "low_income_share", "child_poverty",
    "higher_education_share", "owner_occupied_share", "crowded_share", "turnout", "crime",
)  # fmt: skip
MULTIPLES = (
    "population", "unemployment", "income_mean", "low_income_share", "child_poverty", "higher_education_share",
    "new_firms", "crime", "emissions",
)  # fmt: skip
OWN = 3
"""How many of people's own indicators stand in the table before those of the list give way."""
NAMED = 24
"""How many of what is not known are named; all of them would fill a side."""


def page(
    profile: Any,
    shared: tuple[Inequality, Sequence[Mapping[str, Any]]] | None,
    sources: Mapping[str, str],
    currency: str,
    translate: Translator,
) -> str:
    """The sheet as one HTML file.

    `shared` is the inequality of income with points of its curve, `sources` are credits by id of source.
    """
    shown = _listed(profile)
    multiples = [one for one in (profile.one(id) for id in MULTIPLES) if one is not None and len(one.over_time) > 1]
    around = [area for area in profile.around if area.level in (Level.MUNICIPALITY, Level.COUNTY, Level.COUNTRY)]
    ages = sections.ages(profile, translate)
    used = dict.fromkeys(id for one in profile.shown for id in one.figure.sources)
    context = {
        "_": translate,
        "profile": profile,
        "lead": list(sentences(profile, currency, translate)),
        "heads": [area.name for area in around],
        "rows": [_row(one, around, currency, translate) for one in shown],
        "multiples": _framed(_multiples(multiples, profile, currency, translate), "multiples") if multiples else "",
        "pyramid": _framed(ages.pictures[0].narrow, "pyramid") if ages else "",
        "ages": ages.notes if ages else (),
        "lorenz": draw(
            lorenz(shared[1], translate, place=profile.area.name, gini=shared[0].gini, width=300), "lorenz", translate
        )
        if shared
        else "",
        "inequality": _inequality(shared[0], translate) if shared else (),
        "wheel": _framed(wheel.wheel(profile, translate), "wheel"),
        "doughnut": _framed(doughnut.doughnut(profile, translate), "doughnut"),
        "missing": _first([text_of(one.label, translate) for one in profile.missing], translate),
        "warnings": list(dict.fromkeys(translate.said(warning) for one in shown for warning in one.warnings)),
        "sources": [sources.get(id, id) for id in used],
        "questions": _questions(translate),
        "style": Markup(style()),  # noqa: S704 - our own file
    }
    return environment().get_template("place.html.j2").render(**context)


def _listed(profile: Any) -> list[Any]:
    """What the table tells, never more than fit on the side: the usual ones and people's own.

    Where these are few, others of which more is better or worse.
    """
    usual = [one for one in (profile.one(id) for id in TABLE) if one is not None]
    known = [one for one in profile.shown if one.value is not None and one.indicator.id not in TABLE]
    own = [one for one in known if one.indicator.is_own][:OWN]
    more = [one for one in known if one not in own and one.indicator.direction is not Direction.NEITHER]
    return [*usual[: len(TABLE) - len(own)], *own, *more][: len(TABLE)]


def _first(names: Sequence[str], translate: Translator) -> str:
    listed, more = ", ".join(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return listed
    return translate.ngettext("{listed} and {number} more", "{listed} and {number} more", more, listed=listed)


def style() -> str:
    """The style sheet of the page."""
    return (files("bygd.reports.documents") / "templates" / "place.css").read_text(encoding="utf-8")


def _row(one: Any, around: Sequence[Any], currency: str, translate: Translator) -> dict[str, Any]:
    unit, digits = one.indicator.unit, one.indicator.digits
    beside = {found.area.area_id: found.value for found in one.beside}
    noted = mark(one.status, translate)
    own = value_text(one.value, unit, digits, currency, translate, bare=True)
    return {
        "name": label_text(one.indicator.label, unit, translate),
        "own": own if one.value is not None else why_none(one.status, translate),
        "range": range_text(one.figure.low, one.figure.high, unit, digits, currency, translate),
        "period": f"{one.figure.period} ({noted})" if noted else one.figure.period,
        "beside": [
            value_text(beside.get(area.area_id), unit, digits, currency, translate, bare=True) for area in around
        ],
    }


def _multiples(shown: Sequence[Any], profile: Any, currency: str, translate: Translator) -> Mapping[str, Any]:
    picture = sections.small("time", translate("Over time"), shown, profile, currency, translate).pictures[0]
    return picture.wide


def _framed(drawn: Mapping[str, Any], name: str) -> Markup:
    return framed(drawn["marks"], name, drawn["view"], drawn["title"], drawn["description"])


def _inequality(found: Inequality, translate: Translator) -> list[tuple[str, str]]:
    def said(value: float | None, digits: int = 2) -> str:
        return DASH if value is None else translate.fixed(value, digits)

    return [
        (translate("Gini"), said(found.gini, 3)),
        (translate("Theil"), said(found.theil_t, 3)),
        (translate("Palma"), said(found.palma)),
        (translate("Top fifth by lowest fifth"), said(found.top_bottom_fifth)),
        (translate("90th by 10th percentile"), said(found.p90_p10)),
        (translate("Method"), translate(found.method)),
    ]


def _questions(translate: Translator) -> tuple[str, ...]:
    return (
        translate("What here did you not know? What do you not believe, and who could tell?"),
        translate("What matters here that no figure shows? How could we count it ourselves?"),
        translate("Which figure do we want to change, and what would have to happen here for it to move?"),
    )
