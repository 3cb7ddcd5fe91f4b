"""The fact sheet of a place, put together: profile, income groups, credits."""

from bygd import countries
from bygd.reports.place import factsheet
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools import place as tool
from bygd.workbench.place import counted, known
from bygd.workbench.place.profile import Profile, profile
from bygd.workbench.project import Project

GROUPS = "income_groups"


def sheet(project: Project, area_id: str = "", language: str = "") -> str:
    """The fact sheet as one HTML file, in the place's own language unless another is named.

    Raises InputError where nothing is known of the place yet.
    """
    found = profile(project, area_id)
    if not found.shown:
        raise InputError("Nothing is known of {name} yet. Run: bygd place refresh", name=found.area.name)
    translate = Translator(language or project.country.languages[0])
    return factsheet.page(found, shared(found), credits(project), project.country.currency, translate)


def shared(found: Profile) -> tuple[tool.Inequality, list[dict[str, float]]] | None:
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
    """What each source asks to be credited as; of own values who said so, of registers whose they are."""
    listed = {source.id: source.attribution.rstrip(".") for source in countries.sources(project.country)}
    held = known.load(project)
    named = {id: ", ".join(held.titles(id)) for id in (known.OWN, *counted.REGISTERED)}
    return {**listed, **{id: text for id, text in named.items() if text}}


def _parts(breakdown: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in breakdown.split(";"))
