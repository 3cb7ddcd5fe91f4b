"""Measured: an indicator as the measure of a card or goal: its value now, its card, its line with start and target."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from bygd.reports import Translator
from bygd.reports.documents.page import drawn
from bygd.reports.place import cards, one
from bygd.reports.place.values import text_of, value_text
from bygd.reports.section import Picture
from bygd.sources.errors import InputError
from bygd.vocabulary.figures import Figure
from bygd.web.pages.place.asked import Asked
from bygd.web.pages.place.looked import answered, kept, title_of
from bygd.web.places.models import Place

NAMED = re.compile(r"indicator:([a-z0-9_]+)(?:@(\S+))?")
"""An indicator of the place, or of another of its areas: `indicator:turnout`, `indicator:turnout@village:north`."""


@dataclass(frozen=True)
class Measured:
    """The name, newest value and period of an indicator, where it is shown, its method card, and the figure itself."""

    indicator: str
    name: str
    value: str
    period: str
    href: str
    card: Sequence[tuple[str, str]]
    figure: Figure
    area: str


def named(text: str | None) -> tuple[str, str] | None:
    """The id of the indicator that a text names, and the area; None where it names none."""
    found = NAMED.search(text or "")
    return (found[1], found[2] or "") if found else None


def measured(place: Place, text: str | None, translate: Translator) -> Measured | None:
    """The newest value of the indicator that `text` names; None where it names none, or nothing is known of it."""
    asked = named(text)
    if asked is None:
        return None
    project = place.project
    try:
        profile = answered(project, Asked(area=asked[1]))
    except InputError:
        return None
    shown = profile.one(asked[0])
    if shown is None or shown.value is None:
        return None
    currency, about = project.country.currency, shown.indicator
    query = f"?{Asked(area=asked[1]).query()}" if asked[1] else ""
    return Measured(
        about.id,
        text_of(about.label, translate),
        value_text(shown.value, about.unit, about.digits, currency, translate),
        shown.figure.period,
        reverse("place-indicator", args=[place.slug, about.id]) + query,
        cards.card(shown, currency, translate, title_of),
        shown.figure,
        profile.area.name,
    )


def line(place: Place, part: Mapping[str, Any], translate: Translator) -> list[tuple[str, Markup]]:
    """The line of a plan's measure with its baseline and target, in two widths; empty where nothing can be drawn.

    `part` has `part_key`, `evidence`, `baseline`, `baseline_on`, `target` and `target_on`.
    """
    asked = named(part["evidence"])
    if asked is None:
        return []
    project = place.project
    try:
        profile = answered(project, Asked(area=asked[1]))
    except InputError:
        return []
    shown = profile.one(asked[0])
    if shown is None or sum(point.value is not None for point in shown.over_time) < 2:
        return []
    goal = _goal(part, shown.indicator, project.country.currency, translate)
    picture = one.over_time(shown, profile, project.country.currency, translate, goal=goal)
    unique = Picture(f"measure-{part['part_key']}", picture.wide, picture.narrow)
    key = ("measure", part["part_key"], str(goal), asked, translate.language)
    return kept(project, key, lambda: [(size, drawn(unique, size, translate)) for size in ("wide", "narrow")])


def _goal(part: Mapping[str, Any], about: Any, currency: str, translate: Translator) -> dict[str, Any] | None:
    """The target as the line shows it, with the baseline in its words; None without a target."""
    if part["target"] is None:
        return None

    def said(value: Any) -> str:
        return value_text(float(value), about.unit, about.digits, currency, translate)

    told = {"target": said(part["target"]), "year": str(part["target_on"].year) if part["target_on"] else ""}
    label = translate("Target {target} by {year}", **told) if told["year"] else translate("Target {target}", **told)
    if part["baseline"] is not None:
        label = translate("{target} (from {baseline})", target=label, baseline=said(part["baseline"]))
    return {"period": told["year"], "value": float(part["target"]), "label": label}
