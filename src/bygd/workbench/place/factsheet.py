"""The fact sheet of a place, put together: profile, ages, income groups, the country's series, credits."""

from collections.abc import Mapping
from typing import Any

from bygd import countries
from bygd.reports.place import factsheet
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools import place as tool
from bygd.workbench.place import known
from bygd.workbench.place.profile import Profile, profile
from bygd.workbench.project import Project

AGES, GROUPS = "population_by_age", "income_groups"


def sheet(project: Project, area_id: str = "", language: str = "") -> str:
    """The fact sheet as one HTML file, in the place's own language unless another is named.

    Raises InputError where nothing is known of the place yet.
    """
    found = profile(project, area_id)
    if not found.shown:
        raise InputError("Nothing is known of {name} yet. Run: bygd place refresh", name=found.area.name)
    translate = Translator(language or project.country.languages[0])
    return factsheet.page(
        found, ages(found), shared(found), _country(project, found), credits(project), project.country.currency,
        translate,
    )  # fmt: skip


def ages(found: Profile) -> list[dict[str, Any]]:
    """Inhabitants by age and sex for the pyramid, youngest first; own counts that could tell of one are left out."""
    rows = []
    for breakdown in found.readings.breakdowns(found.area.area_id, AGES):
        parts = _parts(breakdown)
        read = found.readings.latest(found.area.area_id, AGES, breakdown)
        if set(parts) == {"age", "sex"} and read is not None and read.value is not None:
            rows.append({"age": parts["age"], "sex": _sex(parts["sex"]), "number": round(read.value)})
    return sorted(rows, key=lambda row: (_first(str(row["age"])), str(row["sex"])))


def shared(found: Profile) -> tuple[tool.Inequality, list[dict[str, Any]]] | None:
    """How income is shared, from groups with number and mean, and points of the Lorenz curve; None where not known."""
    groups: dict[str, dict[str, float]] = {}
    for breakdown in found.readings.breakdowns(found.area.area_id, GROUPS):
        parts = _parts(breakdown)
        read = found.readings.latest(found.area.area_id, GROUPS, breakdown)
        if read is None or read.value is None or "what" not in parts:
            return None
        groups.setdefault(parts["group"], {})[parts["what"]] = read.value
    whole = [one for one in groups.values() if {"number", "mean"} <= set(one)]
    if len(whole) < len(groups) or len(whole) < 3:
        return None
    listed = sorted(whole, key=lambda one: one["mean"])
    people, money = sum(one["number"] for one in listed), sum(one["number"] * one["mean"] for one in listed)
    points, held, earned = [], 0.0, 0.0
    for one in listed:
        held, earned = held + one["number"], earned + one["number"] * one["mean"]
        points.append({"people": held / people, "income": earned / money})
    return tool.inequality([one["mean"] for one in listed], [one["number"] for one in listed]), points


def credits(project: Project) -> dict[str, str]:
    """What each source asks to be credited as; of own values, who said so."""
    listed = {source.id: source.attribution for source in countries.sources(project.country)}
    own = known.load(project).own_sources()
    return {**listed, **({known.OWN: ", ".join(own)} if own else {})}


def _country(project: Project, found: Profile) -> Mapping[str, list[tool.Point]]:
    code = project.country.code
    return {
        one.indicator.id: [
            tool.Point(when, read.value) for when, read in found.readings.series(code, one.indicator.id).items()
        ]
        for one in found.shown
        if one.indicator.id in factsheet.MULTIPLES
    }


def _parts(breakdown: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in breakdown.split(";"))


def _sex(code: str) -> str:
    """Services write sex as f and m, K and M, or 2 and 1."""
    return "f" if code.lower() in ("f", "k", "2", "women") else "m"


def _first(age: str) -> int:
    digits = "".join(sign if sign.isdigit() else " " for sign in age).split()
    return int(digits[0]) if digits else 0
