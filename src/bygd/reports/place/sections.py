"""Sections of the page of a place: small multiples by theme, ages, jobs; each with its picture and its table."""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from bygd.reports.charts.panels import panels
from bygd.reports.charts.pyramid import pyramid
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.place import grids
from bygd.reports.place.differences import COUNTS
from bygd.reports.place.told import by_theme
from bygd.reports.place.values import label_text, value_text, why_none
from bygd.reports.section import Picture, Section
from bygd.reports.translate import Translator
from bygd.vocabulary.place_words import Level, Theme

if TYPE_CHECKING:
    Profile = Any
    Shown = Any

AGES, JOBS = "population_by_age", "job_ratio"
SEX = {"f": "f", "k": "f", "2": "f", "women": "f", "m": "m", "1": "m", "men": "m"}
"""How services write sex."""
OF_JOBS = ("jobs", "employed_residents", JOBS)


def themes(profile: "Profile", currency: str, translate: Translator) -> list[tuple[Section, list["Shown"]]]:
    """A section for each theme with what is shown in it."""
    return [
        (small(theme.value, translate.word(theme), listed, profile, currency, translate), listed)
        for theme, listed in by_theme(profile.shown).items()
    ]


def theme(profile: "Profile", name: str, currency: str, translate: Translator) -> Section | None:
    """One theme, by its word; None where nothing is shown of it."""
    listed = by_theme(profile.shown).get(Theme(name)) if name in list(Theme) else None
    return small(name, translate.word(Theme(name)), listed, profile, currency, translate) if listed else None


def small(
    name: str, title: str, shown: Sequence["Shown"], profile: "Profile", currency: str, translate: Translator
) -> Section:
    """Small multiples of those indicators, ours beside the country."""
    _ = translate
    other = next((area for area in profile.around if area.level is Level.COUNTRY), None)
    rows = [_row(one, other, profile, currency, _) for one in shown]
    told = "; ".join(f"{row['name']}: {row['value']}" for row in rows)
    pictures = [
        panels(rows, _("{theme} over time", theme=title), told, width=width) for width in (WIDE, NARROW)
    ]  # fmt: skip
    return Section(
        name, title, pictures=(Picture(name, *pictures),), grids=(grids.theme(shown, profile, title, _),)
    )  # fmt: skip


def ages(profile: "Profile", translate: Translator) -> Section | None:
    """The population pyramid; None where no ages are known."""
    _, area = translate, profile.area
    own = _ages(profile, area.area_id)
    other = next((one for one in profile.around if one.level is Level.COUNTRY and _ages(profile, one.area_id)), None)
    everybody = sum(sum(pair.values()) for pair in own.values())
    if not own or not everybody:
        return None
    beside = _ages(profile, other.area_id) if other else {}
    all_beside = sum(sum(pair.values()) for pair in beside.values())
    rows: list[dict[str, Any]] = [
        {
            "age": age.replace("-", "–"),
            "number_women": pair["f"], "number_men": pair["m"],
            "women": pair["f"] / everybody, "men": pair["m"] / everybody,
            **({"other_women": beside[age]["f"] / all_beside, "other_men": beside[age]["m"] / all_beside}
               if age in beside and all_beside else {}),
        }
        for age, pair in own.items()
    ]  # fmt: skip
    title = _("Who lives in {place}, by age", place=area.name)
    told = "; ".join(
        _("{age}: {women} women, {men} men", age=row["age"], women=_.number(row["number_women"]),
          men=_.number(row["number_men"]))
        for row in rows
    )  # fmt: skip
    name = other.name if other else ""
    pictures = [pyramid(rows, title, told, _, other=name, width=width) for width in (WIDE, NARROW)]
    grid = grids.ages(rows, area.name, name, title, _)
    period = profile.readings.latest(area.area_id, AGES, _first(profile, area.area_id))
    notes = []
    if period and name:
        notes.append(
            _("Bars are shares of all inhabitants, {year}. The line is {place}.", place=name, year=period.period)
        )
    if left_out := _left_out(profile, own):
        notes.append(_("Left out, being withheld or not known: {ages}.", ages=", ".join(left_out)))
    return Section("ages", title, pictures=(Picture("ages", *pictures),), grids=(grid,), notes=notes)


def jobs(profile: "Profile", currency: str, translate: Translator) -> Section | None:
    """Jobs, residents who work, and their ratio; None where the ratio is not known."""
    _ = translate
    shown = [one for id in OF_JOBS if (one := profile.one(id)) is not None]
    if not any(one.indicator.id == JOBS for one in shown):
        return None
    return small("jobs", _("Jobs and those who live here"), shown, profile, currency, _)


def _row(one: "Shown", other: Any, profile: "Profile", currency: str, translate: Translator) -> dict[str, Any]:
    indicator = one.indicator
    is_like = indicator.unit not in COUNTS and other is not None
    beside = profile.readings.series(other.area_id, indicator.id) if is_like else {}
    first = min((point.period for point in one.over_time), default="")
    return {
        "name": label_text(indicator.label, indicator.unit, translate),
        "value": value_text(one.value, indicator.unit, indicator.digits, currency, translate, bare=True),
        "points": [(point.period, point.value) for point in one.over_time],
        "beside": [(period, read.value) for period, read in beside.items() if period >= first],
        "none": "" if one.value is not None else why_none(one.status, translate),
    }


def _left_out(profile: "Profile", own: Collection[str]) -> list[str]:
    """Ages of which something is said but no number of women and men."""
    said = [
        dict(part.split("=", 1) for part in breakdown.split(";") if "=" in part)
        for breakdown in profile.readings.breakdowns(profile.area.area_id, AGES)
    ]
    lost = {one["age"] for one in said if set(one) == {"age", "sex"} and one["age"] not in own}
    return [age.replace("-", "–") for age in sorted(lost, key=_years)]


def _years(age: str) -> int:
    return int((re.match(r"\d+", age) or [0])[0])


def _first(profile: "Profile", area_id: str) -> str:
    return next(iter(profile.readings.breakdowns(area_id, AGES)), "")


def _ages(profile: "Profile", area_id: str) -> dict[str, dict[str, float]]:
    """Inhabitants by age and sex, youngest first; only ages of which both are known."""
    found: dict[str, dict[str, float]] = {}
    for breakdown in profile.readings.breakdowns(area_id, AGES):
        said = dict(part.split("=", 1) for part in breakdown.split(";") if "=" in part)
        read = profile.readings.latest(area_id, AGES, breakdown)
        sex = SEX.get(said.get("sex", "").lower())
        if read is not None and read.value is not None and sex and set(said) == {"age", "sex"}:
            found.setdefault(said["age"], {})[sex] = read.value
    whole = {age: pair for age, pair in found.items() if len(pair) == 2}
    return dict(sorted(whole.items(), key=lambda one: _years(one[0])))
